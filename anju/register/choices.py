"""Names of coded values in the reader's language, for pages that may not read models."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from anju.register.models import (
    CareKind,
    Channel,
    PartnerKind,
    Purpose,
    RosterState,
    TieKind,
    UnitUse,
    UseType,
)
from anju.register.rules.rights import Reach, Role

Choices = tuple[tuple[str, str], ...]


def _said(kind: type[models.TextChoices]) -> Choices:
    return tuple((code, str(name)) for code, name in kind.choices)


def unit_uses() -> Choices:
    """Return (code, name) of what a unit can serve as."""
    return _said(UnitUse)


def tie_kinds() -> Choices:
    """Return (code, name) of what a person can be to a unit."""
    return _said(TieKind)


def channels() -> Choices:
    """Return (code, name) of the ways in which people are reached."""
    return _said(Channel)


def purposes() -> Choices:
    """Return (code, name) of what a consent can allow."""
    return _said(Purpose)


def care_kinds() -> Choices:
    """Return (code, name) of the signs of special care."""
    return _said(CareKind)


def partner_kinds() -> Choices:
    """Return (code, name) of what a firm can be to the company."""
    return _said(PartnerKind)


def roster_states() -> dict[str, str]:
    """Return state → name of a spreadsheet that came in."""
    return dict(_said(RosterState))


def languages() -> Choices:
    """Return (code, name) of the languages that people are written to in."""
    return (("zh-hans", _("Chinese")), ("en", _("English")))


def use_types() -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every use type, in the reader's language."""
    return tuple((code, str(name)) for code, name in UseType.choices)


def role_names() -> dict[Role, str]:
    """Return role → name in the reader's language."""
    return {
        Role.ADMINISTRATOR: _("Administrator"),
        Role.QUALITY: _("Quality department"),
        Role.HEAD: _("Company head"),
        Role.MANAGER: _("Project manager"),
        Role.DESK: _("Front desk"),
        Role.STEWARD: _("Building steward"),
        Role.WORKER: _("Repair worker"),
        Role.COMMITTEE: _("Owners’ committee"),
        Role.CONSULTANT: _("Independent consultant"),
    }


def reach_names() -> dict[Reach, str]:
    """Return how far a role goes → its name in the reader's language."""
    return {
        Reach.COMPANY: _("Whole company"),
        Reach.PROJECTS: _("Only some projects"),
        Reach.ZONES: _("Only her zones in these projects"),
        Reach.OWN: _("Only findings that name this person, nothing of owners"),
    }
