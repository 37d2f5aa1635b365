"""Messages to owners and groups: what people hand over, what waits, what went, what could not go."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.paging import page_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.notify import queries
from anju.notify.actions import desk
from anju.notify.queries import Line, Shelf
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.operate.messages import words
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.pieces import Sign

SIZE = 25


@dataclass(frozen=True, slots=True)
class Card:
    """A message with its words for a page."""

    line: Line
    sign: Sign
    way: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the outbox with how many lie in it."""

    label: str
    address: str
    count: int
    on: bool


def _card(line: Line) -> Card:
    sign = words.state_sign(line)
    reason = words.reason_words(line.reason) if line.reason else ""
    return Card(line, sign, words.way_words(line.way), reason)


def _shelf(request: StaffRequest) -> Shelf:
    said = request.GET.get("shelf", "")
    return Shelf(said) if said in set(Shelf) else Shelf.HAND


@page(Verb.SEE_OUTBOX)
@require_GET
def outbox(request: StaffRequest) -> HttpResponse:
    shelf = _shelf(request)
    rows = queries.with_all(queries.on_shelf(request.actor, shelf))
    found = page_of(rows, cursor=request.GET.get("page", ""), size=SIZE, salt="outbox")
    links = request.actor.may(Verb.RUN_OUTBOX)
    counted = queries.counts(request.actor)
    chips = [
        Chip(str(name), f"{reverse('outbox')}?shelf={one.value}", counted[one], on=one is shelf)
        for one, name in words.SHELVES.items()
    ]
    shown = {
        "page": found,
        "keep": f"shelf={shelf.value}&",
        "cards": [_card(line) for line in queries.lines(found.rows, links=links)],
        "chips": chips,
        "shelf": shelf.value,
        "held": queries.held(),
        "tabs": words.tabs(request.actor, "outbox"),
    }
    return render(request, "manage/messages/outbox.html", shown)


def _back(shelf: Shelf) -> HttpResponse:
    return redirect(f"{reverse('outbox')}?shelf={shelf.value}")


@page(Verb.SEE_OUTBOX)
@require_POST
def handed(request: StaffRequest, message_id: int) -> HttpResponse:
    desk.hand_over(actor=request.actor, message_id=message_id, at=utc_now())
    notices.success(request, _("Noted as handed over."))
    return _back(Shelf.HAND)


@page(Verb.RUN_OUTBOX)
@require_POST
def again(request: StaffRequest, message_id: int) -> HttpResponse:
    desk.try_again(actor=request.actor, message_id=message_id, at=utc_now())
    notices.success(request, _("It is tried again within a minute."))
    return _back(Shelf.DEAD)


@page(Verb.RUN_OUTBOX)
@require_POST
def drop(request: StaffRequest, message_id: int) -> HttpResponse:
    desk.let_go(actor=request.actor, message_id=message_id, at=utc_now())
    notices.success(request, _("It will not be sent."))
    return _back(Shelf.DEAD)


def _hold_fields(chosen: str) -> tuple[Field, ...]:
    choices = (
        (
            desk.Release.LET_GO.value,
            _("Do not send what waited: it went out before the backup came back"),
        ),
        (desk.Release.SEND.value, _("Send what waited: it never went out")),
    )
    title = _("What shall become of them?")
    return (Field("choice", title, chosen, kind="radio", choices=choices),)


@page(Verb.RUN_OUTBOX)
@require_http_methods(["GET", "POST"])
def hold(request: StaffRequest) -> HttpResponse:
    """Ask once what becomes of the messages that a restored backup holds."""
    held = queries.held()
    if held is None and request.method == "GET":
        return redirect("outbox")
    choice = request.POST.get("choice", "")
    fields, refusals = _hold_fields(choice), tuple[Refusal, ...]()
    if request.method == "POST":
        try:
            count = desk.end_hold(actor=request.actor, choice=choice, at=utc_now())
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            told = ngettext(
                "Messages go out again; %(n)d had waited.",
                "Messages go out again; %(n)d had waited.",
                count,
            )
            notices.success(request, told % {"n": count})
            return redirect("outbox")
    shown = {"held": held, "fields": fields, "refusals": refusals}
    status = 422 if refusals else 200
    return render(request, "manage/messages/hold.html", shown, status=status)
