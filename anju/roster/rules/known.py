"""What the register holds of a project already, as the comparison needs it; plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit with what a sheet may change of it."""

    id: int
    key: str
    building_id: int
    floor: int | None
    area: Decimal | None
    use: str
    handover: date | None
    version: int


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person with what a sheet may change of her."""

    id: int
    name: str
    phone: str
    written: str
    language: str
    channel: str
    version: int


@dataclass(frozen=True, slots=True)
class KnownTie:
    """A tie with its days."""

    id: int
    unit_id: int
    person_id: int
    kind: str
    since: date | None
    until: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Known:
    """The register of one project; buildings, zones and staff by what names them."""

    project: str = ""
    buildings: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, KnownUnit] = field(default_factory=dict)
    people: Sequence[KnownPerson] = ()
    ties: Sequence[KnownTie] = ()
    # E-mail of everybody with an account; True where she works in this company.
    accounts: Mapping[str, tuple[int, bool]] = field(default_factory=dict)
