"""What stands around a work list: whom it can be filtered by or given to, and one's own lists."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

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


def views_of(actor: Actor) -> tuple[ViewLine, ...]:
    """Return the lists that somebody keeps, by name."""
    return tuple(ViewLine(*row) for row in _VIEWS.rows(actor.account_id))


_VIEWS = Planned(
    lambda account_id: (
        SavedView.objects.filter(account_id=account_id)
        .order_by("name")
        .values_list("id", "name", "query")
    )
)


def answering(actor: Actor) -> dict[int, str]:
    """Return who answers for cases that are not settled, among those that somebody sees."""
    return dict(_ANSWERING.rows(actor))


def _answering(actor: Actor) -> QuerySet[Account, tuple[int, str]]:
    rows = visible_cases(actor).filter(settled_at=None, assignee__isnull=False).order_by()
    ids = rows.values("assignee_id").distinct()[:MOST]
    return Account.objects.filter(id__in=ids).order_by("name", "id").values_list("id", "name")


_ANSWERING = Planned(_answering)


def nameable(actor: Actor) -> dict[int, str]:
    """Return who may be given cases somewhere in what somebody reaches, by name."""
    return dict(_NAMEABLE.rows(actor))


def _nameable(actor: Actor) -> QuerySet[Membership, tuple[int, str]]:
    roles = [role.value for role in RIGHTS[Verb.WORK_CASES]]
    rows = Membership.objects.filter(active=True, account__is_active=True, role__in=roles)
    if actor.parts is not None:
        here = MembershipProject.objects.across_parts().filter(project_id__in=actor.parts)
        near = here.values("membership_id")
        rows = rows.filter(reach=Reach.COMPANY.value) | rows.filter(id__in=near)
    named = rows.order_by("account__name", "account_id")
    return named.values_list("account_id", "account__name")[:MOST]


_NAMEABLE = Planned(_nameable)


def projects_of(actor: Actor) -> dict[int, str]:
    """Return the projects that somebody reaches, by name; for a filter of her own cases."""
    return {} if actor.own else dict(_PROJECTS.rows(actor))


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
