"""All figures of one survey report, from the small tables and the facts: the one way in.

Pure: no clock, no files, no database. What leaves here has passed the minimum group size.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from anju.insight.measured import choice
from anju.insight.measured.cells import Blank, Cells
from anju.insight.measured.facts import Options, WaveFacts
from anju.insight.measured.hiding import About, decide
from anju.insight.measured.items import Context, dimension_figures, item_figures, ordered
from anju.insight.measured.measure import Measure
from anju.insight.measured.model import (
    Breakdown,
    DimensionFigure,
    Item,
    Overall,
    Shown,
    SurveyFigures,
    Under,
)
from anju.insight.measured.words import FORMULA_WORDS, NO_DATA, NO_INDEX
from anju.insight.reports.survey import accounts, published, sentences
from anju.insight.reports.survey.breakdowns import breakdowns
from anju.insight.reports.survey.calibrated import Columns, calibrated_of
from anju.insight.reports.survey.contrasts import Earlier, contrast, of_dimensions, of_items
from anju.insight.reports.survey.drivers import drivers_of
from anju.insight.reports.survey.few import few
from anju.insight.reports.survey.pooling import pooling_of
from anju.insight.reports.survey.relations import gap_figures, plane
from anju.insight.reports.survey.statement import formula_rows, statement
from anju.insight.reports.survey.ticks import tick_lists, tick_shares
from anju.insight.reports.survey.timing import timed_of
from anju.kernel.pure.problems import Problem
from anju.stats.cautions import HOUSEHOLDS_REPEAT, ISSUED_AS_POPULATION, MIXED_SCALES
from anju.stats.results import Caution, Estimate, StatsError, Words
from anju.stats.suppress import State
from anju.tally.tables import Tally

_USUAL = Options()


def build(
    tally: Tally | None,
    facts: WaveFacts,
    *,
    earlier: Earlier | None = None,
    options: Options = _USUAL,
    columns: Columns | None = None,
) -> SurveyFigures:
    """Return the figures of a report; `tally` is None where only published figures are known.

    `columns` gives the small tables by column; without it nothing is weighted to known margins.

    Errors: Problem (E-FORMULA, E-ITEM, E-TOTALS, E-EMPTY), StatsError.
    """
    if tally is None or not (tally.items or tally.lists) or not tally.whole.people:
        return _of_others(tally, facts, options)
    wall = decide(tally, options.k, lambda group: About(group.households))
    context = Context(tally, facts, options, wall.hidden)
    if not tally.recipe.satisfaction:
        hidden = tally.whole.households < options.k
        return few(tally, facts, options, NO_INDEX) if hidden else _without_index(context)
    lead = choice.lead_item(tally, options.lead)
    measure = choice.primary(tally, options.formula, lead)
    if tally.whole.households < options.k:
        return few(tally, facts, options, measure.label)
    own, then = _own(context, measure, lead, earlier), _same(earlier, context) if earlier else None
    return replace(
        own,
        calibrated=calibrated_of(context, measure, columns),
        timed=timed_of(context, measure, columns, earlier=earlier, then=then),
    )


def _of_others(tally: Tally | None, facts: WaveFacts, options: Options) -> SurveyFigures:
    """Return a report of published figures alone."""
    external, parts = published.externals(facts), published.parts(facts)
    if not external and not parts and not (tally and tally.whole.people == 0):
        raise Problem(
            "E-EMPTY",
            "answers",
            "There is nothing to report: no answers to a satisfaction item and no published total.",
            "没有可报告的内容：既没有满意度题目的回答，也没有公布的合计。",
        )
    overall = _others_overall(facts)
    figures = [one.figure for one in (*external, *parts)]
    base = SurveyFigures(
        head=accounts.head(facts),
        funnel=accounts.funnel(tally, facts),
        overall=overall,
        k=options.k,
        level=options.level,
        external=external,
        parts=parts,
        process=accounts.process(tally, facts),
        warnings=_cautions(figures),
        notes=facts.notes,
        method=statement(tally, facts, options, figures),
        formulas=formula_rows(figure.formula for figure in figures),
    )
    return replace(base, says=_says(base))


def _others_overall(facts: WaveFacts) -> Overall:
    external = published.externals(facts)
    if facts.parts:
        label = Words("各部分合计", "All parts together")
        try:
            found = published.parts_overall(facts)
        except StatsError as refused:
            title = Words("无法计算总体：缺少各部分的回答份数", "No overall: bases are missing")
            return Overall(label, title, Shown(State.EMPTY), refused=Words(refused.zh, refused.en))
        return Overall(
            label, sentences.headline(label, found), Shown(State.SHOWN, found, n=found.n)
        )
    if not external:
        return Overall(NO_DATA, NO_DATA, Shown(State.EMPTY, n=0, note=NO_DATA))
    first = external[0]
    name = "share_top" if first.kind == "people" else "points_share"
    label = FORMULA_WORDS[name]
    shown = Shown(State.SHOWN, first.figure, n=first.figure.n, few=first.figure.n < 30)
    return Overall(label, sentences.headline(label, first.figure), shown)


def _without_index(context: Context) -> SurveyFigures:
    """Return a report of items that enter no index: shares of answers, and no headline."""
    return SurveyFigures(
        head=accounts.head(context.facts),
        funnel=accounts.funnel(context.tally, context.facts),
        overall=Overall(NO_INDEX, NO_INDEX, Shown(State.EMPTY, note=NO_INDEX)),
        k=context.options.k,
        level=context.options.level,
        says=(accounts.funnel(context.tally, context.facts).title, NO_INDEX),
        others=item_figures(context),
        lists=tick_lists(context),
        formulas=formula_rows(tick_shares(context)),
        external=published.externals(context.facts),
        process=accounts.process(context.tally, context.facts),
        notes=context.facts.notes,
        method=statement(context.tally, context.facts, context.options, ()),
        by_building=context.facts.by_building,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a report of our own answers, as they are put together."""

    items: tuple[Item, ...]
    others: tuple[Item, ...]
    dimensions: tuple[DimensionFigure, ...]
    breakdowns: tuple[Breakdown, ...]
    under: tuple[Under, ...]


