"""Means of scores with the owners' own variance: one score a person, t limits, finite population.

Not for shares of people (see `proportion`). Everything runs on sums that merge, never on rows.
"""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from anju.stats.cautions import NO_SPREAD, ONE_ANSWER, TOTALS_ONLY
from anju.stats.proportion import (
    check_level,
    cut,
    kish,
    silence_cautions,
    weight_cautions,
)
from anju.stats.results import (
    BadArgument,
    BadCounts,
    Bounds,
    Caution,
    Estimate,
    Method,
    Unit,
)
from anju.stats.silence import bounds_nonresponse, check_counts, require_answers


@dataclass(frozen=True, slots=True)
class Sums:
    """What a group's scores add up to: answers n, and sums of w, w*s, w*s**2 and w**2.

    Unweighted answers have w = 1 each (`plain`). Sums of parts add with `+`.
    """

    n: int
    w: float
    ws: float
    wss: float
    w2: float

    @classmethod
    def plain(cls, n: int, total: float, squares: float) -> Sums:
        """Build unweighted sums from the number, the sum and the sum of squares of the scores."""
        return cls(n, float(n), total, squares, float(n))

    def __add__(self, other: Sums) -> Sums:
        """Merge two disjoint groups."""
        return Sums(
            self.n + other.n,
            self.w + other.w,
            self.ws + other.ws,
            self.wss + other.wss,
            self.w2 + other.w2,
        )

    @property
    def weighted(self) -> bool:
        """Say whether any answer weighs more than another."""
        return abs(self.w * self.w - self.n * self.w2) > 1e-9 * self.n * self.w2

    @property
    def mean(self) -> float:
        """Give the mean score.

        Errors: NoAnswers where the group is empty, BadArgument where a sum is no finite number.
        """
        require_answers(self.n)
        if not (isfinite(self.ws) and isfinite(self.wss)):
            raise BadArgument(
                "scores",
                en="A score is not a finite number: mark it as missing.",
                zh="有得分不是有限数，请标为缺失。",
            )
        return self.ws / self.w

    @property
    def size(self) -> float:
        """Give the effective number of answers (n itself without weights)."""
        return kish(self.w, self.w2, self.n) if self.weighted else float(self.n)

    @property
    def variance(self) -> float:
        """Give the variance between owners, with divisor effective n - 1; 0 for one answer."""
        size = self.size
        spread = self.wss / self.w - self.mean**2
        rounding = 1e-12 * max(abs(self.wss / self.w), 1e-300)
        if size <= 1 or spread <= rounding:
            return 0.0
        return spread * size / (size - 1)

    def scaled(self, factor: float, shift: float = 0.0) -> Sums:
        """Give the sums of factor * score + shift."""
        return Sums(
            self.n,
            self.w,
            factor * self.ws + shift * self.w,
            factor**2 * self.wss + 2 * factor * shift * self.ws + shift**2 * self.w,
            self.w2,
        )


def sums_of_counts(
    values: Sequence[float],
    counts: Sequence[int],
    weights: Sequence[float] | None = None,
    squares: Sequence[float] | None = None,
) -> Sums:
    """Build sums from a histogram: a score for each level, and how many chose it.

    Shapes: all sequences have one entry a level. `weights` holds the sum of weights of each
    level and `squares` the sum of squared weights; both or neither.
    Errors: BadCounts on a negative count, BadArgument on unequal lengths.
    """
    w = counts if weights is None else weights
    w2 = counts if squares is None else squares
    if len({len(values), len(counts), len(w), len(w2)}) != 1 or (weights is None) != (
        squares is None
    ):
        raise BadArgument(
            "counts",
            en="Give one count for each level, and weights together with squared weights.",
            zh="每个选项须各有一个计数；权重合计与权重平方合计须同时给出。",
        )
    if min(counts, default=0) < 0:
        raise BadCounts("counts", en="A count cannot be negative.", zh="数目不能为负数。")
    ws = sum(a * b for a, b in zip(w, values, strict=True))
    wss = sum(a * b * b for a, b in zip(w, values, strict=True))
    return Sums(sum(counts), float(sum(w)), float(ws), float(wss), float(sum(w2)))


def sums_of_rows(
    scores: NDArray[np.float64],
    count: NDArray[np.int64] | None = None,
    weight: NDArray[np.float64] | None = None,
) -> Sums:
    """Build sums from one score a row; NaN is missing and leaves the group.

    Shapes: scores, count and weight have one entry a row; `count` says for how many owners the
    row stands, `weight` is the weight of each of them.
    """
    there = ~np.isnan(scores)
    s = scores[there]
    c = np.ones(s.size) if count is None else count[there].astype(np.float64)
    w = np.ones(s.size) if weight is None else weight[there]
    cw = c * w
    return Sums(
        int(c.sum()),
        float(cw.sum()),
        float(cw @ s),
        float(cw @ (s * s)),
        float(cw @ w),
    )


