"""What stands around a work list: whom it can be filtered by or given to, and one's own lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from anju.kernel.at_once import at_once, rows_of
from anju.kernel.planned import Planned
from anju.register.access import RIGHTS, Actor, Reach, Verb, within
from anju.register.models import Account, Membership, MembershipProject, Partner, Project
from anju.voice.access import visible_cases
from anju.voice.models import Bundle, SavedView

MOST = 300


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A list that somebody keeps under a name."""

    id: int
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a work list: projects and people to narrow it by, lists kept, who takes work."""

    projects: dict[int, str]
    answering: dict[int, str]
    views: tuple[ViewLine, ...]
    nameable: dict[int, str]


def around(actor: Actor) -> Around:
    """Return what stands around somebody's work list, by one statement.

    Projects are those that she reaches, for a filter of her own cases none; `answering` are who answers
    for cases not settled that she sees; `views` the lists that she keeps; all by name.
    """
    named = ("id", "name")
    parts = [
        rows_of(_ANSWERING, actor, columns=named),
        rows_of(_VIEWS, actor.account_id, columns=("id", "name", "query")),
        rows_of(_NAMEABLE, actor, columns=("account_id", "name")),
    ]
    if not actor.own:
        parts.append(rows_of(_PROJECTS, actor, columns=named))
    answering, views, nameable, *projects = at_once(*parts)
    return Around(
        dict(projects[0]) if projects else {},
        dict(answering),
        tuple(ViewLine(*row) for row in views),
        dict(nameable),
    )


_VIEWS = Planned(
    lambda account_id: (
        SavedView.objects.filter(account_id=account_id)
        .order_by("name")
        .values_list("id", "name", "query")
    )
)


def _answering(actor: Actor) -> QuerySet[Account, tuple[int, str]]:
    rows = visible_cases(actor).filter(settled_at=None, assignee__isnull=False).order_by()
    ids = rows.values("assignee_id").distinct()[:MOST]
    return Account.objects.filter(id__in=ids).order_by("name", "id").values_list("id", "name")


_ANSWERING = Planned(_answering)


def nameable(actor: Actor) -> dict[int, str]:
    """Return who may be given cases somewhere in what somebody reaches, by name."""
    return dict(_NAMEABLE.rows(actor))


def _nameable(actor: Actor) -> QuerySet[Membership, Any]:
    roles = [role.value for role in RIGHTS[Verb.WORK_CASES]]
    rows = Membership.objects.filter(active=True, account__is_active=True, role__in=roles)
    if actor.parts is not None:
        here = MembershipProject.objects.across_parts().filter(project_id__in=actor.parts)
        near = here.values("membership_id")
        rows = rows.filter(reach=Reach.COMPANY.value) | rows.filter(id__in=near)
    named = rows.annotate(name=F("account__name")).order_by("name", "account_id")
    found: QuerySet[Membership, Any] = named.values_list("account_id", "name")
    return found[:MOST]


_NAMEABLE = Planned(_nameable)


_PROJECTS = Planned(
    lambda actor: (
        within(actor, Project.objects.all(), "id").order_by("name").values_list("id", "name")
    )
)


def running(project_id: int) -> dict[int, str]:
    """Return the faults of a project that many report and that go on, newest first."""
    rows = Bundle.objects.filter(project_id=project_id, ended_at=None).order_by("-id")
    return dict(rows.values_list("id", "title")[:MOST])


def firms() -> dict[int, str]:
    """Return the partner firms of the company, by name."""
    return dict(Partner.objects.order_by("name", "id").values_list("id", "name"))