def _own(
    context: Context, measure: Measure, lead: int | None, earlier: Earlier | None
) -> SurveyFigures:
    parts = _parts(context, measure, lead, earlier)
    overall = _overall(context, measure, earlier)
    own = context.tally.items[measure.place].code if measure.place >= 0 else ""
    item = next((item for item in parts.items if item.code == own), None)
    answered = context.tally.whole.people
    silent = accounts.silent_of(context.facts, overall.primary, item, answered)
    used = _used(overall, parts)
    found = SurveyFigures(
        head=accounts.head(context.facts),
        funnel=accounts.funnel(context.tally, context.facts),
        overall=overall,
        k=context.options.k,
        level=context.options.level,
        silence=accounts.silence(silent, item),
        silence_title=accounts.silence_title(context.facts, silent, overall, item, answered),
        under=parts.under,
        items_title=_items_title(parts.items),
        items=parts.items,
        others=parts.others,
        lists=tick_lists(context),
        dimensions_title=_dimensions_title(parts.dimensions),
        dimensions=parts.dimensions,
        breakdowns=parts.breakdowns,
        gaps=gap_figures(context),
        plane=plane(context),
        drivers=drivers_of(context),
        pooling=pooling_of(context, measure),
        external=published.externals(context.facts),
        process=accounts.process(context.tally, context.facts),
        warnings=_warnings(context, _heard(overall, parts), overall),
        notes=context.facts.notes,
        method=statement(context.tally, context.facts, context.options, used),
        formulas=formula_rows((*_keys(used, parts, context), *tick_shares(context))),
        alerts=accounts.alerts(context.tally, context.facts),
        scope=_scope(context.facts),
        pooled=_pooled(context, parts.under),
        cells=_cells(context),
        by_building=context.facts.by_building,
    )
    return replace(found, says=_says(found))


