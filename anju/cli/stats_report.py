"""The figures of `anju stats` as a report: a page, a PDF or a workbook in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from itertools import groupby
from pathlib import Path

from anju import __version__
from anju.cli.stats_asked import Asked
from anju.cli.stats_done import Line
from anju.cli.stats_words import say
from anju.insight.reports.survey.labels import LABELS
from anju.insight.reports.survey.render import files
from anju.paper.book import Data, Names, workbook
from anju.paper.drawing import PlainAxis
from anju.paper.formats import DASH
from anju.paper.layout import Column, Document, Key, Mark, Row, Section
from anju.paper.page import page
from anju.paper.press import report

SUFFIXES = (".pdf", ".html", ".xlsx")
KEYS, SAYS = 3, 6
LEVELS = ("mean", "index")


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of itself: the file, when, in which language."""

    name: str
    at: datetime
    language: str


def check(path: Path) -> None:
    """Refuse a report whose form is not known or whose folder is not there; raises E-OUT."""
    files.check(path, SUFFIXES, "report")


def write(found: Sequence[Line], wanted: Asked, told: Told, path: Path) -> None:
    """Write the report in the form that the suffix names."""
    doc = document(found, wanted, told)
    kind = path.suffix.lower()
    if kind == ".pdf":
        made = report(doc, {}, told.at)
    elif kind == ".html":
        made = page(doc, {})
    else:
        made = _book(doc, found, told.language)
    path.write_bytes(made)


def _book(doc: Document, found: Sequence[Line], language: str) -> bytes:
    head = [field.name for field in fields(Line)]
    rows = [
        [*list(asdict(line).values())[:-1], " ".join(one.code for one in line.cautions)]
        for line in found
    ]
    names = Names(*(say(key, language) for key in ("tidy", "printed", "how")))
    return workbook(doc, Data(head, rows, (10, 24, 18, *(11,) * 6, 30)), names)


def document(found: Sequence[Line], wanted: Asked, told: Told) -> Document:
    """Return the report: what to say, a section of each figure, how it was computed."""
    zh = told.language == "zh"
    return Document(
        language=told.language,
        kind=say("kind", told.language),
        title=told.name,
        subtitle="",
        company="",
        number="",
        as_of=f"{told.at:%Y-%m-%d %H:%M %Z}".strip(),
        keys=tuple(_keys(found, wanted, told.language)),
        says=tuple(_says(found, wanted, told.language))[:SAYS],
        sections=(*_sections(found, wanted, told.language), _how(found, wanted, told.language)),
        signatures=(),
        words={key: words.zh if zh else words.en for key, words in LABELS.items()},
    )


def _number(value: float | None) -> str:
    return DASH if value is None else f"{value:,.4g}" if abs(value) < 1 else f"{value:,.2f}"


def _limits(line: Line) -> tuple[float, float] | None:
    return None if line.low is None or line.high is None else (line.low, line.high)


def _range(line: Line) -> str:
    limits = _limits(line)
    return DASH if limits is None else f"{_number(limits[0])} – {_number(limits[1])}"


def _percent(wanted: Asked) -> str:
    return f"{100 * wanted.level:g}"


def _keys(found: Sequence[Line], wanted: Asked, language: str) -> Iterator[Key]:
    """Yield the first figures, each with its interval and base."""
    for line in [one for one in found if one.what != "driver" and not one.group][:KEYS]:
        label = "R²" if line.what == "r2" else line.item
        limits = f"{say('interval', language, _percent(wanted))} {_range(line)}, "
        yield Key(label, _number(line.value), f"{limits if _limits(line) else ''}n = {line.n:,}")


def _says(found: Sequence[Line], wanted: Asked, language: str) -> Iterator[str]:
    level = _percent(wanted)
    for item, rows in groupby((one for one in found if one.what in LEVELS), key=_item):
        lines = [one for one in rows if one.estimate is not None]
        if len(lines) > 1:
            ends = (min(one.value for one in lines), max(one.value for one in lines))
            key = "spread" if any(map(_limits, lines)) else "spread_bare"
            yield say(key, language, item, len(lines), *map(_number, ends))
        elif _limits(lines[0]) is None:
            yield say("bare", language, item, _number(lines[0].value), f"{lines[0].n:,}")
        else:
            middle = _number(lines[0].value)
            yield say("said", language, item, middle, level, _range(lines[0]), f"{lines[0].n:,}")
    for line in (one for one in found if one.what == "change"):
        yield _moved(line, level, language)
    yield from _explained(found, language)


def _item(line: Line) -> str:
    return line.item


def _moved(line: Line, level: str, language: str) -> str:
    low, high = _limits(line) or (0.0, 0.0)
    key = "rose" if low > 0 else "fell" if high < 0 else "untold"
    size = line.value if key == "untold" else abs(line.value)
    ends = _range(line) if key != "fell" else f"{_number(-high)} – {_number(-low)}"
    return say(key, language, line.item, _number(size), level, ends)


