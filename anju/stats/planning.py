"""How many answers are needed, and how many invitations, before anybody is asked."""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

from scipy.special import ndtri

from anju.stats.proportion import check_level
from anju.stats.results import BadArgument


class Rule(StrEnum):
    """How answers are shared out among strata."""

    PROPORTIONAL = "proportional"
    NEYMAN = "neyman"  # by size × spread: the least variance of the whole
    POWER = "power"  # by a root of the size: small strata get more


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the population: its size and the spread of answers expected in it."""

    key: str
    N: int
    spread: float = 0.5


@dataclass(frozen=True, slots=True)
class Needed:
    """How many answers are needed, exactly and rounded up, and how many invitations these take."""

    exact: float
    n: int
    invitations: int


@dataclass(frozen=True, slots=True)
class Aim:
    """How exact the share is to be. Units: margin and the rates are shares, 0.05 is five points."""

    margin: float
    share: float = 0.5
    level: float = 0.95
    deff: float = 1.0
    response_rate: float = 1.0


def sample_size(N: int | None, aim: Aim) -> Needed:
    """Return how many answers give the margin; with a population, its finite size is used.

    Invitations never exceed the population. Rounded up: a safe sample is not half an answer short.
    Errors: BadArgument for a margin, share, effect or rate that cannot be.
    Source: Cochran 1977, section 4.4. Example: N 2,500 at ±4 points needs 484.2, so 485.
    """
    _check(N, aim)
    z = float(ndtri((1 + aim.level) / 2))
    endless = aim.deff * z * z * aim.share * (1 - aim.share) / aim.margin**2
    exact = endless if N is None else endless / (1 + (endless - 1) / N)
    n = max(1, ceil(exact - 1e-9))
    asked = ceil(n / aim.response_rate - 1e-9)
    return Needed(exact, n, asked if N is None else min(asked, N))


def allocate(
    strata: Sequence[Stratum], n: int, *, rule: Rule = Rule.PROPORTIONAL, least: int = 2
) -> dict[str, int]:
    """Return how many of n answers each stratum gets: at least `least`, never more than it has.

    What a full stratum leaves over goes to the others; the sum is n. Errors: BadArgument for fewer
    answers than the strata need, more than there are, or a name twice. Source: Neyman 1934, JRSS 97;
    power allocation with exponent one half: Bankier 1988, American Statistician 42, 174-177.
    """
    for one in strata:
        if not one.spread >= 0 or one.N < 0:
            raise BadArgument(
                "strata",
                en=f"“{one.key}” needs a size and a spread of 0 or more.",
                zh=f"“{one.key}”的规模与离散程度应为 0 或以上。",
            )
    floor = {one.key: min(least, one.N) for one in strata}
    if len(floor) != len(strata) or not sum(floor.values()) <= n <= sum(one.N for one in strata):
        raise BadArgument(
            "n",
            en=f"{n} answers cannot be shared out: {sum(floor.values())} are needed at least, and "
            f"{sum(one.N for one in strata)} there are; names must differ.",
            zh=f"{n} 份无法分配：至少需要 {sum(floor.values())} 份，总共 "
            f"{sum(one.N for one in strata)} 户，且名称不得重复。",
        )
    given = dict(floor)
    wants = {one.key: _want(one, rule) for one in strata}
    room = {one.key: one.N for one in strata}
    for _ in range(n - sum(floor.values())):
        open_ = [key for key in given if given[key] < room[key]]
        # The next answer goes where it is missed most: Huntington and Hill's divisor.
        key = max(open_, key=lambda key: wants[key] / sqrt(given[key] * (given[key] + 1) or 1))
        given[key] += 1
    return given


def _want(stratum: Stratum, rule: Rule) -> float:
    if rule is Rule.NEYMAN:
        return stratum.N * stratum.spread
    return sqrt(stratum.N) if rule is Rule.POWER else float(stratum.N)


def _check(N: int | None, aim: Aim) -> None:
    check_level(aim.level)
    wrong = [
        name
        for name, value, low, high in (
            ("margin", aim.margin, 0.0, 1.0),
            ("share", aim.share, 0.0, 1.0),
            ("deff", aim.deff, 0.0, 1e6),
            ("response_rate", aim.response_rate, 0.0, 1.0 + 1e-12),
        )
        if not low < value < high
    ]
    if N is not None and N < 1:
        wrong.append("N")
    for name in wrong:
        raise BadArgument(
            name,
            en=f"{name} is {getattr(aim, name, N)}: it lies above 0, and shares below 1.",
            zh=f"{name} 为 {getattr(aim, name, N)}，应大于 0；比例应小于 1。",
        )
