"""Writes around the second step at sign-in: asking for it, taking it away, how long it may wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, colleague_for, demand
from anju.register.models import Account, Company
from anju.register.rules.rights import GRACE_MOST
from anju.register.second_step import Standing, grace_days, standing


@transaction.atomic
def ask_for_second_step(*, actor: Actor, at: datetime) -> Standing:
    """Return where somebody who signs in stands; the first time, the days of grace begin."""
    found = standing(actor)
    if found.set_up or not found.demanded or found.by is not None:
        return found
    by = at + timedelta(days=grace_days(actor.company_id))
    Account.objects.filter(id=actor.account_id, second_step_by=None).update(second_step_by=by)
    return Standing(set_up=False, demanded=True, by=by)


@transaction.atomic
def remove_second_step(*, actor: Actor, membership_id: int, at: datetime) -> None:
    """Take a colleague's second step away, whose telephone is lost; the days of grace begin anew.

    Somebody else does it: whoever could remove her own would need none. Error: E-SECOND-OWN.
    """
    with company_scope(actor.company_id):
        person = colleague_for(actor, membership_id)
        if person.account_id == actor.account_id:
            raise Problem(
                "E-SECOND-OWN",
                "second_step",
                "Your own second step can be removed by another administrator alone.",
                "您本人的两步验证只能由另一位管理员移除。",
            )
        gone, _ = Authenticator.objects.filter(user_id=person.account_id).delete()
        by = at + timedelta(days=grace_days(actor.company_id))
        Account.objects.filter(id=person.account_id).update(second_step_by=by)
        if gone:
            _tell(actor, "account", person.account_id, "second_step_removed", at=at, payload={})


@transaction.atomic
def set_grace(*, actor: Actor, days: int, at: datetime) -> None:
    """Say for how many days the second step may be put off; 0 is at once. Error: E-RANGE."""
    demand(actor, Verb.MANAGE_PEOPLE)
    if not 0 <= days <= GRACE_MOST:
        raise Problem(
            "E-RANGE",
            "days",
            "Write a whole number of days from 0 to {most}.",
            "请填写 0 到 {most} 之间的整数天数。",
            most=GRACE_MOST,
        )
    before = grace_days(actor.company_id)
    if days == before:
        return
    with company_scope(actor.company_id):
        Company.objects.filter(id=actor.company_id).update(second_step_days=days)
        said: dict[str, history.Plain] = {"days": days, "before": before}
        _tell(actor, "company", actor.company_id, "second_step_days", at=at, payload=said)


def _tell(
    actor: Actor, kind: str, key: int, verb: str, *, at: datetime, payload: dict[str, history.Plain]
) -> None:
    subject = history.Subject(actor.company_id, kind, key)
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload=payload)
