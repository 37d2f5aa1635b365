"""What the clock does to cases: the ladder of who is told, and deadlines after a corrected calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from anju.casework.ladder import Rung, next_at, reached
from anju.casework.states import OPEN
from anju.kernel import tasks
from anju.kernel.scope import company_scope
from anju.register.calendars import usual_calendar
from anju.register.queries import company_ids
from anju.voice import letters
from anju.voice.actions.handling import Payload
from anju.voice.actions.storing import change, clock_columns, renew, tell
from anju.voice.actions.telling import fault_words, in_role, tell_staff
from anju.voice.actions.warning import tell_together
from anju.voice.models import Case
from anju.voice.promised import clocks_of, held_level, pauses_of, rungs

MOST = 500  # cases a round and company: after a jump of the clock the rest waits for the next round
STORM = 100  # that many matters at once are no working day: a clock was wrong, or nobody was here
EACH = 50  # cases between two reports of progress
OPEN_STATES = tuple(one.value for one in OPEN)
RECOMPUTE = "voice.recompute"


def escalate_due(*, at: datetime) -> int:
    """Tell of every case that has reached its next rung by an instant; return how many cases.

    A fault that many homes report is one matter, told of once a rung, however many cases it has.
    """
    return sum(_escalate_company(company, at) for company in company_ids())


def _escalate_company(company_id: int, at: datetime) -> int:
    with company_scope(company_id):
        due = Case.objects.filter(rung_at__lte=at, state__in=OPEN_STATES)
        found = list(due.order_by("rung_at", "id").values_list("id", "bundle_id")[:MOST])
        # A great outage is no wrong clock, and must not silence what else comes due with it.
        storm = len({(bundle, None) if bundle else (None, one) for one, bundle in found}) > STORM
        done = sum(escalate(case_id=one, at=at, quiet=storm) for one, _ in found)
        if storm and done:
            tell_together(company_id, done, at=at)
        return done


@transaction.atomic
def escalate(*, case_id: int, at: datetime, quiet: bool = False) -> bool:
    """Tell the roles of the rungs that a case has reached, each once; False if another was quicker.

    `quiet` writes the rungs down and sends nothing: the caller tells of many cases together.
    """
    rows = Case.objects.select_related("project", "category", "level", "bundle")
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
        _climb(case, rung, at, quiet=quiet)
    return bool(climbed)


def _climb(case: Case, rung: Rung, at: datetime, *, quiet: bool) -> None:
    who = () if quiet else _who(case, rung)
    said: Payload = {"rung": rung.number, "role": rung.role, "told": [str(one) for one in who]}
    tell(case, "escalated", by=None, at=at, payload=said)
    soon = rung.share is not None and rung.share < 1
    stage = f"rung.{rung.number}"
    if case.bundle is None:
        tell_staff(case, letters.SOON if soon else letters.LATE, stage, who, at=at)
    elif who:
        template = letters.FAULT_SOON if soon else letters.FAULT_LATE
        tell_staff(case, template, stage, who, at=at, more=fault_words(case.bundle))


def _who(case: Case, rung: Rung) -> tuple[int, ...]:
    if rung.role == "assignee":
        named = case.assignee_id or case.first_receiver_id
        return (named,) if named is not None else in_role(case, "manager")
    return in_role(case, rung.role)


def recompute_soon(*, company_id: int, by: int | None, at: datetime) -> int | None:
    """Let the deadlines of open cases be computed anew in the background; None where none is open."""
    with company_scope(company_id):
        if not Case.objects.across_parts().filter(state__in=OPEN_STATES).exists():
            return None
    job = tasks.start(RECOMPUTE, company_id=company_id, actor_id=by, at=at, argument={})
    return int(job.pk)


@tasks.handles(RECOMPUTE)
def recompute_job(run: tasks.Run) -> Mapping[str, tasks.Plain]:
    """Compute the deadlines of a company's open cases anew, a report every fifty."""
    ids = _open_ids()
    moved = 0
    for place, one in enumerate(ids):
        if place % EACH == 0:
            run.report(done=place, total=len(ids), step="deadlines")
        moved += recompute(case_id=one, at=run.at)
    return {"cases": len(ids), "moved": moved}


def _open_ids() -> list[int]:
    rows = Case.objects.across_parts().filter(state__in=OPEN_STATES).order_by("id")
    return list(rows.values_list("id", flat=True))


def recompute_open(*, company_id: int, at: datetime) -> int:
    """Compute the deadlines of open cases anew after a corrected calendar; return how many moved.

    The promises first made stay; each case whose deadline moves gets an entry that says from where.
    """
    with company_scope(company_id):
        return sum(recompute(case_id=one, at=at) for one in _open_ids())


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
