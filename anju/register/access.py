"""Lookup and right as one act: what is not yours does not exist, what you may not do is refused."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from anju.kernel.planned import Planned
from anju.kernel.scope import account_scope, company_scope
from anju.register.homes import homes_of, kept_to, narrowing
from anju.register.models import Building, Company, Membership, MembershipProject, Project, Unit
from anju.register.rules.rights import (
    HANDS,
    RAW,
    REACHES,
    RIGHTS,
    USUAL_REACH,
    Actor,
    Forbidden,
    Homes,
    NotFound,
    Reach,
    Role,
    Verb,
    demand,
)

Row = TypeVar("Row", bound=models.Model)

__all__ = [
    "HANDS",
    "RAW",
    "REACHES",
    "RIGHTS",
    "USUAL_REACH",
    "Actor",
    "Forbidden",
    "Homes",
    "NotFound",
    "Reach",
    "Role",
    "Verb",
    "actor_of",
    "building_for",
    "colleague_for",
    "company_of",
    "demand",
    "narrowing",
    "project_for",
    "units_of",
    "visible_projects",
    "visible_subjects",
    "within",
]


def actor_of(account: AbstractBaseUser, *, company_id: int | None = None) -> Actor | None:
    """Return who an account is: in the company asked for, else in its first active membership."""
    with account_scope(account.pk):
        return _actor_of(account, company_id)


def _actor_of(account: AbstractBaseUser, company_id: int | None) -> Actor | None:
    found = _MEMBERSHIP.rows(account.pk, company_id)
    if not found:
        return None
    key, company, role, reach, name = found[0]
    parts = _parts_of(key) if reach != Reach.COMPANY else None
    homes = _homes_of(reach, company, account.pk, parts or frozenset())
    return Actor(account.pk, company, Role(role), name, parts, homes, own=reach == Reach.OWN)


def _membership(account_id: int, company_id: int | None) -> models.QuerySet[Any, Any]:
    found = Membership.objects.unscoped("sign-in: the account is known before the company").filter(
        account_id=account_id, active=True, account__is_active=True
    )
    if company_id is not None:
        found = found.filter(company_id=company_id)
    return found.order_by("id").values_list("id", "company_id", "role", "reach", "account__name")[
        :1
    ]


def _homes_of(reach: str, company_id: int, account_id: int, parts: frozenset[int]) -> Homes | None:
    """Return the homes that a membership is held to; who sees her own alone has none."""
    if reach == Reach.OWN:
        return Homes()
    if reach != Reach.ZONES:
        return None
    with company_scope(company_id):
        return homes_of(account_id, parts)


def _reached(membership_id: int) -> models.QuerySet[Any, Any]:
    rows = MembershipProject.objects.unscoped("sign-in: what a membership reaches")
    return rows.filter(membership_id=membership_id).values_list("project_id")


_MEMBERSHIP, _REACHED = Planned(_membership), Planned(_reached)


def _parts_of(membership_id: int) -> frozenset[int]:
    """Return the projects that a membership reaches."""
    return frozenset(int(key) for (key,) in _REACHED.rows(membership_id))


def within(actor: Actor, rows: models.QuerySet[Row], path: str) -> models.QuerySet[Row]:
    """Return the rows whose project, found by a lookup path, the actor reaches, and whose home."""
    found = rows if actor.parts is None else rows.filter(**{f"{path}__in": actor.parts})
    return found if actor.homes is None else kept_to(actor.homes, found)


def visible_subjects(actor: Actor) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the subjects of the history that lie in the actor's projects: kind and ids."""
    return (("project", tuple(visible_projects(actor).values_list("id", flat=True))),)


def visible_projects(actor: Actor) -> models.QuerySet[Project]:
    """Return the projects that an actor reaches."""
    demand(actor, Verb.SEE_REGISTER)
    return within(actor, Project.objects.all(), "id")


def project_for(actor: Actor, project_id: int, verb: Verb) -> Project:
    """Return a project for an act; raises NotFound or Forbidden."""
    rows = within(actor, Project.objects.filter(id=project_id), "id")
    project: Project | None = rows.first()
    if project is None:
        raise NotFound(f"project {project_id}")
    demand(actor, verb)
    return project


def building_for(actor: Actor, building_id: int, verb: Verb) -> Building:
    """Return a building with its project for an act; raises NotFound or Forbidden."""
    rows = Building.objects.select_related("project").filter(id=building_id)
    building: Building | None = within(actor, rows, "project_id").first()
    if building is None:
        raise NotFound(f"building {building_id}")
    demand(actor, verb)
    return building


def colleague_for(actor: Actor, membership_id: int) -> Membership:
    """Return a colleague's membership for user administration, scoped like any data."""
    membership: Membership | None = (
        Membership.objects.select_related("account").filter(id=membership_id).first()
    )
    if membership is None:
        raise NotFound(f"membership {membership_id}")
    demand(actor, Verb.MANAGE_PEOPLE)
    return membership


def company_of(actor: Actor) -> Company:
    """Return the actor's own company."""
    return Company.objects.get(id=actor.company_id)


def units_of(building: Building) -> models.QuerySet[Unit]:
    """Return the units of a building that was looked up for the actor before."""
    return Unit.objects.filter(building=building)
