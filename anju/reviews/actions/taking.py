"""Takes the stock of a project's open cases: counts from the history, one line each, once a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Q

from anju.casework.kinds import CaseKind
from anju.casework.states import OPEN
from anju.casework.stocktake import Day, check_sum
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, current_company
from anju.register.access import Actor, Verb, project_for
from anju.register.models import Project
from anju.reviews.clock import local
from anju.reviews.models import Stocktake, StocktakeLine
from anju.reviews.rules.counting import RECEIVED, SORTED, Told, counted
from anju.voice.models import Case

TRIES = 3
PART = 500
EVERY = frozenset(one.value for one in CaseKind)
COMPLAINTS = frozenset({CaseKind.COMPLAINT.value})
OPEN_STATES = tuple(one.value for one in OPEN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stock is taken: of which project and kinds; None goes on as the last sheet did."""

    project_id: int
    every_kind: bool | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was open at an instant, and how the day came to it."""

    day: Day
    cases: Sequence[Case]


def take_by_hand(*, actor: Actor, wanted: Wanted, at: datetime) -> Stocktake:
    """Take a project's stock now; before it is signed it can be taken anew, what was said stays.

    Errors: NotFound, Forbidden, E-STOCK-SIGNED, E-STOCK-SUM.
    """
    with company_scope(actor.company_id):
        project_for(actor, wanted.project_id, Verb.REVIEW_CASES)
        return take(wanted, by=actor.account_id, at=at)


@transaction.atomic
def take(wanted: Wanted, *, by: int | None, at: datetime) -> Stocktake:
    """Take a project's stock inside the company; errors E-STOCK-SIGNED, E-STOCK-SUM."""
    project = Project.objects.select_for_update(no_key=True, of=("self",)).get(id=wanted.project_id)
    day = local(at).date()
    before = _last(project, day)
    sheet = Stocktake.objects.filter(project=project, day=day).first()
    if sheet is not None:
        refuse_signed(sheet)
    every = _every(wanted, sheet or before)
    since = before.taken_at if before is not None else at - timedelta(days=1)
    seen = _look(project.pk, since, EVERY if every else COMPLAINTS)
    sheet = sheet or Stocktake(company_id=project.company_id, project=project, day=day)
    sheet.taken_at, sheet.every_kind = at, every
    for name in ("carried", "new", "reopened", "closed", "open"):
        setattr(sheet, name, getattr(seen.day, name))
    sheet.overdue = sum(1 for one in seen.cases if one.next_due_at and one.next_due_at < at)
    sheet.version += sheet.pk is not None
    sheet.save()
    _lines(sheet, seen.cases, before)
    tell(sheet, "taken", by=by, at=at, payload={"open": seen.day.open, "overdue": sheet.overdue})
    return sheet


def tell(
    sheet: Stocktake, verb: str, *, by: int | None, at: datetime, payload: dict[str, history.Plain]
) -> None:
    """Write one entry of a stocktake's history."""
    whose = history.Subject(sheet.company_id, "stocktake", sheet.pk)
    history.write(whose, verb, actor_id=by, at=at, payload=payload)


def refuse_signed(sheet: Stocktake) -> None:
    """Raise E-STOCK-SIGNED for a sheet that somebody signed: it stays as it is."""
    if sheet.signed_at is not None:
        raise Problem(
            "E-STOCK-SIGNED", "stocktake",
            "This stocktake is signed and stays as it is. Write what is new into the case itself, or "
            "into tomorrow’s stocktake.",
            "本日盘点已签字，不能再改。新情况请写入报事单，或写入明天的盘点。",
        )  # fmt: skip


def _last(project: Project, day: date) -> Stocktake | None:
    rows = Stocktake.objects.filter(project=project, day__lt=day)
    found: Stocktake | None = rows.order_by("-day").first()
    return found


def _every(wanted: Wanted, last: Stocktake | None) -> bool:
    if wanted.every_kind is not None:
        return wanted.every_kind
    return last is not None and last.every_kind


def _look(project_id: int, since: datetime, kinds: frozenset[str]) -> _Seen:
    """Return what is open and how it came so; a case that moves meanwhile is looked at again.

    Errors: E-STOCK-SUM where history and cases still differ at the last look.
    """
    for _again in range(TRIES):
        rows = Case.objects.filter(project_id=project_id, restricted=False)
        moved = rows.filter(Q(state__in=OPEN_STATES) | Q(closed_at__gt=since))
        ids = list(moved.values_list("id", flat=True))
        told = counted(_histories(ids), since, kinds)
        cases = list(rows.filter(state__in=OPEN_STATES, kind__in=kinds).order_by("received_at"))
        day = Day(told.carried, told.new, told.reopened, told.closed, len(cases))
        if told.open == len(cases):
            break
    check_sum(day)
    return _Seen(day, cases)


def _histories(ids: Sequence[int]) -> Iterable[Sequence[Told]]:
    """Yield the history of each case, a part of them at a time."""
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        rows = history.of_subjects(current_company(), [("case", part)])
        rows = rows.order_by("subject_id", "seq")
        for _case, entries in groupby(rows.iterator(), key=lambda row: row.subject_id):
            yield [_told(row) for row in entries]


def _told(row: history.HistoryEntry) -> Told:
    says = row.verb in {RECEIVED, SORTED}
    return Told(row.verb, row.at, str(row.payload.get("kind") or "") if says else "")


def _lines(sheet: Stocktake, cases: Sequence[Case], before: Stocktake | None) -> None:
    """Write a line for each open case; what was said today stays, yesterday's cause goes on."""
    kept = {row.case_id: row for row in StocktakeLine.objects.filter(stocktake=sheet)}
    said = _said_before(before)
    StocktakeLine.objects.filter(stocktake=sheet).exclude(
        case_id__in=[one.pk for one in cases]
    ).delete()
    fresh = []
    for case in cases:
        row = kept.get(case.pk) or StocktakeLine(
            company_id=sheet.company_id, stocktake=sheet, case=case, cause=said.get(case.pk, "")
        )
        row.assignee_id, row.due_at, row.state = case.assignee_id, case.next_due_at, case.state
        if row.pk is None:
            fresh.append(row)
        else:
            row.save(update_fields=["assignee_id", "due_at", "state"])
    StocktakeLine.objects.bulk_create(fresh)


def _said_before(before: Stocktake | None) -> dict[int, str]:
    if before is None:
        return {}
    rows = StocktakeLine.objects.filter(stocktake=before).exclude(cause="")
    return dict(rows.values_list("case_id", "cause"))
