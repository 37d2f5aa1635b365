"""The limited process that writes marks into a person's own workbook and keeps its looks.

Run as `python -m anju.sheets.marking`; only files that the reader has passed come here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import is_problem_head
from anju.sheets.archive import inspect
from anju.sheets.confine import confine
from anju.sheets.limits import Limits
from anju.sheets.refusals import bad_archive, stopped


def answer(wanted: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Carry out one order and return the answer as plain data."""
    try:
        inspect(Path(wanted["path_in"]), limits)
        _mark(wanted)
    except Problem as problem:
        return {"problem": problem.as_plain()}
    except MemoryError:
        return {"problem": stopped().as_plain()}
    except (InvalidFileException, ValueError, KeyError):
        return {"problem": bad_archive("it cannot be written back", "无法写回该文件").as_plain()}
    return {"done": True}


def _mark(wanted: dict[str, Any]) -> None:
    with Path(wanted["path_in"]).open("rb") as file:  # kept files have no name to go by
        book = load_workbook(file, keep_links=False)
    page: Worksheet = book[wanted["sheet"]]
    fill = PatternFill("solid", start_color=wanted["colour"], end_color=wanted["colour"])
    column = _column(page, wanted["header_row"])
    _clear(page, column, wanted["colour"])
    _text(page, wanted["header_row"], column, wanted["head"])
    for row, text, columns in wanted["marks"]:
        _text(page, row, column, text)
        for place in columns:
            page.cell(row, place + 1).fill = fill
    page.column_dimensions[get_column_letter(column)].width = 60
    book.save(wanted["path_out"])


def _column(page: Worksheet, header_row: int) -> int:
    """Return the problem column of an earlier marking, or the first free one."""
    for cell in page[header_row]:
        if isinstance(cell.value, str) and is_problem_head(cell.value):
            return int(cell.column)
    filled = [c.column for row in page.iter_rows() for c in row if c.value is not None]
    return max((int(number) for number in filled), default=0) + 1


def _clear(page: Worksheet, column: int, colour: str) -> None:
    """Take out the texts and colours of an earlier marking, and nothing else."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.fill.fill_type and str(cell.fill.start_color.rgb).endswith(colour):
                cell.fill = PatternFill()
            if cell.column == column:
                cell.value = None


def _text(page: Worksheet, row: int, column: int, text: str) -> None:
    cell = page.cell(row, column)
    if isinstance(cell, Cell):
        cell.value = text
        cell.data_type = "s"


if __name__ == "__main__":
    given = json.load(sys.stdin)
    bounds = Limits(**given.pop("limits"))
    confine(bounds)
    json.dump(answer(given, bounds), sys.stdout, ensure_ascii=True)
