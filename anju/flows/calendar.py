"""A calendar was corrected, so open deadlines are counted anew in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from anju.register.access import Actor
from anju.register.actions import calendar as acts
from anju.register.actions.calendar import HoursDraft
from anju.register.models import WorkCalendar
from anju.register.queries import company_ids
from anju.register.rules.calendar import Entry
from anju.voice.actions.clockwork import recompute_soon


def _after(actor: Actor, at: datetime) -> None:
    recompute_soon(company_id=actor.company_id, by=actor.account_id, at=at)


@transaction.atomic
def make_calendar(*, actor: Actor, draft: HoursDraft, at: datetime) -> WorkCalendar:
    """Make a calendar; the first one is the usual one, which deadlines then follow."""
    made = acts.make_calendar(actor=actor, draft=draft, at=at)
    _after(actor, at)
    return made


@transaction.atomic
def change_hours(
    *, actor: Actor, calendar_id: int, draft: HoursDraft, seen: int, at: datetime
) -> int:
    """Change a calendar's hours and let open deadlines follow; return the new version."""
    number = acts.change_hours(actor=actor, calendar_id=calendar_id, draft=draft, seen=seen, at=at)
    _after(actor, at)
    return number


@transaction.atomic
def add_days(
    *, actor: Actor, calendar_id: int, entries: Sequence[Entry], seen: int, at: datetime
) -> int:
    """Add days of the company's own and let open deadlines follow; return how many were new."""
    fresh = acts.add_days(actor=actor, calendar_id=calendar_id, entries=entries, seen=seen, at=at)
    if fresh:
        _after(actor, at)
    return fresh


@transaction.atomic
def remove_day(*, actor: Actor, calendar_id: int, day_id: int, seen: int, at: datetime) -> int:
    """Take a day back and let open deadlines follow; return the new version."""
    number = acts.remove_day(actor=actor, calendar_id=calendar_id, day_id=day_id, seen=seen, at=at)
    _after(actor, at)
    return number


@transaction.atomic
def undo(*, actor: Actor, calendar_id: int, seen: int, at: datetime) -> int:
    """Take the last change back and let open deadlines follow; return the new version."""
    number = acts.undo(actor=actor, calendar_id=calendar_id, seen=seen, at=at)
    _after(actor, at)
    return number


@transaction.atomic
def make_usual(*, actor: Actor, calendar_id: int, at: datetime) -> None:
    """Make a calendar the usual one, which open deadlines then follow."""
    acts.make_usual(actor=actor, calendar_id=calendar_id, at=at)
    _after(actor, at)


def follow_announcements(*, at: datetime) -> int:
    """Take announced holidays over, and let open deadlines follow where any calendar changed."""
    changed = acts.follow_announcements(at=at)
    if changed:
        for company_id in company_ids():
            recompute_soon(company_id=company_id, by=None, at=at)
    return changed
