"""Scores of small buildings, each drawn towards the others by as much as its own voice is weak.

Direct and pooled stand side by side, with `own`: how much of the pooled figure is the building's own.
Pooling lowers the error over all buildings; a single outlying one is drawn in too far, so nobody is
judged by a pooled figure alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from anju.stats.design import Floats
from anju.stats.given import numbers
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, NotIdentified

LEAST_AREAS, STEPS, GRID = 5, 200, 200
GOLDEN = (np.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Pooled:
    """One building: its direct figure, the pooled one with its error and limits, and its own share.

    `own` is from 0 (only what the others say) to 1 (only its own answers).
    """

    key: str
    direct: float
    pooled: float
    own: float
    se: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class Pool:
    """All buildings, what they are drawn towards, and the spread between and within them."""

    areas: tuple[Pooled, ...]
    centre: tuple[float, ...]
    between: float
    within: float | None


@dataclass(frozen=True, slots=True)
class _Fit:
    """What one spread between buildings makes of them all. Shapes: [m], centre [p]."""

    own: Floats
    pooled: Floats
    error: Floats
    centre: Floats


@dataclass(frozen=True, slots=True)
class Area:
    """A building's answers: how many, their mean, and the sum of squared distances from it."""

    key: str
    n: int
    mean: float
    squares: float


def small_area(
    keys: Sequence[str],
    direct: ArrayLike,
    variance: ArrayLike,
    columns: ArrayLike | None = None,
    *,
    level: float = 0.95,
) -> Pool:
    """Return pooled figures from direct ones whose variances are known (from the design).

    Shapes: keys, direct, variance [m]; columns [m × p] with what is known of each building (its
    intercept included), one centre for all without. Errors: BadArgument for fewer than five areas,
    variances not above nought, lengths that differ; NotIdentified for columns that say the same.
    Source: Fay and Herriot 1979, JASA 74, 269-277, with the spread between areas by restricted
    likelihood; errors averaged over that spread as in Rao and Molina 2015, section 10.3.
    """
    y, d = numbers(direct, "direct"), numbers(variance, "variance")
    x = np.ones((len(keys), 1)) if columns is None else numbers(columns, "columns")
    _check(keys, y, d, x)
    check_level(level)

    def at(between: float) -> _Fit:
        weight = 1 / (between + d)
        inner = np.linalg.inv(x.T @ (x * weight[:, None]))
        centre = inner @ (x.T @ (weight * y))
        own = between * weight
        left = (1 - own) ** 2 * np.einsum("ij,jk,ik->i", x, inner, x)
        return _Fit(own, own * y + (1 - own) * (x @ centre), own * d + left, centre)

    lost = partial(_restricted, y=y, d=d, x=x)
    between = _least(lost, 10 * float(np.var(y)) + 10 * float(d.max()))
    fit = _honest(lost, at, between, float(np.median(d)))
    return Pool(_areas(keys, y, fit, level), tuple(map(float, fit.centre)), between, None)


def random_intercepts(areas: Sequence[Area], *, level: float = 0.95) -> Pool:
    """Return pooled means from answers with one spread within all buildings.

    Errors: BadArgument for fewer than five buildings, or none with two answers; NotIdentified where
    no answer differs from its building's mean. Source: Searle, Casella and McCulloch 1992, Variance
    Components, section 3.6 (restricted likelihood).
    """
    check_level(level)
    n = np.array([area.n for area in areas], dtype=np.float64)
    y = np.array([area.mean for area in areas])
    squares = float(sum(area.squares for area in areas))
    if len(areas) < LEAST_AREAS or (n < 1).any() or not (n > 1).any():
        raise _few(len(areas))
    if not np.isfinite([*y, squares]).all():
        raise BadArgument(
            "areas",
            en="A building's mean or spread is no finite number: leave the building out.",
            zh="有楼栋的均值或离差不是有限数，请去掉该楼栋。",
        )
    if squares <= 0:
        raise NotIdentified(
            "squares",
            en="Within each building all answer alike: there is nothing to pool by.",
            zh="每栋楼内的回答都相同，无法合并估计。",
        )

    def at(ratio: float) -> _Fit:
        weight, centre, within = _scaled(ratio, n, y, squares)
        own = n * ratio / (1 + n * ratio)
        error = own * within / n + (1 - own) ** 2 * within / weight.sum()
        return _Fit(own, own * y + (1 - own) * centre, error, np.array([centre]))

    def lost(ratio: float) -> float:
        weight, _, within = _scaled(ratio, n, y, squares)
        spread = float(np.log1p(n * ratio).sum() + np.log(weight.sum()))
        return float((n.sum() - 1) * np.log(within)) + spread

    ratio = _least(lost, 10 * (1 + float(np.var(y)) / (squares / float(n.sum()))))
    fit = _honest(lost, at, ratio, 1 / float(np.median(n)))
    within = _scaled(ratio, n, y, squares)[2]
    keys = [area.key for area in areas]
    return Pool(_areas(keys, y, fit, level), tuple(map(float, fit.centre)), ratio * within, within)


