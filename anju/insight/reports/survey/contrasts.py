"""This wave against the earlier one: headline, dimensions and items, with what makes them unlike."""

from __future__ import annotations

from dataclasses import dataclass, replace

from anju.insight.measured.choice import dimension_measure, measure_of
from anju.insight.measured.facts import WaveFacts
from anju.insight.measured.items import Context
from anju.insight.measured.measure import Measure
from anju.insight.measured.model import Contrast, DimensionFigure, Item
from anju.insight.reports.survey.calibrated import Columns
from anju.stats.change import Change, Measured, Mix, WaveTiming, change, correct
from anju.stats.results import StatsError, Words
from anju.tally.tables import Tally, Timing

NOT_ASKED = Words("上次没有问这一题", "not asked in the earlier survey")
NOT_SHOWN = Words("其中一次没有可显示的数值", "one of the two surveys has no figure to show")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The wave to compare with; `columns` gives its small tables by column, where there are any."""

    tally: Tally
    facts: WaveFacts
    columns: Columns | None = None


def contrast(
    context: Context, earlier: Earlier, measure: Measure, then: Measure | None
) -> Contrast:
    """Compare one figure over everybody with the same figure of the earlier wave."""
    if then is None:
        return Contrast(None, note=NOT_ASKED)
    before = _other(context, earlier).whole(then).figure
    after = context.whole(measure).figure
    if before is None or after is None:
        return Contrast(None, note=NOT_SHOWN)
    try:
        found = change(
            Measured(before, then.signature, timing(earlier.tally.timing)),
            Measured(after, measure.signature, timing(context.tally.timing)),
        )
    except StatsError as refused:
        return Contrast(None, before, Words(refused.zh, refused.en))
    return Contrast(found, before)


def _other(context: Context, earlier: Earlier) -> Context:
    return Context(earlier.tally, earlier.facts, context.options, frozenset())


def of_items(context: Context, earlier: Earlier, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items with their changes, corrected for the number of items compared."""
    now = {item.code: (at, item) for at, item in enumerate(context.tally.items)}
    then = {item.code: (at, item) for at, item in enumerate(earlier.tally.items)}
    found = []
    for item in items:
        old = measure_of(*then[item.code], "share_top") if item.code in then else None
        new = measure_of(*now[item.code], "share_top")
        found.append(contrast(context, earlier, new, old))
    return tuple(
        replace(item, contrast=one)
        for item, one in zip(items, corrected(tuple(found)), strict=True)
    )


def of_dimensions(
    context: Context, earlier: Earlier, rows: tuple[DimensionFigure, ...]
) -> tuple[DimensionFigure, ...]:
    """Return the dimensions with their changes, corrected for the number compared."""
    found = []
    for row in rows:
        known = f"dim:{row.code}" in earlier.tally.whole.scores
        then = dimension_measure(earlier.tally, row.code) if known else None
        found.append(contrast(context, earlier, dimension_measure(context.tally, row.code), then))
    return tuple(
        replace(row, contrast=one) for row, one in zip(rows, corrected(tuple(found)), strict=True)
    )


def corrected(found: tuple[Contrast, ...]) -> tuple[Contrast, ...]:
    """Correct several changes looked at together, by Holm's method."""
    changes: list[Change] = [one.change for one in found if one.change is not None]
    fixed = iter(correct(changes))
    return tuple(one if one.change is None else replace(one, change=next(fixed)) for one in found)


def timing(told: Timing) -> WaveTiming:
    """Return the shares of answers by band of time and by mode."""
    return WaveTiming(
        day=_mix(told.day), month=_mix(told.month), half=_mix(told.half), mode=_mix(told.mode)
    )


def _mix(bands: tuple[tuple[str, int], ...]) -> Mix:
    total = sum(people for _, people in bands)
    return tuple((band, people / total) for band, people in bands) if total else ()
