"""What stands around a work list: whom it can be filtered by or given to, and one's own lists."""

from __future__ import annotations

from dataclasses import dataclass

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
    rows = SavedView.objects.filter(account_id=actor.account_id).order_by("name")
    return tuple(ViewLine(row.pk, row.name, row.query) for row in rows)


def answering(actor: Actor) -> dict[int, str]:
    """Return who answers for cases that are not settled, among those that somebody sees."""
    rows = visible_cases(actor).filter(settled_at=None, assignee__isnull=False).order_by()
    ids = rows.values_list("assignee_id", flat=True).distinct()
    named = Account.objects.filter(id__in=list(ids[:MOST])).order_by("name", "id")
    return dict(named.values_list("id", "name"))


def nameable(actor: Actor) -> dict[int, str]:
    """Return who may be given cases somewhere in what somebody reaches, by name."""
    roles = [role.value for role in RIGHTS[Verb.WORK_CASES]]
    rows = Membership.objects.filter(active=True, account__is_active=True, role__in=roles)
    if actor.parts is not None:
        here = MembershipProject.objects.across_parts().filter(project_id__in=actor.parts)
        near = set(here.values_list("membership_id", flat=True))
        rows = rows.filter(reach=Reach.COMPANY.value) | rows.filter(id__in=near)
    named = rows.order_by("account__name", "account_id")
    return dict(named.values_list("account_id", "account__name")[:MOST])


def projects_of(actor: Actor) -> dict[int, str]:
    """Return the projects that somebody reaches, by name; for a filter of her own cases."""
    rows = within(actor, Project.objects.all(), "id") if not actor.own else Project.objects.none()
    return dict(rows.order_by("name").values_list("id", "name"))


def running(project_id: int) -> dict[int, str]:
    """Return the faults of a project that many report and that go on, newest first."""
    rows = Bundle.objects.filter(project_id=project_id, ended_at=None).order_by("-id")
    return dict(rows.values_list("id", "title")[:MOST])


def firms() -> dict[int, str]:
    """Return the partner firms of the company, by name."""
    return dict(Partner.objects.order_by("name", "id").values_list("id", "name"))