def mean_score(
    sums: Sums,
    span: tuple[float, float],
    N: int | None = None,
    *,
    unit: Unit = Unit.INDEX,
    formula: str = "",
    level: float = 0.95,
) -> Estimate:
    """Give the mean of one score a person with a t interval from the owners' own variance.

    `span` is the declared lowest and highest possible score, in the units of the scores; the
    interval is cut to the bounds that follow from it. One answer, or equal answers of a part of
    the population, give no interval and say why; everybody answered gives one of zero width.

    Errors: NoAnswers, BadCounts (n > N), BadArgument (a mean outside the span).
    Source: Cochran 1977, Sampling Techniques, chapter 2.

    Example:
        >>> found = mean_score(Sums.plain(20, 1920, 16 * 100**2 + 4 * 80**2), (0, 100), 25)
        >>> round(found.ci_low, 1), round(found.ci_high, 1), found.bounds
        (94.3, 96.8, Bounds(low=76.8, high=96.8))
    """
    check_level(level)
    check_counts(sums.n, N)
    mean = sums.mean
    bounds = _bounds(mean, sums.n, span, N)
    interval = _t_interval(sums, N, level)
    low, high = interval.limits
    if low is not None and high is not None:
        low, high = cut(max(low, span[0]), min(high, span[1]), mean, bounds)
    return Estimate(
        estimate=mean,
        se=interval.se,
        df=interval.df,
        ci_low=low,
        ci_high=high,
        n=sums.n,
        n_eff=sums.size,
        deff=sums.n / sums.size,
        method=interval.method,
        warnings=interval.cautions,
        formula=formula,
        unit=unit,
        population=N,
        bounds=bounds,
        level=level,
    )


def totals_only(
    value: float,
    n: int,
    span: tuple[float, float],
    N: int | None = None,
    *,
    unit: Unit = Unit.SHARE,
    formula: str = "",
) -> Estimate:
    """Give a published figure of n people with its bounds and, since no answer is known, no interval.

    Units: `value` and `span` as `unit` says.
    Errors: NoAnswers, BadCounts, BadArgument (a value outside the span).
    """
    check_counts(n, N)
    require_answers(n)
    return Estimate(
        estimate=value,
        se=None,
        df=None,
        ci_low=None,
        ci_high=None,
        n=n,
        n_eff=None,
        deff=None,
        method=Method.NONE,
        warnings=(TOTALS_ONLY,) + (silence_cautions(n, N) if N is None else ()),
        formula=formula,
        unit=unit,
        population=N,
        bounds=_bounds(value, n, span, N),
    )


@dataclass(frozen=True, slots=True)
class _Interval:
    se: float | None
    df: float | None
    limits: tuple[float | None, float | None]
    method: Method
    cautions: tuple[Caution, ...]


def _t_interval(sums: Sums, N: int | None, level: float) -> _Interval:
    mean, variance, size = sums.mean, sums.variance, sums.size
    if sums.n == N:
        return _Interval(0.0, None, (mean, mean), Method.CENSUS, ())
    cautions = silence_cautions(sums.n, N)
    if sums.weighted:
        cautions = weight_cautions(size, sums.n) + cautions
    if sums.n == 1 or variance == 0:
        why = ONE_ANSWER if sums.n == 1 else NO_SPREAD
        return _Interval(None, None, (None, None), Method.NONE, (why, *cautions))
    left = 1.0 if N is None else 1 - sums.n / N
    se = sqrt(variance / size * left)
    df = size - 1
    half = t_value(df, level) * se
    method = Method.T_KISH if sums.weighted else Method.T_OWN
    return _Interval(se, df, (mean - half, mean + half), method, cautions)


def _bounds(
    value: float,
    n: int,
    span: tuple[float, float],
    N: int | None,
) -> Bounds | None:
    edge = 1e-9 * (span[1] - span[0])
    if not span[0] - edge <= value <= span[1] + edge:
        raise BadArgument(
            "span",
            en=f"{value:g} lies outside the scale from {span[0]:g} to {span[1]:g}.",
            zh=f"数值 {value:g} 不在量表 {span[0]:g} 至 {span[1]:g} 之间。",
        )
    if N is None:
        return None
    inside = min(max(value, span[0]), span[1])
    return bounds_nonresponse(inside, n, N, low=span[0], high=span[1])


@lru_cache(maxsize=4096)
def t_value(df: float, level: float) -> float:
    """Give the two-sided quantile of Student's t."""
    return float(stdtrit(df, 0.5 + level / 2))
