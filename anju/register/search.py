"""One box that finds units, people and projects of what the reader reaches; it has no ranking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from anju.answers.rules.entrances import parted
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_search
from anju.register.access import Actor, Verb, visible_projects, within
from anju.register.models import Person, Tie, Unit
from anju.register.residents import tie_lines
from anju.register.rules.masking import mask_phone
from anju.register.rules.phones import phone_of, tail_of
from anju.register.rules.units import KEY_MOST, normalise

MOST = 20
_TAIL = re.compile(r"\d{4}")
_LETTERS = re.compile(r"[a-z]{1,20}")


class HitKind(StrEnum):
    """What was found."""

    UNIT = "unit"
    PERSON = "person"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it leads, what it is called, and what tells it apart."""

    kind: HitKind
    id: int
    title: str
    note: str


def find(actor: Actor, written: str) -> tuple[Hit, ...]:
    """Return what a text means: a unit in any writing, a name, its initials, a phone or its end.

    Every sign is literal. Errors: E-SEARCH for more than 200 characters.
    """
    text = clean_search(written)
    if not text:
        return ()
    if not actor.may(Verb.SEE_OWNERS):
        return tuple(_projects(actor, text))
    return (*_units(actor, text), *_people(actor, text), *_projects(actor, text))


def _units(actor: Actor, text: str) -> list[Hit]:
    key = normalise(text)[:KEY_MOST]
    if not key:
        return []
    rows = within(actor, Unit.objects.all(), "building__project_id")
    near = rows.select_related("building__project")
    exact = list(near.filter(key=key).order_by("id")[:MOST])
    other = near.exclude(key=key).filter(Q(key__endswith=f"-{key}") | _otherwise(key))
    more = other.order_by("key", "id")[: MOST - len(exact)]
    return [
        Hit(HitKind.UNIT, u.pk, f"{u.building.name} {u.number}", u.building.project.name)
        for u in [*exact, *more]
    ]


def _otherwise(key: str) -> Q:
    """Return what finds a home whose entrance was left out, or written though none is kept."""
    block, entrance, room = parted(key)
    if not block:
        return Q(pk__in=())
    without = Q(key=f"{block}-{room}") if entrance == "1" else Q(pk__in=())
    inside = Q(key__startswith=f"{block}-", key__endswith=f"-{room}")
    return without if entrance else inside


def _people(actor: Actor, text: str) -> list[Hit]:
    alike = Q(name__icontains=text)
    if _LETTERS.fullmatch(text.lower()):
        alike |= Q(initials__startswith=text.lower())
    if _TAIL.fullmatch(text):
        alike |= Q(phone_tail=text)
    phone = _whole_phone(text)
    if phone:
        alike |= Q(phone_tail=tail_of(phone), phone=phone)
    rows = within(actor, Person.objects.filter(alike), "project_id")
    people = list(rows.order_by("name", "id")[:MOST])
    homes = _homes(rows.filter(id__in=[person.pk for person in people]))
    return [
        Hit(
            HitKind.PERSON,
            person.pk,
            person.name,
            " · ".join(part for part in (homes.get(person.pk), mask_phone(person.phone)) if part),
        )
        for person in people
    ]


def _whole_phone(text: str) -> str:
    """Return the number that somebody typed as a whole, in its one form; none for other texts."""
    try:
        return phone_of(text, "q")
    except Problem:
        return ""


def _homes(people: QuerySet[Person]) -> dict[int, str]:
    """Return for each person the unit of today, or the last one."""
    ties = Tie.objects.select_related("person", "unit__building").filter(person__in=people)
    today, homes = timezone.localdate(utc_now()), dict[int, str]()
    for line in sorted(tie_lines(ties), key=lambda line: line.now(today)):
        homes[line.person_id] = line.unit
    return homes


def _projects(actor: Actor, text: str) -> list[Hit]:
    rows = visible_projects(actor).filter(name__icontains=text).order_by("name")[:MOST]
    return [
        Hit(HitKind.PROJECT, project.pk, project.name, str(project.get_use_type_display()))
        for project in rows
    ]