def _explained(found: Sequence[Line], language: str) -> Iterator[str]:
    whole = next((one for one in found if one.what == "r2"), None)
    parts = [one for one in found if one.what == "driver"]
    if whole is None or not parts or whole.value <= 0:
        return
    most = max(parts, key=lambda one: one.value)
    shares = f"{100 * whole.value:.0f}", f"{100 * most.value / whole.value:.0f}"
    yield say("explained", language, whole.item, shares[0], most.item, shares[1])


def _sections(found: Sequence[Line], wanted: Asked, language: str) -> Iterator[Section]:
    levels = [one for one in found if one.what in LEVELS]
    if levels and not wanted.by:
        name = "indices" if levels[0].what == "index" else "means"
        yield _dots(levels, wanted, language, title=say(name, language), key="levels")
    elif levels:
        for at, (item, rows) in enumerate(groupby(levels, key=_item)):
            title = say(levels[0].what, language, item)
            yield _dots(list(rows), wanted, language, title=title, key=f"item-{at}")
    changes = [one for one in found if one.what == "change"]
    if changes:
        title = say("changes", language)
        yield _dots(changes, wanted, language, title=title, key="changes", reference=0.0)
    drivers = [one for one in found if one.what == "driver"]
    if drivers:
        yield _bars(drivers, language)


def _dots(
    lines: Sequence[Line],
    wanted: Asked,
    language: str,
    *,
    title: str,
    key: str,
    reference: float | None = None,
) -> Section:
    """Return figures with their intervals as dots on one axis."""
    seen = [line for line in lines if line.estimate is not None]
    values = [end for line in seen for end in (line.value, *(_limits(line) or ()))]
    axis = PlainAxis.of([*values, *(() if reference is None else (reference,))])
    grouped = bool(lines[0].group)
    heads = [say("estimate", language), say("interval", language, _percent(wanted))]
    heads += [say(one, language) for one in ("se", "n", "df")]
    rows = (
        Row(
            line.group if grouped else line.item,
            (
                _number(line.estimate), _range(line), _number(line.se), f"{line.n:,}",
                DASH if line.df is None else f"{line.df:g}",
            ),
            marks=() if line.estimate is None else axis.marks(line.value, _limits(line), reference),
        )
        for line in lines
    )  # fmt: skip
    return Section(
        key=key,
        title=title,
        subject=wanted.by if grouped else say("item", language),
        columns=tuple(Column(one) for one in heads),
        rows=tuple(rows),
        ticks=axis.ticks(),
        grid=axis.grid(),
        drawing=0.3,
    )


def _bars(drivers: Sequence[Line], language: str) -> Section:
    whole = sum(one.value for one in drivers)
    most = max((one.value for one in drivers), default=0.0) or 1.0
    rows = (
        Row(
            one.item,
            (_number(one.value), f"{100 * one.value / whole:.1f}%" if whole else DASH),
            marks=(Mark("seg", 0.0, max(one.value, 0.0) / most, "q4"),),
        )
        for one in sorted(drivers, key=lambda one: -one.value)
    )
    return Section(
        key="drivers",
        title=say("drivers", language, drivers[0].group),
        subject=say("factor", language),
        columns=(Column("R²"), Column(say("share", language))),
        rows=tuple(rows),
        notes=(say("lmg", language),),
        drawing=0.4,
    )


def _how(found: Sequence[Line], wanted: Asked, language: str) -> Section:
    """Return how the figures were made, as pairs, and what to take care of."""
    rows = [Row(say("design", language), (_drawn(wanted, language),))]
    if wanted.rakes:
        columns = [one.column for one in wanted.rakes]
        one = say("rake_one", language, wanted.rakes[0].column)
        more = say("rake_more", language, ("、" if language == "zh" else ", ").join(columns))
        rows.append(Row(say("rake", language), (one if len(columns) == 1 else more,)))
    rows += [Row(say("errors", language), (say(key, language),)) for key in _errors(found)]
    rows.append(Row(say("engine", language), (wanted.engine,)))
    rows.append(Row(say("rate", language), (say("rate_unknown", language),)))
    rows.append(Row(say("version", language), (f"anju.stats {__version__}",)))
    warned: Mapping[object, None] = dict.fromkeys(one for line in found for one in line.cautions)
    for caution in warned:
        words = getattr(caution, language)
        rows.append(Row(say("cautions", language), (words,)))
    return Section(
        key="how", title=say("how", language), subject="", columns=(Column("", number=False),),
        rows=tuple(rows), aside=True,
    )  # fmt: skip


def _errors(found: Sequence[Line]) -> list[str]:
    whats = {line.what for line in found}
    pairs = (("taylor", set(LEVELS)), ("paired", {"change"}))
    return [key for key, told in pairs if whats & told]


def _drawn(wanted: Asked, language: str) -> str:
    named = asdict(wanted.drawn)
    said = [say(key, language, column) for key, column in named.items() if column]
    joint = "，" if language == "zh" else ", "
    return joint.join(said) or say("alone", language)
