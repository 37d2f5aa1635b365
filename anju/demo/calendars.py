"""The calendars of the demonstration company: its office, and a post that never closes."""

from __future__ import annotations

from datetime import datetime

from anju.register.access import Actor
from anju.register.actions.calendar import HoursDraft, add_days, make_calendar
from anju.register.rules.calendar import NEVER_CLOSED, USUAL, ZONE, read_days

NAMES = {
    "zh": ("办公时间", "消控室值班", "公司年会"),
    "en": ("Office hours", "Fire control room", "Annual meeting"),
}


def plant_calendars(quality: Actor, at: datetime, language: str) -> None:
    """Make both calendars, and one day that the company itself took off."""
    office, post, meeting = NAMES["zh" if language.startswith("zh") else "en"]
    made = make_calendar(actor=quality, draft=HoursDraft(office, ZONE, USUAL), at=at)
    room = HoursDraft(post, ZONE, NEVER_CLOSED, follows=False)
    make_calendar(actor=quality, draft=room, at=at)
    days = read_days(f"{at.year + 1}-12-31 08:30-12:00 {meeting}")
    add_days(actor=quality, calendar_id=made.pk, entries=days, seen=1, at=at)
