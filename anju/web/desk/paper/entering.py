"""Entry of paper forms: room, then one digit an item, Enter for the next. Works without a script."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.fieldwork.actions.paper import Refused, Typed, enter_form, undo_last
from anju.fieldwork.days import today_of
from anju.fieldwork.paperwork import EntryPage, entry_page, paper_lines
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey.access import wave_for
from anju.web.declare import StaffRequest, page
from anju.web.desk.paper.boxes import (
    boxes_in,
    errors_of,
    key_of,
    problems_of,
    refusals_of,
    sheet_of,
)
from anju.web.guard import STATUS
from anju.web.parts.ask import tell_marks
from anju.web.parts.pieces import Empty


@page(Verb.ENTER_PAPER)
@require_GET
def waves(request: StaffRequest) -> HttpResponse:
    lines = paper_lines(request.actor, today_of(utc_now()))
    empty = Empty(
        _("No survey takes paper forms now"),
        _("Forms are entered while a survey with a questionnaire is open."),
        icon="clipboard-list",
    )
    return render(request, "desk/paper/waves.html", {"lines": lines, "empty": empty})


@page(Verb.ENTER_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.ENTER_PAPER)
    if request.method != "POST":
        return _shown(request, wave_id)
    typed = Typed(
        request.POST.get("room", ""),
        request.POST.get("building", ""),
        boxes_in(request.POST),
        request.POST.get("key", ""),
    )
    try:
        enter_form(actor=request.actor, wave_id=wave_id, typed=typed, at=utc_now())
    except (Problem, Refused) as refused:
        return _shown(request, wave_id, refused)
    tell_marks(request)
    stays = {"building": typed.building} if typed.building else {}
    return HttpResponseRedirect(_address(wave_id, stays), status=303)


def _address(wave_id: int, stays: dict[str, str]) -> str:
    address = reverse("paper-entry", args=[wave_id])
    return f"{address}?{urlencode(stays)}" if stays else address


def _shown(
    request: StaffRequest, wave_id: int, refused: Problem | Refused | None = None
) -> HttpResponse:
    found: EntryPage = entry_page(request.actor, wave_id, today_of(utc_now()))
    problems = problems_of(refused)
    errors = errors_of(problems, request.LANGUAGE_CODE)
    sent = request.POST if request.method == "POST" else request.GET
    shown = {
        "found": found,
        "sheet": sheet_of(found.cells, request.LANGUAGE_CODE, boxes_in(request.POST), errors),
        "room": request.POST.get("room", ""),
        "building": sent.get("building", ""),
        "room_error": errors.get("room", ""),
        "refusals": refusals_of(problems, request.LANGUAGE_CODE),
        "key": key_of(request, fresh=refused is None),
    }
    status = STATUS.get(problems[0].code, 422) if problems else 200
    return render(request, "desk/paper/entry.html", shown, status=status)


@page(Verb.ENTER_PAPER)
@require_POST
def undo(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.ENTER_PAPER)
    number = whole(request.POST.get("form", ""), "form")
    undo_last(actor=request.actor, wave_id=wave_id, number=number, at=utc_now())
    messages.success(
        request, _("Form %(n)s is taken back. Its sheet can be entered again.") % {"n": number}
    )
    building = request.POST.get("building", "")
    stays = {"building": building} if building else {}
    return HttpResponseRedirect(_address(wave_id, stays), status=303)
