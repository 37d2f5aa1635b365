"""Writes of stays that are on record: ended, corrected, taken back where they were a mistake.

The history of the unit keeps what stood before: kind and days, nobody's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.register.actions.residents import choice, stale, tell
from anju.register.models import Tie, TieKind
from anju.register.residents import tie_for
from anju.register.rules.stays import Stay, check_order, check_twice, left_ownerless


@dataclass(frozen=True, slots=True)
class StayDraft:
    """What was written about a stay; `without_owner` is the yes that a refusal asked for."""

    kind: str
    since: date | None
    until: date | None
    without_owner: bool = False


@transaction.atomic
def end_stay(
    *,
    actor: Actor,
    tie_id: int,
    until: date,
    version: int,
    at: datetime,
    without_owner: bool = False,
) -> Tie:
    """End somebody's stay on a day, the first day on which it no longer holds.

    Errors: E-STALE, E-STATE where it has ended already, E-STAY-ORDER, and E-STAY-OWNERLESS where
    a tenant would stay on without an owner.
    """
    with company_scope(actor.company_id):
        tie = tie_for(actor, tie_id, Verb.EDIT_OWNERS)
        stale(tie.version, version)
        if tie.until is not None and tie.until <= until:
            raise Problem(
                "E-STATE",
                "until",
                "This stay ends on {day} already.",
                "该记录已于 {day} 结束。",
                day=tie.until.isoformat(),
            )
        check_order(tie.since, until)
        after = Stay(tie.person_id, tie.kind, tie.since, until)
        _ask_for_tenants(tie, (after,), yes=without_owner)
        tie.until = until
        tie.version += 1
        tie.save()
        tell(actor, "unit", tie.unit_id, "moved_out", at=at, tie=tie.kind)
        return tie


@transaction.atomic
def correct_stay(*, actor: Actor, tie_id: int, draft: StayDraft, version: int, at: datetime) -> Tie:
    """Write down what a stay really was; the history keeps what stood before.

    Errors: E-STALE, E-CHOICE, E-STAY-ORDER, E-STAY-TWICE, E-STAY-OWNERLESS.
    """
    with company_scope(actor.company_id):
        tie = tie_for(actor, tie_id, Verb.EDIT_OWNERS)
        stale(tie.version, version)
        kind = choice(draft.kind, tuple(TieKind.values), "kind")
        check_order(draft.since, draft.until)
        after = Stay(tie.person_id, kind, draft.since, draft.until)
        check_twice(after, _others(tie))
        _ask_for_tenants(tie, (after,), yes=draft.without_owner)
        before = _said(tie)
        tie.kind, tie.since, tie.until = kind, draft.since, draft.until
        tie.version += 1
        tie.save()
        tell(actor, "unit", tie.unit_id, "stay_corrected", at=at, **before)
        return tie


@transaction.atomic
def take_back_stay(
    *, actor: Actor, tie_id: int, version: int, at: datetime, without_owner: bool = False
) -> int:
    """Take a stay away that never was, and return its unit; the person stays on record.

    Errors: E-STALE, E-STAY-OWNERLESS.
    """
    with company_scope(actor.company_id):
        tie = tie_for(actor, tie_id, Verb.EDIT_OWNERS)
        stale(tie.version, version)
        _ask_for_tenants(tie, (), yes=without_owner)
        unit_id = int(tie.unit_id)
        tell(actor, "unit", unit_id, "stay_taken_back", at=at, **_said(tie))
        tie.delete()
        return unit_id


def _said(tie: Tie) -> dict[str, history.Plain]:
    return {
        "tie": tie.kind,
        "since": tie.since.isoformat() if tie.since else "",
        "until": tie.until.isoformat() if tie.until else "",
    }


def _stay(tie: Tie) -> Stay:
    return Stay(tie.person_id, tie.kind, tie.since, tie.until)


def _others(tie: Tie) -> list[Stay]:
    rows = Tie.objects.filter(unit=tie.unit_id).exclude(id=tie.pk)
    return [_stay(row) for row in rows]


def _ask_for_tenants(tie: Tie, after: Sequence[Stay], *, yes: bool) -> None:
    others = _others(tie)
    if not yes and left_ownerless([_stay(tie), *others], [*after, *others]):
        raise Problem(
            "E-STAY-OWNERLESS",
            "without_owner",
            "A tenant of this unit would have no owner on record for part of that time. Register"
            " the owner first, or tick that this is right.",
            "这样改动后，该房屋的租户会有一段时间没有登记业主。请先登记业主，或勾选确认无误。",
        )
