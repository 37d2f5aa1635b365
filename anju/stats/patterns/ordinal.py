"""Drivers of an answer in ordered levels: the odds of being one level happier, all else alike.

The model says that a driver moves the odds by one factor at every level (proportional odds). It
describes association, it proves no effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, expit, ndtri

from anju.stats.adjust import Adjust, adjust_p
from anju.stats.design import Floats
from anju.stats.given import numbers
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, NotIdentified

STEPS, CLOSE, FAR, NEVER = 100, 1e-11, 30.0, 1e-300
PER_COLUMN = 10


@dataclass(frozen=True, slots=True)
class Factor:
    """A driver in categories. Shapes: by [n]; `base` is the category that others stand against."""

    name: str
    by: Sequence[object]
    base: object


@dataclass(frozen=True, slots=True)
class Step:
    """One category of a driver against its base: the log odds, its error and limits, the odds."""

    driver: str
    category: object
    log_odds: float
    se: float
    ci_low: float
    ci_high: float
    odds: float


@dataclass(frozen=True, slots=True)
class Strength:
    """What a driver as a whole adds: the fall in deviance without it, tested, adjusted by Holm."""

    driver: str
    deviance: float
    df: int
    p: float
    p_holm: float


@dataclass(frozen=True, slots=True)
class Ordered:
    """The fitted model. `drivers` strongest first (deviance a degree of freedom), cuts between levels."""

    steps: tuple[Step, ...]
    drivers: tuple[Strength, ...]
    cuts: tuple[float, ...]
    deviance: float
    n: float
    robust: bool
    level: float


@dataclass(frozen=True, slots=True)
class _Data:
    """Rows ready to fit. Shapes: levels [n], columns [n × p], weights [n]."""

    levels: NDArray[np.intp]
    columns: Floats
    weights: Floats
    many: int


def ordered(
    y: Sequence[object],
    levels: Sequence[object],
    factors: Sequence[Factor],
    *,
    counts: ArrayLike | None = None,
    clusters: Sequence[object] | None = None,
    level: float = 0.95,
) -> Ordered:
    """Return the proportional-odds model of an ordered answer on drivers in categories.

    Shapes: y [n]; levels from the worst to the best; counts [n], how many people a row stands for.
    With clusters the errors are those of whole clusters (sandwich). Errors: BadArgument for lengths,
    unknown levels, bases or fewer than ten people a column; NotIdentified where columns repeat each
    other or a driver tells levels apart without error. Source: McCullagh 1980, JRSS B 42, 109-142.
    """
    check_level(level)
    weights = np.ones(len(y)) if counts is None else numbers(counts, "counts")
    codes = _codes(y, levels, weights, factors)
    names, columns = _columns(factors)
    data = _Data(codes, columns, weights, len(levels))
    _check(data)
    best, curve = _fit(data)
    spread: Floats = np.asarray(np.linalg.inv(curve), dtype=np.float64)
    if clusters is not None:
        spread = _sandwich(data, best, spread, clusters)
    cuts = len(levels) - 1
    deviance = 2 * _lost(best, data)
    wide = float(ndtri((1 + level) / 2))
    steps = tuple(
        Step(
            name,
            category,
            float(b),
            float(s),
            float(b - wide * s),
            float(b + wide * s),
            float(np.exp(b)),
        )
        for (name, category), b, s in zip(
            names, best[cuts:], np.sqrt(np.diag(spread))[cuts:], strict=True
        )
    )
    strengths = _strengths(data, [name for name, _ in names], deviance)
    return Ordered(
        steps, strengths, tuple(map(float, best[:cuts])), deviance, float(weights.sum()),
        clusters is not None, level,
    )  # fmt: skip


def chances(found: Ordered, chosen: Mapping[str, object]) -> tuple[float, ...]:
    """Return how likely each level is for somebody of given categories, worst level first.

    A driver that is not named, or named with its base, adds nothing. Errors: BadArgument for a
    category that the model does not know.
    """
    log_odds = 0.0
    for name, category in chosen.items():
        mine = [step for step in found.steps if step.driver == name]
        if not mine:
            raise BadArgument(
                "driver",
                en=f"The model has no driver “{name}”.",
                zh=f"模型中没有驱动因素“{name}”。",
            )
        log_odds += sum(step.log_odds for step in mine if step.category == category)
    below = np.concatenate([[0.0], expit(np.array(found.cuts) - log_odds), [1.0]])
    return tuple(map(float, np.diff(below)))


def _codes(
    y: Sequence[object], levels: Sequence[object], weights: Floats, factors: Sequence[Factor]
) -> NDArray[np.intp]:
    known = {one: place for place, one in enumerate(levels)}
    if len(known) < 3 or not factors:
        raise BadArgument(
            "levels", en="Give three levels and one driver at least; for two levels use shares.",
            zh="至少需要三个等级和一个驱动因素；只有两个等级时请使用比例。",
        )  # fmt: skip
    for one in y:
        if one not in known:
            raise BadArgument(
                "y", en=f"“{one}” is none of the levels.", zh=f"“{one}”不是已声明的等级。"
            )
    lengths = {len(y), len(weights), *(len(factor.by) for factor in factors)}
    if len(lengths) > 1 or not (weights >= 0).all() or not weights.sum() > 0:
        raise BadArgument(
            "y", en="Answers, drivers and counts need one length, and counts of 0 or more.",
            zh="回答、驱动因素与人数应等长，且人数为 0 或以上。",
        )  # fmt: skip
    return np.array([known[one] for one in y], dtype=np.intp)


def _columns(factors: Sequence[Factor]) -> tuple[list[tuple[str, object]], Floats]:
    names: list[tuple[str, object]] = []
    columns: list[list[float]] = []
    for factor in factors:
        seen = dict.fromkeys(factor.by)
        if factor.base not in seen:
            raise BadArgument(
                factor.name, en=f"Nobody is in the base category “{factor.base}”.",
                zh=f"没有人属于基准类别“{factor.base}”。",
            )  # fmt: skip
        for category in seen:
            if category != factor.base:
                names.append((factor.name, category))
                columns.append([float(one == category) for one in factor.by])
    return names, np.array(columns, dtype=np.float64).T.reshape(len(factors[0].by), len(names))


def _check(data: _Data) -> None:
    people, p = float(data.weights.sum()), data.columns.shape[1]
    if not p or people < PER_COLUMN * p:
        raise BadArgument(
            "factors", en=f"{people:g} people for {p} columns: {PER_COLUMN} a column at least.",
            zh=f"{p} 列只有 {people:g} 人，每列至少需要 {PER_COLUMN} 人。",
        )  # fmt: skip
    here = np.bincount(data.levels, weights=data.weights, minlength=data.many)
    if (here == 0).any():
        raise BadArgument(
            "levels",
            en="A level was answered by nobody: leave it out.",
            zh="有等级无人选择，请去掉该等级。",
        )
    whole = np.column_stack([np.ones(len(data.columns)), data.columns])[data.weights > 0]
    if np.linalg.matrix_rank(whole) < whole.shape[1]:
        raise NotIdentified(
            "factors", en="Two drivers say the same thing: leave one out.",
            zh="有的驱动因素彼此重复，请去掉其中之一。",
        )  # fmt: skip


def _edges(found: Floats, data: _Data) -> tuple[Floats, Floats]:
    """Return the chance of lying below the upper and the lower edge of each row's level."""
    cuts = np.concatenate([[-np.inf], found[: data.many - 1], [np.inf]])
    moved = data.columns @ found[data.many - 1 :]
    return expit(cuts[data.levels + 1] - moved), expit(cuts[data.levels] - moved)


