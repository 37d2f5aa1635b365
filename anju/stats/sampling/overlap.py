"""Change between waves that share owners or buildings: what both have in common counts once.

For waves without a common owner and building see `stats.change`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, chdtrc, stdtr, stdtrit

from anju.stats.design import Design, Floats
from anju.stats.given import answers
from anju.stats.linear import variances
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, BadCounts, NoAnswers, NotIdentified


@dataclass(frozen=True, slots=True)
class Shift:
    """After less before, in the units of the answers; `alone` is the error had the waves nothing in common.

    `correlation` is what the common owners and buildings make of the two errors; `both` counts rows
    with an answer in both waves.
    """

    difference: float
    se: float
    df: float
    ci_low: float
    ci_high: float
    p: float
    before: float
    after: float
    both: int
    alone: float
    correlation: float
    level: float


def shift(design: Design, before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> Shift:
    """Return the change of the mean between two waves under one design.

    Shapes: before and after [n], NaN where a row did not answer that wave; a row is an owner, and
    an owner who answered both stands in one row. The error keeps twice the covariance. Errors:
    NoAnswers for a wave without an answer, BadArgument for lengths, NotIdentified where nothing
    varies. Source: Kish 1965, section 12.4; the linearised form as in Lumley 2010, section 2.2.
    """
    check_level(level)
    first, y_first = _wave(design, before, "before")
    second, y_second = _wave(design, after, "after")
    one, two = variances(design, first)[0], variances(design, second)[0]
    se = float(np.sqrt(variances(design, second - first)[0]))
    if se == 0:
        raise NotIdentified(
            "after",
            en="All changed by the same: the error of the change cannot be estimated.",
            zh="所有变化完全相同，无法估计变化的误差。",
        )
    difference = y_second - y_first
    wide = float(stdtrit(design.df, (1 + level) / 2)) * se
    p = 2 * float(stdtr(design.df, -abs(difference) / se))
    alone = float(np.sqrt(one + two))
    held = np.sqrt(one * two)
    shared = float((one + two - se**2) / (2 * held)) if held > 0 else 0.0
    both = int((np.isfinite(_column(before)) & np.isfinite(_column(after))).sum())
    return Shift(
        difference, se, design.df, difference - wide, difference + wide, p,
        y_first, y_second, both, alone, shared, level,
    )  # fmt: skip


def _column(y: ArrayLike) -> Floats:
    return answers(y, "y")


def _wave(design: Design, y: ArrayLike, field: str) -> tuple[Floats, float]:
    """Return the linearised values of a wave's mean, and the mean."""
    values = _column(y)
    if values.shape != (design.n,):
        raise BadArgument(
            field,
            en=f"{len(values)} answers stand for {design.n} rows: give one for each, or a gap.",
            zh=f"回答有 {len(values)} 个，设计中有 {design.n} 行，应逐行对应（缺失留空）。",
        )
    there = np.isfinite(values)
    weights = np.where(there, design.weights, 0.0)
    if not there.any():
        raise NoAnswers(field, en="Nobody answered this wave.", zh="该批次无人作答。")
    middle = float((weights * np.where(there, values, 0.0)).sum() / weights.sum())
    return np.where(there, weights * (values - middle), 0.0) / weights.sum(), middle


@dataclass(frozen=True, slots=True)
class Turned:
    """How many owners changed their mind each way, and whether more did one way than the other.

    `p` is exact; `chi2` with one degree of freedom, without a continuity correction, and its `p_chi2`.
    """

    gained: int
    lost: int
    difference: float
    chi2: float
    p_chi2: float
    p: float


def turned(stayed: int, gained: int, lost: int, never: int) -> Turned:
    """Compare satisfied shares of the same owners asked twice.

    `gained` were satisfied only the second time, `lost` only the first. Errors: BadCounts for
    negative counts or nobody, NotIdentified where nobody changed. Source: McNemar 1947,
    Psychometrika 12, 153-157; exact by the binomial. Example: `turned(794, 150, 86, 570)` has
    chi² 17.3559 and an exact p of 3.716e-5.
    """
    counts = stayed, gained, lost, never
    if not all(count >= 0 for count in counts) or not sum(counts):
        raise BadCounts(
            "counts", en="Counts are 0 or more, not all 0.", zh="数目应为 0 或以上，且不全为 0。"
        )
    moved = gained + lost
    if not moved:
        raise NotIdentified(
            "counts", en="Nobody changed: there is nothing to test.", zh="无人改变看法，无可检验。"
        )
    chi2 = (gained - lost) ** 2 / moved
    p = min(1.0, 2 * float(bdtr(min(gained, lost), moved, 0.5)))
    return Turned(gained, lost, (gained - lost) / sum(counts), chi2, float(chdtrc(1, chi2)), p)
