"""Writes of the frame: company, project, building and its units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, building_for, demand, project_for
from anju.register.editions import refuse_late
from anju.register.models import Building, Company, Project, Unit, UseType
from anju.register.rules.phones import office_phone
from anju.register.rules.units import unit_key

MOST_UNITS = 5_000


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """What a person wrote about a project."""

    name: str
    use_type: str
    target: Decimal | None = None


@transaction.atomic
def found_company(*, name: str, phone: str, at: datetime, demonstration: bool = False) -> Company:
    """Create a company; the first act of an installation."""
    company = Company.objects.create(
        name=clean_line(name, "name", most=120),
        phone=phone,
        demonstration=demonstration,
        created_at=at,
    )
    subject = history.Subject(company.id, "company", company.id)
    history.write(subject, "founded", actor_id=None, at=at, payload={"name": company.name})
    return company


@transaction.atomic
def save_company(*, actor: Actor, name: str, phone: str, version: int | None, at: datetime) -> None:
    """Say what owners call the company and by which number they reach it.

    Errors: E-TEXT-*, E-PHONE, E-STALE.
    """
    demand(actor, Verb.SET_UP)
    company = Company.objects.select_for_update().get(id=actor.company_id)
    subject = history.Subject(company.id, "company", company.id)
    refuse_late(subject, version)
    company.name = clean_line(name, "name", most=120)
    company.phone = office_phone(phone, "phone")
    company.save(update_fields=["name", "phone"])
    said: dict[str, history.Plain] = {"name": company.name, "phone": company.phone}
    history.write(subject, "changed", actor_id=actor.account_id, at=at, payload=said)


def _refuse_taken(project_name: str, *, but: int | None) -> None:
    if Project.objects.across_parts().filter(name=project_name).exclude(id=but).exists():
        raise Problem(
            "E-NAME-TAKEN",
            "name",
            "There is already a project called “{name}”. Choose another name.",
            "已经有名为“{name}”的项目。请换一个名称。",
            name=project_name,
        )


@transaction.atomic
def save_project(
    *,
    actor: Actor,
    draft: ProjectDraft,
    at: datetime,
    project_id: int | None = None,
    version: int | None = None,
) -> Project:
    """Create a project, or change the one named; refuses a name already taken, and E-STALE."""
    demand(actor, Verb.EDIT_REGISTER)
    with company_scope(actor.company_id):
        known = project_id is not None
        project = (
            project_for(actor, project_id, Verb.EDIT_REGISTER)
            if project_id is not None
            else Project(company_id=actor.company_id)
        )
        _not_late(project, version)
        project.name = clean_line(draft.name, "name", most=120)
        if draft.use_type not in UseType.values:
            raise Problem(
                "E-CHOICE", "use_type", "Choose a use type from the list.", "请从列表中选择业态。"
            )
        _refuse_taken(project.name, but=project_id)
        project.use_type = draft.use_type
        project.target = draft.target
        project.save()
        subject = history.Subject(actor.company_id, "project", project.id)
        verb = "changed" if known else "created"
        history.write(
            subject, verb, actor_id=actor.account_id, at=at, payload={"name": project.name}
        )
        return project


def _not_late(project: Project, version: int | None) -> None:
    if project.pk is not None:
        Project.objects.select_for_update(no_key=True).get(id=project.pk)
        refuse_late(history.Subject(project.company_id, "project", project.pk), version)


def _numbers(numbers: Sequence[str]) -> list[str]:
    cleaned = [clean_line(number, "units", most=30) for number in numbers if number.strip()]
    doubled = sorted(number for number, count in Counter(cleaned).items() if count > 1)
    if doubled:
        raise Problem(
            "E-UNIT-TWICE",
            "units",
            "Unit {number} stands twice in the list. Remove one of them.",
            "房号 {number} 在列表中出现了两次。请删去一个。",
            number=doubled[0],
        )
    if len(cleaned) > MOST_UNITS:
        raise Problem(
            "E-UNIT-MANY",
            "units",
            "At most {most} units at a time; you sent {sent}.",
            "一次最多 {most} 户；您提交了 {sent} 户。",
            most=MOST_UNITS,
            sent=len(cleaned),
        )
    return cleaned


@transaction.atomic
def add_building(
    *, actor: Actor, project_id: int, name: str, units: Sequence[str], at: datetime
) -> Building:
    """Add a building with its units to a project; all of them or nothing."""
    with company_scope(actor.company_id):
        project = project_for(actor, project_id, Verb.EDIT_REGISTER)
        clean = clean_line(name, "building", most=60)
        if Building.objects.filter(project=project, name=clean).exists():
            raise _taken(clean)
        building = Building(company_id=actor.company_id, project=project, name=clean)
        building.save()
        count = _add_units(building, _numbers(units))
        _tell(actor, project.id, "building_added", at=at, name=clean, units=count)
        return building


@transaction.atomic
def rename_building(
    *, actor: Actor, building_id: int, name: str, version: int | None, at: datetime
) -> Building:
    """Call a building by another name; its units stay its own and are found under the new one.

    Errors: NotFound, Forbidden, E-STALE, E-TEXT-*, E-NAME-TAKEN.
    """
    with company_scope(actor.company_id):
        building = building_for(actor, building_id, Verb.EDIT_REGISTER)
        Building.objects.select_for_update(no_key=True).get(id=building.pk)
        subject = history.Subject(actor.company_id, "building", building.pk)
        refuse_late(subject, version)
        clean = clean_line(name, "building", most=60)
        others = Building.objects.filter(project_id=building.project_id).exclude(id=building.pk)
        if others.filter(name=clean).exists():
            raise _taken(clean)
        was, building.name = building.name, clean
        building.save(update_fields=["name"])
        units = list(Unit.objects.filter(building=building))
        for unit in units:
            unit.key = unit_key(clean, unit.number)
        Unit.objects.bulk_update(units, ["key"], batch_size=500)
        said: dict[str, history.Plain] = {"name_was": was, "name": clean}
        history.write(subject, "renamed", actor_id=actor.account_id, at=at, payload=said)
        return building


def _taken(name: str) -> Problem:
    return Problem(
        "E-NAME-TAKEN",
        "building",
        "“{name}” already exists in this project. Choose another name.",
        "该项目已有“{name}”。请换一个名称。",
        name=name,
    )


@transaction.atomic
def add_units(*, actor: Actor, building_id: int, units: Sequence[str], at: datetime) -> int:
    """Add units to a building, leaving those that exist; return how many were new."""
    with company_scope(actor.company_id):
        building = building_for(actor, building_id, Verb.EDIT_REGISTER)
        known = set(Unit.objects.filter(building=building).values_list("number", flat=True))
        count = _add_units(building, [n for n in _numbers(units) if n not in known])
        _tell(actor, building.project_id, "units_added", at=at, name=building.name, units=count)
        return count


def _tell(actor: Actor, project_id: int, verb: str, *, at: datetime, name: str, units: int) -> None:
    subject = history.Subject(actor.company_id, "project", project_id)
    payload: dict[str, history.Plain] = {"building": name, "units": units}
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload=payload)


def _add_units(building: Building, numbers: Sequence[str]) -> int:
    rows = [
        Unit(
            company_id=building.company_id,
            building=building,
            number=number,
            key=unit_key(building.name, number),
        )
        for number in numbers
    ]
    Unit.objects.bulk_create(rows, batch_size=500)
    return len(rows)
