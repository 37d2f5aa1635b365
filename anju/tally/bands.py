"""Bands of time in which an answer was given: part of the day, of the month and of the year."""

from __future__ import annotations

from datetime import datetime


def day_of(moment: datetime) -> str:
    """Return morning (from 5), afternoon (from 12) or evening (from 18)."""
    if 5 <= moment.hour < 12:
        return "morning"
    return "afternoon" if 12 <= moment.hour < 18 else "evening"


def third_of(moment: datetime) -> str:
    """Return start (to the 10th), middle (to the 20th) or end of the month."""
    if moment.day <= 10:
        return "start"
    return "middle" if moment.day <= 20 else "end"


def half_of(moment: datetime) -> str:
    """Return the half of the year."""
    return "H1" if moment.month <= 6 else "H2"
