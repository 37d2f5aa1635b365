"""Items and dimensions over everybody: distributions, shares, indexes."""

from __future__ import annotations

from dataclasses import dataclass

from anju.answers.rules.answers import ItemDef
from anju.insight.measured.choice import dimension_measure, measure_of, top_words
from anju.insight.measured.facts import Options, WaveFacts
from anju.insight.measured.hiding import About, decide
from anju.insight.measured.measure import Measure, about, answering, estimate, shown, valid
from anju.insight.measured.model import DimensionFigure, Item, Level, Shown
from anju.insight.measured.tones import SILENT, segments, tones
from anju.insight.measured.words import DIMENSIONS, of
from anju.stats.results import Words
from anju.stats.scales import Scale
from anju.stats.suppress import State
from anju.tally.tables import WHOLE, GroupTally, Hist, Tally


@dataclass(frozen=True, slots=True)
class Context:
    """What every part of a report is built from; `hidden` are groups kept back for the wave."""

    tally: Tally
    facts: WaveFacts
    options: Options
    hidden: frozenset[str]

    @property
    def whole_base(self) -> int | None:
        """Return the number that everybody's answers are counted against."""
        return self.facts.base_count

    def base(self, group: GroupTally) -> int | None:
        """Return the number of homes (or of forms issued) behind a group, None unknown."""
        if group.kind == WHOLE:
            return self.facts.base_count
        frame = self.facts.frame(group.kind, group.label)
        if frame is None:
            return None
        return frame.population if frame.population is not None else frame.issued

    def shown(self, measure: Measure, group: GroupTally, state: State) -> Shown:
        """Return the figure of a group as far as its state allows."""
        level, some = self.options.level, valid(measure, group) > 0
        found = estimate(measure, group, self.base(group), level) if some else None
        return shown(found, state, self.options.k)

    def whole(self, measure: Measure) -> Shown:
        """Return the figure over everybody."""
        wall = decide(self.tally, self.options.k, lambda g: about(measure, g), self.hidden)
        return self.shown(measure, self.tally.whole, wall.state(self.tally.whole))


def item_figures(context: Context) -> tuple[Item, ...]:
    """Return every item that can be counted, in the order of the questionnaire."""
    return tuple(
        _item(context, place, item)
        for place, item in enumerate(context.tally.items)
        if item.side not in ("expectation", "importance")
    )


def _item(context: Context, place: int, item: ItemDef) -> Item:
    hist = context.tally.whole.hists[place]
    wall = decide(
        context.tally, context.options.k, lambda g: _spread(g, place, item), context.hidden
    )
    state = wall.state(context.tally.whole)
    share = context.shown(measure_of(place, item, "share_top"), context.tally.whole, state)
    index = context.shown(measure_of(place, item, "mean_index"), context.tally.whole, state)
    open_ = state in (State.SHOWN, State.EMPTY)
    levels = _levels(item.scale, hist) if open_ else ()
    valueless = hist.n[len(item.scale.valued) :]
    return Item(
        code=item.code,
        label=Words(item.zh or item.en, item.en or item.zh),
        purpose=item.purpose,
        scale=item.scale.signature,
        balanced=item.scale.balanced,
        top_words=top_words(item.scale, item.scale.top),
        share=share,
        index=index,
        levels=levels,
        bar=segments(levels) if share.state is State.SHOWN else (),
        not_applicable=sum(valueless) if open_ else None,
        missing=hist.missing if open_ else None,
        dimension=item.dimension,
        dimension_label=of(DIMENSIONS, item.dimension) if item.dimension else None,
        service_line=item.service_line,
        department=item.department,
    )


def _spread(group: GroupTally, place: int, item: ItemDef) -> About:
    """Return what a distribution would tell of a group: one level for all tells everything."""
    hist = group.hists[place]
    used = [str(at) for at, n in enumerate(hist.n) if n] if hist.households else []
    return About(answering(group, place, item.scale), used[0] if len(used) == 1 else None)


def _levels(scale: Scale, hist: Hist) -> tuple[Level, ...]:
    keep = len(scale.valued)
    weights = hist.n if hist.weights is None else hist.weights
    total = sum(weights[:keep])
    steps = tones(scale)
    return tuple(
        Level(
            code=level.code,
            words=Words(level.zh, level.en),
            tone=steps.get(level.code, SILENT),
            n=hist.n[at],
            share=weights[at] / total if total and at < keep else None,
            value=level.value,
            top=level.code in scale.top,
        )
        for at, level in enumerate(scale.levels)
    )


def ordered(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return satisfaction items from the highest share down, those not shown last."""
    return tuple(
        sorted(items, key=lambda x: -x.share.figure.estimate if x.share.figure else float("inf"))
    )


def dimension_figures(context: Context) -> tuple[DimensionFigure, ...]:
    """Return the index of every dimension, in the order of the questionnaire."""
    asked = [context.tally.items[place] for place in context.tally.recipe.satisfaction]
    counted: dict[str, int] = {}
    for item in asked:
        if item.dimension:
            counted[item.dimension] = counted.get(item.dimension, 0) + 1
    if len(counted) < 2:
        return ()
    return tuple(
        DimensionFigure(
            code=name,
            label=of(DIMENSIONS, name),
            items=number,
            index=context.whole(dimension_measure(context.tally, name)),
        )
        for name, number in counted.items()
    )
