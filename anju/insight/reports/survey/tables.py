"""The sections with drawings: items as diverging bars, dimensions and groups as dots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from anju.insight.measured.model import (
    Breakdown,
    GroupRow,
    Item,
    Segment,
    Shown,
    SurveyFigures,
)
from anju.insight.measured.words import MODES, VERDICTS, of
from anju.insight.reports.survey import sentences
from anju.insight.reports.survey.definitions import named
from anju.insight.reports.survey.labels import say, text
from anju.paper.drawing import Diverging, DotAxis, whole_bar
from anju.paper.formats import DASH, count, figure, interval, percent, value
from anju.paper.layout import Column, Row, Section
from anju.stats.change import Verdict
from anju.stats.results import Bounds, Unit
from anju.stats.suppress import State

MOST_LEVELS = 5
CHANGED = {Verdict.BETTER: "high", Verdict.WORSE: "low", Verdict.CANNOT_TELL: "tie"}


def silence(found: SurveyFigures, language: str) -> Section | None:
    """Return the bar of all homes, those without an answer among them."""
    title = text(found.silence_title, language)
    if not title:
        return None
    rows = (Row("", marks=whole_bar(found.silence)),) if found.silence else ()
    told = found.silence or found.overall.primary.figure is None
    return Section(
        key="silence",
        kicker=say("silence", language),
        title=title,
        subject="",
        columns=(),
        rows=rows,
        lead="" if told else say("silence_hint", language),
        legend=tuple(_named(piece, language) for piece in found.silence),
        drawing=1.0,
    )


def _named(piece: Segment, language: str) -> tuple[str, str]:
    tone = f"q{piece.tone}" if piece.tone else "silent"
    return tone, f"{text(piece.label, language)} {piece.count:,}"


def items(found: SurveyFigures, language: str) -> list[Section]:
    """Return one table of diverging bars for each scale in use, the commonest first."""
    by_scale: dict[str, list[Item]] = {}
    for item in found.items:
        by_scale.setdefault(item.scale, []).append(item)
    tables = sorted(by_scale.values(), key=lambda rows: -len(rows))
    single = len(tables) == 1
    return [
        _likert(rows, found, language, first=at == 0, single=single)
        for at, rows in enumerate(tables)
    ]


def _keys(rows: Iterable[Shown]) -> list[str]:
    return [shown.figure.formula for shown in rows if shown.figure is not None]


def spreads(found: SurveyFigures, language: str) -> list[Section]:
    """Return the share of every answer by item, one table a scale; long scales are left to data."""
    by_scale: dict[str, list[Item]] = {}
    for item in found.items:
        if item.levels and sum(level.share is not None for level in item.levels) <= MOST_LEVELS:
            by_scale.setdefault(item.scale, []).append(item)
    return [_spread(rows, found, language) for rows in by_scale.values()]


def _spread(rows: Sequence[Item], found: SurveyFigures, language: str) -> Section:
    levels = [level for level in reversed(rows[0].levels) if level.share is not None]
    names = [Column(text(level.words, language)) for level in levels]
    return Section(
        key=f"spread-{rows[0].code}",
        title=say("spread", language),
        subject=say("item", language),
        columns=(*names, *(Column(say(key, language)) for key in ("index", "n"))),
        rows=tuple(_spread_row(item, language) for item in rows),
        notes=named(_keys(item.index for item in rows), found, language),
        lead=say("spread_note", language),
    )


def _spread_row(item: Item, language: str) -> Row:
    shares = [level.share for level in reversed(item.levels) if level.share is not None]
    found = item.index.figure
    cells = [percent(share) for share in shares]
    cells += [figure(found), count(found.n)] if found else [DASH, DASH]
    return Row(text(item.label, language), tuple(cells))


def _likert(
    rows: Sequence[Item], found: SurveyFigures, language: str, *, first: bool, single: bool
) -> Section:
    title = text(found.items_title, language) if first else ""
    bars = [item.bar for item in rows if item.bar]
    axis = Diverging.of(bars)
    words = sentences.items([(i.label, i.share.figure) for i in rows if i.share.figure])
    top = f"{say('top_is', language)}{text(rows[0].top_words, language)}"
    if not rows[0].balanced:
        top += (
            f"（{say('lopsided', language)}）"
            if language == "zh"
            else f" ({say('lopsided', language)})"
        )
    columns = [Column(say(key, language)) for key in ("satisfied", "ci", "n", "na")]
    return Section(
        key="items" if single else f"items-{rows[0].code}",
        title=title or text(words, language),
        subject=say("item", language),
        columns=tuple(columns),
        rows=tuple(_item_row(item, axis, language) for item in rows),
        lead=f"{say('likert_note', language)} {top}{'。' if language == 'zh' else '.'}",
        legend=_legend(bars, language),
        notes=named(_keys(item.share for item in rows), found, language),
        ticks=axis.ticks(say("neutral", language)) if bars else (),
        drawing=0.42,
    )


def _item_row(item: Item, axis: Diverging, language: str) -> Row:
    return Row(
        label=text(item.label, language),
        sub=sub_words(text(item.dimension_label, language), item.share, language),
        marks=axis.marks(item.bar) if item.bar else (),
        said="" if item.bar else text(item.share.note, language),
        cells=(*share_cells(item.share), count(item.not_applicable)),
    )


def sub_words(more: str, shown: Shown, language: str) -> str:
    """Return what stands small behind a name: the dimension, few answers."""
    few = say("few", language) if shown.few else ""
    return ("，" if language == "zh" else ", ").join(part for part in (more, few) if part)


def share_cells(shown: Shown) -> list[str]:
    """Return estimate, interval and n as far as they may be told."""
    if shown.figure is None:
        band = range_text(shown.band) if shown.band else DASH
        return [band, DASH, count(shown.n)]
    return [figure(shown.figure), interval(shown.figure), count(shown.figure.n)]


def range_text(band: Bounds) -> str:
    """Return the range that stands instead of a figure."""
    if band.high <= 1:
        return f"{100 * band.low:.0f}–{percent(band.high, 0)}"
    return f"{band.low:.0f}–{band.high:.0f}"


def _legend(bars: Sequence[Sequence[Segment]], language: str) -> tuple[tuple[str, str], ...]:
    pieces = sorted((p for bar in bars for p in bar), key=lambda p: ((p.tone == 3), p.tone))
    named = {f"q{tone}": text(next(run).label, language) for tone, run in groupby(pieces, _tone)}
    return tuple(named.items())


def _tone(piece: Segment) -> int:
    return piece.tone


def dimensions(found: SurveyFigures, language: str) -> Section | None:
    """Return the dimensions as dots with intervals."""
    if not found.dimensions:
        return None
    figures = [row.index.figure for row in found.dimensions if row.index.figure]
    bands = _band_ends(row.index for row in found.dimensions)
    axis = DotAxis.of(figures, Unit.INDEX, *bands)
    rows = [
        Row(
            label=text(row.label, language),
            sub=sub_words("", row.index, language),
            marks=axis.marks(row.index.figure, row.index.band),
            said=text(row.index.note, language) if not row.index.figure else "",
            cells=tuple(share_cells(row.index)),
        )
        for row in found.dimensions
    ]
    return Section(
        key="dimensions",
        title=text(found.dimensions_title, language) or say("dimension", language),
        subject=say("dimension", language),
        columns=tuple(Column(say(key, language)) for key in ("index", "ci", "n")),
        rows=tuple(rows),
        lead=say("dimension_note", language),
        notes=(
            *((say("bound_note", language),) if any(one.bounds for one in figures) else ()),
            *named(_keys(row.index for row in found.dimensions), found, language),
        ),
        ticks=axis.ticks() if figures or bands else (),
        grid=axis.grid() if figures or bands else (),
        drawing=0.4,
    )


def _band_ends(shown: Iterable[Shown]) -> list[float]:
    """Return where the ranges begin and end, so that the axis holds them too."""
    bands = [one.band for one in shown if one.band]
    return [end for band in bands for end in (band.low, band.high)]


def groups(cut: Breakdown, found: SurveyFigures, language: str) -> Section:
    """Return one kind of group as dots with intervals, verdicts in words."""
    unit = Unit(cut.unit)
    figures = [row.shown.figure for row in cut.rows if row.shown.figure]
    bands = _band_ends(row.shown for row in cut.rows)
    more = [*bands, *([cut.reference] if cut.reference is not None else [])]
    axis = DotAxis.of(figures, unit, *more)
    notes = _legend_of_dots(cut, found, language)
    if figures and cut.reference is not None:
        whole = f"{say('all', language)} {value(cut.reference, unit)}"
        notes.insert(
            0,
            f"{say('reference', language)}{'：' if language == 'zh' else ': '}{whole}{'。' if language == 'zh' else '.'}",
        )
    notes += [text(note, language) for note in cut.notes]
    open_ = any(row.shown.state in (State.SHOWN, State.BAND) for row in cut.rows)
    return Section(
        key=f"by-{cut.kind}",
        title=text(cut.title, language),
        subject=text(cut.label, language),
        columns=(
            Column(text(found.overall.label, language).split("（")[0].split(" (")[0]),
            Column(say("ci", language)),
            Column(say("n_of", language)),
            Column(say("verdict", language), number=False),
        ),
        rows=tuple(_group_row(row, axis, cut, language) for row in cut.rows) if open_ else (),
        ticks=axis.ticks() if figures or bands else (),
        grid=axis.grid() if figures or bands else (),
        notes=(*notes, *named([cut.formula], found, language)),
        drawing=0.36,
    )


def _kinds(cut: Breakdown) -> list[str]:
    """Return what a breakdown draws, by the words that explain it."""
    figures = [row.shown.figure for row in cut.rows if row.shown.figure]
    drawn = {
        "dots_note": bool(figures),
        "bound_note": any(figure.bounds for figure in figures),
        "range_note": any(row.shown.band for row in cut.rows if not row.shown.figure),
        "verdict_note": any(row.verdict for row in cut.rows),
    }
    return [key for key, there in drawn.items() if there]


def _legend_of_dots(cut: Breakdown, found: SurveyFigures, language: str) -> list[str]:
    """Return what the marks mean: of each kind drawn here for the first time, and of no other."""
    before = found.breakdowns[: found.breakdowns.index(cut)]
    known = {key for earlier in before for key in _kinds(earlier)}
    joint = "" if language == "zh" else " "
    said = joint.join(say(key, language) for key in _kinds(cut) if key not in known)
    return [said] if said else []


def _group_row(row: GroupRow, axis: DotAxis, cut: Breakdown, language: str) -> Row:
    of = row.population if row.population is not None else row.issued
    n = count(row.shown.n)
    cells = share_cells(row.shown)[:2]
    cells.append(n if of is None else f"{n} / {of:,}")
    cells.append(text(VERDICTS[row.verdict], language) if row.verdict else DASH)
    return Row(
        label=group_label(cut.kind, row.label, language),
        sub=sub_words("", row.shown, language),
        marks=axis.marks(
            row.shown.figure, row.shown.band, verdict=row.verdict, reference=cut.reference
        ),
        said=text(row.shown.note, language) if not (row.shown.figure or row.shown.band) else "",
        cells=tuple(cells),
        sign=row.verdict,
    )


def group_label(kind: str, label: str, language: str) -> str:
    """Return a group's name; modes are codes of ours, all else are people's own names."""
    return text(of(MODES, label), language) if kind == "mode" else label
