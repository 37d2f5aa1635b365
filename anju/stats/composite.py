"""One composite score a person from dimension weights, and the rule for missing items.

Not a mean of item means: the standard error follows from the persons' own composites.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from anju.stats.formulas import Formula
from anju.stats.results import BadArgument, BadWeights

LEAST_ANSWERED = 0.5


def item_weights(formula: Formula, dimensions: Sequence[str]) -> NDArray[np.float64]:
    """Spread the weight of each dimension evenly over its items.

    Shapes: one dimension an item in, one weight an item out, which sum to 1.
    Errors: BadWeights where a weighted dimension has no item or an item's dimension no weight.
    """
    table = dict(formula.weights)
    found = set(dimensions)
    astray = sorted((found ^ set(table)) - {name for name in table if table[name] == 0})
    if astray:
        raise BadWeights(
            "weights",
            en=f"Each dimension needs both a weight and items; look at: {', '.join(astray)}.",
            zh=f"每个维度都须既有权重又有题目；请检查：{'、'.join(astray)}。",
        )
    return np.array([table[name] / dimensions.count(name) for name in dimensions])


def composite_scores(
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
    least: float = LEAST_ANSWERED,
) -> NDArray[np.float64]:
    """Give each person's weighted mean over the answered items, or NaN below the least answered.

    Shapes: scores n people x k items with NaN for missing; weights k items; n scores out.
    Units: the units of the scores, usually 0 to 100.
    Errors: BadArgument on shapes that do not fit or `least` outside 0 to 1.
    """
    if scores.ndim != 2 or scores.shape[1:] != weights.shape or not 0 <= least <= 1:
        raise BadArgument(
            "scores",
            en="Scores are people by items with one weight an item; least lies between 0 and 1.",
            zh="得分须为“人 × 题目”，每题一个权重；最低作答比例须在 0 与 1 之间。",
        )
    there = ~np.isnan(scores)
    weight = there @ weights
    total = np.where(there, scores, 0.0) @ weights
    enough = (there.sum(axis=1) >= least * scores.shape[1]) & (weight > 0)
    return np.where(enough, total / np.where(weight > 0, weight, 1.0), np.nan)


def index_values(values: Mapping[str, float | None], codes: Sequence[str]) -> NDArray[np.float64]:
    """Look up the 0 to 100 value of each code; NaN for a missing or valueless one.

    Errors: BadArgument where no two values differ.
    """
    known = [value for value in values.values() if value is not None]
    if len(set(known)) < 2:
        raise BadArgument(
            "values",
            en="An index needs at least two different values.",
            zh="指数至少需要两个不同的分值。",
        )
    low, width = min(known), max(known) - min(known)
    looked = (values.get(code) for code in codes)
    return np.array([np.nan if v is None else 100 * (v - low) / width for v in looked])
