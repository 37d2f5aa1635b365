"""Draws a row's marks as SVG for the screen, with the classes of the theme; the paper has its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from anju.paper.layout import Mark, Row, Section, Tick

LINES = {"axis": "ax", "ref": "tg", "grid": "gr"}
ROW, BAR, HEAD = 24, 32, 20


def _p(share: float) -> str:
    return f"{100 * share:.2f}%"


def is_range(mark: Mark) -> bool:
    """Say whether a mark is the range in which a figure of few answers lies, not a bar."""
    return mark.kind == "seg" and mark.tone == "range"


def _segment(mark: Mark, height: int) -> SafeString:
    inset = height // 3 if is_range(mark) else 2
    bar = '<rect class="{}" x="{}" width="{}" y="{}" height="{}"/>'
    drawn = format_html(bar, mark.tone, _p(mark.x), _p(mark.w), inset, height - 2 * inset)
    if not mark.text:
        return drawn
    tone = f"n{mark.tone[1:]}" if mark.tone[:1] == "q" else ""
    middle, y = _p(mark.x + mark.w / 2), height / 2 + 4.5
    words = '{}<text class="m {}" x="{}" y="{}">{}</text>'
    return format_html(words, drawn, tone, middle, y, mark.text)


def _line(mark: Mark) -> SafeString:
    kind, x = LINES.get(mark.tone, "gr"), _p(mark.x)
    return format_html('<line class="{}" x1="{}" x2="{}" y1="0" y2="100%"/>', kind, x, x)


def _span(mark: Mark, middle: float) -> SafeString:
    kind = "ci" if mark.kind == "ci" else "bnd"
    row = '<line class="b-{} {}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
    return format_html(row, mark.tone, kind, _p(mark.x), _p(mark.x + mark.w), middle, middle)


def _dot(mark: Mark, middle: float) -> SafeString:
    hollow = " hollow" if mark.tone == "tie" else ""
    row = '<circle class="b-{}{}" cx="{}" cy="{}" r="5"/>'
    return format_html(row, mark.tone, hollow, _p(mark.x), middle)


def _mark(mark: Mark, height: int) -> SafeString:
    if mark.kind == "seg":
        return _segment(mark, height)
    if mark.kind == "line":
        return _line(mark)
    return _dot(mark, height / 2) if mark.kind == "dot" else _span(mark, height / 2)


@lru_cache(maxsize=1_024)  # a closed survey's rows are the same on every view
def drawing(row: Row, grid: tuple[Mark, ...], *, alone: bool) -> SafeString:
    """Return a row's drawing; its sentence for screen readers is the row itself."""
    if row.said or not row.marks:  # `said` stands in place of a drawing
        return SafeString("")
    height = BAR if alone else ROW
    # A range lies under the lines, or it would hide the scale and the whole it is compared with.
    marks = sorted((*grid, *row.marks), key=lambda mark: not is_range(mark))
    parts = format_html_join("", "{}", ((_mark(m, height),) for m in marks))
    label = " ".join(part for part in (row.label, *row.cells) if part)
    if not label:  # the heading and the legend beside it say all that the bar says
        return format_html(
            '<svg class="viz" height="{}" aria-hidden="true">{}</svg>', height, parts
        )
    words = '<svg class="viz" height="{}" role="img" aria-label="{}">{}</svg>'
    return format_html(words, height, label, parts)


def axis(ticks: Sequence[Tick]) -> SafeString:
    """Return the scale over a column of drawings."""
    texts = format_html_join(
        "",
        '<text class="{}" x="{}" y="14">{}</text>',
        ((_anchor(tick), _p(tick.x), tick.text) for tick in ticks),
    )
    return format_html('<svg class="viz" height="{}" aria-hidden="true">{}</svg>', HEAD, texts)


def _anchor(tick: Tick) -> str:
    if tick.left or tick.x < 0.03:
        return ""
    return "r" if tick.x > 0.97 else "m"


def is_bars(section: Section) -> bool:
    """Say whether a section's drawings are bars rather than dots and ranges."""
    marks = (mark for row in section.rows for mark in row.marks)
    return any(mark.kind == "seg" and not is_range(mark) for mark in marks)


def breakable(text: str) -> SafeString:
    """Return a text in which a long key may go on in the next line after each of its parts."""
    parts = re.split(r"(?<=[+/])", text)
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in parts))
