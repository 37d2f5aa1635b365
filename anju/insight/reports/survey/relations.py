"""Expectation against perception by dimension, and importance against performance by item."""

from __future__ import annotations

from anju.insight.measured.choice import measure_of
from anju.insight.measured.hiding import About, decide
from anju.insight.measured.items import Context
from anju.insight.measured.measure import shown
from anju.insight.measured.model import GapRow, Gaps, Plane, Point, Shown
from anju.insight.measured.words import DIMENSIONS, of
from anju.insight.reports.survey import sentences
from anju.stats.ipa import Quadrant, Rated, importance_performance
from anju.stats.proportion import proportion_ci
from anju.stats.results import Estimate, Words
from anju.stats.scales import Scale
from anju.stats.servqual import TIE_WORDS, TieRule, gap
from anju.stats.suppress import State
from anju.tally.scores import pairs_of
from anju.tally.tables import GroupTally, Signs


def gap_figures(context: Context, tie: TieRule = TieRule.NOT_SATISFIED) -> Gaps | None:
    """Return the gaps by dimension, or None where expectation was not asked or is kept back."""
    pairs = pairs_of(context.tally.items, "expectation")
    scales = {context.tally.items[place].scale.signature for _, place in pairs.values()}
    if not pairs or len(scales) > 1:
        return None
    scale = context.tally.items[next(iter(pairs.values()))[1]].scale
    signs = {sign.key: sign for sign in context.tally.signs}
    rows = tuple(_row(context, key, scale, signs[key], tie) for key in signs if key)
    found = [(row.label, row.gap.figure) for row in rows]
    below = [w for w, f in found if f and f.ci_high is not None and f.ci_high < 0]
    above = [w for w, f in found if f and f.ci_low is not None and f.ci_low > 0]
    return Gaps(
        title=sentences.gaps(below, above),
        rows=rows,
        overall=_gap(context, "", scale),
        low=scale.minimum,
        high=scale.maximum,
        tie=TIE_WORDS[tie],
    )


def _row(context: Context, key: str, scale: Scale, sign: Signs, tie: TieRule) -> GapRow:
    figure = _gap(context, key, scale)
    scores = context.tally.whole.scores
    open_ = figure.figure is not None
    return GapRow(
        code=key,
        label=of(DIMENSIONS, key),
        gap=figure,
        expected=scores[f"expect:{key}"].sums.mean if open_ else None,
        perceived=scores[f"perceive:{key}"].sums.mean if open_ else None,
        satisfied=_satisfied(context, sign, tie) if open_ else None,
    )


def _gap(context: Context, key: str, scale: Scale) -> Shown:
    name = f"gap:{key}"
    wall = decide(context.tally, context.options.k, lambda g: _about(g, name), context.hidden)
    sums = context.tally.whole.scores[name].sums
    state = wall.state(context.tally.whole)
    if sums.n == 0:
        return shown(None, State.EMPTY, context.options.k)
    base = context.whole_base
    people = base if base is not None and base >= sums.n else None
    found = gap(sums, scale, people, name=key or "all", level=context.options.level)
    return shown(found, state, context.options.k)


def _about(group: GroupTally, name: str) -> About:
    found = group.scores[name]
    same = found.sums.n > 0 and found.sums.variance == 0
    return About(found.households, f"{found.sums.mean:.9g}" if same else None)


def _satisfied(context: Context, sign: Signs, tie: TieRule) -> Estimate:
    n = sign.above + sign.equal + sign.below
    base = context.whole_base
    people = base if base is not None and base >= n else None
    top = sign.above + (sign.equal if tie is TieRule.MET else 0)
    return proportion_ci(top, n, people, level=context.options.level)


def plane(context: Context) -> Plane | None:
    """Return importance against performance, or None where importance was not asked."""
    items = context.tally.items
    rated: list[Rated] = []
    for weighty, done in pairs_of(items, "importance").values():
        important = context.whole(measure_of(weighty, items[weighty], "mean_index")).figure
        performed = context.whole(measure_of(done, items[done], "mean_index")).figure
        if important is not None and performed is not None:
            rated.append(Rated(items[done].code, performed, important))
    if len(rated) < 2:
        return None
    placed = importance_performance(rated)
    labels = {item.code: Words(item.zh or item.en, item.en or item.zh) for item in items}
    points = tuple(
        Point(x.key, labels[x.key], x.performance, x.importance, x.quadrant) for x in placed.items
    )
    first = [point.label for point in points if point.quadrant is Quadrant.CONCENTRATE]
    return Plane(sentences.plane(first), points, placed.performance, placed.importance)
