"""What moves overall satisfaction: how the explained part is shared among its drivers.

Shares describe who varies together, they prove no cause; with each set comes an interval that is
drawn by clusters. Not a regression table: coefficients of correlated drivers mislead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from anju.stats.design import Floats
from anju.stats.given import numbers
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, NotIdentified

MOST_LMG, PER_DRIVER, COLLINEAR = 15, 10, 1e-8
SAME = 1e-7  # of the widest spread: less is what rounding leaves of an item without any
Split = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Drivers:
    """The part that each driver explains; the parts add up to `r2`.

    `ci` holds each part's limits (None without a bootstrap), `n` the whole rows, `draws` how many
    bootstrap samples could be used.
    """

    names: tuple[str, ...]
    parts: tuple[float, ...]
    r2: float
    n: int
    ci: tuple[tuple[float, float], ...] | None = None
    draws: int = 0


@dataclass(frozen=True, slots=True)
class Draws:
    """How limits are drawn: each row's cluster, the seed, how many samples, the level."""

    clusters: Sequence[object]
    seed: int
    samples: int = 500
    level: float = 0.95


def lmg(
    y: ArrayLike, x: ArrayLike, names: Sequence[str], *, per_driver: int = PER_DRIVER
) -> Drivers:
    """Return each driver's part of R², averaged over every order in which they could come in.

    Shapes: y [n], x [n × p]; rows with a gap are left out. Errors: BadArgument for more than fifteen
    drivers, fewer than ten rows a driver (or `per_driver`), lengths that differ; NotIdentified for drivers that say
    the same thing or an answer that never varies. Source: Lindeman, Merenda and Gold 1980, page 119.
    """
    _not_too_many(names)
    return _of_rows(_rows(y, x, names, per_driver), names, _lmg)


def johnson(
    y: ArrayLike, x: ArrayLike, names: Sequence[str], *, per_driver: int = PER_DRIVER
) -> Drivers:
    """Return each driver's relative weight: the part that it explains through uncorrelated copies.

    Shapes and errors as `lmg`, without its limit of fifteen. Source: Johnson 2000, Multivariate
    Behavioral Research 35, 1-19.
    """
    return _of_rows(_rows(y, x, names, per_driver), names, _johnson)


def lmg_of(
    covariances: ArrayLike, n: int, names: Sequence[str], *, per_driver: int = PER_DRIVER
) -> Drivers:
    """Return what `lmg` does, from covariances that were added up elsewhere: the outcome's come first.

    Shapes: covariances [1 + p × 1 + p], of `n` whole rows. Errors and source: as `lmg`.
    """
    _not_too_many(names)
    return _shared(_checked(covariances, n, names, per_driver), n, names, _lmg)


def johnson_of(
    covariances: ArrayLike, n: int, names: Sequence[str], *, per_driver: int = PER_DRIVER
) -> Drivers:
    """Return what `johnson` does, from covariances: the outcome's come first.

    Shapes and errors: as `lmg_of`, without its limit of fifteen. Source: as `johnson`.
    """
    return _shared(_checked(covariances, n, names, per_driver), n, names, _johnson)


def with_limits(
    found: Callable[[Floats, Floats, Sequence[str]], Drivers],
    y: ArrayLike,
    x: ArrayLike,
    names: Sequence[str],
    draws: Draws,
) -> Drivers:
    """Return drivers with percentile limits from whole clusters drawn with replacement.

    `found` is `lmg` or `johnson`. The seed is an argument: the same one gives the same limits.
    Draws in which drivers coincide are left out and counted. Errors: as `found`, BadArgument for
    fewer than ten clusters or two hundred draws. Source: Davison and Hinkley 1997, section 3.8.
    """
    check_level(draws.level)
    answers, drivers = numbers(y, "y"), numbers(x, "drivers")
    whole = found(answers, drivers, names)
    places: dict[object, list[int]] = {}
    for row, cluster in enumerate(draws.clusters):
        places.setdefault(cluster, []).append(row)
    if len(places) < 10 or draws.samples < 200:
        raise BadArgument(
            "clusters",
            en=f"{len(places)} clusters and {draws.samples} draws: ten and two hundred are needed at least.",
            zh=f"现有 {len(places)} 个群、{draws.samples} 次抽取；至少需要 10 个群、200 次。",
        )
    groups = [np.array(rows) for rows in places.values()]
    chance, parts = np.random.default_rng(draws.seed), []
    for _ in range(draws.samples):
        rows = np.concatenate([groups[at] for at in chance.integers(0, len(groups), len(groups))])
        try:
            parts.append(found(answers[rows], drivers[rows], names).parts)
        except NotIdentified:
            continue
    if len(parts) < draws.samples / 2:
        raise NotIdentified(
            "drivers",
            en="In most draws the drivers say the same thing: leave one out.",
            zh="多数抽取中驱动因素彼此重复，请去掉其中之一。",
        )
    tail = (1 - draws.level) / 2
    limits = np.quantile(np.array(parts), (tail, 1 - tail), axis=0)
    ci = tuple((float(low), float(high)) for low, high in limits.T)
    return Drivers(whole.names, whole.parts, whole.r2, whole.n, ci, len(parts))


