"""What a claim against a builder stands on: each proof that is there, and each that lacks; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from anju.kernel.pure.numbers import decimal

# After two reminders and a week, the office may repair in the builder's stead.
CHASES, DAYS = 2, 7
COST_MOST = Decimal(9_999_999)


class Proof(StrEnum):
    """What a claim asks for."""

    FIRST = "first"  # the owner's first word, with its day
    BEFORE = "before"
    ASKED = "asked"
    CHASED = "chased"
    LETTER = "letter"
    CAUSE = "cause"
    AFTER = "after"
    COST = "cost"
    OWNER = "owner"  # her word that it is solved


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of a matter that a builder owes."""

    received_at: datetime
    asked_at: datetime | None = None
    chased: tuple[datetime, ...] = ()
    letters: int = 0
    before: int = 0
    after: int = 0
    cause: bool = False
    cost: bool = False
    confirmed: bool = False


def proofs(facts: Facts) -> tuple[tuple[Proof, bool], ...]:
    """Return every proof with whether it is there, in the order in which a claim is read."""
    there = {
        Proof.FIRST: True,
        Proof.BEFORE: facts.before > 0,
        Proof.ASKED: facts.asked_at is not None,
        Proof.CHASED: len(facts.chased) >= CHASES,
        Proof.LETTER: facts.letters > 0,
        Proof.CAUSE: facts.cause,
        Proof.AFTER: facts.after > 0,
        Proof.COST: facts.cost,
        Proof.OWNER: facts.confirmed,
    }
    return tuple((one, there[one]) for one in Proof)


def may_step_in(facts: Facts, at: datetime) -> bool:
    """Say whether the builder was reminded often and long enough to repair in his stead."""
    first = asked_first(facts)
    enough = len(facts.chased) >= CHASES
    return enough and first is not None and (at - first).days >= DAYS


def asked_first(facts: Facts) -> datetime | None:
    """Return when the builder first heard of it."""
    told: Sequence[datetime] = [one for one in (facts.asked_at, *facts.chased) if one is not None]
    return min(told, default=None)


def read_cost(text: str, field: str = "cost") -> int | None:
    """Return yuan as fen; None for an empty field. Example: 128.5 is 12850. Errors: E-NUM-*."""
    if not text.strip():
        return None
    return int(decimal(text, field, low=Decimal(0), high=COST_MOST, places=2) * 100)


def written_cost(cost: int | None) -> str:
    """Return fen as `read_cost` reads them again: 12850 is 128.50; nothing for none."""
    return "" if cost is None else f"{cost // 100}.{cost % 100:02d}"
