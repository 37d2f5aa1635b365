"""Return visits: which cases get one, by when, by whom, and what a verdict makes of a case; pure.

Nothing here is pre-scored: without an owner's word the verdict stays unknown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from anju.casework.states import CaseVerb, Outcome
from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import Due, WorkingCalendar, within_working_days

REPAIR_DAYS, COMPLAINT_DAYS, OTHER_DAYS = 1, 3, 3
SECOND_AFTER = timedelta(days=28)
ATTEMPTS = 3
SEED_SPACE = 1 << 64
NEVER_VISITED = frozenset({Outcome.DUPLICATE, Outcome.WITHDRAWN})


class Solved(StrEnum):
    """The owner's own verdict."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Policy:
    """How many working days a visit has, and the share of other cases that get one.

    The seed is published: anybody can say afterwards which cases were drawn.
    """

    seed: str
    rate: float = 0.2
    repair_days: int = REPAIR_DAYS
    complaint_days: int = COMPLAINT_DAYS
    other_days: int = OTHER_DAYS


@dataclass(frozen=True, slots=True)
class Ended:
    """What decides about a visit: the case's number, kind, whether inside a home, and its end."""

    number: str
    kind: str
    at_home: bool
    outcome: Outcome
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to reach the owner."""

    at: datetime
    reached: bool


def needs_visit(ended: Ended, policy: Policy) -> bool:
    """Say whether a closed case gets a visit: complaints and home repairs all, others by the draw."""
    if ended.outcome in NEVER_VISITED:
        return False
    if ended.kind == "complaint" or _home_repair(ended):
        return True
    return drawn(ended.number, policy)


def drawn(number: str, policy: Policy) -> bool:
    """Say whether a case's number is drawn: the same for everybody who knows seed and rate.

    Errors: E-VISIT-RATE for a rate outside 0 to 1.
    """
    if not 0 <= policy.rate <= 1:
        raise Problem(
            "E-VISIT-RATE",
            "rate",
            "The share of cases to visit lies between 0 and 100 %, not {rate}.",
            "抽样回访比例应在 0 到 100% 之间，而不是 {rate}。",
            rate=policy.rate,
        )
    found = hashlib.sha256(f"{policy.seed}:{number}".encode()).digest()[:8]
    return int.from_bytes(found) < policy.rate * SEED_SPACE


def visit_due(ended: Ended, policy: Policy, calendar: WorkingCalendar) -> Due:
    """Return by when the first visit is due: the end of a working day; errors as `worktime`.

    Source: requirements O-13: closed on Friday 2026-02-13, due on Saturday, a make-up workday.
    """
    days = policy.repair_days if _home_repair(ended) else policy.other_days
    if ended.kind == "complaint":
        days = policy.complaint_days
    return within_working_days(ended.closed_at, days, calendar)


def _home_repair(ended: Ended) -> bool:
    return ended.kind == "repair" and ended.at_home


def second_due(closed_at: datetime) -> datetime:
    """Return when the owner is asked again whether it is still solved."""
    return closed_at + SECOND_AFTER


def used_up(attempts: Sequence[Attempt], zone: ZoneInfo) -> bool:
    """Say whether an owner counts as not reached: three tries in vain at three hours of the day.

    Two calls within one hour of the clock are one try, on whatever days they were made.
    """
    if any(attempt.reached for attempt in attempts):
        return False
    return len({attempt.at.astimezone(zone).hour for attempt in attempts}) >= ATTEMPTS


def check_caller(caller_id: int, doers: frozenset[int], name: str) -> None:
    """Raise E-VISIT-DOER if the caller did the work: nobody writes the verdict on her own."""
    if caller_id in doers:
        raise Problem(
            "E-VISIT-DOER",
            "caller",
            "{name} worked on this case and cannot make its return visit. Let somebody else call.",
            "{name}处理过本单，不能回访本单。请由他人回访。",
            name=name,
        )


def led_to(solved: Solved) -> tuple[CaseVerb, Outcome]:
    """Return what a verdict does to a closed case, and the outcome that it leaves.

    Anything but a yes opens the case again under its own number.
    """
    if solved is Solved.YES:
        return CaseVerb.CONFIRM, Outcome.CONFIRMED
    return CaseVerb.REOPEN, Outcome.PARTLY if solved is Solved.PARTLY else Outcome.UNCONFIRMED