def _of_rows(rows: Floats, names: Sequence[str], split: Split) -> Drivers:
    return _shared(np.atleast_2d(np.cov(rows, rowvar=False)), len(rows), names, split)


def _shared(covariances: Floats, n: int, names: Sequence[str], split: Split) -> Drivers:
    spread = np.sqrt(np.diag(covariances))
    correlations = covariances / np.outer(spread, spread)
    among, toward = correlations[1:, 1:], correlations[1:, 0]
    if np.linalg.eigvalsh(among)[0] < COLLINEAR:
        raise NotIdentified(
            "drivers",
            en="Two drivers say the same thing: leave one out.",
            zh="有的驱动因素彼此重复，请去掉其中之一。",
        )
    parts = split(among, toward)
    return Drivers(tuple(names), tuple(parts.tolist()), float(parts.sum()), n)


def _checked(covariances: ArrayLike, n: int, names: Sequence[str], per_driver: int) -> Floats:
    found = numbers(covariances, "covariances")
    if found.shape != (len(names) + 1, len(names) + 1) or not names:
        raise _unnamed()
    _named_once(names)
    _enough(n, names, per_driver)
    spread = np.sqrt(np.maximum(np.diag(found), 0))
    if (spread <= SAME * spread.max()).any():
        raise _one_answer()
    return found


def _not_too_many(names: Sequence[str]) -> None:
    if len(names) > MOST_LMG:
        raise BadArgument(
            "drivers",
            en=f"{len(names)} drivers have too many orders: choose {MOST_LMG} or use Johnson's weights.",
            zh=f"{len(names)} 个驱动因素的排列过多，请选择不超过 {MOST_LMG} 个，或使用约翰逊权重。",
        )


def _enough(n: int, names: Sequence[str], per_driver: int) -> None:
    if n < per_driver * len(names):
        raise BadArgument(
            "n",
            en=f"{n} whole answers for {len(names)} drivers: {per_driver} for each are needed.",
            zh=f"{len(names)} 个驱动因素只有 {n} 份完整回答，每个因素至少需要 {per_driver} 份。",
        )


def _unnamed() -> BadArgument:
    return BadArgument(
        "drivers",
        en="Give a name for each driver, and a number of each for every answer.",
        zh="每个驱动因素需要名称，每个回答需要各因素的数值。",
    )


def _named_once(names: Sequence[str]) -> None:
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        raise BadArgument(
            "drivers", en=f"“{twice}” is named twice: name each driver once.",
            zh=f"“{twice}”出现了两次，每个驱动因素只应出现一次。",
        )  # fmt: skip


def _one_answer() -> NotIdentified:
    return NotIdentified(
        "drivers",
        en="An item has one answer only: it can neither drive nor be driven.",
        zh="有题目只有一种回答，无法分析驱动关系。",
    )


def _rows(y: ArrayLike, x: ArrayLike, names: Sequence[str], per_driver: int) -> Floats:
    answers, drivers = numbers(y, "y"), numbers(x, "drivers")
    if drivers.ndim != 2 or drivers.shape != (len(answers), len(names)) or not names:
        raise _unnamed()
    both = np.column_stack([answers, drivers])
    whole: Floats = both[np.isfinite(both).all(axis=1)]
    _named_once(names)
    _enough(len(whole), names, per_driver)
    if (np.ptp(whole, axis=0) == 0).any():
        raise _one_answer()
    return whole


def _lmg(among: Floats, toward: Floats) -> Floats:
    """Average each driver's gain in R² over all sets that it can join, sizes weighing alike."""
    p = len(toward)
    explained = np.zeros(1 << p)
    for size in range(1, p + 1):
        sets = np.array(list(combinations(range(p), size)))
        inner = among[sets[:, :, None], sets[:, None, :]]
        outer = toward[sets]
        solved = np.linalg.solve(inner, outer[:, :, None])[:, :, 0]
        explained[(1 << sets).sum(axis=1)] = (solved * outer).sum(axis=1)
    masks = np.arange(1 << p)
    sizes = np.bitwise_count(masks)
    parts = np.zeros(p)
    for driver in range(p):
        without = masks[(masks >> driver) & 1 == 0]
        weights = 1 / (p * np.array([comb(p - 1, int(size)) for size in sizes[without]]))
        parts[driver] = (weights * (explained[without | (1 << driver)] - explained[without])).sum()
    return parts


def _johnson(among: Floats, toward: Floats) -> Floats:
    values, vectors = np.linalg.eigh(among)
    root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    return np.asarray(root**2 @ np.linalg.solve(root, toward) ** 2)
