"""What columns, steps of work and kinds of faults are called on pages; Chinese in the catalogue."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.answers.rules.mapping import Role

ROLES: dict[Role, Promise | str] = {
    Role.ITEM: _("Answers to an item"),
    Role.COMMENT: _("Words of the owner"),
    Role.BUILDING: _("Building"),
    Role.ENTRANCE: _("Entrance"),
    Role.UNIT: _("Unit number"),
    Role.STRATUM: _("Stratum"),
    Role.USE_TYPE: _("Use type"),
    Role.GROUP: _("Another group"),
    Role.COUNT: _("Number of owners"),
    Role.WEIGHT: _("Weight"),
    Role.MODE: _("How the owner was asked"),
    Role.ANSWERED_AT: _("When it was answered"),
    Role.IGNORED: _("Not imported"),
}
STEPS: dict[str, Promise | str] = {
    "reading": _("Reading the file"),
    "checking": _("Checking every cell"),
    "storing": _("Storing the answers out of sight"),
}
FAULTS: dict[str, Promise | str] = {
    "E-ANSWER": _("An answer that the item does not have"),
    "E-SCORE-RANGE": _("A score outside the scale"),
    "E-NUM-FORMAT": _("Not a number"),
    "E-NUM-RANGE": _("A number out of range"),
    "E-NUM-DECIMALS": _("Too many decimals"),
    "E-NUM-SCI": _("Digits lost in the spreadsheet"),
    "E-UNIT": _("A unit that the project does not have"),
    "E-DATE": _("A day that does not exist"),
    "E-DATE-RANGE": _("A day out of range"),
    "E-DATE-FORMAT": _("A day that could be read twice"),
    "E-XLS-FORMULA": _("A formula without a stored value"),
    "E-TEXT-CONTROL": _("A character that is not allowed"),
}
ROLE_CHOICES = tuple((role.value, words) for role, words in ROLES.items())
FORMATS = ".xlsx,.csv,.txt,.tsv"


def step_name(step: str) -> str:
    """Return what a step of an import is called; an unknown one as it is."""
    return str(STEPS.get(step, step))


def fault_name(code: str) -> str:
    """Return what a kind of fault is called; an unknown one by its code."""
    return str(FAULTS.get(code, code))
