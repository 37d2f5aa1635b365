"""Every table that leaves as CSV or XLSX: text stays text, whatever it begins with.

It decides no content and no layout of reports; it writes rows, and says where it had to cut.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from anju.kernel.pure.numbers import LOST_FROM
from anju.kernel.pure.tables import Note
from anju.sheets.guard import guarded

Value = str | int | float | Decimal | date | bool | None

ROWS_MOST = 1_048_576
TEXT_MOST = 32_767
_NAME_MOST = 31
_NAME_NOISE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

SAFE_OPTIONS: Mapping[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": True,
    "constant_memory": True,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write: its name, its head, its rows in order."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]


@dataclass(slots=True)
class Written:
    """What was written: rows without heads, the sheets, and what the reader should be told."""

    rows: int = 0
    sheets: list[str] = field(default_factory=list)
    cut: int = 0

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what the person who opens the file should know."""
        said: list[Note] = []
        if any(name.endswith(")") and " (" in name for name in self.sheets):
            said.append(_split_note(self.sheets))
        if self.cut:
            said.append(_cut_note(self.cut))
        return tuple(said)


def csv_lines(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield the lines of a CSV file, the byte order mark first; each line ends in CR LF."""
    yield "\ufeff" + _line(headers)
    for row in rows:
        yield _line(row)


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> Written:
    """Write a CSV file in UTF-8 that a spreadsheet opens without running anything."""
    done = Written(sheets=[path.name])
    with path.open("w", encoding="utf-8", newline="") as file:
        for line in csv_lines(headers, rows):
            file.write(line)
            done.rows += 1
    done.rows -= 1
    return done


def write_xlsx(path: Path, sheets: Iterable[Sheet], *, rows_most: int = ROWS_MOST) -> Written:
    """Write a workbook; a sheet with more rows than a spreadsheet takes goes on in the next one."""
    done = Written()
    with xlsxwriter.Workbook(str(path), dict(SAFE_OPTIONS)) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        cells = _Cells(day, moment, done)
        for sheet in sheets:
            _write_sheet(book, sheet, cells, head, rows_most)
    return done


def sheet_name(wanted: str, taken: Sequence[str], *, part: int = 1) -> str:
    """Return a name that a spreadsheet accepts and no other sheet has."""
    tail = f" ({part})" if part > 1 else ""
    base = _NAME_NOISE.sub(" ", wanted).strip("' ") or "Sheet"
    name = base[: _NAME_MOST - len(tail)] + tail
    number = 2
    while name.lower() in {other.lower() for other in taken}:
        tail = f" {number}" + (f" ({part})" if part > 1 else "")
        name, number = base[: _NAME_MOST - len(tail)] + tail, number + 1
    return name


def _write_sheet(
    book: xlsxwriter.Workbook, sheet: Sheet, cells: _Cells, head: Format, rows_most: int
) -> None:
    page, row, part = _new_page(book, sheet, cells.done, head, 1), 1, 1
    for values in sheet.rows:
        if row >= rows_most:
            part += 1
            page, row = _new_page(book, sheet, cells.done, head, part), 1
        for column, value in enumerate(values):
            cells.write(page, row, column, value)
        row += 1
        cells.done.rows += 1


def _new_page(
    book: xlsxwriter.Workbook, sheet: Sheet, done: Written, head: Format, part: int
) -> Worksheet:
    name = sheet_name(sheet.name, done.sheets, part=part)
    done.sheets.append(name)
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for column, header in enumerate(sheet.headers):
        page.write_string(0, column, header[:TEXT_MOST], head)
    return page


@dataclass(frozen=True, slots=True)
class _Cells:
    """How one value becomes one cell."""

    day: Format
    moment: Format
    done: Written

    def write(self, page: Worksheet, row: int, column: int, value: Value) -> None:
        """Write a value by its type; numbers too long for a spreadsheet's digits as text."""
        if value is None or (isinstance(value, float) and value != value):
            return
        if isinstance(value, datetime):
            page.write_datetime(row, column, value, self.moment)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, self.day)
        elif isinstance(value, bool):
            page.write_boolean(row, column, value)
        elif isinstance(value, (int, float, Decimal)) and -LOST_FROM < value < LOST_FROM:
            page.write_number(row, column, value)
        else:
            text = str(value)
            if len(text) > TEXT_MOST:
                self.done.cut += 1
            if text:
                page.write_string(row, column, text[:TEXT_MOST])


def _line(values: Sequence[Value]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_plain(value) for value in values])
    return out.getvalue()


def _plain(value: Value) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def _split_note(sheets: Sequence[str]) -> Note:
    return Note(
        "N-SPLIT",
        "A sheet holds at most {most:,} rows; the rest stands in further sheets: {sheets}.",
        "每张工作表最多 {most:,} 行，其余的行写在后续工作表中：{sheets}。",
        (("most", ROWS_MOST), ("sheets", ", ".join(sheets))),
    )


def _cut_note(count: int) -> Note:
    return Note(
        "N-CUT",
        "{count} texts were longer than a cell takes and were cut at {most:,} characters; "
        "the CSV file holds them whole.",
        "有 {count} 段文字超过单元格上限，已截取前 {most:,} 个字符；CSV 文件中保留全文。",
        (("count", count), ("most", TEXT_MOST)),
    )