def _lost(found: Floats, data: _Data) -> float:
    """Return the negative log likelihood; beyond all others where the cuts are out of order."""
    upper, lower = _edges(found, data)
    return -float((data.weights * np.log(np.maximum(upper - lower, NEVER))).sum())


def _slopes(found: Floats, data: _Data) -> tuple[Floats, Floats, Floats]:
    """Return each row's score, its two edge directions, for the likelihood's slope and curve."""
    upper, lower = _edges(found, data)
    cuts, inside = data.many - 1, upper - lower
    rows = np.arange(len(data.levels))
    to_upper, to_lower = np.zeros((len(rows), cuts)), np.zeros((len(rows), cuts))
    has_upper, has_lower = data.levels < cuts, data.levels > 0
    to_upper[rows[has_upper], data.levels[has_upper]] = 1
    to_lower[rows[has_lower], data.levels[has_lower] - 1] = 1
    one, two = upper * (1 - upper), lower * (1 - lower)
    up = np.hstack([to_upper, -data.columns])
    down = np.hstack([to_lower, -data.columns])
    score = (one[:, None] * up - two[:, None] * down) / inside[:, None]
    bend_up, bend_down = one * (1 - 2 * upper), two * (1 - 2 * lower)
    weigh = data.weights / inside
    curve = (
        score.T @ (score * data.weights[:, None])
        - up.T @ (up * (weigh * bend_up)[:, None])
        + down.T @ (down * (weigh * bend_down)[:, None])
    )
    return score, score.T @ data.weights, curve


