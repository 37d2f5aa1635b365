"""Weights that agree with what is known of the population: post-strata, margins, totals.

The variance of every estimate follows (see `linear`): what the known totals explain is certain.
Weights cannot cure silence that depends on satisfaction itself; `silence` bounds that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anju.stats.design import Calibration, Codes, Design, Floats
from anju.stats.given import numbers
from anju.stats.results import BadArgument, NotCalibrated

ROUNDS, CLOSE, MOST_CELLS = 500, 1e-10, 1_000_000


@dataclass(frozen=True, slots=True)
class Margin:
    """One known distribution: the row's category, and how many there are of each. Shapes: by [n]."""

    name: str
    by: Sequence[object]
    totals: Mapping[str, float] | Mapping[int, float] | Mapping[object, float]


def post_stratify(design: Design, margin: Margin) -> Design:
    """Return the design with weights that add up to each category's total.

    Errors: NotCalibrated for a category without rows or without a total. Source: Holt and Smith
    1979, JRSS A 142, 33-46.
    """
    codes, totals = _cells(design, margin)
    factor = totals / np.bincount(codes, weights=design.weights, minlength=len(totals))
    return _with(design, design.weights * factor[codes], _dummies(codes, len(totals)), 1)


def rake(design: Design, margins: Sequence[Margin], *, close: float = CLOSE) -> Design:
    """Return the design with weights that agree with every margin at once, nearest to the old ones.

    Margins are fitted in turn until none is off by more than `close` of its total. Errors:
    NotCalibrated as `post_stratify`, where margins disagree about how many there are, or where it
    does not settle; BadArgument without a margin. Source: Deming and Stephan 1940.
    """
    if not margins:
        raise BadArgument("margins", en="Give one margin at least.", zh="请至少提供一个边际分布。")
    cells = [_cells(design, margin) for margin in margins]
    _check_sums(margins)
    factor, rounds = _fitted(design.weights, cells, close)
    columns = np.hstack([_dummies(codes, len(totals)) for codes, totals in cells])
    return _with(design, design.weights * factor, columns, rounds)


def _fitted(
    weights: Floats, margins: Sequence[tuple[Codes, Floats]], close: float
) -> tuple[Floats, int]:
    """Return each row's factor and the rounds it took; rows alike in every margin share a factor.

    So the rounds go over the cells of all margins together and never over the rows.
    """
    at = _crossed(margins)
    held: Floats = np.bincount(at, weights=weights).astype(np.float64)
    cells = held.copy()
    first = np.zeros(len(held), dtype=np.intp)
    first[at] = np.arange(len(at))
    kinds = [(codes[first], totals) for codes, totals in margins]
    for rounds in range(1, ROUNDS + 1):
        for codes, totals in kinds:
            cells *= (totals / np.bincount(codes, weights=cells, minlength=len(totals)))[codes]
        if max(_off(cells, codes, totals) for codes, totals in kinds) <= close:
            return (cells / held)[at], rounds
    raise NotCalibrated(
        "margins",
        en=f"The weights did not settle in {ROUNDS} rounds: two margins ask for the impossible "
        "together. Join small categories.",
        zh=f"{ROUNDS} 轮后仍未收敛：边际分布之间无法同时满足。请合并较小的类别。",
    )


def _crossed(margins: Sequence[tuple[Codes, Floats]]) -> Codes:
    """Return each row's cell of all margins together; every cell has a row."""
    at, many = np.zeros(len(margins[0][0]), dtype=np.int64), 1
    for codes, totals in margins:
        at, many = at * len(totals) + codes, many * len(totals)
        if many > MOST_CELLS:  # few of them have a row
            at = np.unique(at, return_inverse=True)[1]
            many = int(at.max()) + 1
    known = np.flatnonzero(np.bincount(at, minlength=many))
    places = np.zeros(many, dtype=np.intp)
    places[known] = np.arange(len(known))
    return places[at]


