"""Whether a case's row is what its history makes of it: every column folded and every promise anew.

Reads only. A case that differs is a fault of ours; nothing here mends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from anju.casework.fold import Entry, Held, folded
from anju.casework.ladder import next_at
from anju.casework.promises import Promised
from anju.casework.states import OPEN, Outcome, State
from anju.casework.visits import Ended, needs_visit, visit_due
from anju.kernel import history
from anju.register.calendars import usual_calendar
from anju.voice.models import Case, CasePause
from anju.voice.promised import Clocks, clocks_of, held_level, policy, rungs
from anju.worktime.deadlines import WorkingCalendar

SAME = (
    "outcome", "kind", "severity", "first_receiver_id", "assignee_id", "executor_id", "transfers",
    "reopened", "received_at", "clock_from", "appointment_at", "arrived_at", "done_at", "closed_at",
    "settled_at", "urged_at", "waited_for", "rung", "by_hand", "cost", "payer",
)  # fmt: skip


def entries_of(case: Case) -> tuple[Entry, ...]:
    """Return the history of a case as the rules read it, after its chain was found whole.

    Errors: BrokenChain.
    """
    subject = history.Subject(case.company_id, "case", case.pk)
    history.verify(subject)
    rows = history.entries(subject).order_by("seq")
    return tuple(Entry(row.verb, row.actor_id, row.at, row.payload) for row in rows)


def columns_of(
    held: Held, clocks: Clocks | None, *, visit_at: datetime | None
) -> dict[str, object]:
    """Return the columns that a history gives a case, its promises by the clocks given.

    `visit_at` is by when a closed case's owner is to be asked; None where she is not.
    """
    columns: dict[str, object] = {name: getattr(held, name) for name in SAME}
    columns["state"] = held.state.value
    for name in ("cause", "party"):
        if getattr(held, name):
            columns[name] = getattr(held, name)
    for promised in Promised:
        columns[f"{promised.value}_met"] = held.met.get(promised)
        columns[f"{promised.value}_due"] = _due(held, clocks, promised)
    is_open = held.state in OPEN
    columns["rung_at"] = next_at(clocks.told, held.rung) if clocks and is_open else None
    columns["next_due_at"] = _next(held, clocks, visit_at)
    return columns


def _due(held: Held, clocks: Clocks | None, promised: Promised) -> datetime | None:
    if clocks is None:
        return None
    if moved := held.by_hand.get(promised.value):
        return datetime.fromisoformat(moved)
    found = clocks.due.get(promised)
    return found.instant if found is not None else None


def _next(held: Held, clocks: Clocks | None, visit_at: datetime | None) -> datetime | None:
    if held.state is State.CLOSED:
        return visit_at
    if held.state not in OPEN:
        return None
    ahead = [_due(held, clocks, one) for one in Promised if held.missed(one)]
    return min((one for one in ahead if one is not None), default=None)


def visit_at(case: Case, held: Held, calendar: WorkingCalendar) -> datetime | None:
    """Return by when the owner of a closed case is to be asked; None where nobody asks her."""
    if held.state is not State.CLOSED or held.closed_at is None:
        return None
    at_home, outcome = case.unit_id is not None, Outcome(held.outcome)
    ended = Ended(str(case.number), held.kind, at_home, outcome, held.closed_at)
    made = policy()
    return visit_due(ended, made, calendar).instant if needs_visit(ended, made) else None


def faults(
    case: Case, *, at: datetime, calendar: WorkingCalendar | None = None
) -> Mapping[str, tuple[object, object]]:
    """Return the columns that are not what the history makes of them: as stored, as they should be.

    A case that is over keeps the deadlines of the calendar of its end: give it where that was
    corrected since. Raises BrokenChain where the history itself was altered. Inside the company.
    """
    held, calendar = folded(entries_of(case)), calendar or usual_calendar(at=at)
    level, clocks = held_level(case), None
    if level is not None:
        clocks = clocks_of(case, level, calendar, pauses=held.running, rungs=rungs())
    wanted = columns_of(held, clocks, visit_at=visit_at(case, held, calendar))
    wrong: dict[str, tuple[object, object]] = {
        name: (getattr(case, name), value)
        for name, value in wanted.items()
        if getattr(case, name) != value
    }
    rows = CasePause.objects.filter(case_id=case.pk).order_by("start", "id")
    stood = list(rows.values_list("start", "end", "waited_for"))
    if stood != (told := [(one.start, one.end, one.reason) for one in held.pauses]):
        wrong["pauses"] = (stood, told)
    return wrong
