"""Heads that stand in a file more than once are numbered, so that each column can be told apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from anju.kernel.pure.tables import CellProblem, Note, Table

TWINS = "heads_numbered"
_NUMBER = re.compile(r" \(\d+\)$")
_BETWEEN = " / "


def told_apart(table: Table) -> Table:
    """Return the table with heads that stand more than once as “head (1)”, “head (2)”, …

    A note names them. Where every head stands once, the table itself is returned.
    """
    counts = Counter(table.headers)
    again = [name for name, count in counts.items() if count > 1]
    if not again:
        return table
    headers = _numbered(table.headers, set(again))
    copies = {
        name: [new for old, new in zip(table.headers, headers, strict=True) if old == name]
        for name in again
    }
    note = Note(
        TWINS,
        "Some heads stand more than once; their columns are numbered (1), (2): {names}.",
        "有的列名出现不止一次，已编号为 (1)、(2)：{names}。",
        (("names", _BETWEEN.join(again)),),
    )
    return replace(
        table,
        headers=headers,
        hidden=_all_of(table.hidden, copies),
        formulas=_all_of(table.formulas, copies),
        problems=tuple(_placed(problem, table, headers) for problem in table.problems),
        notes=(*table.notes, note),
    )


def _numbered(headers: tuple[str, ...], again: set[str]) -> tuple[str, ...]:
    taken, found = set(headers), []
    for header in headers:
        name, number = header, 0
        while header in again and name in taken:
            number += 1
            name = f"{header} ({number})"
        taken.add(name)
        found.append(name)
    return tuple(found)


def _all_of(names: frozenset[str], copies: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(new for name in names for new in copies.get(name, [name]))


def _placed(problem: CellProblem, table: Table, headers: tuple[str, ...]) -> CellProblem:
    """Return a cell's problem under the numbered head of the column whose cell is empty there."""
    try:
        row = list(table.row_numbers).index(problem.row)
    except ValueError:
        row = -1
    for place, header in enumerate(table.headers):
        if header == problem.column and (row < 0 or table.columns[place][row] is None):
            return replace(problem, column=headers[place])
    return replace(problem, column=headers[table.headers.index(problem.column)])


def is_twin(header: str, table: Table) -> bool:
    """Say whether a head got its number here."""
    note = next((note for note in table.notes if note.code == TWINS), None)
    names = str(dict(note.params)["names"]).split(_BETWEEN) if note is not None else []
    return _NUMBER.sub("", header) in names and _NUMBER.search(header) is not None
