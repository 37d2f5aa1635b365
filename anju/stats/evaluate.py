"""One door from answers counted by level to a figure that carries its formula key.

Not a place for definitions (see `formulas`) or interval arithmetic (`proportion`, `scores`).
"""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from dataclasses import dataclass, replace

from anju.stats.formulas import Formula, Kind
from anju.stats.proportion import proportion_ci, weighted_proportion_ci
from anju.stats.results import BadArgument, BadCounts, Estimate, NotWhole, Unit
from anju.stats.scales import Scale
from anju.stats.scores import Sums, mean_score, sums_of_counts, totals_only


@dataclass(frozen=True, slots=True)
class Counts:
    """How many owners chose each level, in the order of `Scale.levels` (valueless ones included).

    `weights` and `squares` are the sums of weights and of squared weights by level, both or
    neither.
    """

    n: tuple[int, ...]
    weights: tuple[float, ...] | None = None
    squares: tuple[float, ...] | None = None

    @property
    def weighted(self) -> bool:
        """Say whether weights were given."""
        return self.weights is not None


def evaluate(
    formula: Formula,
    scale: Scale,
    counts: Counts,
    N: int | None = None,
    level: float = 0.95,
) -> Estimate:
    """Compute one formula of one item for one group, with interval, bounds, cautions and key.

    Units: share_top and points_share 0 to 1, mean_index 0 to 100, nps -100 to 100. `numerator`
    and `denominator` are people for share_top, points for points_share.

    Errors: NoAnswers, BadCounts, BadArgument (a composite, which needs one score a person: use
    `mean_score` on the sums of `composite_scores`).

    Example:
        >>> from anju.stats.formulas import share_top
        >>> from anju.stats.scales import Level, scale
        >>> s = scale("s", [Level("y", 1, "是", "yes"), Level("n", 0, "否", "no")])
        >>> evaluate(share_top(s), s, Counts((1, 19)), 25).ci_low
        0.88
    """
    kept = _valued(scale, counts)
    if formula.kind is Kind.SHARE:
        found = _share(formula, scale, kept, N, level)
    elif formula.kind is Kind.POINTS:
        found = _points(formula, scale, kept, N, level)
    elif formula.kind is Kind.MEAN:
        found = _mean(formula, scale, kept, N, level)
    elif formula.kind is Kind.NPS:
        found = _nps(formula, scale, kept, N, level)
    else:
        raise BadArgument(
            "formula",
            en="A composite is computed from one score a person, not from counts of one item.",
            zh="综合指数须由每位业主的得分计算，不能由单个题目的计数计算。",
        )
    return replace(found, formula=formula.key, warnings=found.warnings + scale.warnings)


def published_points(
    got: float,
    possible: float,
    n: int,
    N: int | None = None,
    *,
    lowest: float = 0.0,
    formula: str = "points_share[published]@1",
) -> Estimate:
    """Give a published share of points: both totals, bounds for the silent, and no interval.

    `lowest` is the least share of points that a form can carry: 0 for 0 to 10 points an item,
    1/3 on a 3/2/1 scale.

    Errors: BadCounts where more points were obtained than possible, or none were possible.
    """
    if possible <= 0 or not 0 <= got <= possible:
        raise BadCounts(
            "got",
            en=f"{got:g} of {possible:g} points: obtained points lie between 0 and the possible.",
            zh=f"满分 {possible:g} 却得 {got:g} 分：得分须在 0 与满分之间。",
        )
    found = totals_only(got / possible, n, (lowest, 1.0), N, formula=formula)
    return replace(found, numerator=got, denominator=possible)


def points_of_people(
    points: Sums,
    most: float,
    N: int | None = None,
    *,
    least: float = 0.0,
    formula: str = "points_share@1",
    level: float = 0.95,
) -> Estimate:
    """Give the share of points where each person's total of points is known.

    `points` are the sums of one total a person, `least` and `most` what a form can carry. Sixteen
    people with 100 and four with 80 of 100 points give 1,920 of 2,000.

    Errors: NoAnswers, BadCounts, BadArgument.
    """
    if not 0 <= least < most:
        raise BadArgument(
            "most",
            en="The most points of a form must exceed the least, and the least must not be negative.",
            zh="满分须大于最低分，且最低分不得为负。",
        )
    span = (least / most, 1.0)
    found = mean_score(
        points.scaled(1 / most), span, N, unit=Unit.SHARE, formula=formula, level=level
    )
    return replace(found, numerator=points.ws, denominator=points.w * most)


def _valued(scale: Scale, counts: Counts) -> Counts:
    size = len(scale.levels)
    lengths = {len(part) for part in (counts.n, counts.weights, counts.squares) if part is not None}
    if lengths != {size} or (counts.weights is None) != (counts.squares is None):
        raise BadArgument(
            "counts",
            en=f"The scale {scale.code} has {size} levels; give one count for each, and weights "
            "together with squared weights.",
            zh=f"量表 {scale.code} 有 {size} 个选项，须各有一个计数；权重合计与权重平方合计须同时给出。",
        )
    if any(value != int(value) for value in counts.n):
        raise NotWhole(
            "counts",
            en="Counts of people must be whole numbers; give weights apart.",
            zh="人数须为整数；权重请另行给出。",
        )
    keep = len(scale.valued)
    return Counts(
        counts.n[:keep],
        None if counts.weights is None else counts.weights[:keep],
        None if counts.squares is None else counts.squares[:keep],
    )


def _share(
    formula: Formula,
    scale: Scale,
    counts: Counts,
    N: int | None,
    level: float,
) -> Estimate:
    chosen = [level.code in formula.top for level in scale.valued]
    if counts.weights is None or counts.squares is None:
        people = sum(n for n, top in zip(counts.n, chosen, strict=True) if top)
        return proportion_ci(people, sum(counts.n), N, level=level)
    weight = sum(w for w, top in zip(counts.weights, chosen, strict=True) if top)
    total, squares = sum(counts.weights), sum(counts.squares)
    return weighted_proportion_ci(weight, total, squares, sum(counts.n), N, level)


def _sums(counts: Counts, values: list[float]) -> Sums:
    return sums_of_counts(values, counts.n, counts.weights, counts.squares)


def _points(
    formula: Formula,
    scale: Scale,
    counts: Counts,
    N: int | None,
    level: float,
) -> Estimate:
    table = dict(formula.weights)
    values = [table[level.code] for level in scale.valued]
    return points_of_people(_sums(counts, values), max(values), N, least=min(values), level=level)


def _mean(
    _formula: Formula,
    scale: Scale,
    counts: Counts,
    N: int | None,
    level: float,
) -> Estimate:
    width = scale.maximum - scale.minimum
    values = [100 * (value - scale.minimum) / width for value in scale.values]
    return mean_score(_sums(counts, values), (0.0, 100.0), N, level=level)


def _nps(
    formula: Formula,
    scale: Scale,
    counts: Counts,
    N: int | None,
    level: float,
) -> Estimate:
    values = [
        100.0 * ((answer.code in formula.top) - (answer.code in formula.low))
        for answer in scale.valued
    ]
    found = mean_score(_sums(counts, values), (-100.0, 100.0), N, unit=Unit.NPS, level=level)
    return found
