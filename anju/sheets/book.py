"""A workbook's sheet, read after its package and its markup have been passed.

Values come from the reader, everything that the reader hides comes from the scan.
"""

from __future__ import annotations

import zipfile
from bisect import bisect
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from anju.kernel.pure.numbers import LOST_FROM
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Note
from anju.sheets.archive import inspect
from anju.sheets.beginning import beginning_of
from anju.sheets.limits import Limits
from anju.sheets.raw import RawSheet
from anju.sheets.refusals import formula_failed, formula_without_value, no_such_day
from anju.sheets.scan import Scan, letters, scan_sheet
from anju.sheets.workbook import SheetPart, Workbook, read_workbook

_Read = int | float | str | bool | time | date | datetime | timedelta


def read_book(path: Path, wanted: str | None, limits: Limits, *, hidden_rows: bool) -> RawSheet:
    """Return one sheet of a workbook, or its first rows; hidden ones only where asked for.

    Errors: those of `archive.inspect` and `scan.scan_sheet`, E-IMP-SHEET.
    """
    inspect(path, limits)
    with zipfile.ZipFile(path) as package:
        workbook = read_workbook(package)
        chosen = workbook.chosen(wanted)
        part = beginning_of(package, chosen.part, limits.first) if limits.first else None
    source = path if part is None else part
    with zipfile.ZipFile(source) as package:
        scan = scan_sheet(package, chosen.part, date_styles=workbook.date_styles, limits=limits)
    skipped = frozenset() if hidden_rows else frozenset(scan.hidden_rows)
    rows, numbers = _values(source, chosen.name, skipped)
    if rows:
        _keep_unstored(rows, numbers, {row for row, _ in scan.unstored} - skipped)
    return RawSheet(
        name=chosen.name,
        rows=rows,
        row_numbers=numbers,
        width=max((len(row) for row in rows), default=0),
        merges=scan.merges,
        hidden_columns=scan.hidden_columns,
        formula_columns=scan.formula_columns,
        problems=_problems(scan, workbook),
        notes=_notes(workbook, chosen, scan, hidden_rows=hidden_rows),
        sheets=tuple(sheet.name for sheet in workbook.sheets),
        date_1904=workbook.date_1904,
        partial=part is not None,
    )


def _opened(source: Path | BytesIO) -> CalamineWorkbook:
    if isinstance(source, BytesIO):
        source.seek(0)  # the scan has left it somewhere
        return CalamineWorkbook.from_filelike(source)
    return CalamineWorkbook.from_path(source)


def _values(
    source: Path | BytesIO, name: str, skipped: frozenset[int]
) -> tuple[list[list[Cell]], list[int]]:
    sheet = _opened(source).get_sheet_by_name(name)
    if sheet.start is None:
        return [], []
    first, left = sheet.start
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    # The reader hands out every row from the first of the sheet, but columns only from `left`.
    pad: list[Cell] = [None] * left
    for offset, cells in enumerate(sheet.iter_rows()):
        number = offset + 1
        if number in skipped or number <= first:
            continue
        row = pad + [_cell(cell) for cell in cells]
        if any(cell is not None for cell in row):
            rows.append(row)
            numbers.append(number)
    return rows, numbers


def _keep_unstored(rows: list[list[Cell]], numbers: list[int], unstored: set[int]) -> None:
    """Add the rows that hold nothing but formulas without a result: they are answers not read."""
    late = sorted(number for number in unstored - set(numbers) if number > numbers[0])
    for number in late:
        place = bisect(numbers, number)
        rows.insert(place, [])
        numbers.insert(place, number)


def _cell(cell: _Read) -> Cell:
    """Return a value as we keep it: whole numbers whole, days as days, true and false as words."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < LOST_FROM else cell
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        return str(cell)
    return cell


def _problems(scan: Scan, workbook: Workbook) -> list[tuple[int, int, CellProblem]]:
    found: list[tuple[int, int, CellProblem]] = []
    for places, refusal in (
        (scan.unstored, formula_without_value),
        (scan.failed, formula_failed),
        ([] if workbook.date_1904 else scan.no_days, no_such_day),
    ):
        for row, column in places:
            problem: Problem = refusal(f"{letters(column)}{row}", letters(column))
            found.append((row, column, CellProblem(row, letters(column), "", problem)))
    return found


def _notes(workbook: Workbook, chosen: SheetPart, scan: Scan, *, hidden_rows: bool) -> list[Note]:
    notes: list[Note] = []
    others = [sheet.name for sheet in workbook.sheets if sheet.name != chosen.name]
    if others:
        notes.append(
            Note(
                "N-SHEETS",
                "Read the sheet “{name}”; left aside: {others}.",
                "已读取工作表“{name}”；未读取：{others}。",
                (("name", chosen.name), ("others", ", ".join(others[:10]))),
            )
        )
    if workbook.date_1904:
        notes.append(
            Note(
                "N-1904",
                "The workbook counts days from 1904; its dates were read that way.",
                "该工作簿使用 1904 日期系统，日期已按此换算。",
            )
        )
    if scan.hidden_rows:
        notes.append(_hidden_rows_note(scan.hidden_rows, taken=hidden_rows))
    return notes


def _hidden_rows_note(rows: set[int], *, taken: bool) -> Note:
    told = (("count", len(rows)), ("first", min(rows)))
    if taken:
        return Note(
            "N-HIDDEN-ROWS",
            "{count} hidden rows were read as well, the first is row {first}.",
            "另有 {count} 个隐藏行也已读取，第一行为第 {first} 行。",
            told,
        )
    return Note(
        "N-HIDDEN-ROWS",
        "{count} hidden rows were left out, the first is row {first}; show them to take them in.",
        "{count} 个隐藏行未读取，第一行为第 {first} 行；如需读取请先取消隐藏。",
        told,
    )
