"""Calendar months added to days, clamped to the end of a short month. No instants, no zones."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """Return the same day of a month so many months later (earlier if below nought).

    A day that the month does not have becomes its last one. Example: one month before 2026-03-31
    is 2026-02-28, and before 2028-03-31 it is 2028-02-29.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
