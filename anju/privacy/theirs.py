"""Which rows are about one person: hers by key, and those of her homes in the days of her stays.

A row of a home is hers alone where nobody else was on record for the home on its day; what such a
row holds in private is given out and emptied only then, because nobody knows who of several wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils import timezone

from anju.privacy.holdings import Holding, Of, of_kind
from anju.privacy.models import Erasure
from anju.register.models import Person, Tie
from anju.register.rules.stays import Stay


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table about a person; of `shared` ones the private columns stay closed."""

    holding: Holding
    rows: tuple[Model, ...]
    shared: frozenset[int]

    @property
    def alone(self) -> tuple[int, ...]:
        """Keys of the rows that are hers alone."""
        return tuple(int(row.pk) for row in self.rows if row.pk not in self.shared)


def held_about(person: Person) -> tuple[Held, ...]:
    """Return everything declared that is about somebody, table by table, empty ones left out."""
    found = [_of_person(holding, person) for holding in of_kind(Of.PERSON)]
    found += _of_homes(person)
    return tuple(held for held in found if held.rows)


def _of_person(holding: Holding, person: Person) -> Held:
    rows = holding.rows().filter(**{holding.path: person}).order_by("pk")
    return Held(holding, tuple(rows), frozenset())


def _of_homes(person: Person) -> Iterator[Held]:
    units = set(Tie.objects.filter(person=person).values_list("unit_id", flat=True))
    gone = set(Erasure.objects.values_list("person_id", flat=True)) - {person.pk}
    stays: dict[int, list[Stay]] = {unit: [] for unit in units}
    ties = Tie.objects.filter(unit_id__in=units).exclude(person_id__in=gone)
    for unit, *stay in ties.values_list("unit_id", "person_id", "kind", "since", "until"):
        stays[unit].append(Stay(*stay))
    for holding in of_kind(Of.HOME):
        yield _of_home(holding, person, stays)


def _of_home(holding: Holding, person: Person, stays: dict[int, list[Stay]]) -> Held:
    hers, shared = list[int](), set[int]()
    rows = holding.rows().filter(**{f"{holding.path}__in": list(stays)}).order_by("pk")
    for key, unit, *dates in rows.values_list("pk", holding.path, *holding.dated):
        there = _there(stays[unit], _day(dates))
        if person.pk in there:
            hers.append(key)
            if there != {person.pk}:
                shared.add(key)
    kept = {row.pk: row for row in holding.rows().filter(pk__in=hers)}
    return Held(holding, tuple(kept[key] for key in hers), frozenset(shared))


def _there(stays: Sequence[Stay], day: date | None) -> set[int]:
    """Return who was on record on a day; for a row without a day, whoever ever was."""
    return {stay.person_id for stay in stays if day is None or stay.holds(day)}


def _day(dates: Sequence[datetime | date | None]) -> date | None:
    for known in dates:
        if isinstance(known, datetime):
            return timezone.localdate(known)
        if known is not None:
            return known
    return None
