"""What is said of each open case on a day's stocktake, and the signature under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from anju.casework.kinds import REASON_MOST
from anju.casework.promises import Promised
from anju.casework.states import OPEN, State
from anju.casework.stocktake import Day, Line, check_signable, check_sum
from anju.kernel.history import Plain
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.kernel.scope import company_scope
from anju.register.access import Actor
from anju.reviews.access import stocktake_for, stocktake_line_for
from anju.reviews.actions.taking import refuse_signed, tell
from anju.reviews.models import Stocktake, StocktakeLine
from anju.voice.actions.handling import Named, accept
from anju.voice.actions.storing import Edition
from anju.voice.actions.writing import move_promise
from anju.voice.models import Case


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of one line; None and empty leave what stands."""

    cause: str = ""
    progress: str = ""
    today: bool | None = None
    promise: datetime | None = None
    person_id: int | None = None


@transaction.atomic
def say(*, actor: Actor, line_id: int, said: Said, at: datetime) -> StocktakeLine:
    """Write what is said of a line; a person named and a promise given are the case's from then on.

    Errors: NotFound, Forbidden, E-STOCK-SIGNED, E-TEXT-*, E-REF, E-CASE-PERSON, E-SLA-ORDER, E-STATE.
    """
    with company_scope(actor.company_id):
        line = stocktake_line_for(actor, line_id)
        refuse_signed(line.stocktake)
        line.cause = clean_body(said.cause, "cause", REASON_MOST) if said.cause.strip() else ""
        progress = said.progress
        line.progress = clean_body(progress, "progress", REASON_MOST) if progress.strip() else ""
        line.today, line.said_at = said.today, at
        if said.person_id is not None:
            line.assignee_id = _name(actor, line.case, said.person_id, at)
        if said.promise is not None and said.promise != line.promise:
            _promise(actor, line, said.promise, at)
        line.save()
        promise = line.promise.isoformat() if line.promise else ""
        told: dict[str, Plain] = {"case": line.case.number, "promise": promise}
        tell(line.stocktake, "said", by=actor.account_id, at=at, payload=told)
        return line


def _name(actor: Actor, case: Case, person_id: int, at: datetime) -> int | None:
    """Name who answers for a case that nobody answers for; return who does now."""
    if case.state == State.REGISTERED:
        accept(actor=actor, edition=Edition(case.pk), named=Named(person_id), at=at)
    case.refresh_from_db(fields=["assignee_id"])
    return case.assignee_id


def _promise(actor: Actor, line: StocktakeLine, due: datetime, at: datetime) -> None:
    """Give a new time for every promise of a case that has passed; a late one needs its cause."""
    if not line.cause:
        raise Problem(
            "E-STOCK-CAUSE", "cause",
            "Write why it is late: the owner is told the new time with this reason.",
            "请写明未完根源：新期限会连同原因告知业主。",
        )  # fmt: skip
    case = Case.objects.get(id=line.case_id)
    passed = [one for one in Promised if _passed(case, one, at)]
    for promised in passed or [_next(case)]:
        move_promise(
            actor=actor, edition=Edition(case.pk), promised=promised, due=due, why=line.cause, at=at
        )
    line.promise = due


def _passed(case: Case, promised: Promised, at: datetime) -> bool:
    due = getattr(case, f"{promised.value}_due")
    return getattr(case, f"{promised.value}_met") is None and due is not None and due <= at


def _next(case: Case) -> Promised:
    unmet = [one for one in Promised if getattr(case, f"{one.value}_met") is None]
    return Promised.RESOLVE if Promised.RESOLVE in unmet else unmet[-1]


@transaction.atomic
def sign(*, actor: Actor, stocktake_id: int, version: int | None, at: datetime) -> Stocktake:
    """Sign a stocktake by name; from then on nobody changes it.

    Errors: NotFound, Forbidden, E-STOCK-SIGNED, E-STOCK-SUM, E-STOCK-OPEN naming the case, E-STALE.
    """
    with company_scope(actor.company_id):
        sheet = stocktake_for(actor, stocktake_id)
        refuse_signed(sheet)
        if version not in {None, sheet.version}:
            raise _stale()
        check_sum(Day(sheet.carried, sheet.new, sheet.reopened, sheet.closed, sheet.open))
        rows = StocktakeLine.objects.filter(stocktake=sheet, case__state__in=OPEN)
        ordered = rows.select_related("case").order_by("case__number")
        check_signable([line_of(row) for row in ordered], sheet.taken_at)
        same = Stocktake.objects.filter(id=sheet.pk, version=sheet.version, signed_at=None)
        by = actor.account_id
        if not same.update(signed_by_id=by, signed_at=at, version=F("version") + 1):
            raise _stale()
        tell(sheet, "signed", by=by, at=at, payload={"open": sheet.open})
        sheet.refresh_from_db()
        return sheet


def _stale() -> Problem:
    return Problem(
        "E-STALE",
        "version",
        "The stocktake was taken anew meanwhile. Look at it again, then sign.",
        "盘点刚被重新生成。请核对后再签字。",
    )


def line_of(row: StocktakeLine) -> Line:
    """Return a line as the rules read it, with whoever answers for its case now."""
    who = row.case.assignee_id or row.assignee_id
    return Line(f"#{row.case.number}", who, row.due_at, row.cause, row.promise)
