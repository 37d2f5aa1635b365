"""Who is told that a stocktake waits for a signature, and that a month's report can be read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.notify.actions.post import About, Note, post
from anju.notify.models import Message
from anju.notify.recipients import colleague
from anju.notify.rules.words import Value
from anju.register.access import Actor, Reach, Role, actor_of
from anju.register.models import Account, Membership, MembershipProject
from anju.reviews import letters
from anju.reviews.clock import local
from anju.reviews.models import Stocktake
from anju.reviews.month import Scope, figures, scope_of
from anju.reviews.repairs import repairs
from anju.reviews.rules.warning import month_before

READERS = (Role.HEAD.value, Role.QUALITY.value, Role.MANAGER.value)


def tell_unsigned(sheet: Stocktake, *, at: datetime) -> int:
    """Tell the managers of a project that its stocktake waits for them, once; return how many."""
    values: dict[str, Value] = {
        "day": sheet.day.isoformat(), "project": sheet.project.name, "open": sheet.open,
        "overdue": sheet.overdue,
    }  # fmt: skip
    about = About("stocktake", sheet.pk, "unsigned")
    path = f"/manage/reviews/stocktake/{sheet.pk}/"
    notes = [
        Note(colleague(who), about, values, path=path, project_id=sheet.project_id)
        for who in _managers(sheet.project_id)
    ]
    return sum(post(letters.UNSIGNED, note, at=at) is not None for note in notes)


def _managers(project_id: int) -> tuple[int, ...]:
    here = MembershipProject.objects.across_parts().filter(project_id=project_id)
    reached = set(here.values_list("membership_id", flat=True))
    rows = Membership.objects.filter(active=True, account__is_active=True, role=Role.MANAGER.value)
    return tuple(
        row.account_id
        for row in rows.order_by("account_id")
        if row.reach == Reach.COMPANY or row.pk in reached
    )


@transaction.atomic
def tell_month(company_id: int, account: Account, *, at: datetime) -> bool:
    """Tell a reader of last month's two reports with the figures of her projects; False if told before.

    The one on repairs in homes is told of where any was done.
    """
    month = month_before(local(at).date().replace(day=1))
    about = About("month_report", month.year * 100 + month.month, f"reader.{account.pk}")
    if Message.objects.filter(
        subject_kind=about.kind, subject_id=about.id, stage=about.stage
    ).exists():
        return False
    actor = actor_of(account, company_id=company_id)
    if actor is None:
        return False
    scope = scope_of(actor, "", f"{month:%Y-%m}", at=at)
    _tell_repairs(actor, scope, at)
    found = figures(actor, scope, at=at)
    values: dict[str, Value] = {
        "month": f"{month:%Y-%m}", "n": found.complaints, "warnings": len(found.warnings),
    }  # fmt: skip
    path = f"/manage/reviews/month/?month={month:%Y-%m}"
    note = Note(colleague(account.pk), about, values, path=path)
    return post(letters.MONTH, note, at=at) is not None


def _tell_repairs(actor: Actor, scope: Scope, at: datetime) -> None:
    found = repairs(actor, scope, at=at)
    if not found.lines:
        return
    month = scope.month
    about = About("month_repairs", month.year * 100 + month.month, f"reader.{actor.account_id}")
    values: dict[str, Value] = {
        "month": f"{month:%Y-%m}", "n": len(found.lines), "asked": found.asked,
    }  # fmt: skip
    path = f"/manage/reviews/repairs/?month={month:%Y-%m}"
    post(letters.REPAIRS, Note(colleague(actor.account_id), about, values, path=path), at=at)
