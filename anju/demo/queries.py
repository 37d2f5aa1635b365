"""Reads of the demonstration: the account that stands for each role."""

from __future__ import annotations

from anju.register.models import Account, Membership
from anju.register.rules.rights import Role


def account_for_role(role: str) -> Account | None:
    """Return the demonstration's account of a role, or None where there is no such role."""
    if role not in list(Role):
        return None
    found = Membership.objects.unscoped("demonstration: role switch at the sign-in page").filter(
        company__demonstration=True, role=role, active=True
    )
    membership = found.select_related("account").order_by("id").first()
    return membership.account if membership else None
