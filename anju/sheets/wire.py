"""How a table crosses from the child process: plain JSON, nothing that can run.

A day is a list of one ISO text, so that it cannot be mistaken for a text that looks like one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Note, Table


def pack(table: Table) -> dict[str, Any]:
    """Return the table as plain data."""
    return {
        "name": table.name,
        "headers": table.headers,
        "columns": [_packed(column) for column in table.columns],
        "row_numbers": list(table.row_numbers),
        "header_row": table.header_row,
        "hidden": sorted(table.hidden),
        "formulas": sorted(table.formulas),
        "problems": [[p.row, p.column, p.value, p.problem.as_plain()] for p in table.problems],
        "notes": [[note.code, note.en, note.zh, dict(note.params)] for note in table.notes],
        "text": [table.encoding, table.separator, table.sample],
        "sheets": table.sheets,
        "date_1904": table.date_1904,
        "positions": table.positions,
        "partial": table.partial,
        "title": table.title,
    }


def unpack(plain: Mapping[str, Any]) -> Table:
    """Return the table that `pack` made plain."""
    encoding, separator, sample = plain["text"]
    return Table(
        name=plain["name"],
        headers=tuple(plain["headers"]),
        columns=tuple(_unpacked(column) for column in plain["columns"]),
        row_numbers=tuple(plain["row_numbers"]),
        header_row=plain["header_row"],
        hidden=frozenset(plain["hidden"]),
        formulas=frozenset(plain["formulas"]),
        problems=tuple(
            CellProblem(row, column, value, Problem.from_plain(kept))
            for row, column, value, kept in plain["problems"]
        ),
        notes=tuple(
            Note(code, en, zh, tuple(told.items())) for code, en, zh, told in plain["notes"]
        ),
        encoding=encoding,
        separator=separator,
        sample=sample,
        sheets=tuple(plain["sheets"]),
        date_1904=plain["date_1904"],
        positions=tuple(plain["positions"]),
        partial=plain["partial"],
        title=plain.get("title", ""),
    )


def _packed(column: tuple[Cell, ...]) -> dict[str, Any]:
    if any(isinstance(cell, date) for cell in column):
        cells = [[cell.isoformat()] if isinstance(cell, date) else cell for cell in column]
        return {"days": True, "cells": cells}
    return {"cells": column}


def _unpacked(column: Mapping[str, Any]) -> tuple[Cell, ...]:
    if "days" not in column:
        return tuple(column["cells"])
    return tuple(_day(cell[0]) if isinstance(cell, list) else cell for cell in column["cells"])


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
