"""The pages of the ground, and the firms' links that the ids in addresses stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count

from anju.kernel.pure.clock import utc_now
from anju.onsite.actions.ticketing import TicketDraft, make_ticket
from anju.register.models import Partner
from tests.cast import Cast
from tests.tables.shape import Row

_number = count(1)
HANDS, STEERING, STAFF = "AHMDSW", "AHMDS", "AQHMDSW"
TABLE: Mapping[str, Row] = {
    "my-jobs": Row(HANDS),
    "my-press": Row(HANDS, post=True),
    "my-outbox": Row(HANDS),
    "my-report": Row(STAFF),
    "tickets": Row(STEERING),
    "ticket-new": Row(STEERING),
    "ticket-end": Row(STEERING, post=True),
}
PUBLIC = frozenset({"my-worker", "my-manifest", "foreman", "foreman-code", "foreman-answer"})


def a_ticket(cast: Cast) -> int:
    """Return the link of a firm's foreman."""
    at = utc_now()
    with cast.inside():
        firm = Partner(company_id=cast.company.id, kind="contractor", name=f"维修{next(_number)}")
        firm.save()
    draft = TicketDraft(cast.project.pk, firm.pk, "13900139000", at + timedelta(days=30))
    return make_ticket(actor=cast.manager, draft=draft, at=at)


OWN: Mapping[str, Callable[[Cast], object]] = {"ticket_id": a_ticket}
