"""Writes of people and their ties: moving in and out, contact, consents, signs of care.

What a person is called or reached by never enters the history, so that it can be erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.register.editions import late
from anju.register.models import Channel, Person, Tie, TieKind, Unit, UnitUse
from anju.register.residents import person_for, unit_for
from anju.register.rules.initials import initials
from anju.register.rules.phones import phone_of, tail_of, written_phone
from anju.register.rules.stays import Stay, check_order, check_twice, ownerless
from anju.register.rules.units import unit_key

LANGUAGES = ("", "zh-hans", "en")


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What was written about a person; `phone` None leaves the one on record."""

    name: str
    phone: str | None = ""
    language: str = ""
    channel: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None


@dataclass(frozen=True, slots=True)
class MoveIn:
    """Somebody comes into a unit; the two yeses are given only after a refusal asked for them."""

    person: PersonDraft
    kind: str
    since: date | None
    until: date | None = None
    same_person: str = ""
    without_owner: bool = False


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """What was written about a unit."""

    floor: int | None
    area: Decimal | None
    use: str
    handover: date | None
    number: str = ""


def choice(value: str, known: tuple[str, ...], field: str) -> str:
    """Return a code of a list, or refuse it by its field: E-CHOICE."""
    if value not in known:
        raise Problem("E-CHOICE", field, "Choose one of the list.", "请从列表中选择一项。")
    return value


def stale(version: int, given: int) -> None:
    """Refuse an edit of what somebody else has changed meanwhile: E-STALE."""
    if version != given:
        raise late()


def _fill(person: Person, draft: PersonDraft) -> None:
    person.name = clean_line(draft.name, "name", most=80)
    person.initials = initials(person.name)
    if draft.phone is not None:
        person.phone = phone_of(draft.phone, "phone")
        person.phone_tail = tail_of(person.phone)
        person.phone_written = written_phone(draft.phone) if person.phone else ""
    person.language = choice(draft.language, LANGUAGES, "language")
    person.channel = choice(draft.channel, ("", *Channel.values), "channel")
    person.quiet_from, person.quiet_until = draft.quiet_from, draft.quiet_until
    if (draft.quiet_from is None) != (draft.quiet_until is None):
        raise Problem(
            "E-TIME-PAIR",
            "quiet_until",
            "Give both the beginning and the end of the hours, or neither.",
            "请同时填写开始和结束时间，或都不填。",
        )


@transaction.atomic
def save_person(
    *, actor: Actor, person_id: int, draft: PersonDraft, version: int, at: datetime
) -> Person:
    """Change how somebody is called and reached; E-STALE, E-PHONE, E-TEXT-*."""
    with company_scope(actor.company_id):
        person = person_for(actor, person_id, Verb.EDIT_OWNERS)
        stale(person.version, version)
        _fill(person, draft)
        person.version += 1
        person.save()
        tell(actor, "person", person.pk, "changed", at=at)
        return person


@transaction.atomic
def move_in(*, actor: Actor, unit_id: int, draft: MoveIn, at: datetime) -> Tie:
    """Register somebody for a unit from a day on; earlier stays are kept with their days.

    Errors: E-STAY-ORDER, E-STAY-TWICE, E-PERSON-TWICE where the same name and phone are on record
    and nobody said who is meant, E-STAY-OWNERLESS where a tenant would stay without an owner.
    """
    with company_scope(actor.company_id):
        unit = unit_for(actor, unit_id, Verb.EDIT_OWNERS)
        kind = choice(draft.kind, tuple(TieKind.values), "kind")
        check_order(draft.since, draft.until)
        person = _person(actor, unit, draft, at)
        new = Stay(person.pk, kind, draft.since, draft.until)
        others = stays_of(unit)
        check_twice(new, others)
        if ownerless(new, others) and not draft.without_owner:
            raise Problem(
                "E-STAY-OWNERLESS",
                "without_owner",
                "For part of that time the unit has no owner on record. Register the owner first,"
                " or tick that this is right.",
                "该时间段内该房屋没有登记业主。请先登记业主，或勾选确认无误。",
            )
        tie = Tie(
            company_id=actor.company_id,
            unit=unit,
            person=person,
            kind=kind,
            since=draft.since,
            until=draft.until,
        )
        tie.save()
        tell(actor, "unit", unit.pk, "moved_in", at=at, tie=kind)
        return tie


