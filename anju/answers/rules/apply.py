"""A table and its mapping made into answers, every fault found at once; nothing is stored here.

The caller decides: with any fault nothing may become visible.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from anju.answers.rules.answers import MISSING, AnswerSet, ItemDef, with_not_applicable
from anju.answers.rules.homes import Homes, place_rows
from anju.answers.rules.mapping import ColumnMap, Mapping, Role, check_headers
from anju.answers.rules.reading import LevelReader, written
from anju.answers.rules.units import Home
from anju.kernel.pure import dates, numbers
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Table
from anju.kernel.pure.text import well_formed

T = TypeVar("T")

LABEL_MOST = 60
COUNT_MOST = 1_000_000
# Errors that the reader found already in a column that is used are not found again here.
_LOOSE = frozenset({Role.COMMENT, Role.IGNORED})


@dataclass(slots=True)
class Faults:
    """The faults of one application, and the reading of columns by their distinct cells."""

    table: Table
    found: list[CellProblem] = field(default_factory=list)

    def each(self, header: str, read: Callable[[Cell], T], instead: T) -> list[T]:
        """Return a column read cell by cell, each distinct cell once; faults become `instead`."""
        column = self.table.column(header)
        meant: dict[Cell, T] = {}
        wrong: dict[Cell, Problem] = {}
        for cell in set(column):
            try:
                if isinstance(cell, str):
                    well_formed(cell, header)
                meant[cell] = read(cell)
            except Problem as problem:
                meant[cell], wrong[cell] = instead, problem
        if wrong:
            self._note(header, column, wrong)
        return [meant[cell] for cell in column]

    def _note(self, header: str, column: tuple[Cell, ...], wrong: Lookup[Cell, Problem]) -> None:
        self.found += [
            CellProblem(row, header, written(cell)[:80], wrong[cell])
            for row, cell in zip(self.table.row_numbers, column, strict=True)
            if cell in wrong
        ]


def apply(
    table: Table,
    mapping: Mapping,
    items: tuple[ItemDef, ...],
    *,
    homes: Lookup[str, Home] | None = None,
) -> tuple[AnswerSet, tuple[CellProblem, ...]]:
    """Return the answers and every cell at fault, in the order of rows and columns.

    `homes` are the project's units by normalised number; without them every unit is taken.
    Items come back with a level `na` where answers say that they do not apply.

    Errors: E-IMP-COLUMN when columns are missing, double or mapped twice. Cells at fault are
    returned, not raised, and stand as no answer (count 0, weight 1) in the answers.
    """
    check_headers(table.headers, mapping)
    faults = Faults(table)
    used, levels = _levels(faults, mapping, items)
    placed = place_rows(faults, mapping, homes)
    answers = AnswerSet(
        items=used,
        levels=levels,
        count=_counts(faults, mapping),
        weight=_weights(faults, mapping),
        groups=_groups(faults, mapping, placed),
        households=placed.households,
        rows=tuple(table.row_numbers),
        answered=_answered(faults, mapping),
        comments={c.header: _texts(faults, c) for c in mapping.of_role(Role.COMMENT)},
    )
    return answers, _sorted(table, mapping, faults.found)


def _levels(
    faults: Faults, mapping: Mapping, items: tuple[ItemDef, ...]
) -> tuple[tuple[ItemDef, ...], NDArray[np.int16]]:
    """Return the items that have a column, in their own order, and the levels answered."""
    columns = {column.item: column for column in mapping.of_role(Role.ITEM)}
    unknown = [c.header for code, c in columns.items() if code not in {i.code for i in items}]
    if unknown:
        raise Problem(
            "E-IMP-COLUMN",
            "mapping",
            "These columns are mapped to items that the questionnaire does not have: {names}.",
            "以下列对应到了问卷中不存在的题目：{names}。",
            names=", ".join(unknown[:20]),
        )
    used: list[ItemDef] = []
    levels = np.full((faults.table.height, len(columns)), MISSING, dtype=np.int16)
    for place, item in enumerate(item for item in items if item.code in columns):
        column = columns[item.code]
        wide = with_not_applicable(item)
        reader = LevelReader(wide, column.header, column.answers)
        levels[:, place] = faults.each(column.header, reader.read, MISSING)
        beyond = len(item.scale.levels)
        used.append(wide if (levels[:, place] >= beyond).any() else item)
    return tuple(used), levels


def _counts(faults: Faults, mapping: Mapping) -> NDArray[np.int64]:
    column = mapping.one(Role.COUNT)
    if column is None:
        return np.ones(faults.table.height, dtype=np.int64)
    header = column.header
    read = faults.each(
        header, lambda cell: numbers.whole(_filled(cell), header, low=0, high=COUNT_MOST), 0
    )
    return np.array(read, dtype=np.int64)


def _weights(faults: Faults, mapping: Mapping) -> NDArray[np.float64]:
    column = mapping.one(Role.WEIGHT)
    if column is None:
        return np.ones(faults.table.height, dtype=np.float64)
    header = column.header
    return np.array(faults.each(header, lambda cell: _weight(cell, header), 1.0), dtype=np.float64)


def _weight(cell: Cell, header: str) -> float:
    low, high = Decimal(0), Decimal(1_000_000)
    value = numbers.decimal(_filled(cell), header, low=low, high=high, places=18)
    if value == 0:
        raise Problem(
            "E-NUM-RANGE",
            header,
            "A weight must be greater than 0; leave the row out if it should not count.",
            "权重必须大于 0；如该行不计入，请删除该行。",
        )
    return float(value)


def _filled(cell: Cell) -> str | float:
    """Return a number's cell; what is empty or a date is refused as no number."""
    return cell if isinstance(cell, (str, int, float)) else written(cell)


