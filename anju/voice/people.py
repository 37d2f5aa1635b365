"""Who of a company can be named at a case; reads memberships, changes nothing."""

from __future__ import annotations

from anju.kernel.pure.problems import Problem
from anju.register.access import RIGHTS, Reach, Verb
from anju.register.models import Membership, MembershipProject


def can_be_named(project_id: int, verb: Verb = Verb.WORK_CASES) -> tuple[tuple[int, str, str], ...]:
    """Return (account, name, role) of everybody who may do an act in a project, by name."""
    roles = [role.value for role in RIGHTS[verb]]
    rows = Membership.objects.filter(active=True, account__is_active=True, role__in=roles)
    reached = set(
        MembershipProject.objects.across_parts()
        .filter(project_id=project_id)
        .values_list("membership_id", flat=True)
    )
    return tuple(
        (row.account_id, row.account.name, row.role)
        for row in rows.select_related("account").order_by("account__name", "account_id")
        if row.reach == Reach.COMPANY or row.pk in reached
    )


def must_be_nameable(account_id: int, project_id: int, field: str, *, sees: bool = True) -> None:
    """Raise unless an account may be named at a case of a project.

    Errors: E-REF for nobody of the company, E-CASE-PERSON for one who left or does not reach it.
    """
    found = Membership.objects.filter(account_id=account_id).select_related("account").first()
    if found is None:
        raise Problem("E-REF", field, "Not found. Choose again.", "未找到，请重新选择。")
    if not sees:
        return
    if account_id not in {one for one, _name, _role in can_be_named(project_id)}:
        raise Problem(
            "E-CASE-PERSON",
            field,
            "{name} has left, is disabled, or does not work in this project. Name somebody else.",
            "{name} 已离职、已停用或不在该项目。请另选一人。",
            name=found.account.name,
        )
