"""Reads of the register: frozen rows for lists and for the frame of a wave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from anju.kernel.at_once import Part, Rows, rows_of
from anju.kernel.planned import Planned
from anju.kernel.scope import company_scope
from anju.register.models import (
    Account,
    Building,
    Company,
    Membership,
    MembershipProject,
    Project,
    Unit,
)
from anju.register.rules.rights import Reach, Role


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project with the size of its frame."""

    id: int
    name: str
    use_type: str
    use_type_label: str
    target: float | None
    buildings: int
    units: int


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building with its number of units."""

    id: int
    name: str
    units: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of the company with role and state."""

    id: int
    account_id: int
    name: str
    email: str
    role: Role
    active: bool
    reach: Reach
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one colleague's role goes, as its form shows it."""

    reach: Reach
    project_ids: frozenset[int]


def project_lines() -> tuple[ProjectLine, ...]:
    """Return every project of the company in force with counts, by name."""
    buildings = _counted(Building.objects.all(), "project_id")
    units = _counted(Unit.objects.all(), "building__project_id")
    return tuple(
        ProjectLine(
            id=p.id,
            name=p.name,
            use_type=p.use_type,
            use_type_label=str(p.get_use_type_display()),
            target=float(p.target) if p.target is not None else None,
            buildings=buildings.get(p.id, 0),
            units=units.get(p.id, 0),
        )
        for p in Project.objects.order_by("name")
    )


def _counted(rows: QuerySet[Any], path: str) -> dict[int, int]:
    """Return how many of the rows lie at each; a join would ask no manager what may be seen."""
    return dict(rows.order_by().values_list(path).annotate(n=Count("id")))


def building_lines(project_id: int) -> tuple[BuildingLine, ...]:
    """Return the buildings of a project with their numbers of units, by name."""
    units = _counted(Unit.objects.filter(building__project_id=project_id), "building_id")
    rows = Building.objects.filter(project_id=project_id).order_by("id")
    return tuple(BuildingLine(b.id, b.name, units.get(b.id, 0)) for b in rows)


def colleagues() -> tuple[Colleague, ...]:
    """Return everybody who has a membership in the company in force, by name."""
    rows = Membership.objects.select_related("account").order_by("account__name", "id")
    named: dict[int, list[str]] = {}
    reached = MembershipProject.objects.order_by("project__name")
    for key, project in reached.values_list("membership_id", "project__name"):
        named.setdefault(key, []).append(project)
    return tuple(
        Colleague(
            m.id,
            m.account_id,
            m.account.name,
            m.account.email,
            role=Role(m.role),
            active=m.active,
            reach=Reach(m.reach),
            projects=tuple(named.get(m.id, ())),
        )
        for m in rows
    )


def reached_by(membership_id: int) -> Reached:
    """Return how far the role of a membership goes, which was looked up for the actor before."""
    membership = Membership.objects.get(id=membership_id)
    rows = MembershipProject.objects.filter(membership=membership)
    return Reached(Reach(membership.reach), frozenset(rows.values_list("project_id", flat=True)))


def unit_names(project_id: int) -> dict[tuple[str, str], int]:
    """Return (building name, unit number) → unit id for a whole project."""
    rows = Unit.objects.filter(building__project_id=project_id)
    found = rows.values_list("building__name", "number", "id")
    return {(building, number): key for building, number, key in found}


def names_of(account_ids: set[int]) -> dict[int, str]:
    """Return account id → name for history lines."""
    return dict(Account.objects.filter(id__in=account_ids).values_list("id", "name"))


def company_name(company_id: int) -> str:
    """Return a company's name, or an empty string where there is none."""
    return next((str(name) for (name,) in _NAME.rows(company_id)), "")


def company_named(company_id: int) -> Part[Rows]:
    """Return the same as rows that a page asks for beside others."""
    return rows_of(_NAME, company_id, columns=("name",))


_NAME = Planned(lambda key: Company.objects.filter(id=key).values_list("name"))


def company_ids() -> tuple[int, ...]:
    """Return the id of every company of this installation."""
    return tuple(Company.objects.order_by("id").values_list("id", flat=True))


def only_phone() -> str:
    """Return the company's telephone where this installation serves one company; else nothing.

    For pages that know nobody: with several companies it would tell which of them exist.
    """
    ids = company_ids()
    if len(ids) != 1:
        return ""
    with company_scope(ids[0]):
        return str(Company.objects.values_list("phone", flat=True).get(id=ids[0]))


def in_each_company(work: Callable[[], int]) -> int:
    """Do a clock's work inside one company after the other, and return the sum of what it counts.

    No query sees two companies at once: the database would not show them.
    """
    total = 0
    for company_id in company_ids():
        with company_scope(company_id):
            total += work()
    return total


def any_account() -> bool:
    """Say whether anybody can sign in yet."""
    return Account.objects.exists()


def first_email() -> str:
    """Return the e-mail of the account that was made first, for who sets a machine up; empty if none."""
    return Account.objects.order_by("id").values_list("email", flat=True).first() or ""


def unit_numbers(building_id: int) -> tuple[str, ...]:
    """Return the unit numbers of a building in the order in which they were added."""
    rows = Unit.objects.filter(building_id=building_id).order_by("id")
    return tuple(rows.values_list("number", flat=True))