def _scope(facts: WaveFacts) -> Words | None:
    return sentences.those_asked(facts.issued or 0) if facts.of_those_asked else None


def _cells(context: Context) -> Cells | None:
    """Return what was done with the cells."""
    done = context.facts.cells
    if done is None:
        return None
    hists = context.tally.whole.hists
    empty = [
        Blank(Words(item.zh or item.en, item.en or item.zh), hists[place].missing)
        for place, item in enumerate(context.tally.items)
        if hists[place].missing
    ]
    words = done.not_applicable
    if len(words) == 1:
        told = zip(context.tally.items, hists, strict=True)
        times = sum(sum(hist.n[len(item.scale.valued) :]) for item, hist in told)
        words = (replace(words[0], count=times),)
    return replace(done, blanks=tuple(empty), not_applicable=words)


def _pooled(context: Context, under: tuple[Under, ...]) -> Words | None:
    """Return the points of all answers together where the share of points is a mean of shares."""
    shown = [one.shown.figure for one in under if one.key.startswith("points_share")]
    several = len(context.tally.recipe.satisfaction) > 1
    points = choice.pooled_points(context.tally) if several else None
    if points is None or not points[1]:
        return None
    if any(figure is not None and figure.numerator is None for figure in shown):
        return sentences.pooled(*points)
    return None


def _parts(context: Context, measure: Measure, lead: int | None, earlier: Earlier | None) -> _Parts:
    every = item_figures(context)
    items = tuple(item for item in every if item.purpose == "satisfaction")
    dimensions = dimension_figures(context)
    if earlier is not None:
        items = of_items(context, earlier, items)
        dimensions = of_dimensions(context, earlier, dimensions)
    return _Parts(
        items=ordered(items),
        others=tuple(item for item in every if item.purpose != "satisfaction"),
        dimensions=dimensions,
        breakdowns=breakdowns(context, measure),
        under=tuple(
            Under(one.key, _subject(context, one), context.whole(one))
            for one in choice.under(context.tally, lead)
        ),
    )


def _subject(context: Context, measure: Measure) -> Words:
    """Return the label of a formula with what it was computed from, where there are several items."""
    number = len(context.tally.recipe.satisfaction)
    if number < 2:
        return measure.label
    if measure.place < 0:
        zh, en = f"（其余{number}题）", f" ({number} items)"
        if context.tally.recipe.lead is None:
            zh = f"（{number}题）"
        return Words(measure.label.zh + zh, measure.label.en + en)
    item = context.tally.items[measure.place]
    zh, en = item.zh or item.en, item.en or item.zh
    return Words(f"{zh}：{measure.label.zh}", f"{en}: {measure.label.en}")


def _overall(context: Context, measure: Measure, earlier: Earlier | None) -> Overall:
    primary = context.whole(measure)
    figure = primary.figure
    title = sentences.headline(measure.label, figure) if figure else primary.note or NO_DATA
    against = None
    if earlier is not None:
        against = contrast(context, earlier, measure, _same(earlier, context))
    target = context.facts.target
    return Overall(
        label=measure.label,
        title=title,
        primary=primary,
        target=target,
        target_source=context.facts.target_source,
        target_fits=_fits(figure),
        target_verdict=_target(figure, target) if _fits(figure) else "",
        contrast=against,
        earlier=earlier.facts.title if earlier else "",
    )


def _same(earlier: Earlier, context: Context) -> Measure | None:
    lead = choice.lead_item(earlier.tally, context.options.lead)
    with suppress(Problem):
        return choice.primary(earlier.tally, context.options.formula, lead)
    return None


def _fits(figure: Estimate | None) -> bool:
    """Say whether a target, a share satisfied, may be held against the headline."""
    return figure is not None and figure.formula.startswith("share_top")


