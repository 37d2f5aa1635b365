"""The figures of satisfaction from each person's answers, with the errors of the design.

For closed tables of counts see `evaluate`: there the design is a building answered in part. Here
every row counts with its weight, its stratum and its cluster.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from anju.stats.composite import composite_scores, item_weights
from anju.stats.design import Design, Floats
from anju.stats.estimate import mean, share, with_error
from anju.stats.formulas import Formula
from anju.stats.given import numbers
from anju.stats.ipa import Quadrant
from anju.stats.linear import variances
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, Estimate, NoAnswers, Suppressed, Unit
from anju.stats.servqual import check_points, paired_gaps

LEAST = 5


def top_box(
    design: Design, y: ArrayLike, top: Collection[float], *, least: int = LEAST, level: float = 0.95
) -> Estimate:
    """Return the share whose answer lies in the top set; a gap leaves the denominator.

    Shapes: y [n]. Units: 0 to 1. Errors: as `share`, Suppressed for fewer than `least` answers.
    """
    values = _enough(y, least)
    hit = np.where(np.isfinite(values), np.isin(values, list(top)).astype(float), np.nan)
    return share(design, hit, level=level)


def index_score(
    design: Design, y: ArrayLike, span: tuple[float, float], *, least: int = LEAST,
    level: float = 0.95,
) -> Estimate:  # fmt: skip
    """Return the mean as an index from 0 (the scale's lowest value) to 100 (its highest).

    Shapes: y [n]. Errors: as `mean`; BadArgument for an empty span or an answer outside it;
    Suppressed for fewer than `least` answers.
    """
    low, high = span
    values = _enough(y, least)
    there = values[np.isfinite(values)]
    if not low < high or ((there < low) | (there > high)).any():
        raise BadArgument(
            "span",
            en=f"Answers lie between {low:g} and {high:g}, or are gaps: correct the span or the answers.",
            zh=f"回答应在 {low:g} 与 {high:g} 之间或留空，请更正量表范围或回答。",
        )
    found = mean(design, 100 * (values - low) / (high - low), level=level)
    return replace(found, unit=Unit.INDEX)


def net_promoters(
    design: Design, y: ArrayLike, *, least: int = LEAST, level: float = 0.95
) -> Estimate:
    """Return promoters (9, 10) less detractors (0 to 6) of answers from 0 to 10, from −100 to 100.

    Shapes: y [n]. Errors: as `index_score`. Source: Reichheld 2003; the error is that of one score a
    person, so that both shares keep their covariance.
    """
    values = _enough(y, least)
    there = values[np.isfinite(values)]
    if not np.isin(there, np.arange(11)).all():
        raise BadArgument(
            "y", en="Answers are whole numbers from 0 to 10.", zh="回答应为 0 到 10 的整数。"
        )
    score = np.where(values > 8, 100.0, np.where(values < 7, -100.0, 0.0))
    found = mean(design, np.where(np.isfinite(values), score, np.nan), level=level)
    return replace(found, unit=Unit.NPS)


def composite_index(
    design: Design, scores: ArrayLike, formula: Formula, dimensions: Sequence[str], *,
    least: int = LEAST, level: float = 0.95,
) -> Estimate:  # fmt: skip
    """Return the weighted index of several items: one score a person, then its mean.

    Shapes: scores [n × k], each 0 to 100, NaN where missing; dimensions [k]. A person who answered
    fewer than half of the items is missing. Errors: BadArgument for shapes; as `item_weights`, `mean`.
    """
    table = numbers(scores, "scores")
    if table.ndim != 2 or table.shape[1] != len(dimensions):
        raise BadArgument(
            "scores", en="Give a column of scores for each item.", zh="每道题目应有一列得分。"
        )
    whole = composite_scores(table, item_weights(formula, dimensions))
    _enough(whole, least)
    return replace(mean(design, whole, level=level), unit=Unit.INDEX, formula=formula.key)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Each dimension's gap with its own error, and the overall one. Units: points of the scale."""

    dimensions: tuple[tuple[str, Estimate], ...]
    overall: Estimate


def servqual(
    design: Design,
    perceived: Sequence[ArrayLike],
    expected: Sequence[ArrayLike],
    names: Sequence[str],
    points: ArrayLike | None = None,
    *,
    level: float = 0.95,
) -> Gaps:
    """Return perception less expectation by dimension, paired within each person, under the design.

    Shapes: perceived and expected, for each name an array [n × items]; `points` [n × names] add up to
    100 for each person (one row [names] stands for all), equal without. The overall gap is one score
    a person, so its error is that of the whole. Errors: BadArgument for shapes, BadWeights for points
    that do not add up to 100, as `mean`. Source: Parasuraman, Zeithaml and Berry 1988, Journal of
    Retailing 64, 12-40.
    """
    if not names or not len(names) == len(perceived) == len(expected):
        raise BadArgument(
            "names", en="Give each dimension its name, its perceptions and its expectations.",
            zh="每个维度应有名称、感知与期望。",
        )  # fmt: skip
    columns = [
        paired_gaps(numbers(felt, "perceived"), numbers(hoped, "expected"))
        for felt, hoped in zip(perceived, expected, strict=True)
    ]
    told = tuple(
        (name, replace(mean(design, column, level=level), unit=Unit.GAP))
        for name, column in zip(names, columns, strict=True)
    )
    shares = _shares(points, names, design.n)
    whole = (np.column_stack(columns) * shares).sum(axis=1)
    return Gaps(told, replace(mean(design, whole, level=level), unit=Unit.GAP))


def _shares(points: ArrayLike | None, names: Sequence[str], n: int) -> Floats:
    """Return each person's importance of each dimension as shares of one."""
    if points is None:
        return np.full((n, len(names)), 1 / len(names))
    given = np.atleast_2d(numbers(points, "points"))
    if given.shape[1] != len(names) or len(given) not in {1, n}:
        raise BadArgument(
            "points", en="Give points for each dimension, one row for all or one a person.",
            zh="应为每个维度给出分数：全体一行，或每人一行。",
        )  # fmt: skip
    for row in given:
        check_points(dict(zip(names, row.tolist(), strict=True)), names)
    return np.asarray(given / 100)


@dataclass(frozen=True, slots=True)
class Aimed:
    """An item with both scores, how far each lies from the mean of all items, and its quadrant."""

    key: str
    performance: Estimate
    importance: Estimate
    ahead: Estimate
    heavier: Estimate
    quadrant: Quadrant


def ipa(
    design: Design, performance: ArrayLike, importance: ArrayLike, names: Sequence[str], *,
    level: float = 0.95,
) -> tuple[Aimed, ...]:  # fmt: skip
    """Return where each item lies against the means of all items, which the same people made.

    Shapes: performance and importance [n × k]. The distance from the cross-hair keeps the covariance
    of an item with the mean; an item is named where both distances exclude nought. Errors:
    BadArgument for shapes, NoAnswers for an item that nobody answered. Source: Martilla and James
    1977, Journal of Marketing 41, 77-79.
    """
    check_level(level)
    felt, weighed = numbers(performance, "performance"), numbers(importance, "importance")
    wanted = (design.n, len(names))
    if felt.shape != wanted or weighed.shape != wanted or not names:
        raise BadArgument(
            "performance", en="Give each item a column of performance and one of importance.",
            zh="每道题目应有一列表现与一列重要性。",
        )  # fmt: skip
    above, beyond = (_distances(design, table, names, level) for table in (felt, weighed))
    told = []
    for at, name in enumerate(names):
        one, two = (mean(design, table[:, at], level=level) for table in (felt, weighed))
        told.append(Aimed(name, one, two, above[at], beyond[at], _quadrant(above[at], beyond[at])))
    return tuple(told)


def _distances(
    design: Design, table: Floats, names: Sequence[str], level: float
) -> tuple[Estimate, ...]:
    """Return each item's mean less the mean of all items' means, with the error of that difference."""
    there = np.isfinite(table)
    for at in map(int, np.flatnonzero(~there.any(axis=0))):
        raise NoAnswers(
            names[at], en=f"Nobody answered “{names[at]}”: leave the item out.",
            zh=f"题目“{names[at]}”没有任何回答，请去掉。",
        )  # fmt: skip
    weights = design.weights[:, None] * there
    filled = np.where(there, table, 0.0)
    middle = (weights * filled).sum(axis=0) / weights.sum(axis=0)
    linear = weights * (filled - middle) / weights.sum(axis=0)
    apart = linear - linear.mean(axis=1, keepdims=True)
    size = float(np.abs(middle).max())
    told = []
    for at, gap in enumerate(map(float, middle - middle.mean())):
        plain = replace(mean(design, table[:, at], level=level), estimate=gap)
        se = float(np.sqrt(variances(design, apart[:, at])[0]))
        told.append(with_error(plain, design, se, size))
    return tuple(told)


def _quadrant(ahead: Estimate, heavier: Estimate) -> Quadrant:
    good, weighty = _side(ahead), _side(heavier)
    if good is None or weighty is None:
        return Quadrant.UNCLEAR
    if weighty:
        return Quadrant.KEEP_UP if good else Quadrant.CONCENTRATE
    return Quadrant.POSSIBLE_EXCESS if good else Quadrant.LOW_PRIORITY


def _side(found: Estimate) -> bool | None:
    if found.ci_low is None or found.ci_high is None or found.ci_low <= 0 <= found.ci_high:
        return None
    return found.ci_low > 0


def _enough(y: ArrayLike, least: int) -> Floats:
    values = numbers(y, "y")
    n = int(np.isfinite(values).sum())
    if n < least:
        raise Suppressed(
            "y",
            en=f"{n} answered, fewer than the {least} that may be shown: join groups.",
            zh=f"只有 {n} 份回答，少于可公布的 {least} 份，请合并分组。",
        )
    return values
