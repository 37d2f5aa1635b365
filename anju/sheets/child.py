"""The limited process in which a stranger's file is opened: `python -m anju.sheets.child`.

It answers one line of JSON and ends. It imports no web framework and sees no setting or secret.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineError

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.sheets.book import read_book
from anju.sheets.confine import confine
from anju.sheets.delimited import read_delimited
from anju.sheets.heads import as_table
from anju.sheets.kinds import kind_of
from anju.sheets.limits import Limits
from anju.sheets.refusals import bad_archive, stopped, too_big
from anju.sheets.wire import pack


def answer(wanted: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Carry out one order and return the answer as plain data."""
    try:
        return {"table": pack(_read(limits=limits, **wanted))}
    except Problem as problem:
        return {"problem": problem.as_plain()}
    except MemoryError:
        return {"problem": stopped().as_plain()}
    except CalamineError:
        return {
            "problem": bad_archive("its cells cannot be read", "无法读取其中的单元格").as_plain()
        }


def _read(
    *,
    limits: Limits,
    path: str,
    name: str,
    sheet: str | None,
    header_row: int | None,
    hidden_rows: bool,
) -> Table:
    file = Path(path)
    size = file.stat().st_size
    if size > limits.file_bytes:
        raise too_big(size, limits.file_bytes)
    if kind_of(file) == "xlsx":
        raw = read_book(file, sheet, limits, hidden_rows=hidden_rows)
    else:
        raw = read_delimited(file, name, limits)
    return as_table(raw, header_row)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    bounds = Limits(**given.pop("limits"))
    confine(bounds)
    json.dump(answer(given, bounds), sys.stdout, ensure_ascii=True, separators=(",", ":"))
