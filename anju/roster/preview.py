"""The first rows of each sheet of an office's spreadsheet, for the page on which it is understood."""

from __future__ import annotations

from pathlib import Path

from anju.kernel import files
from anju.kernel.models import StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.sheets.limits import Limits
from anju.sheets.read import read_table

MOST_SHEETS = 8
ROWS = 20
# No sheet is called so: asking for it makes the reader name those that there are.
_NONE = "\u2400"


def sheets_of(stored: StoredFile) -> tuple[Table, ...]:
    """Return the beginning of each sheet of a kept file that has rows, at most eight."""
    return sheets_at(files.path_of(stored.company_id, stored.sha256), Path(stored.name).stem)


def sheets_at(path: Path, name: str) -> tuple[Table, ...]:
    """Return the beginning of each sheet that has rows, at most eight.

    Errors: E-IMP-EMPTY where no sheet has one, and what the reader of spreadsheets refuses.
    """
    found = []
    for sheet in _names(path, name)[:MOST_SHEETS]:
        try:
            found.append(_first(path, name, sheet, ROWS))
        except Problem as problem:
            if problem.code != "E-IMP-EMPTY":
                raise
    if found:
        return tuple(found)
    raise Problem(
        "E-IMP-EMPTY",
        "file",
        "No sheet of the file has a row below its heads. Fill in at least one row.",
        "文件中没有任何一张表在表头下有数据。请至少填写一行。",
    )


def _first(path: Path, name: str, sheet: str, rows: int) -> Table:
    return read_table(path, sheet=sheet or None, name=name, limits=Limits(first=rows))


def _names(path: Path, name: str) -> tuple[str, ...]:
    """Return the sheets of a workbook; a text file has one without a name."""
    try:
        _first(path, name, _NONE, 2)
    except Problem as problem:
        if problem.code == "E-IMP-SHEET":
            return tuple(str(problem.params["present"]).split(", "))
        raise
    return ("",)
