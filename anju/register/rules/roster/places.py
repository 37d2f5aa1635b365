"""Which unit each row of a sheet speaks of, in whatever writing; unknown ones are faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from anju.answers.rules.headers import plain
from anju.answers.rules.reading import written
from anju.kernel.pure.numbers import lost, lost_digits
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell
from anju.register.rules.roster.reading import SheetReader
from anju.register.rules.roster.shape import Column
from anju.register.rules.units import KEY_MOST, named_building, nearest, normalise, unit_number

# Looking for the most similar unit is slow, so only the first unknown ones get a proposal.
_NEAREST_MOST = 50
_NAME_MOST, _NUMBER_MOST = 60, 30


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as a row names it: its key, and what its building is called there."""

    key: str
    building: str


NOWHERE = Place("", "")


def places(sheet: SheetReader, project: str, known: Iterable[str]) -> list[Place]:
    """Return the unit of each row by its whole key; NOWHERE where the row is at fault.

    Errors: E-UNIT, E-NUM-SCI and E-REF go to the faults of the sheet.
    """
    _other_projects(sheet, project)
    keys = frozenset(known)
    labels = sheet.lines(Column.BUILDING, most=_NAME_MOST, needed=False)
    entrances = [normalise(text) for text in sheet.texts(Column.ENTRANCE)]
    units = sheet.each(Column.UNIT, _unit, ("", ""))
    buildings = {label: normalise(label) for label in set(labels)}
    rows = zip(labels, entrances, units, strict=True)
    return [
        Place(_whole(buildings[label], entrance, unit, keys), label or named_building(text, unit))
        if unit
        else NOWHERE
        for label, entrance, (unit, text) in rows
    ]


def _unit(cell: Cell, header: str) -> tuple[str, str]:
    if lost_digits(cell):
        raise lost(header)
    text = written(cell)
    key = normalise(text)
    if not key:
        raise Problem(
            "E-UNIT",
            header,
            "Every row needs its unit number, such as 3-2-1201.",
            "每一行都要填写房号，例如 3-2-1201。",
        )
    return key, text


def _whole(building: str, entrance: str, unit: str, known: frozenset[str]) -> str:
    """Return the key with building and entrance in front, where the unit does not hold them."""
    if not building:
        return unit
    parts = unit.count("-")
    joined = "-".join(part for part in (building, "" if parts else entrance, unit) if part)
    if joined in known or not parts:
        return joined
    return unit if unit.startswith(f"{building}-") or parts > 1 else joined


def _other_projects(sheet: SheetReader, project: str) -> None:
    """Refuse rows of another project: E-REF; what is not there and what is not ours look alike."""
    mine = plain(project)
    for row, name in zip(sheet.table.row_numbers, sheet.texts(Column.PROJECT), strict=True):
        if name and plain(name) != mine:
            problem = Problem(
                "E-REF",
                sheet.plan.header(Column.PROJECT) or "",
                "This row is not of the project {project}. Take it out, or import it there.",
                "该行不属于项目“{project}”。请删除，或到相应项目中导入。",
                project=project,
            )
            sheet.fault(row, Column.PROJECT, problem, name)


def check_new(sheet: SheetReader, found: list[Place], seen: set[str]) -> list[Place]:
    """Return the places of a list of units: each needs its building, and stands there once.

    `seen` are the keys of lists read before; those of this one are added.
    """
    checked = []
    for row, place in zip(sheet.table.row_numbers, found, strict=True):
        problem = _fault(place, seen) if place.key else None
        if problem is not None:
            sheet.fault(row, Column.UNIT, problem, place.key)
        seen.add(place.key)
        checked.append(NOWHERE if problem else place)
    return checked


def _fault(place: Place, seen: set[str]) -> Problem | None:
    if place.key in seen:
        return Problem(
            "E-UNIT-TWICE",
            "unit",
            "Unit {value} stands in the list already. Keep one of the rows.",
            "房号 {value} 在表中重复出现。请只保留一行。",
            value=place.key[:60],
        )
    number = unit_number(place.key)
    long = len(number) > _NUMBER_MOST or len(place.building) > _NAME_MOST
    if not number or long or len(place.key) > KEY_MOST:
        return Problem(
            "E-UNIT",
            "unit",
            "“{value}” does not say which building; write it as building-entrance-room, such as"
            " 3-2-1201, or give the building its own column.",
            "“{value}”没有写明楼栋；请按“楼栋-单元-房号”填写，例如 3-2-1201，或另设楼栋列。",
            value=place.key[:60],
        )
    return None


class Spellings:
    """The units that there are, by key and, where only one has it, by room alone."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = dict.fromkeys(keys)
        shorts = Counter(key.rpartition("-")[2] for key in self.keys)
        self._alone = {
            key.rpartition("-")[2]: key for key in self.keys if shorts[key.rpartition("-")[2]] == 1
        }
        self._buildings: dict[str, list[str]] = {}
        for key in self.keys:
            self._buildings.setdefault(key.partition("-")[0], []).append(key)
        self._asked = 0

    def find(self, key: str) -> str:
        """Return the whole key that a writing means, or an empty text."""
        return key if key in self.keys else self._alone.get(key, "")

    def close(self, key: str) -> str:
        """Return the unit that looks most like it, first in the same building; only so many."""
        self._asked += 1
        if self._asked > _NEAREST_MOST:
            return ""
        beside = self._buildings.get(key.partition("-")[0], [])
        return nearest(key, beside) or (nearest(key, self.keys) if len(self.keys) < 5_000 else "")


def check_known(sheet: SheetReader, found: list[Place], spellings: Spellings) -> list[str]:
    """Return the whole key of each row's unit; E-UNIT with the nearest where there is none."""
    checked, told = [], dict[str, Problem]()
    for row, place in zip(sheet.table.row_numbers, found, strict=True):
        key = spellings.find(place.key) if place.key else ""
        if place.key and not key:
            if place.key not in told:
                told[place.key] = unknown_unit(place.key, spellings.close(place.key))
            sheet.fault(row, Column.UNIT, told[place.key], place.key)
        checked.append(key)
    return checked


def unknown_unit(key: str, close: str) -> Problem:
    """Return the refusal of a unit or building that the project does not have: E-UNIT."""
    if close:
        return Problem(
            "E-UNIT",
            "unit",
            "The project has no unit {value}; the nearest is {close}.",
            "项目中没有房号 {value}；最接近的是 {close}。",
            value=key[:60],
            close=close,
        )
    return Problem(
        "E-UNIT",
        "unit",
        "The project has no unit {value}; write it as building-entrance-room, such as 3-2-1201.",
        "项目中没有房号 {value}；请按“楼栋-单元-房号”填写，例如 3-2-1201。",
        value=key[:60],
    )
