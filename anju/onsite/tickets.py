"""Reads of firms' ways in: what a link leads to just now, and which links are in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand, within
from anju.register.models import Company, Partner
from anju.register.rules.masking import mask_phone
from anju.voice.models import Ticket
from anju.voice.tokens import company_in, hash_of, token_for

MOST = 200


@dataclass(frozen=True, slots=True)
class Way:
    """A firm's way in: which cases it leads to, and until when."""

    company_id: int
    ticket_id: int
    company: str
    office: str
    project_id: int
    project: str
    partner_id: int
    firm: str
    phone: str
    until: datetime
    over: bool

    @property
    def masked(self) -> str:
        """The foreman's phone as a page shows it."""
        return mask_phone(self.phone)


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A link in force, as the office lists it."""

    id: int
    firm: str
    project: str
    phone: str
    until: datetime
    secret: str


def secret_of(row: Ticket) -> str:
    """Return the secret of a link, made again."""
    return token_for("ticket", row.company_id, row.pk, row.made_at)


def way_of(token: str, *, at: datetime) -> Way | None:
    """Return where a link leads; None where there is none, or it was taken back."""
    company_id = company_in(token)
    if company_id is None:
        return None
    with company_scope(company_id):
        hashed = hash_of(token)
        rows = Ticket.objects.filter(token_hash=hashed, revoked_at=None)
        row = rows.select_related("project", "partner").first()
        if row is None or not compare_digest(row.token_hash, hashed):
            return None
        company = Company.objects.get(id=company_id)
        return Way(
            company_id, row.pk, company.name, company.phone, row.project_id, row.project.name,
            row.partner_id, row.partner.name, row.phone, row.until, row.until <= at,
        )  # fmt: skip


def tickets_of(actor: Actor, *, at: datetime) -> tuple[TicketLine, ...]:
    """Return the links in force in an actor's projects, the youngest first; raises Forbidden."""
    demand(actor, Verb.STEER_CASES)
    rows = within(actor, Ticket.objects.filter(revoked_at=None, until__gt=at), "project_id")
    return tuple(
        TicketLine(
            row.pk, row.partner.name, row.project.name, mask_phone(row.phone), row.until,
            secret_of(row),
        )
        for row in rows.select_related("project", "partner").order_by("-id")[:MOST]
    )  # fmt: skip


def firms() -> tuple[tuple[int, str, str], ...]:
    """Return the firms of the company with the phone on record; the caller is inside it."""
    rows = Partner.objects.order_by("name", "id")
    return tuple((row.pk, row.name, row.phone) for row in rows[:500])
