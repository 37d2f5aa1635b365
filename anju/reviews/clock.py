"""The company's wall clock at an instant, and when the day's stock is taken."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

CUT_OFF = time(17, 30)


def local(at: datetime) -> datetime:
    """Return an instant on the company's wall clock."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))
