"""The results page as one frozen thing: the laid-out report, drawn for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from typing_extensions import override

from anju.insight.measured.model import SurveyFigures
from anju.insight.queries import WaveFigures
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.how import anchor
from anju.paper.layout import Document, Key, Row, Section
from anju.web.parts.days import whole_days
from anju.web.parts.draw import axis, breakable, drawing, is_bars
from anju.web.parts.pieces import Mood, Sign

ASIDE = ("process", "cells", "method", "formulas")
MOODS = {"low": Mood.LOW, "tie": Mood.TIE, "high": Mood.HIGH}


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its drawing."""

    row: Row
    sub: SafeString
    drawing: SafeString
    cells: tuple[tuple[str, str, bool, Sign | None], ...]
    finding: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that the browser draws; the table below it is the whole of it."""

    id: str
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Card:
    """One section of the page."""

    section: Section
    anchor: str
    kind: str
    head: SafeString
    lines: tuple[Line, ...]
    picture: Picture | None

    @property
    def alone(self) -> bool:
        """Say whether the section is one bar rather than a table."""
        return not self.section.columns and any(line.drawing for line in self.lines)

    @property
    def listed(self) -> bool:
        """Say whether the section is a list of sentences."""
        return not self.section.columns and not self.alone


@dataclass(frozen=True, slots=True)
class Few:
    """A survey that fewer homes answered than results are shown of."""

    homes: int
    least: int


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything the results page shows."""

    document: Document
    subtitle: SafeString
    as_of: SafeString
    keys: tuple[tuple[Key, Sign | None], ...]
    main: tuple[SafeString, ...]
    aside: tuple[Card, ...]
    final: bool
    answered: int
    few: Few | None
    pictures: bool


def language() -> str:
    """Return the reader's language as reports name it: zh or en."""
    return "zh" if (get_language() or "").startswith("zh") else "en"


def _sign(word: str, tone: str) -> Sign | None:
    return Sign(word, MOODS[tone]) if tone in MOODS and word else None


def _line(row: Row, section: Section, *, alone: bool) -> Line:
    last = len(section.columns) - 1
    cells = []
    for place, (column, text) in enumerate(zip(section.columns, row.cells, strict=False)):
        worded = not column.number and place == last and text not in {"", "–"}
        sign = _sign(text, row.sign) if worded else None
        cells.append((column.label, text, column.number, sign))
    drawn = drawing(row, section.grid, alone=alone)
    return Line(row, breakable(row.sub), drawn, tuple(cells))


def _card(section: Section, wave_id: int, found: Mapping[str, int]) -> Card:
    alone = not section.columns
    picture = None
    if section.chart:
        source = reverse("results-chart", args=[wave_id, section.chart])
        picture = Picture(f"chart-{section.key}", source, section.title)
    return Card(
        section=section,
        anchor=anchor(section.key),
        kind="likert" if is_bars(section) else "dots",
        head=axis(section.ticks),
        lines=tuple(
            replace(_line(row, section, alone=alone), finding=found.get(row.label))
            for row in section.rows
        ),
        picture=picture,
    )


class _Same:
    """Figures that are the very same object: closed waves' figures are built once a process."""

    __slots__ = ("figures",)

    def __init__(self, figures: SurveyFigures) -> None:
        self.figures = figures

    @override
    def __hash__(self) -> int:
        return id(self.figures)

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.figures is self.figures


def _page(
    same: _Same, wave_id: int, reader: str, found: tuple[tuple[str, int], ...], *, final: bool
) -> ResultsPage:
    figures, none = same.figures, dict[str, int]()
    laid = document(figures, "zh" if reader.startswith("zh") else "en")
    cards = [
        _card(section, wave_id, dict(found) if section.key == "items" else none)
        for section in laid.sections
    ]
    main = [card for card in cards if card.section.key not in ASIDE]
    return ResultsPage(
        document=laid,
        subtitle=whole_days(laid.subtitle),
        as_of=whole_days(laid.as_of),
        keys=tuple((key, _sign(key.verdict, key.sign)) for key in laid.keys),
        main=tuple(
            render_to_string("manage/results/_card.html", {"card": card, "wave": {"id": wave_id}})
            for card in main
        ),
        aside=tuple(card for card in cards if card.section.key in ASIDE),
        final=final,
        answered=figures.funnel.answered,
        few=Few(figures.funnel.households, figures.k) if figures.too_few else None,
        pictures=any(card.picture for card in cards),
    )


_page_of_closed = lru_cache(maxsize=48)(_page)


def page_of(wave: WaveFigures, *, wave_id: int, found: Mapping[str, int]) -> ResultsPage:
    """Return the page in the language of the reader; nothing is computed here.

    `found` leads from an item's words to the finding that it opened.
    """
    make = _page_of_closed if wave.final else _page
    reader, listed = get_language() or "", tuple(sorted(found.items()))
    return make(_Same(wave.figures), wave_id, reader, listed, final=wave.final)
