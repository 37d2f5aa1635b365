"""Lists of which several answers may be ticked: their figures, and the table of each."""

from __future__ import annotations

from dataclasses import replace

from anju.answers.rules.answers import TickOption
from anju.insight.measured.hiding import About, decide
from anju.insight.measured.items import Context
from anju.insight.measured.measure import shown
from anju.insight.measured.model import Shown, SurveyFigures, Tick, TickList
from anju.insight.measured.words import state_note
from anju.insight.reports.survey.definitions import named
from anju.insight.reports.survey.labels import LABELS, say, text
from anju.insight.reports.survey.tables import share_cells, sub_words
from anju.paper.drawing import DotAxis
from anju.paper.formats import DASH, count, percent
from anju.paper.layout import Column, Row, Section
from anju.stats.formulas import FORMULAS
from anju.stats.proportion import proportion_ci, weighted_proportion_ci
from anju.stats.results import Estimate, Unit, Words
from anju.stats.suppress import State
from anju.tally.tables import WHOLE
from anju.tally.ticks import Ticked

_KEY = FORMULAS["share_ticked"].key
_KEPT = (State.SMALL, State.COMPLEMENT)


def tick_lists(context: Context) -> tuple[TickList, ...]:
    """Return every list to tick, over everybody, as far as it may be shown."""
    if context.tally.lists is None:
        return tuple(
            TickList(code, label, State.EMPTY, note=LABELS["ticks_not_then"])
            for code, label in context.facts.lists
        )
    return tuple(_list(context, one) for one in context.tally.lists)


def tick_shares(context: Context) -> tuple[str, ...]:
    """Return the formula where any share of a list is shown."""
    return (_KEY,) if any(one.ticks for one in tick_lists(context)) else ()


def _list(context: Context, one: Ticked) -> TickList:
    k = context.options.k
    alone = replace(context.tally, groups=context.tally.groups[:1], nests=())
    same = "alike" if one.alike else None
    hidden = context.hidden & {WHOLE}  # a list is told of everybody alone, never of a group
    wall = decide(alone, k, lambda _group: About(one.households, same), hidden)
    state = wall.state(context.tally.whole)
    found = TickList(one.code, Words(one.zh or one.en, one.en or one.zh), state)
    if state in _KEPT:
        return replace(found, note=state_note(state, k))
    found = replace(found, answered=one.answered, nothing=one.nothing)
    if state is not State.SHOWN:
        return replace(found, note=state_note(state, k))
    rows = zip(range(len(one.n)), one.options, strict=True)
    return replace(found, ticks=tuple(_tick(context, one, at, option) for at, option in rows))


def _tick(context: Context, one: Ticked, at: int, option: TickOption) -> Tick:
    """Return one option; what everybody ticked is told as a range only."""
    state = State.BAND if one.n[at] == one.answered else State.SHOWN
    share = shown(_share(context, one, at), state, context.options.k)
    label = Words(option.zh or option.en, option.en or option.zh)
    return Tick(option.code, label, one.n[at] if state is State.SHOWN else None, share)


def _share(context: Context, one: Ticked, at: int) -> Estimate:
    base, n, level = context.whole_base, one.answered, context.options.level
    people = base if base is not None and base >= n else None
    if one.weights is None or one.weight is None or one.squares is None:
        found = proportion_ci(one.n[at], n, people, level=level)
    else:
        found = weighted_proportion_ci(one.weights[at], one.weight, one.squares, n, people, level)
    return replace(found, formula=_KEY)


def sections(found: SurveyFigures, language: str) -> list[Section]:
    """Return one table a list, options as printed."""
    return [_section(one, found, language) for one in found.lists]


def _section(one: TickList, found: SurveyFigures, language: str) -> Section:
    key, title = f"ticks-{one.code}", text(one.label, language)
    if not one.ticks:
        row = Row(text(one.note, language), (_nothing(one, language),) if one.nothing else ())
        return Section(key=key, title=title, subject="", columns=(), rows=(row,))
    figures = [tick.share.figure for tick in one.ticks if tick.share.figure]
    bands = [tick.share.band for tick in one.ticks if tick.share.band]
    ends = [end for band in bands for end in (band.low, band.high)]
    axis = DotAxis.of(figures, Unit.SHARE, *ends)
    keys = ("ticked", "share", "ci", "n")
    return Section(
        key=key,
        title=title,
        subject=say("answers", language),
        columns=tuple(Column(say(name, language)) for name in keys),
        rows=tuple(_row(tick, axis, language) for tick in one.ticks),
        lead=say("ticks_note", language),
        notes=(
            _response(one, language),
            _marks(figures, language, banded=bool(bands)),
            *named([figure.formula for figure in figures], found, language),
        ),
        ticks=axis.ticks(),
        grid=axis.grid(),
        drawing=0.36,
    )


def _marks(figures: list[Estimate], language: str, *, banded: bool) -> str:
    """Return what the marks mean, of those drawn alone."""
    drawn = {
        "dots_note": bool(figures),
        "ticks_bound": any(figure.bounds for figure in figures),
        "range_note": banded,
    }
    joint = "" if language == "zh" else " "
    return joint.join(say(key, language) for key, there in drawn.items() if there)


def _row(tick: Tick, axis: DotAxis, language: str) -> Row:
    share: Shown = tick.share
    return Row(
        label=text(tick.label, language),
        sub=sub_words("", share, language),
        marks=axis.marks(share.figure, share.band),
        cells=(count(tick.n) if tick.n is not None else DASH, *share_cells(share)),
    )


def _nothing(one: TickList, language: str) -> str:
    joint = "：" if language == "zh" else ": "
    return f"{say('ticks_nothing', language)}{joint}{count(one.nothing)}"


def _response(one: TickList, language: str) -> str:
    """Say how many of those who answered the survey ticked something, and how many nothing."""
    answered, nothing = one.answered or 0, one.nothing or 0
    rate = percent(answered / (answered + nothing))
    whole = answered + nothing
    if language == "zh":
        return f"{whole:,}份回答中，{answered:,}份至少勾选一项（{rate}），{nothing:,}份一项也没有勾选。"
    return f"{answered:,} of {whole:,} answers ticked at least one ({rate}); {nothing:,} ticked nothing."
