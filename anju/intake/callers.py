"""Who calls and from where, by one box: a home in any writing, a phone's end, a name, a house, a project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_search
from anju.register.access import Actor, Verb, visible_projects, within
from anju.register.models import Building, Person, Tie, Unit
from anju.register.residents import TieLine, tie_lines, ties_of_unit
from anju.register.rules.masking import mask_phone
from anju.register.search import Hit, HitKind, find
from anju.voice.actions.receiving import Place

MOST, MANY = 8, 200
QUOTED = 20  # so much of a huge text is said back
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Caller:
    """A place, and a person where one is meant. `key` names it in a form: u7, u7.p3, b2, j1."""

    key: str
    title: str
    note: str
    project_id: int
    building_id: int | None = None
    unit_id: int | None = None
    person_id: int | None = None

    @property
    def place(self) -> Place:
        """Return where a matter of this caller lies."""
        return Place(self.project_id, self.unit_id, None if self.unit_id else self.building_id)


def callers(actor: Actor, written: str, at: datetime) -> tuple[Caller, ...]:
    """Return whom or where a text means, likeliest first; errors E-SEARCH."""
    text = clean_search(written)
    if not text:
        return ()
    found: list[Caller] = []
    hits = find(actor, text)
    alone = sum(hit.kind is HitKind.UNIT for hit in hits) == 1
    for hit in hits:
        here = _of_hit(actor, hit, at)
        found += _residents(here[0], at) if alone and hit.kind is HitKind.UNIT and here else []
        found += here
    found += _houses(actor, text)
    return tuple(dict.fromkeys(found))[:MOST]


def _residents(home: Caller, at: datetime) -> list[Caller]:
    """Return a home with each of who lives there today, the owner first: one of them calls."""
    ties = Tie.objects.select_related("person", "unit__building__project")
    rows = list(ties.filter(unit_id=home.unit_id).order_by("id"))
    held = [(tie, line) for tie, line in zip(rows, tie_lines(rows), strict=True)]
    now = [(tie, line) for tie, line in held if line.now(_today(at))]
    now.sort(key=lambda one: one[0].kind != OWNER)
    return [
        _home(tie.unit, tie.person_id, " · ".join(filter(None, (line.name, line.kind_label, line.phone))))
        for tie, line in now
    ]  # fmt: skip


def only_project(actor: Actor) -> Caller | None:
    """Return the project of somebody who reaches one alone, for a caller who names no home."""
    rows = list(visible_projects(actor).order_by("id")[:2])
    return Caller(f"j{rows[0].pk}", rows[0].name, "", rows[0].pk) if len(rows) == 1 else None


def _of_hit(actor: Actor, hit: Hit, at: datetime) -> list[Caller]:
    if hit.kind is HitKind.UNIT:
        home = caller_of(actor, f"u{hit.id}")
        return [home] if home is not None else []
    if hit.kind is HitKind.PROJECT:
        return [Caller(f"j{hit.id}", hit.title, hit.note, hit.id)]
    ties = Tie.objects.select_related("person", "unit__building__project").filter(person_id=hit.id)
    units = {tie.unit_id: tie.unit for tie in ties if tie_lines([tie])[0].now(_today(at))}
    people = [_home(unit, hit.id, f"{hit.title} · {hit.note}") for unit in units.values()]
    person = Person.objects.select_related("project").filter(id=hit.id).first()
    if people or person is None:
        return people
    project = person.project
    return [
        Caller(f"j{project.pk}.p{hit.id}", project.name, hit.title, project.pk, person_id=hit.id)
    ]


def _houses(actor: Actor, text: str) -> list[Caller]:
    named = Building.objects.filter(name__istartswith=text[:60])
    rows = within(actor, named, "project_id").select_related("project").order_by("name")
    found = list(rows[:MOST])
    if text.isascii() and text.isdigit():  # “Building 12” is called 12
        numbered = within(actor, Building.objects.filter(name__contains=text), "project_id")
        near = numbered.select_related("project").order_by("name")[:MANY]
        found += [row for row in near if _number_of(row.name) == int(text) and row not in found]
        found.sort(key=lambda row: _number_of(row.name) != int(text))
    return [_house(row) for row in found[:MOST]]


def _number_of(name: str) -> int | None:
    """Return the one number in a building's name; None for a name with none or several."""
    numbers = re.findall(r"[0-9]+", name)
    return int(numbers[0]) if len(numbers) == 1 else None


def _house(row: Building) -> Caller:
    return Caller(f"b{row.pk}", row.name, row.project.name, row.project_id, row.pk)


