"""What a home still holds against us: satisfaction fades fast, dissatisfaction lasts; pure.

A model with two settings, never a measurement: each figure carries the half-lives it was made with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anju.kernel.pure.problems import Problem

DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why a home has an open grievance."""

    UNRESOLVED = "unresolved"
    REOPENED = "reopened"
    BROKEN_PROMISE = "broken_promise"
    LOW_VERDICT = "low_verdict"


@dataclass(frozen=True, slots=True)
class HalfLives:
    """After how many days half of a feeling is left. Units: days."""

    satisfied: float = 30.0
    dissatisfied: float = 180.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that pleased (+) or hurt (−) a home; `weight` is 1 for an ordinary matter."""

    at: datetime
    weight: float


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left of the good and of the bad, and their sum, by these half-lives."""

    good: float
    bad: float
    half_lives: HalfLives

    @property
    def total(self) -> float:
        """Say what is left of both together; below nought it is a grievance."""
        return self.good - self.bad


def balance(moments: Sequence[Moment], at: datetime, half_lives: HalfLives) -> Balance:
    """Return what is left at an instant of the moments before it.

    Errors: E-GRIEVANCE-HALF for a half-life that is not above nought.
    Source: requirements O-22. Example: one of each, 60 days ago: 0.250 − 0.794 = −0.544.
    """
    if half_lives.satisfied <= 0 or half_lives.dissatisfied <= 0:
        raise Problem(
            "E-GRIEVANCE-HALF",
            "half_life",
            "A half-life is a number of days above 0.",
            "半衰期应为大于 0 的天数。",
        )
    past = [moment for moment in moments if moment.at <= at]
    good = sum(_left(one, at, half_lives.satisfied) for one in past if one.weight > 0)
    bad = -sum(_left(one, at, half_lives.dissatisfied) for one in past if one.weight < 0)
    return Balance(good, bad, half_lives)


def _left(moment: Moment, at: datetime, half_life: float) -> float:
    return float(moment.weight * 0.5 ** ((at - moment.at) / DAY / half_life))
