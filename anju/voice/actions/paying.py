"""What a case cost and who pays, and reminding a builder of what he owes; no step of the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.casework.kinds import Chase, Party, Payer, Shown, WaitedFor
from anju.casework.states import OPEN
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor
from anju.voice.actions.handling import Payload, worked
from anju.voice.actions.storing import Edition, change, reason, tell
from anju.voice.models import Case


@dataclass(frozen=True, slots=True)
class Cost:
    """What a case cost in fen, None where that is open, and who pays."""

    fen: int | None
    payer: Payer | None
    why: str = ""


@transaction.atomic
def set_cost(*, actor: Actor, edition: Edition, cost: Cost, at: datetime) -> None:
    """Set what a case cost and who pays; what was set before stays in its history.

    Errors: NotFound, Forbidden, E-STALE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        payer = cost.payer.value if cost.payer else ""
        said: Payload = {"cost": cost.fen, "payer": payer, "cost_was": case.cost, "payer_was": case.payer}  # fmt: skip
        if cost.why.strip():
            said["note"] = reason(case, cost.why, by=actor.account_id, at=at, shown=Shown.INSIDE)
        change(case, edition.version, cost=cost.fen, payer=payer)
        tell(case, "cost_set", by=actor.account_id, at=at, payload=said)


def owed_by_builder(case: Case) -> bool:
    """Say whether a case is a builder's: he caused it, pays for it, or is waited for."""
    party, payer, waits = str(case.party), str(case.payer), str(case.waited_for)
    return party == Party.DEVELOPER or payer == Payer.RETENTION or waits == WaitedFor.BUILDER


@transaction.atomic
def chase(*, actor: Actor, edition: Edition, how: Chase, words: str, at: datetime) -> None:
    """Write down that the builder was reminded, and what he said.

    Errors: NotFound, Forbidden, E-STATE for a case that is closed or not his, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        if case.state not in OPEN or not owed_by_builder(case):
            raise Problem(
                "E-STATE", "case",
                "Only an open case that the builder owes is chased. Name him as its cause first.",
                "只有未关闭且属建设单位责任的单才能催办。请先将原因方更正为开发商。",
            )  # fmt: skip
        kept = reason(case, words, by=actor.account_id, at=at, shown=Shown.INSIDE)
        tell(case, "chased", by=actor.account_id, at=at, payload={"how": how.value, "note": kept})
