"""Links for foremen of firms: those in force, a new one, one taken back. For staff."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.dates import day
from anju.kernel.pure.problems import Problem
from anju.onsite.actions.ticketing import TicketDraft, make_ticket, take_back
from anju.onsite.jobs import estates_of
from anju.onsite.tickets import firms, tickets_of
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, asked
from anju.web.parts.form import Field

USUAL_DAYS = 90


@page(Verb.STEER_CASES)
@require_GET
def tickets(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    lines = [
        (line, f"{settings.BASE_ADDRESS}{reverse('foreman', args=[line.secret])}")
        for line in tickets_of(request.actor, at=at)
    ]
    answer = render(request, "field/tickets.html", {"lines": lines})
    answer["Cache-Control"] = "no-store"
    return answer


def _fields(request: StaffRequest) -> tuple[Field, ...]:
    given = request.POST
    until = (localdate(utc_now()) + timedelta(days=USUAL_DAYS)).isoformat()
    known = firms()
    projects = [(str(key), name) for key, name in estates_of(request.actor)]
    phone = _("The code that opens the link goes to this number alone.")
    return (
        Field(
            "firm", _("Partner firm"), given.get("firm", ""), kind="select",
            choices=[(str(key), name) for key, name, _phone in known],
        ),
        Field("project", _("Project"), given.get("project", ""), kind="select", choices=projects),
        Field("phone", _("Mobile phone of the foreman"), given.get("phone", ""), phone, most=30),
        Field("until", _("Holds until"), given.get("until", until), kind="date"),
    )  # fmt: skip


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def _until(written: str) -> datetime:
    if not written.strip():
        raise Problem("E-DATE", "until", "Give the day.", "请填写日期。")
    last = day(written, "until")
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))


@page(Verb.STEER_CASES)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    back = reverse("tickets")

    def act() -> str:
        given = request.POST
        draft = TicketDraft(
            _number(given.get("project", "")), _number(given.get("firm", "")),
            given.get("phone", ""), _until(given.get("until", "")),
        )  # fmt: skip
        make_ticket(actor=request.actor, draft=draft, at=utc_now())
        messages.success(request, _("The link is made. Send it to the foreman."))
        return back

    ask = Ask(
        _("A link for a firm’s foreman"), _("Make the link"), back, _("Links for foremen"),
        intro=_(
            "He sees the open cases of his firm in this project, where they lie and what they are;"
            " no owner’s name and no number. He reports them done with a photo, or why not."
        ),
    )  # fmt: skip
    return asked(request, ask, (Group(_fields(request)),), act)


@page(Verb.STEER_CASES)
@require_POST
def end(request: StaffRequest, ticket_id: int) -> HttpResponse:
    take_back(actor=request.actor, ticket_id=ticket_id, at=utc_now())
    messages.success(request, _("The link is taken back. Whoever was inside is out."))
    return redirect("tickets")
