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
    check_level(level)
    whole = _whole(items)
    n, k = whole.shape
    value = _alpha(np.atleast_2d(np.cov(whole, rowvar=False)))
    correlations = np.atleast_2d(np.corrcoef(whole, rowvar=False))
    tail = (1 - level) / 2
    low, high = (1 - (1 - value) * fdtri(n - 1, (n - 1) * (k - 1), p) for p in (1 - tail, tail))
    average = float((correlations.sum() - k) / (k * (k - 1)))
    without = [
        _alpha(np.atleast_2d(np.cov(np.delete(whole, at, 1), rowvar=False)))
        for at in range(k)
        if k > 2
    ]
    return Alpha(value, float(low), float(high), _alpha(correlations), average, tuple(without), n)


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
        raise BadArgument(
            "items",
            en=f"{len(whole)} people answered every item: three are needed at least.",
            zh=f"只有 {len(whole)} 人回答了全部题目，至少需要 3 人。",
        )
    flat = np.flatnonzero(np.ptp(whole, axis=0) == 0)
    if len(flat):
        raise NotIdentified(
            "items",
            en=f"Everybody answered item {flat[0] + 1} alike: leave it out.",
            zh=f"第 {flat[0] + 1} 题所有人的回答相同，请去掉该题。",
        )
    return np.asarray(whole)
