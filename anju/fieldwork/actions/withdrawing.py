"""Lets go the messages of surveys that nobody needs any more: ended, closed, answered, refused."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from anju.fieldwork.asking import SUBJECT
from anju.fieldwork.needed import needless
from anju.kernel import history
from anju.kernel.scope import current_company
from anju.notify.actions.desk import subjects_undelivered, withdraw
from anju.register.queries import in_each_company
from anju.survey.models import Invitation


def withdraw_needless(*, at: datetime) -> int:
    """Let go what homes need no more, in every company; return how many messages.

    The messages stay and tell why; the history of each survey has one entry a reason.
    """
    return in_each_company(lambda: _withdraw(at))


def _withdraw(at: datetime) -> int:
    waiting = subjects_undelivered(SUBJECT, at)
    asked = Invitation.objects.across_parts().filter(id__in=waiting).order_by()
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for wave_id in asked.values_list("wave_id", flat=True).distinct():
        for one, why in needless(wave_id, at).filter(id__in=waiting):
            found[wave_id, why].append(one)
    return sum(_let_go(wave_id, why, ids, at) for (wave_id, why), ids in found.items())


@transaction.atomic
def _let_go(wave_id: int, why: str, ids: list[int], at: datetime) -> int:
    count = withdraw(SUBJECT, ids, why=why, at=at)
    subject = history.Subject(current_company(), "wave", wave_id)
    said: dict[str, history.Plain] = {"messages": count, "why": why}
    history.write(subject, "messages_withdrawn", actor_id=None, at=at, payload=said)
    return count
