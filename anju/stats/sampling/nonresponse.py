"""Those who were asked and did not answer: cells that speak for them, and signs of what is missing.

Weighting by cells cures silence only as far as a cell's silent are like its speakers; the bounds of
`silence` hold without that. Nothing here guesses an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from anju.stats.design import Calibration, Codes, Design, Floats
from anju.stats.estimate import mean
from anju.stats.given import answers, numbers
from anju.stats.results import BadArgument, Estimate, NoAnswers, NotIdentified

FLOOR, STEPS, CLOSE = 20, 50, 1e-10


@dataclass(frozen=True, slots=True)
class Cell:
    """A group of people asked: who was joined in it, how many were asked and answered."""

    keys: tuple[object, ...]
    asked: int
    answered: int
    rate: float
    factor: float


@dataclass(frozen=True, slots=True)
class Answered:
    """The design of all who were asked, weighted so that those who answered stand for the silent.

    `spoke` says of each row of the whole sample whether it answered; the design is of those alone.
    """

    design: Design
    cells: tuple[Cell, ...]
    spoke: tuple[bool, ...]


def nonresponse_cells(
    asked: Design, spoke: Sequence[bool], cells: Sequence[object], *, floor: int = FLOOR
) -> Answered:
    """Return the answers weighted up to all who were asked, cell by cell.

    Shapes: spoke and cells [n] of everybody asked. A cell with fewer answers than `floor` joins the
    one whose response rate is nearest; the record says which. Clusters in which nobody answered
    leave the sample. Errors: NoAnswers; BadArgument for lengths that differ, a floor below one or a
    sample of two stages. Source: Little 1986, International Statistical Review 54, 139-157.
    """
    said, names = np.asarray(spoke, dtype=bool), tuple(dict.fromkeys(cells))
    _check(asked, said, cells, floor)
    known = {name: place for place, name in enumerate(names)}
    codes = np.array([known[name] for name in cells], dtype=np.intp)
    joined = _joined(asked.weights, codes, said, floor)
    made, factors = [], np.ones(asked.n)
    for places in joined:
        rows = np.isin(codes, places)
        whole, part = asked.weights[rows], asked.weights[rows & said]
        factor = float(whole.sum() / part.sum())
        factors[rows] = factor
        keys = tuple(names[place] for place in places)
        made.append(Cell(keys, int(rows.sum()), len(part), 1 / factor, factor))
    group = np.zeros(asked.n, dtype=np.intp)
    for place, places in enumerate(joined):
        group[np.isin(codes, places)] = place
    weights = asked.weights * factors
    columns = np.eye(len(joined))[group[said]]
    held = Calibration(columns, asked.weights[said], 1, _ratio(factors[said]))
    return Answered(
        replace(_of_rows(asked, said, weights), calibration=held),
        tuple(made),
        tuple(map(bool, said)),
    )


def _joined(
    weights: Floats, codes: Codes, said: Sequence[bool] | np.ndarray, floor: int
) -> list[list[int]]:
    """Return the cells after joining: each with the nearest rate until all reach the floor."""
    cells = [[place] for place in range(int(codes.max()) + 1)]

    def rate(places: list[int]) -> float:
        rows = np.isin(codes, places)
        return float(weights[rows & said].sum() / weights[rows].sum())

    def answers(places: list[int]) -> int:
        return int((np.isin(codes, places) & said).sum())

    while len(cells) > 1 and min(map(answers, cells)) < floor:
        small = min(cells, key=answers)
        rest = [one for one in cells if one is not small]
        near = min(rest, key=lambda one: abs(rate(one) - rate(small)))
        near.extend(small)
        cells = rest
    return [sorted(one) for one in cells]


def _of_rows(asked: Design, said: np.ndarray, weights: Floats) -> Design:
    """Return the design of those who answered; its strata keep how many units there were."""
    first = asked.first
    units = np.unique(first.units[said], return_inverse=True)[1]
    kept = replace(first, strata=first.strata[said], units=np.asarray(units, dtype=np.intp))
    return replace(asked, weights=weights[said], first=kept)


def _ratio(factors: Floats) -> tuple[float, float]:
    return float(factors.min()), float(factors.max())


def propensities(
    columns: ArrayLike, spoke: Sequence[bool], weights: ArrayLike | None = None
) -> Floats:
    """Return how likely each person asked was to answer, from what the frame knows of her.

    Shapes: columns [n × p] without an intercept, spoke [n]; result [n] in 0 to 1. Errors:
    BadArgument for lengths; NotIdentified where all or none answered, where columns say the same
    thing, or where they tell speakers and silent apart without error. Source: Rosenbaum and Rubin
    1983, Biometrika 70, 41-55 (logistic model, maximum likelihood).
    """
    said = np.asarray(spoke, dtype=np.float64)
    x = numbers(columns, "columns")
    w = np.ones(len(said)) if weights is None else numbers(weights, "weights")
    if (
        x.ndim != 2
        or len(x) != len(said)
        or len(w) != len(said)
        or not ((w > 0).all() and np.isfinite(x).all())
    ):
        raise BadArgument(
            "columns", en="Every person asked needs a number in each column.",
            zh="每位受访对象的每一列都需要数值。",
        )  # fmt: skip
    if not 0 < said.mean() < 1:
        raise _undecided("Everybody or nobody answered.", "全部作答或无人作答。")
    whole = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / np.maximum(np.ptp(x, axis=0), 1e-300)])  # fmt: skip
    if np.linalg.matrix_rank(whole) < whole.shape[1]:
        raise _undecided("A column says the same as others.", "有的列与其他列重复。")
    beta = np.zeros(whole.shape[1])
    for _ in range(STEPS):
        fitted = 1 / (1 + np.exp(-whole @ beta))
        slope = whole.T @ (w * (said - fitted))
        curve = whole.T @ (whole * (w * fitted * (1 - fitted))[:, None])
        if np.linalg.cond(curve) > 1e14:
            break
        step = np.linalg.solve(curve, slope)
        beta = beta + step
        if np.abs(step).max() < CLOSE:
            return np.asarray(1 / (1 + np.exp(-whole @ beta)))
    raise _undecided(
        "The columns tell speakers and silent apart without error.",
        "这些列可将作答者与未作答者完全分开。",
    )


@dataclass(frozen=True, slots=True)
class Representative:
    """How alike the answers are to all who were asked: 1 where everybody was as likely to answer.

    `most_bias` is the largest standardised bias that the columns leave possible (in standard
    deviations of an item), `lowest` the lowest propensity.
    """

    r: float
    most_bias: float
    response: float
    lowest: float


def r_indicator(propensity: ArrayLike, weights: ArrayLike | None = None) -> Representative:
    """Return how representative answers are, judged by the propensities to answer.

    R = 1 − 2·S(ρ) with S the weighted standard deviation; the largest bias is S(ρ)/ρ̄. It says
    nothing of what the columns do not hold. Errors: BadArgument for propensities outside 0 to 1 or
    fewer than two. Source: Schouten, Cobben and Bethlehem 2009, Survey Methodology 35, 101-113.
    """
    p = numbers(propensity, "propensity")
    w = np.ones(len(p)) if weights is None else numbers(weights, "weights")
    if (
        len(p) < 2
        or len(w) != len(p)
        or not (w > 0).all()
        or not ((p >= 0) & (p <= 1)).all()
        or not p.any()
    ):
        raise BadArgument(
            "propensity", en="Give a propensity between 0 and 1 for each person asked.",
            zh="应为每位受访对象给出 0 到 1 之间的作答倾向。",
        )  # fmt: skip
    middle = float(np.average(p, weights=w))
    spread = float(np.sqrt((w * (p - middle) ** 2).sum() / (w.sum() * (1 - 1 / len(p)))))
    return Representative(1 - 2 * spread, spread / middle, middle, float(p.min()))


@dataclass(frozen=True, slots=True)
class Effort:
    """The estimate from all who had answered after so many reminders."""

    reminders: int
    n: int
    estimate: Estimate


def effort_curve(
    answered: Design, y: ArrayLike, reminders: Sequence[int], *, level: float = 0.95
) -> tuple[Effort, ...]:
    """Return the estimate after each reminder: what moves with effort may move on among the silent.

    Shapes: y and reminders [n], the number of reminders before each answer. Rows that came later
    stay in the design as a domain, so that errors hold. Errors: NoAnswers, BadArgument for a
    negative number or lengths that differ. Source: Olson 2006, Public Opinion Quarterly 70, 737-758.
    """
    values, after = answers(y, "y"), numbers(reminders, "reminders")
    if len(after) != answered.n or len(values) != answered.n or not (after >= 0).all():
        raise BadArgument(
            "reminders", en="Give each answer the number of reminders before it, 0 or more.",
            zh="应为每份回答给出其之前的催答次数（0 或以上）。",
        )  # fmt: skip
    if not np.isfinite(values).any():
        raise NoAnswers("y", en="Nobody answered.", zh="没有有效回答。")
    told = []
    for most in sorted({int(one) for one in after[np.isfinite(values)]}):
        until = np.where(after <= most, values, np.nan)
        told.append(Effort(most, int(np.isfinite(until).sum()), mean(answered, until, level=level)))
    return tuple(told)


def _check(asked: Design, said: np.ndarray, cells: Sequence[object], floor: int) -> None:
    if len(said) != asked.n or len(cells) != asked.n:
        raise BadArgument(
            "spoke", en=f"{len(said)} answers and {len(cells)} cells stand for {asked.n} people asked.",
            zh=f"共询问 {asked.n} 人，却给出 {len(said)} 个作答标记和 {len(cells)} 个分组。",
        )  # fmt: skip
    if floor < 1:
        raise BadArgument(
            "floor", en="A cell needs one answer at least.", zh="每个加权组至少需要一份回答。"
        )
    if asked.second is not None:
        raise BadArgument(
            "design",
            en="Weight for silence in a sample of one stage.",
            zh="无回答加权只支持一个抽样阶段。",
        )
    if not said.any():
        raise NoAnswers("spoke", en="Nobody answered.", zh="无人作答。")


def _undecided(en: str, zh: str) -> NotIdentified:
    return NotIdentified(
        "columns", en=f"{en} No propensity can be estimated.", zh=f"{zh}无法估计作答倾向。"
    )
