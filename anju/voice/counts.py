"""How many cases the lists hold that stand beside each other: one look at what is not settled.

Not for any filter: `lists.counted` counts whatever list is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from anju.casework.states import State
from anju.kernel.paging import COUNTED
from anju.kernel.planned import Planned
from anju.register.access import Actor
from anju.voice.access import visible_cases
from anju.voice.lists import Filter, Show, counted, midnight
from anju.voice.models import Case

# So many unsettled cases are looked at together; a company with more has its lists counted apart.
TOGETHER = 5_000
CLOSED = State.CLOSED.value
# Around what somebody sees of the cases that are not settled: state, due, who answers. One sum holds
# three counts, each below `STEP`: rows are looked at once, and no row is compared four times.
STEP = 10_000
OUTSIDE = (
    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN state = %s THEN 1 WHEN next_due_at < %s THEN 10000"
    " WHEN next_due_at < %s THEN 100000000 ELSE 0 END), 0),"
    " COUNT(*) FILTER (WHERE assignee_id = %s AND state <> %s)"
)


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """How many cases are open, and of these overdue, due today, and hers; and how many are to be asked.

    Each is counted to 1,000 and one more.
    """

    open: int = 0
    overdue: int = 0
    today: int = 0
    mine: int = 0
    visit: int = 0


def _near(actor: Actor) -> QuerySet[Case, tuple[object, ...]]:
    rows = visible_cases(actor).filter(settled_at=None).order_by()
    return rows.values_list("state", "next_due_at", "assignee_id")[: TOGETHER + 1]


_NEAR = Planned(_near)


def open_counts(actor: Actor, *, at: datetime) -> OpenCounts:
    """Return how many cases the lists hold that everybody has. Units: `at` is now."""
    now, night = (connection.ops.adapt_datetimefield_value(one) for one in (at, midnight(at)))
    asked = (CLOSED, now, night, actor.account_id, CLOSED)
    row = _NEAR.around(OUTSIDE, actor, told=asked)
    if row is None:  # she reaches no project
        return OpenCounts()
    every, three, mine = row
    if every > TOGETHER:
        return _apart(actor, at)
    today, rest = divmod(int(three), STEP * STEP)
    overdue, closed = divmod(rest, STEP)
    found = (every - closed, overdue, today, mine, closed)
    return OpenCounts(*(min(one, COUNTED + 1) for one in found))


def _apart(actor: Actor, at: datetime) -> OpenCounts:
    wanted = {
        "open": Filter(),
        "overdue": Filter(overdue=True),
        "today": Filter(today=True),
        "mine": Filter(person_id=actor.account_id),
        "visit": Filter(show=Show.VISIT),
    }
    return OpenCounts(**counted(actor, wanted.items(), at=at))
