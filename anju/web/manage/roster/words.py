"""What sheets, columns, steps and kinds of faults are called on pages; Chinese in the catalogue."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.roster.rules.compare import Doubt
from anju.roster.rules.shape import COLUMNS, Column, Kind
from anju.web.parts.taking import FAULTS as READ_FAULTS

KINDS: dict[Kind, Promise | str] = {
    Kind.UNITS: _("Homes and other units"),
    Kind.OWNERS: _("Owners and other residents"),
    Kind.STAFF: _("Staff and zones"),
    Kind.NONE: _("Not imported"),
}
COLUMN_NAMES: dict[Column, Promise | str] = {
    Column.PROJECT: _("Project"),
    Column.BUILDING: _("Building"),
    Column.ENTRANCE: _("Entrance"),
    Column.UNIT: _("Unit number"),
    Column.FLOOR: _("Floor"),
    Column.AREA: _("Area (m²)"),
    Column.USE: _("Use"),
    Column.HANDOVER: _("Handed over on"),
    Column.NAME: _("Name"),
    Column.PHONE: _("Phone"),
    Column.TIE: _("Tie to the unit"),
    Column.SINCE: _("From"),
    Column.UNTIL: _("Until"),
    Column.LANGUAGE: _("Language"),
    Column.CHANNEL: _("Reached by"),
    Column.EMAIL: _("E-mail"),
    Column.ROLE: _("Role"),
    Column.ZONE: _("Zone"),
    Column.IGNORED: _("Not imported"),
}
STEPS: dict[str, Promise | str] = {
    "reading": _("Reading the file"),
    "checking": _("Checking every cell"),
    "storing": _("Writing it into the register"),
}
FAULTS: dict[str, Promise | str] = {
    **READ_FAULTS,
    "E-UNIT-TWICE": _("A unit that stands there twice"),
    "E-PHONE": _("Not a telephone number"),
    "E-EMAIL": _("Not an e-mail address"),
    "E-EMAIL-TAKEN": _("An e-mail address that is taken"),
    "E-CHOICE": _("A word that we do not know"),
    "E-REF": _("Not of this project"),
    "E-STAY-ORDER": _("A stay that ends before it begins"),
    "E-TEXT-EMPTY": _("Something is missing"),
    "E-TEXT-LONG": _("A text that is too long"),
    "E-TEXT-BIDI": _("A hidden direction mark"),
}
DOUBTS: dict[Doubt, Promise | str] = {
    Doubt.SAME_IN_FILE: _("The same name and phone stand in several rows"),
    Doubt.SAME_AS_KNOWN: _("The same name and phone are on record already"),
    Doubt.SHARED_PHONE: _("Several people give the same phone, as spouses do"),
}
ANSWERS: dict[Doubt, tuple[tuple[str, Promise | str], ...]] = {
    Doubt.SAME_IN_FILE: (
        ("one", _("It is one person with several homes or rows")),
        ("apart", _("They are different people")),
    ),
    Doubt.SAME_AS_KNOWN: (
        ("one", _("It is the person on record")),
        ("apart", _("They are different people")),
    ),
    Doubt.SHARED_PHONE: (
        ("keep", _("They share it: each keeps the phone")),
        ("blank", _("Only the first keeps it; the others come in without")),
    ),
}


def kind_choices() -> tuple[tuple[str, str], ...]:
    """Return what a sheet can be taken for."""
    return tuple((kind.value, str(words)) for kind, words in KINDS.items())


def column_choices(kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return what a column of such a sheet can be taken for."""
    return tuple(
        (column.value, str(COLUMN_NAMES[column])) for column in (Column.IGNORED, *COLUMNS[kind])
    )


def step_name(step: str) -> str:
    """Return what a step is called; an unknown one as it is."""
    return str(STEPS.get(step, step))


def fault_name(code: str) -> str:
    """Return what a kind of fault is called; an unknown one by its code."""
    return str(FAULTS.get(code, code))
