"""Who of a company can be named at a finding; reads memberships, changes nothing."""

from __future__ import annotations

from anju.improve.rules.boxes import Person
from anju.register.access import RIGHTS, Reach, Verb
from anju.register.models import Membership, MembershipProject


def can_be_named(project_id: int) -> tuple[tuple[int, str], ...]:
    """Return (account, name) of everybody who can see findings of a project, by name.

    Who works on the ground sees a finding once she is named at it.
    """
    roles = [role.value for role in RIGHTS[Verb.SEE_FINDINGS]]
    rows = Membership.objects.filter(active=True, account__is_active=True, role__in=roles)
    named = rows.order_by("account__name", "account_id")
    reached = set(
        MembershipProject.objects.filter(project_id=project_id).values_list(
            "membership_id", flat=True
        )
    )
    return tuple(
        (row.account_id, row.account.name)
        for row in named.select_related("account")
        if row.reach == Reach.COMPANY or row.pk in reached
    )


def person_of(account_id: int | None, project_id: int) -> Person | None:
    """Return a colleague as the rules need her, None where the company knows no such account."""
    rows = Membership.objects.select_related("account").filter(account_id=account_id)
    found: Membership | None = rows.first() if account_id is not None else None
    if found is None:
        return None
    names = {account for account, _ in can_be_named(project_id)}
    active = found.active and found.account.is_active
    return Person(found.account_id, active, sees=not active or found.account_id in names)


def gone(account_ids: set[int]) -> frozenset[int]:
    """Return those of some accounts who are no longer active in the company."""
    rows = Membership.objects.filter(
        account_id__in=account_ids, active=True, account__is_active=True
    )
    return frozenset(account_ids - set(rows.values_list("account_id", flat=True)))