def _person(actor: Actor, unit: Unit, draft: MoveIn, at: datetime) -> Person:
    """Return the person who moves in: the one on record that was meant, or a new one."""
    project_id = unit.building.project_id
    person = Person(company_id=actor.company_id, project_id=project_id)
    _fill(person, draft.person)
    known = _alike(person, unit)
    if known is not None and draft.same_person == "one":
        return known
    if known is not None and draft.same_person != "apart":
        raise Problem(
            "E-PERSON-TWICE",
            "same_person",
            "Somebody of this name is on record already, with the same phone or in this home. Say"
            " whether it is the same person.",
            "已有同名人员，电话相同或就在这一户。请说明是否为同一人。",
        )
    person.save()
    tell(actor, "person", person.pk, "added", at=at)
    return person


def _alike(new: Person, unit: Unit) -> Person | None:
    """Return who may be meant: of the same name and phone, or of the same name in this home."""
    same = Person.objects.filter(project_id=new.project_id, name=new.name).order_by("id")
    found: Person | None = same.filter(phone=new.phone).first() if new.phone else None
    if found is not None:
        return found
    here = Tie.objects.filter(unit=unit, person__in=same).values("person_id")
    at_home = same.filter(id__in=here)
    return (at_home.filter(phone="") if new.phone else at_home).first()


def stays_of(unit: Unit) -> list[Stay]:
    """Return every stay in a unit, for the rules."""
    rows = Tie.objects.filter(unit=unit).values_list("person_id", "kind", "since", "until")
    return [Stay(*row) for row in rows]


def renumber(unit: Unit, number: str) -> None:
    """Give a unit another number within its building; raises E-TEXT-*, E-NAME-TAKEN."""
    clean = clean_line(number, "number", most=30)
    key = unit_key(unit.building.name, clean)
    others = Unit.objects.filter(building_id=unit.building_id).exclude(id=unit.pk)
    if others.filter(Q(number=clean) | Q(key=key)).exists():
        raise Problem(
            "E-NAME-TAKEN",
            "number",
            "{building} has a unit {number} already. Choose another number.",
            "{building} 已有 {number}。请换一个房号。",
            building=unit.building.name,
            number=clean,
        )
    unit.number, unit.key = clean, key


@transaction.atomic
def save_unit(*, actor: Actor, unit_id: int, draft: UnitDraft, version: int, at: datetime) -> Unit:
    """Change a unit's number, floor, area, use and day of handover; no number leaves the one it has.

    Errors: NotFound, Forbidden, E-STALE, E-CHOICE, E-TEXT-*, E-NAME-TAKEN for another unit's number.
    """
    with company_scope(actor.company_id):
        unit = unit_for(actor, unit_id, Verb.EDIT_REGISTER)
        stale(unit.version, version)
        unit.use = choice(draft.use, ("", *UnitUse.values), "use")
        unit.floor, unit.area, unit.handover = draft.floor, draft.area, draft.handover
        was = unit.number
        if draft.number:
            renumber(unit, draft.number)
        unit.version += 1
        unit.save()
        said = {"number_was": was, "number": unit.number} if was != unit.number else {}
        tell(actor, "unit", unit.pk, "changed", at=at, **said)
        return unit


def tell(
    actor: Actor, kind: str, row_id: int, verb: str, *, at: datetime, **said: history.Plain
) -> None:
    """Write an act on a unit or a person into its history; nothing personal is in it."""
    subject = history.Subject(actor.company_id, kind, row_id)
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload=said)
