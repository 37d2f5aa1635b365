"""The first rows of each sheet of an office's spreadsheet, for the page on which it is understood."""

from __future__ import annotations

from anju.kernel.models import StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.register.actions.roster_reading import open_sheet

MOST_SHEETS = 8
ROWS = 20
# No sheet is called so: asking for it makes the reader name those that there are.
_NONE = "\u2400"


def sheets_of(stored: StoredFile) -> tuple[Table, ...]:
    """Return the beginning of each sheet that has rows, at most eight; E-IMP-EMPTY for none."""
    found = []
    for name in _names(stored)[:MOST_SHEETS]:
        try:
            found.append(open_sheet(stored, sheet=name, first=ROWS))
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


def _names(stored: StoredFile) -> tuple[str, ...]:
    """Return the sheets of a workbook; a text file has one without a name."""
    try:
        open_sheet(stored, sheet=_NONE, first=2)
    except Problem as problem:
        if problem.code == "E-IMP-SHEET":
            return tuple(str(problem.params["present"]).split(", "))
        raise
    return ("",)