def _scaled(ratio: float, n: Floats, y: Floats, squares: float) -> tuple[Floats, float, float]:
    """Return weights, centre and spread within, where the spread between is `ratio` times it."""
    weight = n / (1 + n * ratio)
    centre = float((weight * y).sum() / weight.sum())
    apart = float((weight * (y - centre) ** 2).sum())
    return weight, centre, (squares + apart) / (float(n.sum()) - 1)


def _honest(
    lost: Callable[[float], float], at: Callable[[float], _Fit], found: float, middle: float
) -> _Fit:
    """Return the fit at the spread found, its error widened by not knowing that spread.

    Every spread counts by its restricted likelihood, all being equally likely before. Without this
    a spread found to be nought would claim that every building is known exactly.
    """
    places = (np.arange(GRID) + 0.5) / GRID
    spreads = middle * places / (1 - places)
    weights = np.array([-lost(one) / 2 for one in spreads]) - 2 * np.log1p(-places)
    weights = np.exp(weights - weights.max())
    fits, best = [at(one) for one in spreads], at(found)
    away = np.array([fit.error + (fit.pooled - best.pooled) ** 2 for fit in fits])
    return replace(best, error=np.average(away, axis=0, weights=weights))


def _restricted(between: float, *, y: Floats, d: Floats, x: Floats) -> float:
    """Return twice the negative restricted log likelihood, but for what does not vary."""
    weight = 1 / (between + d)
    inner = x.T @ (x * weight[:, None])
    left = y - x @ np.linalg.solve(inner, x.T @ (weight * y))
    return float(-np.log(weight).sum() + np.linalg.slogdet(inner)[1] + (weight * left**2).sum())


def _least(lost: Callable[[float], float], top: float) -> float:
    """Return where a function of one bend is least between nought and a top: golden section."""
    low, high = 0.0, top
    for _ in range(STEPS):
        one, two = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if lost(one) <= lost(two):
            high = two
        else:
            low = one
    found = (low + high) / 2
    return 0.0 if lost(0.0) <= lost(found) else found


def _areas(keys: Sequence[str], direct: Floats, fit: _Fit, level: float) -> tuple[Pooled, ...]:
    z = float(ndtri((1 + level) / 2))
    rows = zip(keys, direct, fit.pooled, fit.own, np.sqrt(fit.error), strict=True)
    return tuple(
        Pooled(key, float(y), float(p), float(o), float(s), float(p - z * s), float(p + z * s))
        for key, y, p, o, s in rows
    )


def _check(keys: Sequence[str], y: Floats, d: Floats, x: Floats) -> None:
    if len(keys) < LEAST_AREAS:
        raise _few(len(keys))
    if y.shape != (len(keys),) or d.shape != y.shape or x.ndim != 2 or len(x) != len(keys):
        raise BadArgument(
            "direct",
            en="Each building needs its figure, its variance and its columns.",
            zh="每栋楼都需要得分、方差和已知变量。",
        )
    if not (np.isfinite(d) & (d > 0)).all() or not np.isfinite(y).all():
        raise BadArgument(
            "variance", en="A variance is a number above 0.", zh="方差应为大于 0 的数值。"
        )
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise NotIdentified(
            "columns",
            en="Two columns say the same thing: leave one out.",
            zh="有的列彼此重复，请去掉其中之一。",
        )


def _few(count: int) -> BadArgument:
    return BadArgument(
        "areas",
        en=f"{count} buildings: five at least, and one with two answers, are needed to pool.",
        zh=f"现有 {count} 栋楼，至少需要 5 栋，且其中一栋有两份以上回答，才能合并估计。",
    )
