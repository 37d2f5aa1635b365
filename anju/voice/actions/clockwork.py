"""What the clock does to cases: the ladder of who is told, and deadlines after a corrected calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel.scope import company_scope
from anju.register.calendars import usual_calendar
from anju.register.queries import company_ids
from anju.voice import letters
from anju.voice.actions.handling import Payload
from anju.voice.actions.storing import change, clock_columns, renew, tell
from anju.voice.actions.telling import in_role, tell_staff
from anju.voice.models import Case
from anju.voice.promised import clocks_of, held_level, pauses_of, rungs
from anju.voice.rules.ladder import Rung, next_at, reached
from anju.voice.rules.states import OPEN

MOST = 500  # cases a round and company: after a jump of the clock the rest waits for the next round
OPEN_STATES = tuple(one.value for one in OPEN)


def escalate_due(*, at: datetime) -> int:
    """Tell of every case that has reached its next rung by an instant; return how many cases."""
    return sum(_escalate_company(company, at) for company in company_ids())


def _escalate_company(company_id: int, at: datetime) -> int:
    with company_scope(company_id):
        due = Case.objects.filter(rung_at__lte=at, state__in=OPEN_STATES)
        ids = list(due.order_by("rung_at").values_list("id", flat=True)[:MOST])
        return sum(escalate(case_id=one, at=at) for one in ids)


@transaction.atomic
def escalate(*, case_id: int, at: datetime) -> bool:
    """Tell the roles of the rungs that a case has reached, each once; False if another was quicker."""
    rows = Case.objects.select_related("project", "category", "level")
    case: Case | None = rows.filter(id=case_id, rung_at__lte=at).first()
    level = held_level(case) if case is not None else None
    if case is None or level is None:
        return False
    told = clocks_of(case, level, usual_calendar(at=at), pauses=pauses_of(case), rungs=rungs()).told
    climbed = reached(told, case.rung, at)
    highest = max((one.number for one in climbed), default=case.rung)
    same = Case.objects.filter(id=case.pk, version=case.version, rung=case.rung)
    if not same.update(rung=highest, rung_at=next_at(told, highest)):
        return False
    for rung in climbed:
        who = _who(case, rung)
        tell(
            case, "escalated", by=None, at=at,
            payload={"rung": rung.number, "role": rung.role, "told": [str(one) for one in who]},
        )  # fmt: skip
        template = letters.SOON if rung.share is not None and rung.share < 1 else letters.LATE
        tell_staff(case, template, f"rung.{rung.number}", who, at=at)
    return bool(climbed)


def _who(case: Case, rung: Rung) -> tuple[int, ...]:
    if rung.role == "assignee":
        named = case.assignee_id or case.first_receiver_id
        return (named,) if named is not None else in_role(case, "manager")
    return in_role(case, rung.role)


def recompute_open(*, company_id: int, at: datetime) -> int:
    """Compute the deadlines of open cases anew after a corrected calendar; return how many moved.

    The promises first made stay; each case whose deadline moves gets an entry that says from where.
    """
    with company_scope(company_id):
        ids = list(Case.objects.filter(state__in=OPEN_STATES).values_list("id", flat=True))
        return sum(recompute(case_id=one, at=at) for one in ids)


@transaction.atomic
def recompute(*, case_id: int, at: datetime) -> bool:
    """Compute one open case's deadlines anew; False where none moved or somebody was quicker."""
    rows = Case.objects.select_related("project", "category", "level")
    case: Case | None = rows.filter(id=case_id, state__in=OPEN_STATES).first()
    if case is None:
        return False
    was = clock_columns(case)
    renew(case, at=at)
    now = clock_columns(case)
    moved = [name for name in now if name.endswith("_due") and now[name] != was[name]]
    if not moved and now == was:
        return False
    change(case, None, **now)
    if moved:
        said: Payload = {f"{name}_was": str(was[name] or "") for name in moved}
        tell(case, "recomputed", by=None, at=at, payload={**said, "moved": moved})
    return bool(moved)
