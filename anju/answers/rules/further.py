"""Answers from further down a large file, put beside its first rows, so that none is lost sight of.

A page looks at the first rows only. What the check refused below them stands here as rows of its
own; it is for looking and guessing, never for counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from anju.answers.rules.mapping import Mapping, Role
from anju.answers.rules.reading import written
from anju.kernel.pure.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class Told:
    """One text that stands in a column, in which row the check found it; 0 is a row unknown."""

    row: int
    header: str
    text: str


def confirmed(table: Table, mapping: Mapping) -> tuple[Told, ...]:
    """Return the texts whose meaning was confirmed before and that the first rows do not show."""
    return tuple(
        Told(0, column.header, answer.text)
        for column in mapping.of_role(Role.ITEM)
        if column.header in table.headers
        for answer in column.answers
        if answer.text not in _texts(table, column.header)
    )


def _texts(table: Table, header: str) -> frozenset[str]:
    return frozenset(written(cell) for cell in table.column(header))


def with_further(table: Table, told: Iterable[Told]) -> Table:
    """Return the beginning of a table with a row for each text told; a whole table as it is.

    Rows that stand in the table already are not added again, nor are columns that it lacks.
    """
    if not table.partial:
        return table
    known = set(table.row_numbers)
    rows = [t for t in told if t.header in table.headers and t.row not in known]
    if not rows:
        return table
    last = table.row_numbers[-1]
    columns: list[tuple[Cell, ...]] = [
        (*cells, *(told.text if told.header == header else None for told in rows))
        for header, cells in zip(table.headers, table.columns, strict=True)
    ]
    numbers = (*table.row_numbers, *(told.row or last + 1 for told in rows))
    return replace(table, columns=tuple(columns), row_numbers=numbers)