def greg(design: Design, columns: ArrayLike, totals: ArrayLike) -> Design:
    """Return the design with weights under which each column adds up to its known total.

    Shapes: columns [n × p], totals [p]. Weights may come out below nought: `trim` refuses these.
    Errors: NotCalibrated where columns say the same thing twice. Source: Särndal, Swensson and
    Wretman 1992, section 6.4.
    """
    known, wanted = numbers(columns, "columns"), numbers(totals, "totals")
    if known.shape != (design.n, len(wanted)) or not (
        np.isfinite(known).all() and np.isfinite(wanted).all()
    ):
        raise BadArgument(
            "columns",
            en="Every row needs a number in each column, and each column a total.",
            zh="每一行的每一列都需要数值，每一列都需要已知总数。",
        )
    weighted = known * design.weights[:, None]
    scale = np.abs(known).max(axis=0)
    square = (known / scale).T @ (weighted / scale)
    if np.linalg.matrix_rank(square, hermitian=True) < len(wanted):
        raise NotCalibrated(
            "columns",
            en="Two columns say the same thing: leave one out.",
            zh="有的列彼此重复，请去掉其中之一。",
        )
    left = (wanted - weighted.sum(axis=0)) / scale
    factor = 1 + (known / scale) @ np.linalg.solve(square, left)
    return _with(design, design.weights * factor, known, 1)


def trim(design: Design, *, most: float) -> Design:
    """Return the design with no weight above `most` medians; what is cut is spread over the others.

    The sum of weights stays. Whatever the spreading lifts above the limit is cut as well. The
    calibration holds only nearly afterwards and is kept for the variance. Errors: BadArgument for a
    limit not above one, or where all would be cut.
    """
    limit = most * float(np.median(design.weights))
    high = design.weights > limit
    while most > 1 and not high.all():
        rest = float(design.weights.sum()) - limit * int(high.sum())
        spread = design.weights * (rest / float(design.weights[~high].sum()))
        lifted = ~high & (spread > limit)
        if not lifted.any():
            return replace(design, weights=np.where(high, limit, spread))
        high |= lifted
    raise BadArgument(
        "most", en="Trim above one median at least.", zh="截断上限应大于中位数的 1 倍。"
    )


def _with(design: Design, weights: Floats, columns: Floats, rounds: int) -> Design:
    factor = weights / design.weights
    made = Calibration(columns, design.weights, rounds, (float(factor.min()), float(factor.max())))
    return replace(design, weights=weights, calibration=made)


def _cells(design: Design, margin: Margin) -> tuple[Codes, Floats]:
    keys: tuple[object, ...] = tuple(margin.totals)
    known = {key: place for place, key in enumerate(keys)}
    if len(margin.by) != design.n:
        raise BadArgument(
            margin.name,
            en=f"{len(margin.by)} categories stand for {design.n} rows: give one for each.",
            zh=f"类别有 {len(margin.by)} 个，设计中有 {design.n} 行，应逐行对应。",
        )
    for key in margin.by:
        if key not in known:
            raise NotCalibrated(
                margin.name,
                en=f"“{key}” has no known total: give it one, or join it with another category.",
                zh=f"“{key}”没有已知总数，请补充，或与其他类别合并。",
            )
    codes = np.array([known[key] for key in margin.by], dtype=np.intp)
    totals = np.array([float(total) for total in margin.totals.values()])
    counts: NDArray[np.int64] = np.bincount(codes, minlength=len(keys))
    for place in np.flatnonzero((counts == 0) | ~((totals > 0) & np.isfinite(totals))):
        raise NotCalibrated(
            margin.name,
            en=f"Nobody stands for “{keys[place]}” ({totals[place]:g}): join it with another category.",
            zh=f"“{keys[place]}”（总数 {totals[place]:g}）没有任何样本，请与其他类别合并。",
        )
    return codes, totals


def _dummies(codes: Codes, kinds: int) -> Floats:
    return np.asarray(np.eye(kinds)[codes])


def _off(weights: Floats, codes: Codes, totals: Floats) -> float:
    found = np.bincount(codes, weights=weights, minlength=len(totals))
    return float(np.abs(found / totals - 1).max())


def _check_sums(margins: Sequence[Margin]) -> None:
    sums = [float(sum(margin.totals.values())) for margin in margins]
    for margin, total in zip(margins, sums, strict=True):
        if abs(total / sums[0] - 1) > 1e-9:
            raise NotCalibrated(
                margin.name,
                en=f"“{margin.name}” adds up to {total:g}, “{margins[0].name}” to {sums[0]:g}: "
                "margins of one population have one sum.",
                zh=f"“{margin.name}”合计 {total:g}，“{margins[0].name}”合计 {sums[0]:g}：同一总体的边际合计应相同。",
            )
