"""Lookup and right as one act: what is not yours does not exist, what you may not do is refused."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

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
    found = Membership.objects.unscoped("sign-in: the account is known before the company").filter(
        account_id=account.pk, active=True, account__is_active=True
    )
    if company_id is not None:
        found = found.filter(company_id=company_id)
    membership = found.select_related("account").order_by("id").first()
    if membership is None:
        return None
    role, parts = Role(membership.role), _parts_of(membership)
    homes, own = _homes_of(membership, parts), membership.reach == Reach.OWN
    name = membership.account.name
    return Actor(account.pk, membership.company_id, role, name, parts, homes, own)


def _homes_of(membership: Membership, parts: frozenset[int] | None) -> Homes | None:
    """Return the homes that a membership is held to; who sees her own alone has none."""
    if membership.reach == Reach.OWN:
        return Homes()
    if membership.reach != Reach.ZONES:
        return None
    with company_scope(membership.company_id):
        return homes_of(membership.account_id, parts or frozenset())


def _parts_of(membership: Membership) -> frozenset[int] | None:
    """Return the projects that a membership reaches; None where it reaches the whole company."""
    if membership.reach == Reach.COMPANY:
        return None
    rows = MembershipProject.objects.unscoped("sign-in: what a membership reaches")
    return frozenset(rows.filter(membership=membership).values_list("project_id", flat=True))


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
