"""Look-ups and reads of units with the people tied to them; a phone leaves here masked only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.register.models import CareTag, Consent, Person, Tie, Unit
from anju.register.rules.masking import mask_phone
from anju.register.rules.stays import Stay


@dataclass(frozen=True, slots=True)
class TieLine:
    """A person of a unit, or a unit of a person, with the days of the stay."""

    id: int
    person_id: int
    name: str
    phone: str
    unit_id: int
    unit: str
    kind: str
    kind_label: str
    since: date | None
    until: date | None
    version: int

    def now(self, today: date) -> bool:
        """Say whether the stay goes on."""
        return Stay(self.person_id, self.kind, self.since, self.until).holds(today)

    def over(self, today: date) -> bool:
        """Say whether the stay has ended."""
        return self.until is not None and self.until <= today


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of a building with who is tied to it now."""

    id: int
    number: str
    floor: int | None
    area: Decimal | None
    use_label: str
    people: tuple[TieLine, ...]


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent as the page shows it."""

    id: int
    purpose: str
    purpose_label: str
    channel_label: str
    text_version: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person as the page and its form show her; of the phone only its ends."""

    id: int
    name: str
    phone: str
    language: str
    channel: str
    channel_label: str
    quiet_from: time | None
    quiet_until: time | None
    version: int
    project_id: int
    ties: tuple[TieLine, ...]
    consents: tuple[ConsentLine, ...]


@dataclass(frozen=True, slots=True)
class CareLine:
    """A sign for special care, shown to whoever gave a reason."""

    id: int
    kind: str
    kind_label: str
    purpose: str
    added_at: datetime


def unit_for(actor: Actor, unit_id: int, verb: Verb) -> Unit:
    """Return a unit with building and project for an act; raises NotFound or Forbidden."""
    rows = Unit.objects.select_related("building__project").filter(id=unit_id)
    found: Unit | None = within(actor, rows, "building__project_id").first()
    if found is None:
        raise NotFound(f"unit {unit_id}")
    demand(actor, verb)
    return found


def person_for(actor: Actor, person_id: int, verb: Verb) -> Person:
    """Return a person for an act; raises NotFound or Forbidden."""
    rows = Person.objects.select_related("project").filter(id=person_id)
    found: Person | None = within(actor, rows, "project_id").first()
    if found is None:
        raise NotFound(f"person {person_id}")
    demand(actor, verb)
    return found


def tie_for(actor: Actor, tie_id: int, verb: Verb) -> Tie:
    """Return a tie with its unit and person for an act; raises NotFound or Forbidden."""
    rows = Tie.objects.select_related("unit__building", "person").filter(id=tie_id)
    found: Tie | None = within(actor, rows, "unit__building__project_id").first()
    if found is None:
        raise NotFound(f"tie {tie_id}")
    demand(actor, verb)
    return found


def consent_for(actor: Actor, consent_id: int, verb: Verb) -> Consent:
    """Return a consent with its person for an act; raises NotFound or Forbidden."""
    rows = Consent.objects.select_related("person").filter(id=consent_id)
    found: Consent | None = within(actor, rows, "person__project_id").first()
    if found is None:
        raise NotFound(f"consent {consent_id}")
    demand(actor, verb)
    return found


def care_for(actor: Actor, care_id: int, verb: Verb) -> CareTag:
    """Return a sign of care with its person for an act; raises NotFound or Forbidden."""
    rows = CareTag.objects.select_related("person").filter(id=care_id)
    found: CareTag | None = within(actor, rows, "person__project_id").first()
    if found is None:
        raise NotFound(f"care {care_id}")
    demand(actor, verb)
    return found


def tie_lines(ties: Iterable[Tie]) -> tuple[TieLine, ...]:
    """Return ties, read with person and unit, as lines."""
    return tuple(
        TieLine(
            id=tie.pk,
            person_id=tie.person_id,
            name=tie.person.name,
            phone=mask_phone(tie.person.phone),
            unit_id=tie.unit_id,
            unit=f"{tie.unit.building.name} {tie.unit.number}",
            kind=tie.kind,
            kind_label=str(tie.get_kind_display()),
            since=tie.since,
            until=tie.until,
            version=tie.version,
        )
        for tie in ties
    )


def ties_of_unit(unit_id: int) -> tuple[TieLine, ...]:
    """Return everybody who is or was tied to a unit, open stays first, then the latest."""
    rows = Tie.objects.select_related("person", "unit__building").filter(unit_id=unit_id)
    return tie_lines(sorted(rows, key=_open_first))


def _open_first(tie: Tie) -> tuple[bool, int, int]:
    ended = tie.until.toordinal() if tie.until else 0
    return tie.until is not None, -ended, tie.pk


def unit_lines(units: Sequence[Unit], today: date, *, people: bool) -> tuple[UnitLine, ...]:
    """Return units, looked up for the actor, with who is tied to each now if that may be seen."""
    tied: defaultdict[int, list[TieLine]] = defaultdict(list)
    rows = Tie.objects.select_related("person", "unit__building")
    lines = tie_lines(rows.filter(unit__in=units).order_by("id")) if people else ()
    for line in lines:
        if line.now(today):
            tied[line.unit_id].append(line)
    return tuple(
        UnitLine(
            id=unit.pk,
            number=unit.number,
            floor=unit.floor,
            area=unit.area,
            use_label=str(unit.get_use_display()) if unit.use else "",
            people=tuple(tied[unit.pk]),
        )
        for unit in units
    )


def person_file(person: Person) -> PersonFile:
    """Return a person, looked up for the actor before, with ties and consents."""
    ties = Tie.objects.select_related("person", "unit__building").filter(person=person)
    consents = Consent.objects.filter(person=person).order_by("-id")
    return PersonFile(
        id=person.pk,
        name=person.name,
        phone=mask_phone(person.phone),
        language=person.language,
        channel=person.channel,
        channel_label=str(person.get_channel_display()) if person.channel else "",
        quiet_from=person.quiet_from,
        quiet_until=person.quiet_until,
        version=person.version,
        project_id=person.project_id,
        ties=tie_lines(sorted(ties, key=_open_first)),
        consents=tuple(
            ConsentLine(
                id=row.pk,
                purpose=row.purpose,
                purpose_label=str(row.get_purpose_display()),
                channel_label=str(row.get_channel_display()),
                text_version=row.text_version,
                given_at=row.given_at,
                withdrawn_at=row.withdrawn_at,
            )
            for row in consents
        ),
    )


def care_lines(person_id: int) -> tuple[CareLine, ...]:
    """Return the signs of care of a person; only an action that notes the look calls this."""
    rows = CareTag.objects.filter(person_id=person_id).order_by("id")
    return tuple(
        CareLine(row.pk, row.kind, str(row.get_kind_display()), row.purpose, row.added_at)
        for row in rows
    )
