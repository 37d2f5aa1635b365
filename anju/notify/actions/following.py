"""An owner begins or ends to be told through the company's official account; by her own page alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel import history
from anju.kernel.scope import company_scope
from anju.notify.making import OPENID
from anju.notify.models import Follower
from anju.notify.seal import seal
from anju.register.models import Person


@transaction.atomic
def follow(*, company_id: int, person_id: int, openid: str, at: datetime) -> None:
    """Let an owner be told through the official account from here on; a second time changes her id.

    The caller has found the person by a link that she alone holds. Raises Person.DoesNotExist.
    """
    with company_scope(company_id):
        person = Person.objects.across_parts().get(id=person_id)
        Follower.objects.update_or_create(
            company_id=company_id,
            person=person,
            defaults={"sealed": seal({OPENID: openid}), "since": at},
        )
        _tell(company_id, person_id, "follows", at)


@transaction.atomic
def unfollow(*, company_id: int, person_id: int, at: datetime) -> None:
    """Tell an owner through the official account no more."""
    with company_scope(company_id):
        if Follower.objects.across_parts().filter(person_id=person_id).delete()[0]:
            _tell(company_id, person_id, "follows_no_more", at)


def _tell(company_id: int, person_id: int, verb: str, at: datetime) -> None:
    subject = history.Subject(company_id, "person", person_id)
    history.write(subject, verb, actor_id=None, at=at)
