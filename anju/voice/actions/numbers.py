"""Shows the number of a caller who is not in the register, against a reason that is written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel.scope import company_scope
from anju.privacy.rules.looks import Why, reason_of
from anju.register.access import Actor, NotFound, Verb
from anju.voice.access import case_for
from anju.voice.actions.storing import tell


@transaction.atomic
def see_number(*, actor: Actor, case_id: int, why: Why, at: datetime) -> str:
    """Return the whole number that came with a case; whom the register knows is looked up there.

    Errors: NotFound, Forbidden, E-CHOICE, E-REASON.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, case_id, Verb.REVEAL)
        if not case.phone or case.reporter_id is not None:
            raise NotFound(f"number of case {case_id}")
        reason = reason_of(why)
        tell(case, "number_seen", by=actor.account_id, at=at, payload={"reason": reason.value})
        return str(case.phone)
