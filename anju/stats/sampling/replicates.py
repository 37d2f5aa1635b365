"""Replicate weights: the sample drawn again from itself, so that any statistic shows its own spread.

For what `linear` has no formula for. A replicate is one factor for each first-stage unit, never a
column of rows: five hundred of them cost as much as there are units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import hadamard
from scipy.special import stdtrit

from anju.stats.design import Codes, Design, Floats
from anju.stats.given import answers
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, BadDesign, Estimate, Method, NoAnswers, Unit

LEAST_DRAWS = 50
Statistic = Callable[[Floats], Floats]


class Replication(StrEnum):
    """How replicates are made."""

    JACKKNIFE = "jackknife"  # each unit left out once
    BALANCED = "balanced"  # half of each pair, all pairs in balance
    BOOTSTRAP = "bootstrap"  # units drawn again, with replacement


@dataclass(frozen=True, slots=True)
class Replicates:
    """Factors of the units' weights, and what a squared distance of each replicate counts.

    Shapes: units [n], factors [units × replicates], counts [replicates].
    """

    kind: Replication
    units: Codes
    factors: Floats
    counts: Floats
    df: int

    @property
    def many(self) -> int:
        """Return how many replicates there are."""
        return int(self.factors.shape[1])


def jackknife(design: Design) -> Replicates:
    """Return one replicate for each unit: without it, the others of its stratum stand for it.

    A stratum of one unit gives no replicate; the design must have provided for it. Errors:
    BadDesign for a design of two stages. Source: Wolter 2007, section 4.5 (stratified).
    """
    _check(design)
    strata, counts = design.first.unit_strata, design.first.counts
    left_out = np.flatnonzero(counts[strata] > 1)
    mine = strata[left_out]
    factors = np.ones((len(strata), len(left_out)))
    for column, (unit, stratum) in enumerate(zip(left_out, mine, strict=True)):
        factors[strata == stratum, column] = counts[stratum] / (counts[stratum] - 1)
        factors[unit, column] = 0.0
    weigh = (1 - design.first.fractions[mine]) * (counts[mine] - 1) / counts[mine]
    return Replicates(Replication.JACKKNIFE, design.first.units, factors, weigh, design.df)


def balanced(design: Design, *, fay: float = 0.0) -> Replicates:
    """Return balanced half samples of a design with two units in each stratum.

    `fay` keeps that share of the half left out, from 0 up to but below 1. Errors: BadDesign where a
    stratum has another number of units, or counts its population; BadArgument for `fay`. Source:
    Wolter 2007, chapter 3; Judkins 1990, Journal of Official Statistics 6, 223-239.
    """
    _check(design)
    counts = design.first.counts
    if (counts != 2).any() or design.first.fractions.any():
        raise BadDesign(
            "strata",
            en="Balanced half samples need two clusters in each stratum and no counted population.",
            zh="平衡半样本要求每层恰有两个群，且不计总体修正。",
        )
    if not 0 <= fay < 1:
        raise BadArgument(
            "fay", en="The share that is kept lies from 0 up to 1.", zh="保留比例应在 0 到 1 之间。"
        )
    size = 1 << int(np.ceil(np.log2(len(counts) + 1)))
    signs = hadamard(size)[1 : len(counts) + 1]
    firsts = np.zeros(len(design.first.unit_strata), dtype=bool)
    firsts[np.unique(design.first.unit_strata, return_index=True)[1]] = True
    turned = np.where(firsts[:, None], 1, -1) * signs[design.first.unit_strata]
    factors = 1 + (1 - fay) * turned
    weigh = np.full(size, 1 / (size * (1 - fay) ** 2))
    return Replicates(Replication.BALANCED, design.first.units, factors, weigh, design.df)


def bootstrap(design: Design, *, seed: int, samples: int = 500) -> Replicates:
    """Return replicates of units drawn again within their strata, one fewer than there were.

    The seed is an argument: the same one gives the same replicates. Errors: BadDesign for a design
    of two stages, BadArgument for fewer than fifty samples. Source: Rao, Wu and Yue 1992, Survey
    Methodology 18, 209-217; the share drawn shrinks the factors as in Rao and Wu 1988, JASA 83.
    """
    _check(design)
    if samples < LEAST_DRAWS:
        raise BadArgument(
            "samples",
            en=f"{samples} draws are too few: take {LEAST_DRAWS} at least, better 500.",
            zh=f"抽取 {samples} 次过少，至少 {LEAST_DRAWS} 次，建议 500 次。",
        )
    chance = np.random.default_rng(seed)
    strata, counts = design.first.unit_strata, design.first.counts
    factors = np.ones((len(strata), samples))
    for stratum in np.flatnonzero(counts > 1):
        units, size = np.flatnonzero(strata == stratum), int(counts[stratum])
        drawn = chance.multinomial(size - 1, np.full(size, 1 / size), samples).T
        shrink = np.sqrt(1 - design.first.fractions[stratum])
        factors[units] = 1 - shrink + shrink * drawn * size / (size - 1)
    weigh = np.full(samples, 1 / samples)
    return Replicates(Replication.BOOTSTRAP, design.first.units, factors, weigh, design.df)


def replicate_mean(
    design: Design, replicates: Replicates, y: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """Return the weighted mean with the error that the replicates show.

    Shapes: y [n], NaN where missing. Work is done on the units' totals. Errors: NoAnswers,
    BadDesign for a wrong length or calibrated weights: these are `replicate`'s.
    """
    values = answers(y, "y")
    if design.calibration is not None or values.shape != (design.n,):
        raise BadDesign(
            "y",
            en="Give one number for each row; calibrated weights are replicated by `replicate`.",
            zh="应逐行给出数值；校准后的权重请使用 replicate。",
        )
    there = np.isfinite(values)
    if not there.any():
        raise NoAnswers("y", en="Nobody answered.", zh="没有有效回答。")
    units = len(design.first.unit_strata)
    weights = np.where(there, design.weights, 0.0)
    below = np.bincount(replicates.units, weights=weights, minlength=units)
    above = np.bincount(
        replicates.units, weights=weights * np.where(there, values, 0.0), minlength=units
    )
    at = np.array([above.sum() / below.sum()])
    seen = (above @ replicates.factors) / (below @ replicates.factors)
    return _told(replicates, at, seen[None, :], int(there.sum()), level)[0]


def replicate(
    design: Design, replicates: Replicates, statistic: Statistic, *, level: float = 0.95
) -> tuple[Estimate, ...]:
    """Return whatever numbers a statistic makes of weights, with the errors that replicates show.

    Shapes: `statistic` takes weights [n] and gives [k]. Calibrated weights are fitted anew to the
    same totals in every replicate, by one linear step (Valliant 1993, JASA 88, 89-96). Errors: as
    the statistic raises; NoAnswers where a replicate has no number.
    """
    start = np.atleast_1d(np.asarray(statistic(design.weights), dtype=np.float64))
    seen = np.empty((len(start), replicates.many))
    for column in range(replicates.many):
        weights = _weights(design, replicates.factors[replicates.units, column])
        seen[:, column] = statistic(weights)
    return _told(replicates, start, seen, design.n, level)


def _weights(design: Design, factors: Floats) -> Floats:
    """Return the weights of one replicate, calibrated to the totals of the whole sample."""
    known = design.calibration
    if known is None:
        return design.weights * factors
    base = known.base * factors
    left = known.columns.T @ (design.weights - base)
    square = known.columns.T @ (known.columns * base[:, None])
    return np.asarray(base * (1 + known.columns @ (np.linalg.pinv(square) @ left)))


def _told(
    replicates: Replicates, at: Floats, seen: Floats, n: int, level: float
) -> tuple[Estimate, ...]:
    check_level(level)
    if not np.isfinite(seen).all():
        raise NoAnswers(
            "y",
            en="In some replicates nobody is left to speak: the group is too small for this method.",
            zh="部分重复样本中没有人作答，该组过小，不适用此方法。",
        )
    errors = np.sqrt(((seen - at[:, None]) ** 2) @ replicates.counts)
    wide = float(stdtrit(replicates.df, (1 + level) / 2))
    return tuple(
        Estimate(
            float(value), float(se), replicates.df, float(value - wide * se),
            float(value + wide * se), n, None, None, Method.REPLICATES, unit=Unit.VALUE, level=level,
        )
        for value, se in zip(at, errors, strict=True)
    )  # fmt: skip


def _check(design: Design) -> None:
    if design.second is not None:
        raise BadDesign(
            "second",
            en="Replicates speak of one stage. Leave out the second, or use linearised errors.",
            zh="重复样本方法只适用于一个抽样阶段。请去掉第二阶段，或使用线性化误差。",
        )
    if design.df < 1:
        raise BadDesign(
            "clusters",
            en="No stratum has two clusters: nothing can be left out.",
            zh="没有任何一层包含两个以上的群，无法构造重复样本。",
        )
