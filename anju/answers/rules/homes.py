"""From the columns of building, entrance and unit to one household and one building a row."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from typing import Protocol, TypeVar

from anju.answers.rules.mapping import ColumnMap, Mapping, Role
from anju.answers.rules.reading import written
from anju.answers.rules.units import Home, nearest, normalise
from anju.kernel.pure.numbers import lost, lost_digits
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Table

T = TypeVar("T")

# Looking for the most similar unit is slow, so only the first unknown ones get a proposal.
_NEAREST_MOST = 50
_LABEL_MOST = 60


class Columns(Protocol):
    """What reads a column and keeps the faults."""

    table: Table
    found: list[CellProblem]

    def each(self, header: str, read: Callable[[Cell], T], instead: T) -> list[T]:
        """Return a column read cell by cell."""


@dataclass(frozen=True, slots=True)
class Homes:
    """The household of each row, and its building where the file or the project says it."""

    households: tuple[str | None, ...]
    buildings: tuple[str | None, ...] | None


def place_rows(faults: Columns, mapping: Mapping, homes: Lookup[str, Home] | None) -> Homes:
    """Return household and building of each row; an unknown unit is a fault in its cell.

    Errors: none are raised; E-UNIT with the nearest known unit, and E-NUM-SCI, go to the faults.
    """
    labels = _column(faults, mapping.one(Role.BUILDING), lambda cell: written(cell)[:_LABEL_MOST])
    entrances = _column(faults, mapping.one(Role.ENTRANCE), _key)
    unit = mapping.one(Role.UNIT)
    if unit is None:
        return Homes((None,) * faults.table.height, _named(labels) if labels else None)
    units = _column(faults, unit, lambda cell: _unit(cell, unit.header)) or []
    keys = _joined(_keys(labels, len(units)), entrances or [""] * len(units), units)
    if homes is not None:
        return _known(faults, unit.header, keys, homes)
    households = tuple(key[:_LABEL_MOST] or None for key in keys)
    if labels:
        return Homes(households, _named(labels))
    return Homes(households, _first_parts(keys))


def _column(
    faults: Columns, column: ColumnMap | None, read: Callable[[Cell], str]
) -> list[str] | None:
    return faults.each(column.header, read, "") if column is not None else None


def _key(cell: Cell) -> str:
    return normalise(written(cell))


def _unit(cell: Cell, header: str) -> str:
    if lost_digits(cell):
        raise lost(header)
    return _key(cell)


def _keys(labels: list[str] | None, height: int) -> list[str]:
    if labels is None:
        return [""] * height
    keys = {label: normalise(label) for label in set(labels)}
    return [keys[label] for label in labels]


def _joined(buildings: list[str], entrances: list[str], units: list[str]) -> list[str]:
    """Return whole unit numbers: a room alone gets its building and entrance in front."""
    return [
        unit
        if not unit or "-" in unit
        else "-".join(part for part in (building, entrance, unit) if part)
        for building, entrance, unit in zip(buildings, entrances, units, strict=True)
    ]


def _named(labels: list[str]) -> tuple[str | None, ...]:
    """Return one label for each building, the first way in which it was written."""
    first: dict[str, str] = {}
    for label in labels:
        first.setdefault(normalise(label), label)
    keys = {label: first[normalise(label)] or None for label in set(labels)}
    return tuple(keys[label] for label in labels)


def _first_parts(keys: list[str]) -> tuple[str | None, ...] | None:
    """Return the first part of each unit number as its building, when every one has two parts."""
    filled = [key for key in keys if key]
    if not filled or not all("-" in key for key in filled):
        return None
    return tuple(key.partition("-")[0] or None for key in keys)


def _known(faults: Columns, header: str, keys: list[str], homes: Lookup[str, Home]) -> Homes:
    unknown: dict[str, Problem] = {}
    for key in dict.fromkeys(keys):
        if key and key not in homes:
            close = nearest(key, homes) if len(unknown) < _NEAREST_MOST else ""
            unknown[key] = _unknown_unit(key, close, header)
    if unknown:
        cells = zip(faults.table.row_numbers, faults.table.column(header), keys, strict=True)
        faults.found += [
            CellProblem(row, header, written(cell)[:80], unknown[key])
            for row, cell, key in cells
            if key in unknown
        ]
    found = [homes.get(key) for key in keys]
    return Homes(
        tuple(home.key if home else None for home in found),
        tuple(home.building if home else None for home in found),
    )


def _unknown_unit(key: str, close: str, header: str) -> Problem:
    if close:
        return Problem(
            "E-UNIT",
            header,
            "The project has no unit {value}; the nearest is {close}.",
            "项目中没有房号 {value}；最接近的是 {close}。",
            value=key[:60],
            close=close,
        )
    return Problem(
        "E-UNIT",
        header,
        "The project has no unit {value}; write it as building-entrance-room, such as 3-2-1201.",
        "项目中没有房号 {value}；请按“楼栋-单元-房号”填写，例如 3-2-1201。",
        value=key[:60],
    )
