"""Once a week each responsible person hears what owners said of her own cases, and of no others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from anju.aftercare.events import VerdictEvent, events, shares
from anju.aftercare.grievances import LOW_SCORE
from anju.aftercare.kept import Span
from anju.casework.visits import Solved
from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post_many
from anju.notify.recipients import colleague
from anju.register.queries import company_ids
from anju.voice import letters

SUBJECT = "verdicts"


@dataclass(frozen=True, slots=True)
class Week:
    """A whole week from Monday to Monday, by the wall clock of the installation."""

    name: str
    span: Span


def last_week(at: datetime) -> Week:
    """Return the last week that is over at an instant. Example: `2026-W47` on Monday 2026-11-23."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    monday = local.date() - timedelta(days=local.weekday())
    since, until = (
        datetime.combine(day, time(), tzinfo=local.tzinfo)
        for day in (monday - timedelta(days=7), monday)
    )
    year, number, _day = since.isocalendar()
    return Week(f"{year}-W{number:02d}", Span(since, until))


def digest_all(*, at: datetime) -> int:
    """Tell every responsible person of last week's verdicts, once a week; return how many were told."""
    return sum(digest(company_id=company, at=at) for company in company_ids())


@transaction.atomic
def digest(*, company_id: int, at: datetime) -> int:
    """Tell the responsible people of one company; who got no verdict gets no message."""
    week = last_week(at)
    with company_scope(company_id):
        whose: defaultdict[int, list[VerdictEvent]] = defaultdict(list)
        for one in events(week.span):
            if one.assignee_id is not None:
                whose[one.assignee_id].append(one)
        notes = [_note(person, found, week) for person, found in sorted(whose.items())]
        return len(post_many(letters.DIGEST, notes, at=at).notes)


def _note(person: int, found: list[VerdictEvent], week: Week) -> Note:
    counted = shares(found)
    low = sum(many for score, many in counted.scores.items() if score <= LOW_SCORE)
    return Note(
        colleague(person),
        About(SUBJECT, person, week.name),
        {
            "week": week.name,
            "n": counted.n,
            "yes": counted.solved.get(Solved.YES, 0),
            "partly": counted.solved.get(Solved.PARTLY, 0),
            "no": counted.solved.get(Solved.NO, 0),
            "scored": counted.scored,
            "low": low,
        },
        path="/desk/visits/mine/",
    )
