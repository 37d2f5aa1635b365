"""When people are asked: whether the time of asking moves their answers, and scores freed of it.

The same owners answer otherwise in the morning and in the evening, so two waves asked at other
times may differ by that alone. Scores are standardised to one fixed mix of times; the raw score
stays beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc, stdtrit

from anju.stats.design import Design, Floats
from anju.stats.estimate import mean, with_error
from anju.stats.given import numbers
from anju.stats.linear import variances
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, Estimate, NotCalibrated, NotIdentified

LEAST_BUILDINGS = 10


@dataclass(frozen=True, slots=True)
class SlotEffect:
    """How far a slot lies from the mean of all slots, in the units of the answers, buildings alike."""

    slot: object
    n: int
    effect: float
    se: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class TimeEffect:
    """Whether the slots differ at all (`p` of the joint test), and each slot's own distance."""

    slots: tuple[SlotEffect, ...]
    f: float
    df1: int
    df2: int
    p: float
    level: float


@dataclass(frozen=True, slots=True)
class _Rows:
    """Answers with their slots and buildings as numbers. Shapes: [n]."""

    y: Floats
    weights: Floats
    slots: NDArray[np.intp]
    homes: NDArray[np.intp]
    names: tuple[object, ...]


def time_effect(
    y: ArrayLike,
    slots: Sequence[object],
    buildings: Sequence[object],
    *,
    weights: ArrayLike | None = None,
    level: float = 0.95,
) -> TimeEffect:
    """Return how answers differ by slot, each building compared with itself alone.

    Shapes: y, slots, buildings, weights [n]; rows without an answer are left out. Buildings are
    fixed effects and the clusters of the errors. Errors: BadArgument for lengths or fewer than ten
    buildings; NotIdentified for one slot, or slots that never meet in a building. Source:
    Wooldridge 2010, Econometric Analysis, section 10.5 (within estimator, clustered errors).
    """
    check_level(level)
    rows = _rows(y, slots, buildings, weights)
    k, many = len(rows.names), int(rows.homes.max()) + 1
    # The last slot's effect is what the others leave: effects add up to nought.
    basis = np.vstack([np.eye(k - 1), -np.ones(k - 1)])
    x = _within(basis[rows.slots], rows, many)
    outcome = _within(rows.y[:, None], rows, many)[:, 0]
    square = x.T @ (x * rows.weights[:, None])
    if np.linalg.matrix_rank(square, hermitian=True) < k - 1:
        raise NotIdentified(
            "slots",
            en="Some slots never meet in one building: they cannot be compared. Join slots.",
            zh="有的时段从未在同一栋楼中出现，无法比较。请合并时段。",
        )
    spread = np.linalg.inv(square)
    found = spread @ (x.T @ (rows.weights * outcome))
    left = (outcome - x @ found) * rows.weights
    sums = np.zeros((many, k - 1))
    np.add.at(sums, rows.homes, x * left[:, None])
    clustered = spread @ (sums.T @ sums) @ spread * many / (many - 1)
    f = float(found @ np.linalg.pinv(clustered) @ found / (k - 1))
    effects, errors = basis @ found, np.sqrt(np.einsum("ij,jk,ik->i", basis, clustered, basis))
    wide = float(stdtrit(many - 1, (1 + level) / 2))
    counts = np.bincount(rows.slots, minlength=k)
    told = tuple(
        SlotEffect(name, int(n), float(e), float(s), float(e - wide * s), float(e + wide * s))
        for name, n, e, s in zip(rows.names, counts, effects, errors, strict=True)
    )
    return TimeEffect(told, f, k - 1, many - 1, float(fdtrc(k - 1, many - 1, f)), level)


def _within(values: Floats, rows: _Rows, many: int) -> Floats:
    """Return values less their building's weighted mean."""
    weight = np.bincount(rows.homes, weights=rows.weights, minlength=many)
    middle = np.empty((many, values.shape[1]))
    for column in range(values.shape[1]):
        held = np.bincount(rows.homes, weights=rows.weights * values[:, column], minlength=many)
        middle[:, column] = held / weight
    return np.asarray(values - middle[rows.homes])


