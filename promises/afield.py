"""A firm with its foreman's link and the code that was asked for, for the stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from anju.kernel.pure.clock import utc_now
from anju.onsite.actions.ticketing import TicketDraft, make_ticket, send_code
from anju.onsite.tickets import secret_of, way_of
from anju.register.models import Partner
from anju.voice.models import Ticket
from tests.cast import Cast

Word = Callable[[int], str]


def afield(cast: Cast, word: Word) -> dict[str, tuple[object, ...]]:
    """Make the link, ask for its code as the foreman would, and return ids and secret."""
    at = utc_now()
    with cast.inside():
        firm = Partner(company_id=cast.company.pk, kind="contractor", name=word(120))
        firm.save()
    draft = TicketDraft(cast.project.pk, firm.pk, "13900139000", at + timedelta(days=30))
    ticket_id = make_ticket(actor=cast.manager, draft=draft, at=at)
    with cast.inside():
        token = secret_of(Ticket.objects.get(id=ticket_id))
    way = way_of(token, at=at)
    if way is None:
        raise RuntimeError("the link leads nowhere")
    send_code(way=way, language="zh-hans", at=at)
    return {"ticket_id": (ticket_id,), "token": (token,)}
