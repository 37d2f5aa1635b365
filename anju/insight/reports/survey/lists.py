"""The sections that are tables of words and numbers: other formulas, gaps, change, accounting."""

from __future__ import annotations

from anju.fieldwork.rules.response import FieldLine
from anju.insight.measured.model import (
    Contrast,
    External,
    GapRow,
    Gaps,
    Item,
    Shown,
    SurveyFigures,
)
from anju.insight.reports.survey import sentences
from anju.insight.reports.survey.definitions import name_of, named
from anju.insight.reports.survey.labels import say, text
from anju.insight.reports.survey.tables import CHANGED, share_cells
from anju.paper.drawing import DotAxis
from anju.paper.formats import (
    DASH,
    bounds,
    count,
    figure,
    interval,
    percent,
    plain,
    ratio,
)
from anju.paper.layout import Column, Mark, Row, Section
from anju.stats.change import VERDICT_WORDS
from anju.stats.ipa import QUADRANT_WORDS
from anju.stats.results import Unit, Words


def _columns(language: str, *keys: str, words: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return tuple(Column(say(key, language), number=key not in words) for key in keys)


def under(found: SurveyFigures, language: str) -> Section | None:
    """Return the same answers under every formula that fits them, each with its key."""
    if len(found.under) < 2:
        return None
    rows = []
    for one in found.under:
        shown = one.shown
        made = ratio(shown.figure) if shown.figure else ""
        limits = bounds(shown.figure) if shown.figure else DASH
        cells = share_cells(shown)
        rows.append(
            Row(
                label=text(one.label, language),
                cells=(cells[0], cells[1], limits, made or DASH, cells[2]),
            )
        )
    return Section(
        key="under",
        title=say("under", language),
        subject=say("formula", language),
        columns=_columns(language, "result", "ci", "bounds", "made_of", "n"),
        rows=tuple(rows),
        notes=(
            say("under_note", language),
            *((text(found.pooled, language),) if found.pooled else ()),
            *named([one.key for one in found.under], found, language),
        ),
    )


def gaps(found: SurveyFigures, language: str) -> Section | None:
    """Return expectation and perception by dimension, as dumbbells with the gap's interval."""
    given = found.gaps
    if given is None:
        return None
    return Section(
        key="gaps",
        title=text(given.title, language),
        subject=say("dimension", language),
        columns=_columns(language, "expected", "perceived", "gap", "ci", "beyond", "n"),
        rows=(*(_gap_row(row, language) for row in given.rows), _gap_all(given, language)),
        lead=say("gaps_note", language),
        notes=(text(given.tie, language),),
        chart="gaps",
    )


def _gap_row(row: GapRow, language: str) -> Row:
    found = row.gap.figure
    if found is None or row.expected is None or row.perceived is None:
        return Row(text(row.label, language), (DASH,) * 6, said=text(row.gap.note, language))
    happy = figure(row.satisfied) if row.satisfied else DASH
    return Row(
        text(row.label, language),
        (
            f"{row.expected:.2f}",
            f"{row.perceived:.2f}",
            plain(found.estimate, Unit.GAP),
            interval(found, language),
            happy,
            count(found.n),
        ),
        sign=_side(found.ci_low, found.ci_high),
    )


def _gap_all(given: Gaps, language: str) -> Row:
    found = given.overall.figure
    if found is None:
        return Row(say("all", language), (DASH,) * 6, said=text(given.overall.note, language))
    cells = (
        DASH,
        DASH,
        plain(found.estimate, Unit.GAP),
        interval(found, language),
        DASH,
        count(found.n),
    )
    return Row(say("all", language), cells, sign=_side(found.ci_low, found.ci_high))


def _side(low: float | None, high: float | None) -> str:
    if low is None or high is None or low <= 0 <= high:
        return "tie"
    return "high" if low > 0 else "low"


def plane(found: SurveyFigures, language: str) -> Section | None:
    """Return importance against performance as a list beside the chart."""
    if found.plane is None:
        return None
    rows = tuple(
        Row(
            text(point.label, language),
            (
                figure(point.importance),
                interval(point.importance),
                figure(point.performance),
                interval(point.performance),
                text(QUADRANT_WORDS[point.quadrant], language),
            ),
        )
        for point in found.plane.points
    )
    keys = ("importance", "ci", "performance", "ci", "quadrant")
    return Section(
        key="plane",
        title=text(found.plane.title, language),
        subject=say("item", language),
        columns=_columns(language, *keys, words=("quadrant",)),
        rows=rows,
        notes=(say("plane_note", language),),
        chart="plane",
    )


def change(found: SurveyFigures, language: str) -> Section | None:
    """Return every item's change against the earlier wave with its interval and verdict."""
    rows = [
        row
        for dimension in found.dimensions
        for row in _change_rows(dimension.label, dimension.index, dimension.contrast, language)
    ]
    rows += [
        row
        for item in found.items
        for row in _change_rows(item.label, item.share, item.contrast, language)
    ]
    if not rows:
        return None
    overall = found.overall.contrast
    title = say("change", language)
    if overall and overall.change:
        title = text(
            sentences.changed(found.overall.label, found.overall.earlier, overall.change), language
        )
    return Section(
        key="change",
        title=title,
        subject=say("what", language),
        columns=_columns(
            language, "before", "now", "moved", "ci", "judgement", words=("judgement",)
        ),
        rows=tuple(rows),
        notes=(say("change_note", language),),
    )


def _change_rows(words: Words, shown: Shown, contrast: Contrast | None, language: str) -> list[Row]:
    if contrast is None:
        return []
    label, change = text(words, language), contrast.change
    now = figure(shown.figure) if shown.figure else DASH
    before = figure(contrast.before) if contrast.before else DASH
    if change is None:
        return [Row(label, (before, now, DASH, DASH, text(contrast.note, language)))]
    return [
        Row(
            label,
            (
                before,
                now,
                sentences.moved(change),
                sentences.change_span(change, language),
                text(VERDICT_WORDS[change.verdict], language),
            ),
            sign=CHANGED[change.verdict],
        )
    ]


def external(found: SurveyFigures, language: str) -> Section | None:
    """Return published totals: the figure, what it was made of, bounds, and no interval."""
    if not found.external:
        return None
    units = [one.figure.unit for one in found.external]
    axis = DotAxis.of([one.figure for one in found.external], units[0])
    return Section(
        key="external",
        title=say("external", language),
        subject=say("part", language),
        columns=_columns(language, "result", "ci", "bounds", "made_of", "n"),
        rows=tuple(_external_row(one, axis, language) for one in found.external),
        ticks=axis.ticks(),
        grid=axis.grid(),
        notes=(
            *dict.fromkeys(text(one.note, language) for one in found.external),
            *named([one.figure.formula for one in found.external], found, language),
        ),
        drawing=0.26,
    )


def _external_row(one: External, axis: DotAxis, language: str) -> Row:
    found = one.figure
    marks: list[Mark] = []
    if found.bounds is not None:
        low, high = axis.x(found.bounds.low), axis.x(found.bounds.high)
        marks.append(Mark("bound", low, high - low, "tie"))
    if found.ci_low is not None and found.ci_high is not None:
        low, high = axis.x(found.ci_low), axis.x(found.ci_high)
        marks.append(Mark("ci", low, high - low, "ink"))
    tone = "ink" if found.has_interval else "tie"
    marks.append(Mark("dot", axis.x(found.estimate), tone=tone))
    cells = (figure(found), interval(found), bounds(found), ratio(found) or DASH, count(found.n))
    return Row(one.label, cells, sub=text(name_of(found.formula), language), marks=tuple(marks))


def parts(found: SurveyFigures, language: str) -> Section | None:
    """Return published scores of parts, lowest first; the overall only where bases are known."""
    if not found.parts:
        return None
    rows = [
        Row(one.label, (figure(one.figure), count(one.figure.n or None))) for one in found.parts
    ]
    overall = found.overall
    shown = overall.primary.figure
    result = figure(shown) if shown else say("no_data", language)
    rows.append(Row(text(overall.label, language), (result, count(shown.n if shown else None))))
    return Section(
        key="parts",
        title=say("parts", language),
        subject=say("part", language),
        columns=_columns(language, "score", "n"),
        rows=tuple(rows),
        notes=(text(overall.refused, language),) if overall.refused else (),
    )


def funnel(found: SurveyFigures, language: str) -> Section:
    """Return the response accounting as bars from the same left edge."""
    counts = [step.count for step in found.funnel.steps if step.count is not None]
    most = max(counts, default=0) or 1
    return Section(
        key="funnel",
        kicker=say("funnel", language),
        title=text(found.funnel.title, language),
        subject=say("step", language),
        columns=_columns(language, "count", "share"),
        rows=tuple(
            Row(
                text(step.label, language),
                (
                    count(step.count) if step.count is not None else say("unknown", language),
                    percent(step.share) if step.share is not None else DASH,
                ),
                marks=() if step.count is None else (Mark("seg", 0.0, step.count / most, "q4"),),
                said=say("unknown", language) if step.count is None else "",
            )
            for step in found.funnel.steps
        ),
        notes=_forms_and_homes(found, language),
        drawing=0.5,
    )


def by_building(found: SurveyFigures, language: str) -> Section | None:
    """Return what each building was given and gave back; what nobody counted says so."""
    if not found.by_building:
        return None
    banded = any(line.band for line in found.by_building)
    return Section(
        key="field",
        title=say("field", language),
        subject=say("building", language),
        columns=_columns(language, "issued", "returned", "rate"),
        rows=tuple(_field_row(line, language) for line in found.by_building),
        notes=(say("field_note", language),) if banded else (),
    )


def _field_row(line: FieldLine, language: str) -> Row:
    known = {"issued": line.issued, "returned": line.returned}
    cells = [count(n) if n is not None else say("not_counted", language) for n in known.values()]
    if line.band is not None:
        cells[1] = f"{line.band[0]}–{line.band[1]}"
    return Row(line.label, (*cells, percent(line.rate) if line.rate is not None else DASH))


def _forms_and_homes(found: SurveyFigures, language: str) -> tuple[str, ...]:
    """Say where several forms came from one home, since both counts go round."""
    forms, homes = found.funnel.answered, found.funnel.households
    if forms <= homes or not homes:
        return ()
    if language == "zh":
        return (f"{forms:,}份回答来自{homes:,}户：有的户交来不止一份。",)
    return (f"{forms:,} forms from {homes:,} homes: some gave more than one.",)


def process(found: SurveyFigures, language: str) -> Section:
    """Return the figures about the survey itself that stand beside the index."""
    rows = [
        Row(text(row.label, language), (text(row.value, language),))
        for row in found.process
        if row.known
    ]
    unknown = [text(row.label, language) for row in found.process if not row.known]
    if unknown:
        joint = "、" if language == "zh" else ", "
        rows.append(Row(say("not_recorded", language), (joint.join(unknown),)))
    return Section(
        key="process",
        title=say("process", language),
        subject="",
        columns=(Column("", number=False),),
        rows=tuple(rows),
    )


def others(found: SurveyFigures, language: str) -> Section | None:
    """Return items that enter no index: how many chose what, and nothing called satisfied."""
    if not found.others:
        return None
    rows = [row for item in found.others for row in _answers(item, language)]
    return Section(
        key="others",
        title=say("others", language),
        subject=say("item", language),
        columns=(
            Column(say("answers", language), number=False),
            *_columns(language, "share", "n"),
        ),
        rows=tuple(rows),
    )


def _answers(item: Item, language: str) -> list[Row]:
    label = text(item.label, language)
    if not item.levels:
        return [Row(label, (text(item.share.note, language), DASH, DASH))]
    return [
        Row(
            label if at == 0 else "",
            (
                text(level.words, language),
                percent(level.share) if level.share is not None else DASH,
                count(level.n),
            ),
        )
        for at, level in enumerate(reversed(item.levels))
    ]
