"""Messages for the reader: what is new, where to act on it, and what she wishes to be told."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.paging import page_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.notify import queries
from anju.notify.access import my_messages
from anju.notify.actions import desk
from anju.notify.actions import wishes as acts
from anju.notify.carriers.choose import has_mail
from anju.notify.rules.ways import Wishes
from anju.notify.rules.words import TOLD_AT_ONCE
from anju.register.access import NotFound, Verb
from anju.web.declare import StaffRequest, page
from anju.web.operate.messages.words import KINDS, kind_sign, tabs
from anju.web.parts.form import Field, Refusal, with_problem

SIZE = 30


@page(Verb.LOOK_AROUND)
@require_GET
def messages(request: StaffRequest) -> HttpResponse:
    rows = queries.with_all(my_messages(request.actor))
    found = page_of(rows, cursor=request.GET.get("page", ""), size=SIZE, salt="messages")
    told = queries.lines(found.rows, links=True, language=request.LANGUAGE_CODE)
    lines = [(line, kind_sign(line.kind)) for line in told]
    shown = {
        "page": found,
        "lines": lines,
        "held": queries.held(),
        "unread": queries.unread(request.actor),
        "tabs": tabs(request.actor, "messages"),
    }
    return render(request, "manage/messages/mine.html", shown)


@page(Verb.LOOK_AROUND)
@require_POST
def read(request: StaffRequest) -> HttpResponse:
    """Mark one message as read and go where it leads, or mark all of them."""
    said = request.POST.get("message", "")
    if not said:
        desk.read(actor=request.actor, message_ids=None, at=utc_now())
        return redirect("messages")
    found = my_messages(request.actor).filter(id=whole(said, "message")).first()
    if found is None:
        raise NotFound(f"message {said[:20]}")
    desk.read(actor=request.actor, message_ids=[found.pk], at=utc_now())
    return redirect(found.path or reverse("messages"))


def _fields(wished: Wishes) -> tuple[Field, ...]:
    choices = tuple((kind.value, str(KINDS[kind])) for kind in TOLD_AT_ONCE)
    no_mail = _("This installation sends no mail yet, so it stays in the list.")
    return (
        Field(
            "kinds",
            _("Tell me at once"),
            ",".join(kind.value for kind in TOLD_AT_ONCE if kind in wished.kinds),
            kind="checks",
            choices=choices,
            optional=True,
            hint=_("Everything stands in “For me” in any case."),
        ),
        Field(
            "mail",
            _("Also by mail, from 8:00 to 21:00"),
            "yes" if wished.by_mail else "",
            kind="check",
            hint="" if has_mail() else no_mail,
        ),
        Field(
            "digest",
            _("One summary each morning of what I was not told at once"),
            "yes" if wished.digest else "",
            kind="check",
        ),
    )


def _wished(given: QueryDict) -> Wishes:
    ticks = {"by_mail": "mail" in given, "digest": "digest" in given}
    return acts.chosen(given.getlist("kinds"), **ticks)


@page(Verb.LOOK_AROUND)
@require_http_methods(["GET", "POST"])
def wishes(request: StaffRequest) -> HttpResponse:
    fields = _fields(queries.wishes(request.actor))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        wished = _wished(request.POST)
        try:
            acts.choose(actor=request.actor, wishes=wished, at=utc_now())
        except Problem as problem:
            fields, refusals = with_problem(_fields(wished), problem, request.LANGUAGE_CODE)
        else:
            notices.success(request, _("Your wishes were saved."))
            return redirect("message-wishes")
    shown = {"fields": fields, "refusals": refusals, "tabs": tabs(request.actor, "message-wishes")}
    status = 422 if refusals else 200
    return render(request, "manage/messages/wishes.html", shown, status=status)
