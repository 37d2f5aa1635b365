"""Everything on record about a person, given out to her: gathered from every table, noted as a look."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.db.models import Model

from anju.kernel import history
from anju.kernel.scope import company_scope, part_scope
from anju.privacy.actions.looks import note
from anju.privacy.files import naming
from anju.privacy.holdings import Holding
from anju.privacy.rules.looks import What, Why
from anju.privacy.rules.marks import plain
from anju.privacy.theirs import Held, held_about
from anju.privacy.words import marks_about
from anju.register.access import Actor, Verb
from anju.register.models import Company, Person
from anju.register.residents import person_for

Row = dict[str, object]
WITHHELD = "withheld: somebody else was on record for the home"
KEPT = "withheld: an independent consultant keeps this survey's answers; ask the consultant"
OWN_HIDDEN = frozenset({"initials", "phone_tail", "batch", "batch_row", "version"})


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table about a person."""

    model: str
    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Everything on record about a person, as data."""

    company: str
    name: str
    at: datetime
    person: Row
    tables: tuple[Table, ...]
    acts: tuple[Row, ...]
    files: tuple[str, ...]

    def text(self) -> str:
        """Return all of it as JSON."""
        whole = {
            "format": "anju-person@1",
            "company": self.company,
            "at": self.at.isoformat(),
            "person": self.person,
            "tables": {
                table.model: {"what": table.words, "rows": list(table.rows)}
                for table in self.tables
            },
            "history": list(self.acts),
            "files that name the person": list(self.files),
        }
        return json.dumps(whole, ensure_ascii=False, indent=1)


@transaction.atomic
def give_out(*, actor: Actor, person_id: int, why: Why, at: datetime) -> Given:
    """Return everything on record about a person and write down who took it, when and why.

    Errors: E-CHOICE, E-REASON, E-TEXT-*, E-QUOTA, E-STATE where the person was erased.
    """
    with company_scope(actor.company_id):
        person = person_for(actor, person_id, Verb.EXPORT_PERSON)
        note(actor, person, What.EXPORT, why, at)
        with part_scope(None):
            return gathered(person, at)


def gathered(person: Person, at: datetime) -> Given:
    """Return everything declared about somebody; part of an act that writes the look down."""
    subject = history.Subject(person.company_id, "person", person.pk)
    entries = history.entries(subject).order_by("seq")
    return Given(
        company=Company.objects.get(id=person.company_id).name,
        name=person.name,
        at=at,
        person=_row(person, {}, OWN_HIDDEN),
        tables=tuple(_table(held) for held in held_about(person)),
        acts=tuple({"at": entry.at.isoformat(), "act": entry.verb} for entry in entries),
        files=tuple(row.name for row in naming(marks_about(person), person.company_id)),
    )


def _table(held: Held) -> Table:
    holding: Holding = held.holding
    private = frozenset(holding.private)
    hidden = frozenset(holding.hidden)
    rows = tuple(
        _row(row, dict.fromkeys(private, why) if (why := _why(held, row)) else {}, hidden)
        for row in held.rows
    )
    return Table(holding.model, str(holding.words), rows)


def _why(held: Held, row: Model) -> str:
    """Return why what a row holds in private is not given out, or nothing."""
    if held.holding.sealed is not None and held.holding.sealed(row):
        return KEPT
    return WITHHELD if row.pk in held.shared else ""


def _row(row: Model, closed: Mapping[str, str], hidden: frozenset[str]) -> Row:
    """Return a row's columns: closed ones say that they are, hidden ones are not there."""
    shown: Row = {}
    for field in row._meta.concrete_fields:
        if field.name in hidden or field.name == "company":
            continue
        value = closed.get(field.name) or plain(getattr(row, field.attname))
        shown[field.name] = value
    return shown


def packed(given: Given, page: str) -> bytes:
    """Return the archive that is handed over: the data, and the same to read."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", given.text())
        archive.writestr("index.html", page)
    return out.getvalue()
