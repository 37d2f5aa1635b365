"""A firm's way in: a link made and taken back by staff, and the code that opens it for hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.carriers.choose import carrier_of, has_sms
from anju.notify.carriers.port import NotTaken, Parcel
from anju.notify.recipients import colleague
from anju.notify.rules.ways import Way as Out
from anju.notify.rules.words import render
from anju.onsite.tickets import Way, secret_of
from anju.register.access import Actor, NotFound, Verb, project_for, within
from anju.register.models import Partner
from anju.register.rules.phones import phone_of
from anju.voice import letters
from anju.voice.actions.codes import make_code, use_code
from anju.voice.actions.receiving import missing
from anju.voice.models import Ticket
from anju.voice.tokens import hash_of

KIND = "ticket"
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """For which firm, in which project, to whose phone, until when."""

    project_id: int
    partner_id: int
    phone: str
    until: datetime


def _told(row: Ticket) -> history.Subject:
    return history.Subject(row.company_id, KIND, row.pk)


@transaction.atomic
def make_ticket(*, actor: Actor, draft: TicketDraft, at: datetime) -> int:
    """Make a firm's link. Errors: NotFound, Forbidden, E-REF, E-PHONE, E-EMPTY, E-DATE-RANGE."""
    with company_scope(actor.company_id):
        project = project_for(actor, draft.project_id, Verb.STEER_CASES)
        if not Partner.objects.filter(id=draft.partner_id).exists():
            raise missing("firm")
        phone = phone_of(draft.phone, "phone")
        if not phone:
            raise Problem("E-EMPTY", "phone", "Give the foreman’s phone.", "请填写负责人手机号。")
        if not at < draft.until <= at + LONGEST:
            raise Problem(
                "E-DATE-RANGE", "until", "Give a day from today to a year ahead.",
                "请填写今天起一年内的日期。",
            )  # fmt: skip
        row = Ticket(
            company_id=actor.company_id, project=project, partner_id=draft.partner_id,
            phone=phone, until=draft.until, made_at=at, token_hash=token_hex(32),
        )  # fmt: skip
        row.save()
        row.token_hash = hash_of(secret_of(row))
        row.save(update_fields=["token_hash"])
        said: dict[str, history.Plain] = {"project": project.pk, "partner": draft.partner_id}
        history.write(_told(row), "ticket_made", actor_id=actor.account_id, at=at, payload=said)
        return int(row.pk)


@transaction.atomic
def take_back(*, actor: Actor, ticket_id: int, at: datetime) -> None:
    """End a firm's link; whoever is inside is out at the next request. Errors: NotFound, Forbidden."""
    with company_scope(actor.company_id):
        rows = within(actor, Ticket.objects.filter(id=ticket_id, revoked_at=None), "project_id")
        row = rows.first()
        if row is None:
            raise NotFound(f"ticket {ticket_id}")
        project_for(actor, row.project_id, Verb.STEER_CASES)
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        history.write(_told(row), "ticket_ended", actor_id=actor.account_id, at=at)


def send_code(*, way: Way, language: str, at: datetime) -> None:
    """Send the code by text message, or tell it to who made the link where no provider carries one.

    Errors: E-CODE-NOT-SENT.
    """
    with company_scope(way.company_id), transaction.atomic():
        row, digits = make_code(phone=way.phone, purpose=KIND, at=at)
        if not has_sms():
            _hand_on(way, row.pk, digits, at)
    if not has_sms():
        return
    told = render(letters.LOOK, language, {"company": way.company, "code": digits})
    parcel = Parcel(f"ticket{row.pk}", way.phone, language, told.title, told.body)
    try:
        carrier_of(Out.SMS).send(parcel)
    except NotTaken:
        raise Problem(
            "E-CODE-NOT-SENT", "code",
            "The code could not be sent. Try again, or call the office.",
            "验证码发送失败，请重试或致电服务中心。",
        ) from None  # fmt: skip


def _hand_on(way: Way, key: int, digits: str, at: datetime) -> None:
    subject = history.Subject(way.company_id, KIND, way.ticket_id)
    maker = history.entries(subject).filter(verb="ticket_made").values_list("actor_id", flat=True)
    values = {"firm": way.firm, "phone": way.masked}
    note = Note(
        colleague(int(maker[0] or 0)), About("look_code", key, "sent"), values, {"code": digits},
        path="/field/firms/", project_id=way.project_id,
    )  # fmt: skip
    post(letters.TICKET, note, at=at)


def open_way(*, way: Way, digits: str, at: datetime) -> None:
    """Use the code that was sent; five tries in ten minutes. Errors: E-LOOK-CODE."""
    with company_scope(way.company_id):
        use_code(phone=way.phone, purpose=KIND, digits=digits, at=at)
