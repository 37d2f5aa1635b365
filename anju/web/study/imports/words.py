"""What columns, steps of work and kinds of faults are called on pages; Chinese in the catalogue."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.answers.rules.mapping import Role
from anju.web.parts.taking import FAULTS

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
ROLE_CHOICES = tuple((role.value, words) for role, words in ROLES.items())


def step_name(step: str) -> str:
    """Return what a step of an import is called; an unknown one as it is."""
    return str(STEPS.get(step, step))


def fault_name(code: str) -> str:
    """Return what a kind of fault is called; an unknown one by its code."""
    return str(FAULTS.get(code, code))
