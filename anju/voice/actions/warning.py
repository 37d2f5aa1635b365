"""One message instead of many: tells those who run the office that very much came due at once."""

from __future__ import annotations

from datetime import datetime

from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import colleague
from anju.register.models import Membership
from anju.register.rules.rights import Role
from anju.voice import letters

HEARS = (Role.MANAGER.value, Role.HEAD.value, Role.QUALITY.value)
SUBJECT = "case_storm"


def tell_together(company_id: int, many: int, *, at: datetime) -> None:
    """Tell managers, heads and the quality department that so many cases came due at once.

    Once an hour, whatever the number of rounds.
    """
    rows = Membership.objects.filter(active=True, account__is_active=True, role__in=HEARS)
    for account_id in rows.order_by("account_id").values_list("account_id", flat=True):
        about = About(SUBJECT, company_id, f"{at:%Y%m%d%H}")
        note = Note(colleague(account_id), about, {"n": many}, path="/desk/cases/")
        post(letters.STORM, note, at=at)
