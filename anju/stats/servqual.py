"""Expectation and perception: gaps paired within a person, by dimension and overall.

Not a join of two waves: both answers of a gap come from one person in one questionnaire.
"""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from anju.stats.results import BadArgument, BadWeights, Estimate, Unit, Words
from anju.stats.scales import Scale, number
from anju.stats.scores import Sums, mean_score, totals_only
from anju.stats.silence import require_answers

DIMENSIONS: dict[str, Words] = {
    "tangibles": Words("有形度", "tangibles"),
    "trust": Words("信赖度", "trust"),
    "responsiveness": Words("反应度", "responsiveness"),
    "professionalism": Words("专业度", "professionalism"),
    "empathy": Words("同理度", "empathy"),
}


class TieRule(StrEnum):
    """What perception equal to expectation counts as."""

    NOT_SATISFIED = "not_satisfied"
    MET = "met"


TIE_WORDS: dict[TieRule, Words] = {
    TieRule.NOT_SATISFIED: Words(
        "感知等于期望时不算满意（感知须大于期望）",
        "equal counts as not satisfied: perception must exceed expectation",
    ),
    TieRule.MET: Words(
        "感知等于期望时算满意", "equal counts as satisfied: the expectation was met"
    ),
}


@dataclass(frozen=True, slots=True)
class GapSigns:
    """How many people had perception above, equal to and below expectation."""

    above: int
    equal: int
    below: int

    def satisfied(self, rule: TieRule = TieRule.NOT_SATISFIED) -> tuple[int, int]:
        """Give the satisfied and all, by the rule for ties; feed them to `proportion_ci`.

        Errors: NoAnswers.

        Example:
            >>> GapSigns(1, 1, 1).satisfied(), GapSigns(1, 1, 1).satisfied(TieRule.MET)
            ((1, 3), (2, 3))
        """
        everyone = self.above + self.equal + self.below
        require_answers(everyone)
        return self.above + (self.equal if rule is TieRule.MET else 0), everyone


def gap_signs(gaps: NDArray[np.float64]) -> GapSigns:
    """Count the signs of one gap a person; NaN (not both answered) leaves the count.

    Shapes: n people.
    """
    there = gaps[~np.isnan(gaps)]
    return GapSigns(int((there > 0).sum()), int((there == 0).sum()), int((there < 0).sum()))


def paired_gaps(
    perceived: NDArray[np.float64], expected: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give each person's mean gap over the items of a dimension answered on both sides.

    Shapes: two arrays n people x k items, NaN for missing; n gaps out, NaN where no pair is full.
    Units: points of the scale; perception less expectation.
    Errors: BadArgument where the shapes differ.
    """
    if perceived.ndim != 2 or perceived.shape != expected.shape:
        raise BadArgument(
            "expected",
            en="Perception and expectation need the same people and the same items.",
            zh="感知与期望须是同一批人对同一组题目的回答。",
        )
    gaps = perceived - expected
    there = ~np.isnan(gaps)
    pairs = there.sum(axis=1)
    total = np.where(there, gaps, 0.0).sum(axis=1)
    return np.where(pairs > 0, total / np.maximum(pairs, 1), np.nan)


def gap(
    sums: Sums,
    scale: Scale,
    N: int | None = None,
    *,
    name: str = "",
    level: float = 0.95,
) -> Estimate:
    """Give a mean gap with the interval of paired differences, one gap a person.

    Units: points of the scale, from -(max - min) to max - min.
    Errors: NoAnswers, BadCounts.
    Source: Parasuraman, Zeithaml and Berry 1988, Journal of Retailing 64, page 12.
    """
    width = scale.maximum - scale.minimum
    return mean_score(
        sums, (-width, width), N, unit=Unit.GAP, formula=f"gap[{name}]@1", level=level
    )


def overall_gap(gaps: Mapping[str, float], points: Mapping[str, float] | None = None) -> float:
    """Give the mean of the dimension gaps, weighted by points that sum to 100, or plain.

    Units: points of the scale.
    Errors: BadWeights where the points do not sum to 100 or name other dimensions; BadArgument
    where a gap is no finite number; NoAnswers.

    Example:
        >>> five = dict(zip("abcde", (-0.65, -1.10, -0.83, -0.70, -1.01)))
        >>> round(overall_gap(five), 3)
        -0.858
    """
    require_answers(len(gaps))
    if not all(isfinite(value) for value in gaps.values()):
        raise BadArgument(
            "gaps",
            en="A gap is not a finite number: leave the dimension out or find its answers.",
            zh="有差距不是有限数：请去掉该维度或补上回答。",
        )
    if points is None:
        return sum(gaps.values()) / len(gaps)
    check_points(points, tuple(gaps))
    return sum(points[name] / 100 * value for name, value in gaps.items())


def check_points(points: Mapping[str, float], dimensions: Sequence[str]) -> None:
    """Refuse importance points that do not share out exactly 100 over the dimensions.

    Errors: BadWeights.
    """
    total = sum(points.values())
    negative = any(value < 0 for value in points.values())
    if set(points) != set(dimensions) or negative or not abs(total - 100) <= 1e-9:
        raise BadWeights(
            "points",
            en=f"The points must share out 100 over all dimensions; they sum to {number(total)}.",
            zh=f"须把 100 分分给全部维度；现合计 {number(total)}。",
        )


def overall_gaps_of_people(
    dimension_gaps: NDArray[np.float64], points: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Give each person's overall gap, by the person's own points or with equal weight.

    Shapes: n people x d dimensions in, points alike; NaN out where a dimension is missing.
    Feed the result to `sums_of_rows` and `gap` for the interval.
    Errors: BadWeights where a person's points do not sum to 100; BadArgument on shapes.
    """
    if points is None:
        return np.asarray(dimension_gaps.mean(axis=1))
    if points.shape != dimension_gaps.shape:
        raise BadArgument(
            "points",
            en="Points are needed for each person and dimension.",
            zh="须给出每个人对每个维度的分数。",
        )
    if not (np.abs(points.sum(axis=1) - 100) <= 1e-9).all() or (points < 0).any():
        raise BadWeights(
            "points",
            en="The points of each person must sum to 100, none negative.",
            zh="每个人的分数合计须为 100，且不得为负。",
        )
    return np.asarray((dimension_gaps * points / 100).sum(axis=1))


def gap_of_means(value: float, n: int, scale: Scale, *, name: str = "") -> Estimate:
    """Give a published gap of n people: no interval, since the pairs are not known.

    Errors: NoAnswers, BadArgument (a gap wider than the scale).
    """
    width = scale.maximum - scale.minimum
    found = totals_only(value, n, (-width, width), unit=Unit.GAP)
    return replace(found, formula=f"gap[{name}]@1")
