"""The report as a workbook: tidy data, a sheet to print, and the definitions.

Text stays text whatever it begins with; no cell holds a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.labels import say
from anju.insight.reports.survey.layout import Document, Section
from anju.insight.reports.survey.model import SurveyFigures
from anju.insight.reports.survey.tidy import headers, rows
from anju.sheets.write import SAFE_OPTIONS

_NOTES = ("warnings", "method", "formulas", "notes")
_FIRST, _OTHER, _MOST = 40, 14, 6
_TIDY_WIDTHS = (12, 20, 30, 10, 14, 30, 8)


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


def made(found: SurveyFigures, language: str) -> bytes:
    """Return the workbook as bytes."""
    out = io.BytesIO()
    options = {**SAFE_OPTIONS, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": found.head.title, "company": found.head.company})
        book.set_size(2400, 1600)
        doc = document(found, language)
        styles = _styles(book)
        _tidy(book.add_worksheet(say("tidy", language)), found, language, styles)
        _printed(book.add_worksheet(say("printed", language)), doc, styles)
        _definitions(book.add_worksheet(say("definitions", language)), doc, styles)
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


def _tidy(page: Worksheet, found: SurveyFigures, language: str, styles: _Styles) -> None:
    for column, width in enumerate(_TIDY_WIDTHS):
        page.set_column(column, column, width)
    page.set_column(len(_TIDY_WIDTHS), 18, 11)
    page.set_column(19, 20, 20)
    page.freeze_panes(1, 0)
    names = headers(language)
    for column, name in enumerate(names):
        page.write_string(0, column, name, styles.head)
    last = 0
    for last, values in enumerate(rows(found, language), start=1):
        for column, value in enumerate(values):
            if isinstance(value, (int, float)):
                page.write_number(last, column, value)
            elif isinstance(value, datetime):
                page.write_datetime(last, column, value, styles.moment)
            elif value:
                page.write_string(last, column, value)
    page.autofilter(0, 0, max(last, 1), len(names) - 1)


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
    at = _keys(page, doc, styles, 3)
    for sentence in doc.says:
        at = _line(page, at, sentence, styles.plain)
    for section in doc.sections:
        if section.key not in _NOTES:
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
    if section.key == "silence":
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
    at = 0
    for section in doc.sections:
        if section.key in _NOTES:
            at = _line(page, at, section.title, styles.title)
            for row in section.rows:
                _cells(page, at, (row.label, *row.cells), [styles.wrap] * 2)
                at += 1
            at += 1
