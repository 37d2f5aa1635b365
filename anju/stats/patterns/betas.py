"""Satisfied shares of small buildings, drawn towards each other by as much as few have answered.

The count model beside `stats.pooled`, which is for means: here an interval stays inside 0 and 1 and
nobody's variance is taken for known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaln, expit, logit

from anju.stats.design import Floats
from anju.stats.pooled import LEAST_AREAS
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, BadCounts, NotIdentified

GRID, LIMIT_STEPS, FAINT = 40, 40, 1e-4
WEAKEST, STRONGEST = -6.0, 9.0  # logs of how many answers the other buildings are worth


@dataclass(frozen=True, slots=True)
class Counted:
    """A building's answers: how many, and how many of them are satisfied."""

    key: str
    satisfied: int
    n: int


@dataclass(frozen=True, slots=True)
class PooledShare:
    """One building: its own share, the pooled one with limits, and how much of it is its own voice."""

    key: str
    direct: float | None
    pooled: float
    own: float
    se: float
    ci_low: float
    ci_high: float
    n: int


@dataclass(frozen=True, slots=True)
class PooledShares:
    """All buildings, the share that they are drawn to, and how many answers that is worth."""

    areas: tuple[PooledShare, ...]
    centre: float
    worth: float


def beta_binomial(areas: Sequence[Counted], *, level: float = 0.95) -> PooledShares:
    """Return pooled shares of buildings from counts.

    A building without an answer gets what the others say. Not knowing the centre and its worth
    widens the limits: both are averaged over by their likelihood. Errors: BadCounts; BadArgument
    for fewer than five buildings with answers; NotIdentified where all or none is satisfied.
    Source: Gelman et al. 2013, Bayesian Data Analysis, section 5.3 (prior on share and size^-1/2).
    """
    check_level(level)
    x = np.array([area.satisfied for area in areas], dtype=np.float64)
    n = np.array([area.n for area in areas], dtype=np.float64)
    _check(x, n)
    shares, worths, weights = _grid(x, n)
    a, b = shares * worths, (1 - shares) * worths
    means = (x[:, None] + a) / (n[:, None] + worths)
    spread = means * (1 - means) / (n[:, None] + worths + 1)
    pooled = means @ weights
    se = np.sqrt(np.maximum((spread + means**2) @ weights - pooled**2, 0))
    own = (n[:, None] / (n[:, None] + worths)) @ weights
    low, high = _limits(x[:, None] + a, n[:, None] - x[:, None] + b, weights, level)
    told = tuple(
        PooledShare(
            area.key, area.satisfied / area.n if area.n else None, float(p), float(o), float(s),
            float(lo), float(hi), area.n,
        )
        for area, p, o, s, lo, hi in zip(areas, pooled, own, se, low, high, strict=True)
    )  # fmt: skip
    return PooledShares(told, float(shares @ weights), float(np.exp(np.log(worths) @ weights)))


def _grid(x: Floats, n: Floats) -> tuple[Floats, Floats, Floats]:
    """Return shares, worths and weights of all pairs, around where the likelihood lies."""
    centre, wide = logit((x.sum() + 0.5) / (n.sum() + 1)), 8 / np.sqrt(len(n))
    at = centre + wide * np.linspace(-1, 1, GRID)
    shares, worths = (
        one.ravel() for one in np.meshgrid(expit(at), np.exp(np.linspace(WEAKEST, STRONGEST, GRID)))
    )
    a, b = shares * worths, (1 - shares) * worths
    log = (betaln(x[:, None] + a, n[:, None] - x[:, None] + b) - betaln(a, b)).sum(axis=0)
    # The prior is flat in the share and in worth^-1/2; the grid in logits and logs.
    log = log + np.log(shares * (1 - shares)) - np.log(worths) / 2
    weights = np.exp(log - log.max())
    seen = weights > FAINT
    return shares[seen], worths[seen], weights[seen] / weights[seen].sum()


def _limits(a: Floats, b: Floats, weights: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the limits of mixtures of beta distributions, by halving."""
    tail = (1 - level) / 2
    found = []
    for wanted in (tail, 1 - tail):
        low, high = np.zeros(len(a)), np.ones(len(a))
        for _ in range(LIMIT_STEPS):
            middle = (low + high) / 2
            below = betainc(a, b, middle[:, None]) @ weights
            low, high = (
                np.where(below < wanted, middle, low),
                np.where(below < wanted, high, middle),
            )
        found.append((low + high) / 2)
    return found[0], found[1]


def _check(x: Floats, n: Floats) -> None:
    if (x < 0).any() or (x > n).any():
        raise BadCounts(
            "satisfied", en="Satisfied owners are between 0 and all who answered.",
            zh="满意人数应在 0 与作答人数之间。",
        )  # fmt: skip
    if (n > 0).sum() < LEAST_AREAS:
        raise BadArgument(
            "areas", en=f"{int((n > 0).sum())} buildings with answers: {LEAST_AREAS} at least are needed.",
            zh=f"有回答的楼栋为 {int((n > 0).sum())} 栋，至少需要 {LEAST_AREAS} 栋。",
        )  # fmt: skip
    if not 0 < x.sum() < n.sum():
        raise NotIdentified(
            "satisfied", en="All or none are satisfied: buildings cannot be told apart.",
            zh="全部满意或全部不满意，无法区分楼栋。",
        )  # fmt: skip