def _rows(
    y: ArrayLike, slots: Sequence[object], buildings: Sequence[object], weights: ArrayLike | None
) -> _Rows:
    values = numbers(y, "y")
    w = np.ones(len(values)) if weights is None else numbers(weights, "weights")
    if len({len(values), len(slots), len(buildings), len(w)}) > 1 or not (w > 0).all():
        raise BadArgument(
            "y", en="Answers, slots, buildings and weights above 0 need one length.",
            zh="回答、时段、楼栋与大于 0 的权重应等长。",
        )  # fmt: skip
    there = [int(row) for row in np.flatnonzero(np.isfinite(values))]
    names = tuple(dict.fromkeys(slots[row] for row in there))
    houses = tuple(dict.fromkeys(buildings[row] for row in there))
    if len(names) < 2:
        raise NotIdentified(
            "slots", en="All were asked in one slot: there is nothing to compare.",
            zh="全部在同一时段询问，无可比较。",
        )  # fmt: skip
    if len(houses) < LEAST_BUILDINGS:
        raise BadArgument(
            "buildings", en=f"{len(houses)} buildings: {LEAST_BUILDINGS} at least are needed.",
            zh=f"现有 {len(houses)} 栋楼，至少需要 {LEAST_BUILDINGS} 栋。",
        )  # fmt: skip
    slot_of = {name: place for place, name in enumerate(names)}
    house_of = {name: place for place, name in enumerate(houses)}
    return _Rows(
        values[there], w[there],
        np.array([slot_of[slots[row]] for row in there], dtype=np.intp),
        np.array([house_of[buildings[row]] for row in there], dtype=np.intp), names,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standardised:
    """The raw score, and the score had everybody been asked in the fixed mix of times."""

    raw: Estimate
    score: Estimate
    mix: tuple[tuple[object, float], ...]
    moved: float


def time_standardise(
    design: Design,
    y: ArrayLike,
    slots: Sequence[object],
    mix: Mapping[object, float],
    *,
    level: float = 0.95,
) -> Standardised:
    """Return the mean under a fixed mix of slots beside the raw one.

    Shapes: y, slots [n]; `mix` are shares that add up to 1. Each slot's own mean counts by its
    share, and the error is that of this sum. Errors: BadArgument for lengths or a mix that does not
    add up; NotCalibrated for a slot of the mix without an answer, or answers outside it; as `mean`.
    Source: direct standardisation; Fleiss, Levin and Paik 2003, chapter 19, with linearised errors.
    """
    if not abs(sum(mix.values()) - 1) <= 1e-9 or min(mix.values(), default=0) < 0:
        raise BadArgument(
            "mix", en="The shares of the slots add up to 1.", zh="各时段占比之和应为 1。"
        )
    raw = mean(design, y, level=level)
    values = numbers(y, "y")
    if len(slots) != design.n:
        raise BadArgument("slots", en="Give a slot for each row.", zh="应逐行给出时段。")
    there = np.isfinite(values)
    linear, middle = np.zeros(design.n), 0.0
    held = np.array([slot in mix for slot in slots])
    if (there & ~held).any():
        raise _slot(
            slots[int(np.flatnonzero(there & ~held)[0])],
            "has no share in the mix",
            "未列入时段构成",
        )
    for slot, share in mix.items():
        rows = there & np.array([one == slot for one in slots])
        if share > 0 and not rows.any():
            raise _slot(slot, "was answered by nobody", "没有任何回答")
        if not rows.any():
            continue
        weights = design.weights[rows]
        own = float((weights * values[rows]).sum() / weights.sum())
        middle += share * own
        linear[rows] = share * weights * (values[rows] - own) / weights.sum()
    se = float(np.sqrt(variances(design, linear)[0]))
    size = float(np.abs(values[there]).max())
    score = with_error(replace(raw, estimate=middle, n_eff=None, deff=None), design, se, size)
    shares = tuple((slot, float(share)) for slot, share in mix.items())
    return Standardised(raw, score, shares, middle - raw.estimate)


def _slot(slot: object, en: str, zh: str) -> NotCalibrated:
    return NotCalibrated(
        "slots",
        en=f"The slot “{slot}” {en}: join it with another.",
        zh=f"时段“{slot}”{zh}，请与其他时段合并。",
    )