def _target(figure: Estimate | None, target: float | None) -> str:
    if figure is None or target is None:
        return ""
    if figure.ci_low is None or figure.ci_high is None:
        return "tie"
    if 100 * figure.ci_high < target:
        return "low"
    return "high" if 100 * figure.ci_low > target else "tie"


def _items_title(items: tuple[Item, ...]) -> Words | None:
    rows = [(item.label, item.share.figure) for item in items]
    found = [(label, figure) for label, figure in rows if figure is not None]
    return sentences.items(found) if found else None


def _dimensions_title(rows: tuple[DimensionFigure, ...]) -> Words | None:
    found = [(row.label, row.index.figure) for row in rows if row.index.figure is not None]
    return sentences.dimensions(found) if found else None


def _used(overall: Overall, parts: _Parts) -> tuple[Estimate, ...]:
    shown = [overall.primary, *(item.share for item in parts.items)]
    shown += [row.index for row in parts.dimensions] + [one.shown for one in parts.under]
    for cut in parts.breakdowns:
        shown += [row.shown for row in cut.rows]
    return tuple(one.figure for one in shown if one.figure is not None)


def _keys(used: tuple[Estimate, ...], parts: _Parts, context: Context) -> list[str]:
    """Return the formulas of the figures, of items' indexes and of published figures."""
    others = [one.figure for one in published.externals(context.facts)]
    indexes = [item.index.figure for item in parts.items if item.index.figure]
    return [figure.formula for figure in (*used, *indexes, *others)]


def _heard(overall: Overall, parts: _Parts) -> tuple[Estimate, ...]:
    """Return the figures over everybody, whose cautions are told; groups have their own notes."""
    return _used(overall, replace(parts, breakdowns=()))


def _cautions(used: Iterable[Estimate]) -> tuple[Caution, ...]:
    found = {caution.code: caution for figure in used for caution in figure.warnings}
    return tuple(found.values())


def _warnings(
    context: Context, used: tuple[Estimate, ...], overall: Overall
) -> tuple[Caution, ...]:
    found = {caution.code: caution for caution in _cautions(used)}
    whole = context.tally.whole
    if whole.people > whole.households:
        found[HOUSEHOLDS_REPEAT.code] = HOUSEHOLDS_REPEAT
    if context.facts.of_those_asked:
        found[ISSUED_AS_POPULATION.code] = ISSUED_AS_POPULATION
    asked = [context.tally.items[place] for place in context.tally.recipe.satisfaction]
    if len({item.scale.signature for item in asked}) > 1:
        found[MIXED_SCALES.code] = MIXED_SCALES
    if overall.contrast and overall.contrast.change:
        found |= {caution.code: caution for caution in overall.contrast.change.warnings}
    return tuple(found.values())


def _target_words(overall: Overall, items: tuple[Item, ...]) -> list[Words]:
    """Say how the headline stands to the target; where it is of another kind, how each item does."""
    if overall.target is None or overall.primary.figure is None:
        return []
    if not overall.target_fits:
        stand = [_target(i.share.figure, overall.target) for i in items if i.share.figure]
        return [
            sentences.other_kind(overall.label, overall.target, overall.target_source),
            *([sentences.target_by_item(stand)] if len(stand) > 1 else []),
        ]
    verdict = overall.target_verdict
    return [sentences.target(overall.label, overall.target, overall.target_source, verdict)]


def _says(found: SurveyFigures) -> tuple[Words, ...]:
    """Return the paragraph that a person signs: the findings, in the order of the report."""
    said = [found.funnel.title, found.overall.title]
    if found.overall.refused:
        said.append(found.overall.refused)
    if found.scope and found.overall.primary.figure:
        said.append(found.scope)
    said += _target_words(found.overall, found.items)
    if found.overall.contrast and found.overall.contrast.change:
        change = found.overall.contrast.change
        said.append(sentences.changed(found.overall.label, found.overall.earlier, change))
    if found.items_title and len(found.items) > 1:
        said.append(found.items_title)
    said += [cut.title for cut in found.breakdowns if len(cut.rows) > 1]
    return tuple(said)
