"""When a measure is about to be late, and when it is; pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SOON_AFTER = 0.7


class Nearing(StrEnum):
    """How a measure stands to its day."""

    EARLY = "early"
    SOON = "soon"
    LATE = "late"


def nearing(set_at: datetime, due: date, at: datetime, *, zone: str) -> Nearing:
    """Return how a measure stands: late after its day, soon after seven tenths of its time.

    Units: `due` is a day of the zone and counts to its end.

    Example:
        >>> from datetime import UTC
        >>> begun = datetime(2026, 11, 1, tzinfo=UTC)
        >>> nearing(begun, date(2026, 11, 10), begun + timedelta(days=8), zone="UTC").value
        'soon'
    """
    end = datetime.combine(due + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
    if at >= end:
        return Nearing.LATE
    return Nearing.SOON if at >= set_at + (end - set_at) * SOON_AFTER else Nearing.EARLY
