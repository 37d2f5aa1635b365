"""Shows the number behind a return visit to who makes the call, and writes down that she looked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel.scope import company_scope
from anju.privacy.actions.looks import look
from anju.privacy.rules.looks import Reason, What, Why
from anju.register.access import Actor, Verb, demand
from anju.voice.access import visit_for
from anju.voice.actions.storing import tell


@transaction.atomic
def show_phone(*, actor: Actor, visit_id: int, key: str, at: datetime) -> str:
    """Return the number to call for a visit; of a person of the register for one minute a key.

    Errors: NotFound, Forbidden, and as `privacy.look`: E-QUOTA, E-STATE, E-IDEM-*.
    """
    with company_scope(actor.company_id):
        visit = visit_for(actor, visit_id, Verb.VISIT_CASES)
        demand(actor, Verb.REVEAL)
        case = visit.case
        if case.reporter_id is not None:
            why = Why(Reason.CALL.value)
            seen = look(
                actor=actor, person_id=case.reporter_id, what=What.PHONE, why=why, key=key, at=at
            )
            return "" if seen.over else seen.spoken
        tell(case, "phone_shown", by=actor.account_id, at=at, payload={"visit": visit.number})
        return str(case.phone)
