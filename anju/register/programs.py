"""Reads of the keys of programs: who shows which key, and the list for the administrator."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb, demand
from anju.register.models import ProgramKey, Project

LENGTH_MOST = 100
PREFIX = "anju"


@dataclass(frozen=True, slots=True)
class Program:
    """A program that showed a key in force; `projects` None reaches all of the company's."""

    id: int
    company_id: int
    name: str
    projects: frozenset[int] | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A key in the administrator's list."""

    id: int
    name: str
    projects: tuple[str, ...]
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def hash_of(key: str) -> str:
    """Return what the database keeps of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def company_in(key: str) -> int | None:
    """Return the company that a key names; None for anything that is no key."""
    prefix, _, rest = key.partition("-")
    number, _, secret = rest.partition("-")
    known = number.isascii() and number.isdigit() and len(number) <= 12
    return (
        int(number) if prefix == PREFIX and known and secret and len(key) <= LENGTH_MOST else None
    )


def program_of(key: str) -> Program | None:
    """Return the program whose key in force this is; None for an unknown or ended one."""
    company_id = company_in(key)
    if company_id is None:
        return None
    with company_scope(company_id):
        row = ProgramKey.objects.filter(token_hash=hash_of(key), revoked_at=None).first()
    if row is None:
        return None
    reach = frozenset(row.projects) or None
    return Program(row.pk, company_id, row.name, reach, row.used_at)


def program_lines() -> tuple[ProgramLine, ...]:
    """Return the keys of the company in force, those that can be used first."""
    names = dict(Project.objects.values_list("id", "name"))
    rows = sorted(ProgramKey.objects.all(), key=lambda row: (row.revoked_at is not None, -row.pk))
    return tuple(
        ProgramLine(
            row.pk, row.name, tuple(names.get(key, "?") for key in row.projects),
            row.made_at, row.used_at, row.revoked_at,
        )
        for row in rows
    )  # fmt: skip


def program_for(actor: Actor, program_id: int) -> ProgramKey:
    """Return a key for an act of the administrator; raises NotFound or Forbidden."""
    found: ProgramKey | None = ProgramKey.objects.filter(id=program_id).first()
    if found is None:
        raise NotFound(f"program key {program_id}")
    demand(actor, Verb.MANAGE_PEOPLE)
    return found