def _fit(data: _Data) -> tuple[Floats, Floats]:
    """Return the coefficients of the greatest likelihood and the curve there: Newton's steps, halved."""
    here = np.cumsum(np.bincount(data.levels, weights=data.weights, minlength=data.many))
    shares = here[:-1] / here[-1]
    found = np.concatenate([np.log(shares / (1 - shares)), np.zeros(data.columns.shape[1])])
    lost = _lost(found, data)
    for _ in range(STEPS):
        _, slope, curve = _slopes(found, data)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while (new := _lost(found + size * step, data)) > lost and size > CLOSE:
            size /= 2
        found, lost = found + size * step, min(new, lost)
        if np.abs(found).max() > FAR:
            break
        if (
            np.abs(size * step).max() < CLOSE**0.5
            and np.abs(slope).max() < 1e-6 * data.weights.sum()
        ):
            return found, _slopes(found, data)[2]
    raise NotIdentified(
        "factors", en="A category tells the levels apart without error: join it with another.",
        zh="有类别可将等级完全分开，请与其他类别合并。",
    )  # fmt: skip


def _sandwich(data: _Data, found: Floats, spread: Floats, clusters: Sequence[object]) -> Floats:
    """Return the spread of coefficients where clusters answer alike."""
    if len(clusters) != len(data.levels):
        raise BadArgument("clusters", en="Give a cluster for each row.", zh="应逐行给出所属的群。")
    known: dict[object, int] = {}
    codes = np.array([known.setdefault(one, len(known)) for one in clusters])
    if len(known) < 2:
        raise BadArgument(
            "clusters", en="One cluster has no spread.", zh="只有一个群，无法看出差异。"
        )
    score = _slopes(found, data)[0] * data.weights[:, None]
    sums = np.zeros((len(known), score.shape[1]))
    np.add.at(sums, codes, score)
    factor = len(known) / (len(known) - 1)
    return np.asarray(factor * spread @ (sums.T @ sums) @ spread)


def _strengths(data: _Data, names: Sequence[str], deviance: float) -> tuple[Strength, ...]:
    """Return what each driver adds to the others, the strongest first."""
    rows = []
    for name in dict.fromkeys(names):
        mine = np.array([one == name for one in names])
        rest = _Data(data.levels, data.columns[:, ~mine], data.weights, data.many)
        lost = 2 * _lost(_fit(rest)[0], rest) - deviance
        df = int(mine.sum())
        rows.append((name, max(lost, 0.0), df, float(chdtrc(df, max(lost, 0.0)))))
    adjusted = adjust_p([row[3] for row in rows], Adjust.HOLM)
    told = [Strength(*row, p) for row, p in zip(rows, adjusted, strict=True)]
    return tuple(sorted(told, key=lambda one: -one.deviance / one.df))