def _groups(faults: Faults, mapping: Mapping, placed: Homes) -> dict[str, tuple[str | None, ...]]:
    groups: dict[str, tuple[str | None, ...]] = {}
    if placed.buildings is not None:
        groups["building"] = placed.buildings
    for role in (Role.STRATUM, Role.USE_TYPE, Role.MODE):
        column = mapping.one(role)
        if column is not None:
            groups[role.value] = _texts(faults, column, most=LABEL_MOST)
    for column in mapping.of_role(Role.GROUP):
        groups[column.header] = _texts(faults, column, most=LABEL_MOST)
    return groups


def _texts(faults: Faults, column: ColumnMap, *, most: int = 5_000) -> tuple[str | None, ...]:
    return tuple(faults.each(column.header, lambda cell: _label(cell, most), None))


def _label(cell: Cell, most: int) -> str | None:
    text = " ".join(written(cell).split())[:most]
    return text or None


def _answered(faults: Faults, mapping: Mapping) -> tuple[datetime | None, ...]:
    column = mapping.one(Role.ANSWERED_AT)
    if column is None:
        return (None,) * faults.table.height
    header, old = column.header, faults.table.date_1904
    return tuple(faults.each(header, lambda cell: _moment(cell, header, system_1904=old), None))


def _moment(cell: Cell, header: str, *, system_1904: bool) -> datetime | None:
    """Return the local time of a cell: a date, a day number, or a text with or without a time."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return datetime.combine(dates.day(cell, header), cell.time())
    if isinstance(cell, date):
        return datetime.combine(dates.day(cell, header), time())
    if isinstance(cell, (int, float)):
        found = dates.from_serial(cell, header, system_1904=system_1904)
        return datetime.combine(found, time())
    return dates.local(cell, header)


def _sorted(table: Table, mapping: Mapping, found: list[CellProblem]) -> tuple[CellProblem, ...]:
    """Return the reader's faults in used columns and ours, one a cell, in reading order."""
    used = {column.header for column in mapping.columns if column.role not in _LOOSE}
    order = {header: place for place, header in enumerate(table.headers)}
    early = [problem for problem in table.problems if problem.column in used]
    seen = {(problem.row, problem.column) for problem in early}
    late = [problem for problem in found if (problem.row, problem.column) not in seen]
    return tuple(sorted(early + late, key=lambda p: (p.row, order[p.column], p.code)))
