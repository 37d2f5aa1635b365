"""Whether items that should measure one thing do: alpha with its interval, omega, alpha without each.

High reliability is no validity: the same question asked five times has it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtri

from anju.stats.design import Floats
from anju.stats.given import numbers
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, NotIdentified

ROUNDS, CLOSE, HEYWOOD = 20_000, 1e-14, 0.995
SAME = 1e-7  # of the widest item's spread: less is what rounding leaves of an item without any


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha with Feldt's interval; `without` is alpha with each item left out.

    `standardised` counts all items alike, `average` is their mean correlation, `n` answers are whole.
    """

    value: float
    ci_low: float
    ci_high: float
    standardised: float
    average: float
    without: tuple[float, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Omega:
    """Omega total of one factor, the items' loadings, and whether an item broke the model."""

    value: float
    loadings: tuple[float, ...]
    heywood: bool


def alpha(items: ArrayLike, *, level: float = 0.95) -> Alpha:
    """Return alpha of items that all run the same way.

    Shapes: items [n × k], NaN where missing: rows with a gap are left out. Errors: BadArgument for
    fewer than two items or three whole rows; NotIdentified for an item that everybody answered alike.
    Source: Cronbach 1951, Psychometrika 16, 297-334; interval by Feldt, Woodruff and Salih 1987.
    """
    whole = _whole(items)
    return alpha_of(np.atleast_2d(np.cov(whole, rowvar=False)), len(whole), level=level)


def alpha_of(covariances: ArrayLike, n: int, *, level: float = 0.95) -> Alpha:
    """Return alpha of items whose covariances are known, as of columns that were added up elsewhere.

    Shapes: covariances [k × k], of `n` whole rows. Errors and source: as `alpha`.
    """
    check_level(level)
    apart = numbers(covariances, "covariances")
    k = len(apart) if apart.ndim == 2 and apart.shape[0] == apart.shape[1] else 0
    if k < 2:
        raise BadArgument("items", en="Give two items at least.", zh="至少需要两道题目。")
    if n < 3:
        raise _too_few(n)
    spread = np.sqrt(np.maximum(np.diag(apart), 0))
    for place in np.flatnonzero(spread <= SAME * spread.max()):
        raise _alike(int(place))
    value = _alpha(apart)
    correlations = apart / np.outer(spread, spread)
    tail = (1 - level) / 2
    low, high = (1 - (1 - value) * fdtri(n - 1, (n - 1) * (k - 1), p) for p in (1 - tail, tail))
    average = float((correlations.sum() - k) / (k * (k - 1)))
    return Alpha(value, float(low), float(high), _alpha(correlations), average, _without(apart), n)


def _without(covariances: Floats) -> tuple[float, ...]:
    """Return alpha with each item left out, none of two: one item has no alpha."""
    k, own = len(covariances), np.diag(covariances)
    if k == 2:
        return ()
    left = covariances.sum() - 2 * covariances.sum(axis=0) + own
    return tuple(((k - 1) / (k - 2) * (1 - (own.sum() - own) / left)).tolist())


def omega(items: ArrayLike) -> Omega:
    """Return omega total from one factor fitted by least squares to the correlations (minres).

    Shapes and errors as `alpha`, and three items at least: two leave the loadings open.
    Source: McDonald 1999, Test Theory, page 89; Harman and Jones 1966, Psychometrika 31, 351-368.
    """
    whole = _whole(items)
    if whole.shape[1] < 3:
        raise BadArgument(
            "items", en="One factor needs three items at least.", zh="单因子模型至少需要三道题目。"
        )
    correlations = np.atleast_2d(np.corrcoef(whole, rowvar=False))
    loadings = _one_factor(correlations)
    heywood = bool((np.abs(loadings) >= HEYWOOD).any())
    unique = np.maximum(1 - loadings**2, 0).sum()
    return Omega(float(1 - unique / correlations.sum()), tuple(loadings.tolist()), heywood)


def _one_factor(correlations: Floats) -> Floats:
    """Return loadings whose products come nearest to the correlations off the diagonal.

    One loading after the other takes its best value; a loading stays below one.
    """
    off = correlations - np.eye(len(correlations))
    loadings = np.full(len(off), np.sqrt(max(off.sum() / (len(off) * (len(off) - 1)), 0.01)))
    for _ in range(ROUNDS):
        before = loadings.copy()
        for at in range(len(off)):
            rest = loadings @ loadings - loadings[at] ** 2
            loadings[at] = np.clip(off[at] @ loadings / max(rest, CLOSE), -HEYWOOD, HEYWOOD)
        if np.abs(loadings - before).max() < CLOSE:
            break
    return loadings


def _alpha(spread: Floats) -> float:
    k = len(spread)
    return float(k / (k - 1) * (1 - np.trace(spread) / spread.sum()))


def _whole(items: ArrayLike) -> Floats:
    given = numbers(items, "items")
    if given.ndim != 2 or given.shape[1] < 2:
        raise BadArgument("items", en="Give two items at least.", zh="至少需要两道题目。")
    whole = given[np.isfinite(given).all(axis=1)]
    if len(whole) < 3:
        raise _too_few(len(whole))
    for place in np.flatnonzero(np.ptp(whole, axis=0) == 0):
        raise _alike(int(place))
    return np.asarray(whole)


def _too_few(whole: int) -> BadArgument:
    return BadArgument(
        "items",
        en=f"{whole} people answered every item: three are needed at least.",
        zh=f"只有 {whole} 人回答了全部题目，至少需要 3 人。",
    )


def _alike(place: int) -> NotIdentified:
    return NotIdentified(
        "items",
        en=f"Everybody answered item {place + 1} alike: leave it out.",
        zh=f"第 {place + 1} 题所有人的回答相同，请去掉该题。",
    )
