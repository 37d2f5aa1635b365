"""Which unit each row of a sheet speaks of, in whatever writing; unknown ones are faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anju.answers.rules.headers import plain
from anju.answers.rules.reading import written
from anju.kernel.pure.numbers import lost, lost_digits
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell
from anju.register.rules.spellings import Spellings, unknown_unit
from anju.register.rules.units import KEY_MOST, named_building, normalise, unit_number
from anju.roster.rules.forms import Row, whole_keys
from anju.roster.rules.reading import SheetReader
from anju.roster.rules.shape import Column

_NAME_MOST, _NUMBER_MOST = 60, 30


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as a row names it: its key, what its building is called, and the key as written."""

    key: str
    building: str
    said: str = ""


NOWHERE = Place("", "")


def places(sheet: SheetReader, project: str, known: Iterable[str]) -> list[Place]:
    """Return the unit of each row by its whole key; NOWHERE where the row is at fault.

    Errors: E-UNIT, E-NUM-SCI and E-REF go to the faults of the sheet.
    """
    _other_projects(sheet, project)
    keys = frozenset(known)
    labels = sheet.lines(Column.BUILDING, most=_NAME_MOST, needed=False)
    entrances = [normalise(text).rpartition("-")[2] for text in sheet.texts(Column.ENTRANCE)]
    units = sheet.each(Column.UNIT, _unit, ("", ""))
    buildings = {label: normalise(label) for label in set(labels)}
    written = zip(labels, entrances, units, sheet.texts(Column.USE), strict=True)
    rows = [
        Row(buildings[label], entrance, unit, text, plain(use))
        for label, entrance, (unit, text), use in written
    ]
    return [
        Place(key, label or named_building(row.text, row.unit), said) if key else NOWHERE
        for label, row, (key, said) in zip(labels, rows, whole_keys(rows, keys), strict=True)
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


def is_new(place: Place) -> bool:
    """Say whether a place says enough to be made: a building, a number, neither too long."""
    return _fault(place, set()) is None


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
