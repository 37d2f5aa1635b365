"""The company's day at an instant; the only zone that fieldwork knows."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def today_of(at: datetime) -> date:
    """Return the company's day at an instant."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