def _home(unit: Unit, person_id: int | None = None, note: str = "") -> Caller:
    house = unit.building
    key = f"u{unit.pk}" + (f".p{person_id}" if person_id else "")
    title = f"{house.name} {unit.number}"
    return Caller(
        key, title, note or house.project.name, house.project_id, house.pk, unit.pk, person_id
    )


def caller_of(actor: Actor, key: str) -> Caller | None:
    """Return what a form's key names, if the actor reaches it; None for any other text."""
    place, _dot, who = key.partition(".")
    kind, number = place[:1], place[1:]
    person = int(who[1:]) if who[:1] == "p" and _is_id(who[1:]) else None
    if not _is_id(number):
        return None
    if kind == "u" and actor.may(Verb.SEE_OWNERS):
        rows = within(actor, Unit.objects.filter(id=int(number)), "building__project_id")
        unit = rows.select_related("building__project").first()
        return _home(unit, _tied(unit, person)) if unit is not None else None
    if kind == "b":
        houses = within(actor, Building.objects.filter(id=int(number)), "project_id")
        house = houses.select_related("project").first()
        return _house(house) if house is not None else None
    if kind == "j":
        project = visible_projects(actor).filter(id=int(number)).first()
        return Caller(key, project.name, "", project.pk, person_id=person) if project else None
    return None


def _quoted(written: str) -> str:
    text = " ".join(written.split())
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _tied(unit: Unit, person_id: int | None) -> int | None:
    tied = person_id is not None and Tie.objects.filter(unit=unit, person_id=person_id).exists()
    return person_id if tied else None


def must_be_caller(
    actor: Actor, key: str, written: str, at: datetime, *, urgent: bool = False
) -> Caller:
    """Return who or where was meant: what was chosen, else the one thing that the text can mean.

    What is `urgent` is not kept waiting for its place: it lies in the project of who reaches one alone.
    Errors: E-CALLER where nothing or more than one thing is meant, E-SEARCH.
    """
    chosen = caller_of(actor, key) if key else None
    if chosen is not None:
        return chosen
    found = callers(actor, written, at)
    homes = {one.unit_id for one in found}
    if found and (len(found) == 1 or homes == {found[0].unit_id} or _same(found, written)):
        return found[0]
    if found:
        raise Problem(
            "E-CALLER", "who",
            "“{value}” can mean more than one place. Choose one below, or write it in full.",
            "“{value}”可能指多处。请在下方选择，或写完整。",
            value=_quoted(written),
        )  # fmt: skip
    alone = only_project(actor) if urgent or not written.strip() else None
    if alone is not None:
        return alone
    raise Problem(
        "E-CALLER", "who",
        "Nothing was found for “{value}”. Write a home such as 3-2-1201, the end of a phone, a name, "
        "a building or the project.",
        "没有找到“{value}”。请填写房号（如 3-2-1201）、电话后四位、姓名、楼栋或项目名称。",
        value=_quoted(written),
    )  # fmt: skip


def _same(found: Sequence[Caller], written: str) -> bool:
    """Say whether the first is called just as it was written and no other is: by name or number."""
    text = "".join(written.split())
    if text.isascii() and text.isdigit():
        numbers = [_number_of(one.title) for one in found if one.unit_id is None]
        return (
            found[0].unit_id is None and numbers[0] == int(text) and numbers.count(int(text)) == 1
        )
    return ["".join(one.title.split()) for one in found].count(text) == 1 and (
        "".join(found[0].title.split()) == text
    )


def _today(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@dataclass(frozen=True, slots=True)
class Who:
    """Who lives where the call comes from, and what to know before answering; a phone masked."""

    id: int
    name: str
    kind: str
    phone: str
    language: str
    quiet: str


def people_of(caller: Caller, at: datetime) -> tuple[Who, ...]:
    """Return who is tied to a home today, the one meant first; nobody where no home is meant."""
    if caller.unit_id is None:
        return ()
    lines = [line for line in ties_of_unit(caller.unit_id) if line.now(_today(at))]
    rows = Person.objects.in_bulk([line.person_id for line in lines])
    meant = sorted(lines, key=lambda line: line.person_id != caller.person_id)
    return tuple(_who(line, rows[line.person_id]) for line in meant if line.person_id in rows)


def _who(line: TieLine, row: Person) -> Who:
    held = row.quiet_from is not None and row.quiet_until is not None
    quiet = f"{row.quiet_from:%H:%M}–{row.quiet_until:%H:%M}" if held else ""
    return Who(row.pk, row.name, line.kind_label, mask_phone(row.phone), row.language, quiet)
