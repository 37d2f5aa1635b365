"""A document as a workbook: tidy data, a sheet to print, and what explains the rest.

Text stays text whatever it begins with; no cell holds a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from anju.paper.layout import Document, Section
from anju.sheets.write import SAFE_OPTIONS

Value = str | int | float | datetime | None

_FIRST, _OTHER, _MOST = 40, 14, 6


@dataclass(frozen=True, slots=True)
class Data:
    """The tidy sheet: one head, plain rows, the width of each column in characters."""

    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Names:
    """What the three sheets are called."""

    data: str
    printed: str
    definitions: str


@dataclass(frozen=True, slots=True)
class _Styles:
    """The formats of the sheet to print."""

    title: Format
    head: Format
    left: Format
    right: Format
    plain: Format
    wrap: Format
    key: Format
    moment: Format


def workbook(doc: Document, data: Data, names: Names) -> bytes:
    """Return the workbook as bytes."""
    out = io.BytesIO()
    options = {**SAFE_OPTIONS, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": doc.title, "company": doc.company})
        book.set_size(2400, 1600)
        styles = _styles(book)
        _tidy(book.add_worksheet(names.data), data, styles)
        _printed(book.add_worksheet(names.printed), doc, styles)
        _definitions(book.add_worksheet(names.definitions), doc, styles)
        for page in book.worksheets():
            page.set_header(f"&C&B{_escaped(doc.band)}" if doc.band else "")
    return out.getvalue()


def _styles(book: xlsxwriter.Workbook) -> _Styles:
    line = {"bottom": 4, "valign": "top"}
    return _Styles(
        title=book.add_format({"bold": True, "font_size": 13, "valign": "vcenter"}),
        head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        left=book.add_format({**line, "text_wrap": True}),
        right=book.add_format({**line, "align": "right"}),
        plain=book.add_format({"font_size": 10}),
        wrap=book.add_format({"text_wrap": True, "valign": "top"}),
        key=book.add_format({"bold": True, "font_size": 16, "align": "left"}),
        moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
    )


def _tidy(page: Worksheet, data: Data, styles: _Styles) -> None:
    for column, width in enumerate(data.widths):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    for column, name in enumerate(data.head):
        page.write_string(0, column, name, styles.head)
    last = 0
    for last, values in enumerate(data.rows, start=1):
        for column, value in enumerate(values):
            if isinstance(value, (int, float)):
                page.write_number(last, column, value)
            elif isinstance(value, datetime):
                page.write_datetime(last, column, value, styles.moment)
            elif value:
                page.write_string(last, column, value)
    page.autofilter(0, 0, max(last, 1), len(data.head) - 1)


def _printed(page: Worksheet, doc: Document, styles: _Styles) -> None:
    page.set_column(0, 0, _FIRST)
    page.set_column(1, _MOST, _OTHER)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.set_footer(f"&L{_escaped(doc.title)} · {doc.as_of}&R&P / &N")
    page.freeze_panes(2, 0)
    page.repeat_rows(0, 1)
    page.write_string(0, 0, doc.title, styles.title)
    page.set_row(0, 24)
    under = [doc.kind, doc.company, doc.subtitle, f"{doc.words['as_of']} {doc.as_of}"]
    page.write_string(1, 0, " · ".join(part for part in under if part), styles.plain)
    at = 3
    for said in (doc.band, *doc.alerts):
        at = _line(page, at, said, styles.title) if said else at
    at = _keys(page, doc, styles, at)
    for sentence in doc.says:
        at = _line(page, at, sentence, styles.plain)
    for section in doc.sections:
        if not section.aside:
            at = _section(page, section, at + 1, styles)
    page.ignore_errors({"number_stored_as_text": f"A1:G{at + 1}"})
    page.print_area(0, 0, at, _MOST)


def _escaped(text: str) -> str:
    """Return text for a footer, where an ampersand begins a command; at most what fits."""
    return text[:80].replace("&", "&&")


def _line(page: Worksheet, at: int, text: str, style: Format) -> int:
    if text:
        page.write_string(at, 0, text, style)
    return at + 1


def _keys(page: Worksheet, doc: Document, styles: _Styles, at: int) -> int:
    for key in doc.keys:
        page.write_string(at, 0, key.label, styles.left)
        page.write_string(at, 1, key.figure, styles.key)
        note = " ".join(part for part in (key.verdict, key.note) if part)
        if note:
            page.write_string(at, 3, note, styles.plain)
        at += 1
    return at + 1


def _section(page: Worksheet, section: Section, at: int, styles: _Styles) -> int:
    at = _line(page, at, section.title, styles.title)
    if section.lead:
        at = _line(page, at, section.lead, styles.plain)
    if section.drawing and not section.columns:  # a drawing alone: its legend says it
        for _, words in section.legend:
            at = _line(page, at, words, styles.plain)
        return at
    if section.subject:
        _cells(page, at, (section.subject, *(c.label for c in section.columns)), [styles.head] * 9)
        at += 1
    kinds = [styles.left, *(styles.right if c.number else styles.left for c in section.columns)]
    for row in section.rows:
        label = f"{row.label}（{row.sub}）" if row.sub else row.label
        _cells(page, at, (label, *row.cells), kinds)
        at += 1
    for note in section.notes:
        at = _line(page, at, note, styles.plain)
    return at


def _cells(page: Worksheet, at: int, values: Sequence[str], styles: Sequence[Format]) -> None:
    for column, value in enumerate(values):
        page.write_string(at, column, value, styles[min(column, len(styles) - 1)])


def _definitions(page: Worksheet, doc: Document, styles: _Styles) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    at = _line(page, 0, doc.band, styles.title) if doc.band else 0
    for section in doc.sections:
        if section.aside:
            at = _line(page, at, section.title, styles.title)
            for row in section.rows:
                _cells(page, at, (row.label, *row.cells), [styles.wrap] * 2)
                at += 1
            at += 1
