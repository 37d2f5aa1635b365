"""The person's own file given back with a problem column and coloured cells.

At most a thousand cells are marked and the head says how many there are in all. A workbook up to
`KEEP_CELLS` cells keeps its looks; a larger one is written anew from its values, and says so.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import xlsxwriter

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import PROBLEM_HEADS, Cell, CellProblem, Table, is_problem_head
from anju.sheets.decoding import decode
from anju.sheets.guard import guarded, unguarded
from anju.sheets.limits import Limits
from anju.sheets.read import run_child
from anju.sheets.write import SAFE_OPTIONS, sheet_name

MARKS_MOST = 1_000
KEEP_CELLS = 200_000
COLOUR = "FFF2C6"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked: how many of how many, and whether the file kept its looks."""

    shown: int
    total: int
    kept_looks: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """The marks of one row: the texts joined, and the columns in the file to colour."""

    text: str
    columns: tuple[int, ...]


def mark_problems(
    path_in: Path,
    path_out: Path,
    problems: Sequence[CellProblem],
    *,
    table: Table,
    language: str = "zh-hans",
) -> Marked:
    """Write the file back with its problems marked; the suffix of `path_out` says as what.

    Errors: E-FILE-TYPE for a workbook that should become a text file; those of the reader.
    """
    shown = problems[:MARKS_MOST]
    marks = _by_row(shown, table, language)
    head = _head(len(shown), len(problems), language)
    workbook_in = not table.encoding
    if path_out.suffix.lower() == ".csv":
        if workbook_in:
            raise _no_workbook_as_text()
        _mark_text(path_in, path_out, marks, head, table)
        return Marked(len(shown), len(problems), kept_looks=True)
    if workbook_in and table.height * len(table.headers) <= KEEP_CELLS:
        with suppress(Problem):  # what cannot be written back is written anew, without its looks
            _mark_workbook(path_in, path_out, marks, head, table)
            return Marked(len(shown), len(problems), kept_looks=True)
    _mark_anew(path_out, marks, head, table)
    return Marked(len(shown), len(problems), kept_looks=not workbook_in)


def _head(shown: int, total: int, language: str) -> str:
    chinese = language.startswith("zh")
    if shown == total:
        return PROBLEM_HEADS["zh" if chinese else "en"]
    if chinese:
        return f"问题（共 {total:,} 处，标出前 {shown:,} 处）"
    return f"Problem ({total:,} in all, the first {shown:,} marked)"


def _by_row(problems: Iterable[CellProblem], table: Table, language: str) -> dict[int, _Mark]:
    places = dict(zip(table.headers, table.positions, strict=True))
    colon, joint = ("：", "；") if language.startswith("zh") else (": ", "; ")
    rows: dict[int, list[CellProblem]] = {}
    for problem in problems:
        rows.setdefault(problem.row, []).append(problem)
    return {
        row: _Mark(
            joint.join(f"{p.column}{colon}{p.text(language)}" for p in found),
            tuple(sorted({places[p.column] for p in found if p.column in places})),
        )
        for row, found in rows.items()
    }


def _mark_text(
    path_in: Path, path_out: Path, marks: dict[int, _Mark], head: str, table: Table
) -> None:
    """Copy a text file row by row with one column more; an earlier problem column is replaced."""
    text = decode(path_in.read_bytes()).text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.separator, strict=True)
    old: int | None = None
    with path_out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=table.separator)
        line = 1
        for fields in reader:
            row, line = line, reader.line_num + 1
            if row == table.header_row:
                old = next((i for i, name in enumerate(fields) if is_problem_head(name)), None)
            mark = head if row == table.header_row else _text_of(marks, row)
            kept = fields if old is None else fields[:old] + fields[old + 1 :]
            writer.writerow([*map(_given_back, kept), mark] if any(fields) else [])


def _given_back(cell: str) -> str:
    """Return a cell of the person's file that no spreadsheet runs and that reads back the same."""
    return cell if _NUMBER.fullmatch(cell) else guarded(unguarded(cell))


def _text_of(marks: dict[int, _Mark], row: int) -> str:
    found = marks.get(row)
    return guarded(found.text) if found else ""


def _mark_workbook(
    path_in: Path, path_out: Path, marks: dict[int, _Mark], head: str, table: Table
) -> None:
    limits = Limits()
    order = {
        "path_in": str(path_in.resolve()),
        "path_out": str(path_out.resolve()),
        "sheet": table.name,
        "header_row": table.header_row,
        "head": head,
        "colour": COLOUR,
        "marks": [[row, mark.text, list(mark.columns)] for row, mark in marks.items()],
        "limits": asdict(limits),
    }
    run_child("anju.sheets.marking", order, limits)


def _mark_anew(path_out: Path, marks: dict[int, _Mark], head: str, table: Table) -> None:
    """Write the table's values into a new workbook, each on the row it had, with the marks."""
    old = [index for index, name in enumerate(table.headers) if is_problem_head(name)]
    keep = [index for index in range(len(table.headers)) if index not in old]
    options = dict(SAFE_OPTIONS)
    with xlsxwriter.Workbook(str(path_out), options) as book:
        page = book.add_worksheet(sheet_name(table.name, ()))
        bold = book.add_format({"bold": True, "bottom": 1})
        red = book.add_format({"bg_color": f"#{COLOUR}"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, index in enumerate(keep):
            page.write_string(table.header_row - 1, column, table.headers[index], bold)
        page.write_string(table.header_row - 1, len(keep), head, bold)
        places = [table.positions[index] for index in keep]
        for number, cells in _numbered(table, keep):
            mark = marks.get(number)
            for column, cell in enumerate(cells):
                flagged = mark is not None and places[column] in mark.columns
                _write(page, (number - 1, column), cell, red if flagged else None, day)
            if mark:
                page.write_string(number - 1, len(keep), mark.text, red)


def _numbered(table: Table, keep: Sequence[int]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    columns = [table.columns[index] for index in keep]
    yield from zip(table.row_numbers, zip(*columns, strict=True), strict=True)


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    cell: Cell,
    colour: xlsxwriter.format.Format | None,
    day: xlsxwriter.format.Format,
) -> None:
    row, column = place
    if cell is None:
        if colour is not None:
            page.write_blank(row, column, None, colour)
    elif isinstance(cell, str):
        page.write_string(row, column, cell[:32_767], colour)
    elif isinstance(cell, (int, float)):
        page.write_number(row, column, cell, colour)
    else:
        page.write_datetime(row, column, cell, colour or day)


def _no_workbook_as_text() -> Problem:
    return Problem(
        "E-FILE-TYPE",
        "file",
        "A workbook is given back as a workbook; ask for .xlsx.",
        "工作簿只能以工作簿形式返回，请选择 .xlsx。",
    )
