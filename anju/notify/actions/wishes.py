"""Writes of what a colleague wishes to be told, and the daily summary of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, current_company
from anju.notify.actions.post import About, Note, post
from anju.notify.models import Message, Preference
from anju.notify.recipients import colleague
from anju.notify.rules.ways import State, Way, Wishes
from anju.notify.rules.words import TOLD_AT_ONCE, Kind, Template, Text, register
from anju.register.access import Actor
from anju.register.models import Company

# The summary stands in the list before the day begins; by mail it goes at the end of the night.
HOUR = 7
SUMMARY = register(
    Template(
        "notify.summary",
        Kind.OTHER,
        zh=Text("昨日消息汇总：{n} 条", "您有 {n} 条未单独提醒的消息，请在“我的消息”中查看。"),
        en=Text(
            "Summary of yesterday: {n}",
            "{n} messages that you were not told one by one are in “My messages”.",
        ),
    )
)


@transaction.atomic
def choose(*, actor: Actor, wishes: Wishes, at: datetime) -> None:
    """Store what a colleague wishes to be told at once, and how.

    Errors: E-CHOICE for a kind that there is not.
    """
    kinds = [kind.value for kind in TOLD_AT_ONCE if kind in wishes.kinds]
    if len(kinds) != len(wishes.kinds):
        raise Problem("E-CHOICE", "kinds", "Choose of the list.", "请从列表中选择。")
    with company_scope(actor.company_id):
        Preference.objects.update_or_create(
            company_id=actor.company_id,
            account_id=actor.account_id,
            defaults={"kinds": kinds, "by_mail": wishes.by_mail, "digest": wishes.digest},
        )
        subject = history.Subject(actor.company_id, "wishes", actor.account_id)
        said: dict[str, history.Plain] = {"kinds": list(kinds), "by_mail": wishes.by_mail}
        said["digest"] = wishes.digest
        history.write(subject, "chosen", actor_id=actor.account_id, at=at, payload=said)


def summarise(*, at: datetime) -> int:
    """Once a day, tell each colleague how much she was not told at once; return how many were told.

    Called every hour; outside the hour before work it does nothing, and a second call of the same
    day posts nothing.
    """
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    if local.hour != HOUR:
        return 0
    told = 0
    for company_id in Company.objects.order_by("id").values_list("id", flat=True):
        with company_scope(company_id):
            told += _summarise(local.date().isoformat(), at)
    return told


@transaction.atomic
def _summarise(day: str, at: datetime) -> int:
    rows = Message.objects.across_parts().filter(
        state=State.SENT, way=Way.DIGEST, handed_at__isnull=True, read_at__isnull=True
    )
    waiting = rows.order_by().values_list("account_id").annotate(n=Count("id"))
    found = {int(account): int(n) for account, n in waiting if account}
    for account, n in found.items():
        about = About("company", current_company(), f"summary {day}")
        note = Note(colleague(account), about, {"n": n}, path="/manage/messages/")
        post(SUMMARY, note, at=at)
    # What was summed up is not summed up again tomorrow.
    rows.filter(account_id__in=found).update(handed_at=at)
    return len(found)


def chosen(kinds: Sequence[str], *, by_mail: bool, digest: bool) -> Wishes:
    """Return wishes as a form sends them."""
    return Wishes(frozenset(kinds), by_mail=by_mail, digest=digest)
