"""Erasing a person: what goes, what stays under a number, and all of it again after a restore."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, part_scope
from anju.privacy import files, tombstones
from anju.privacy.holdings import Fate
from anju.privacy.models import Erasure
from anju.privacy.rules.erasing import Ground, confirmed, ground_of, tombstone
from anju.privacy.theirs import Held, held_about
from anju.privacy.words import in_history, marks_about, places
from anju.register.access import Actor, Verb
from anju.register.models import Person
from anju.register.residents import person_for

EMPTY: Mapping[str, object] = {
    "initials": "",
    "phone": "",
    "phone_tail": "",
    "phone_written": "",
    "language": "",
    "channel": "",
    "quiet_from": None,
    "quiet_until": None,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One table on the page that is confirmed: what it is, how many rows, what becomes of them."""

    words: str
    rows: int
    shared: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an erasure would do, before anybody confirms it."""

    person_id: int
    name: str
    lines: tuple[Line, ...]
    words: int
    files: tuple[str, ...]
    history: int


@dataclass(frozen=True, slots=True)
class Order:
    """Who is to be erased, on what ground, and the name as it was typed."""

    person_id: int
    ground: str
    typed: str


def outlook(actor: Actor, person_id: int) -> Outlook:
    """Return what goes and what stays; E-STATE where the person was erased already."""
    with company_scope(actor.company_id):
        person = _standing(person_for(actor, person_id, Verb.ERASE_PERSON))
        with part_scope(None):
            marks = marks_about(person)
            return Outlook(
                person_id=person.pk,
                name=person.name,
                lines=tuple(
                    Line(str(one.holding.words), len(one.rows), len(one.shared), one.holding.fate)
                    for one in held_about(person)
                ),
                words=sum(1 for _place in places(marks, person)),
                files=tuple(row.name for row in files.naming(marks, actor.company_id)),
                history=in_history(marks, actor.company_id),
            )


def erase(*, actor: Actor, order: Order, at: datetime) -> Erasure:
    """Erase a person for good; ties, consents and numbers stay under a number without a name.

    Errors: E-CHOICE, E-CONFIRM, E-STATE where she was erased already.
    """
    forget_traces()
    with transaction.atomic(), company_scope(actor.company_id):
        person = _standing(person_for(actor, order.person_id, Verb.ERASE_PERSON))
        ground = ground_of(order.ground)
        confirmed(order.typed, person.name)
        return _erase(person, ground, actor.account_id, at)


def erase_again(*, at: datetime) -> int:
    """Erase whoever is in the log of erasures and came back with a restored backup; return how many."""
    done = 0
    for stone in tombstones.standing():
        forget_traces()
        with transaction.atomic(), company_scope(stone.company_id):
            person = Person.objects.filter(id=stone.person_id).first()
            if person is None or Erasure.objects.filter(person=person).exists():
                continue
            _erase(person, Ground(stone.ground), None, at)
            done += 1
    tombstones.note_all()
    return done


def _standing(person: Person) -> Person:
    if Erasure.objects.filter(person=person).exists():
        raise Problem("E-STATE", "person", "This person was erased already.", "此人信息已删除。")
    return person


def _erase(person: Person, ground: Ground, account_id: int | None, at: datetime) -> Erasure:
    with part_scope(None):
        person = Person.objects.select_for_update().get(id=person.pk)
        _standing(person)
        marks = marks_about(person)
        counts = Counter[str]()
        for one in held_about(person):
            counts[one.holding.model] += _let_go(one, at)
        _empty_person(person)
        counts["files"] = files.empty(files.naming(marks, person.company_id))
        counts["words"] = 0
        for place in places(marks, person):
            rows = place.model._base_manager.filter(pk=place.pk)
            counts["words"] += rows.update(**place.cleaned)
        row = Erasure(
            company_id=person.company_id,
            project_id=person.project_id,
            person=person,
            account_id=account_id,
            reason=ground.value,
            counts=counts,
            at=at,
        )
        row.save()
    subject = history.Subject(person.company_id, "person", person.pk)
    said: dict[str, history.Plain] = {"ground": ground.value}
    history.write(subject, "erased", actor_id=account_id, at=at, payload=said)
    transaction.on_commit(partial(_after, row))
    return row


def _let_go(held: Held, at: datetime) -> int:
    """Do with rows what their table declares; of a home that others lived in, nothing."""
    holding, keys = held.holding, held.alone
    rows = holding.rows().filter(pk__in=keys)
    if holding.also is not None:
        holding.also(rows, at)
    if holding.fate is Fate.EMPTIED:
        return int(rows.update(**holding.empty))
    if holding.fate is Fate.REMOVED:
        return int(rows.delete()[0])
    return 0


def _empty_person(person: Person) -> None:
    for column, value in EMPTY.items():
        setattr(person, column, value)
    person.name = tombstone(person.pk)
    person.version += 1
    person.save()


def _after(row: Erasure) -> None:
    """Note the erasure outside the database, and let the database forget what it overwrote."""
    tombstones.note(row)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_traces() -> None:
    """Let SQLite overwrite freed space with noughts from here on; PostgreSQL does so by vacuum."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
