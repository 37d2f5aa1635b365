"""The weekly meeting on the big screen: one case at a time, four boxes, minutes made by the way."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb, company_of
from anju.reviews import meetings, sheets, words
from anju.reviews.access import meeting_for, meeting_item_for
from anju.reviews.actions import meeting as acts
from anju.reviews.meetings import ItemLine, Room
from anju.reviews.printing import minutes as paper
from anju.reviews.rules.agenda import Checked, Why
from anju.voice.labels import label
from anju.web.declare import StaffRequest, page
from anju.web.manage.reviews.given import day_of, person_of
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.pieces import Mood, Sign
from anju.web.parts.printed import pdf


@dataclass(frozen=True, slots=True)
class MeasureView:
    """An earlier measure in the reader's words."""

    measure: meetings.Measure
    sign: Sign


@page(Verb.REVIEW_CASES)
@require_POST
def begin(request: StaffRequest, project_id: int) -> HttpResponse:
    made = acts.begin(actor=request.actor, project_id=project_id, at=utc_now())
    return redirect("meeting", made.pk)


@page(Verb.REVIEW_CASES)
@require_GET
def meeting(request: StaffRequest, meeting_id: int) -> HttpResponse:
    room = meetings.room_of(request.actor, meeting_id)
    return render(request, "manage/reviews/meeting.html", _shown(room))


def _shown(room: Room) -> dict[str, object]:
    return {
        "room": room,
        "agenda": words.agenda_of(room),
        "measures": [MeasureView(one, _became(one.checked)) for one in room.measures],
        "checks": [(one.value, words.checked(one)) for one in Checked],
        "items": [(one, words.matter(one.case), _item_sign(one)) for one in room.items],
        "first": room.items[0] if room.items else None,
    }


def _became(checked: Checked | None) -> Sign:
    moods = {Checked.EFFECTIVE: Mood.DONE, Checked.NOT_EFFECTIVE: Mood.OVER, None: Mood.WAIT}
    return Sign(words.checked(checked), moods.get(checked, Mood.RUN))


def _item_sign(one: ItemLine) -> Sign:
    if one.red:
        return Sign(_("to be decided"), Mood.OVER)
    return (
        Sign(_p("review", "decided"), Mood.DONE)
        if one.decided
        else Sign(words.why(one.why), Mood.WAIT)
    )


@page(Verb.REVIEW_CASES)
@require_http_methods(["GET", "POST"])
def item(request: StaffRequest, meeting_id: int, agenda_id: int) -> HttpResponse:
    room = meetings.room_of(request.actor, meeting_id)
    here = next((one for one in room.items if one.id == agenda_id), None)
    if here is None:
        raise Problem("E-REF", "item", "Not found. Choose again.", "未找到，请重新选择。")
    named = sheets.nameable(room.project_id)
    refusals: tuple[Refusal, ...] = ()
    given = request.POST if request.method == "POST" else _kept(here)
    fields = _fields(given, named, needed=here.why is Why.OVERDUE)
    if request.method == "POST":
        try:
            decision = _decision(request.POST, named)
            acts.decide(actor=request.actor, item_id=agenda_id, decision=decision, at=utc_now())
            return redirect(_after(room, here))
        except Problem as problem:
            told, refusals = with_problem(list(fields), problem, request.LANGUAGE_CODE)
            fields = tuple(told)
    before, after = room.beside(here.place - 1), room.beside(here.place + 1)
    shown = {
        "room": room, "item": here, "why": words.why(here.why), "matter": words.matter(here.case),
        "stage": label(here.case.stage), "fields": fields, "refusals": refusals,
        "before": before, "after": after, "said": meetings.said_of(here.case.id),
    }  # fmt: skip
    status = 422 if refusals else 200
    return render(request, "manage/reviews/item.html", shown, status=status)


def _after(room: Room, here: ItemLine) -> str:
    following = room.beside(here.place + 1)
    if following is None:
        return reverse("meeting", args=[room.id])
    return reverse("meeting-item", args=[room.id, following.id])


def _kept(here: ItemLine) -> QueryDict:
    kept = QueryDict(mutable=True)
    kept["gap"], kept["cause"], kept["measure"] = here.gap, here.cause, here.measure
    kept["responsible"] = str(here.responsible_id or "")
    kept["due"] = here.due.isoformat() if here.due else ""
    return kept


def _fields(
    given: QueryDict, named: tuple[tuple[str, str], ...], *, needed: bool
) -> tuple[Field, ...]:
    def box(name: str, label: str, *, optional: bool = True) -> Field:
        return Field(
            name, label, given.get(name, ""), kind="area", rows=2, most=500, optional=optional
        )

    return (
        box("gap", _("Gap")),
        box("cause", _("Root cause")),
        Field(
            "responsible", _p("review", "Responsible"), given.get("responsible", ""), kind="select",
            choices=named, optional=not needed,
        ),
        box("measure", _("Measure"), optional=not needed),
        Field("due", _p("review", "By"), given.get("due", ""), kind="date", optional=not needed),
    )  # fmt: skip


def _decision(given: QueryDict, named: tuple[tuple[str, str], ...]) -> acts.Decision:
    return acts.Decision(
        given.get("gap", ""),
        given.get("cause", ""),
        person_of(given.get("responsible", ""), named, "responsible"),
        given.get("measure", ""),
        day_of(given.get("due", ""), "due"),
    )


@page(Verb.REVIEW_CASES)
@require_POST
def check(request: StaffRequest, meeting_id: int, agenda_id: int) -> HttpResponse:
    meeting_for(request.actor, meeting_id)
    meeting_item_for(request.actor, agenda_id)
    said = request.POST.get("checked", "")
    if said not in {one.value for one in Checked}:
        raise Problem("E-REF", "checked", "Not found. Choose again.", "未找到，请重新选择。")
    acts.check(
        actor=request.actor,
        meeting_id=meeting_id,
        item_id=agenda_id,
        checked=Checked(said),
        at=utc_now(),
    )
    return redirect("meeting", meeting_id)


@page(Verb.REVIEW_CASES)
@require_POST
def close(request: StaffRequest, meeting_id: int) -> HttpResponse:
    try:
        acts.close(actor=request.actor, meeting_id=meeting_id, at=utc_now())
    except Problem as problem:
        room = meetings.room_of(request.actor, meeting_id)
        wrong = {"wrong": problem.text(request.LANGUAGE_CODE), "code": problem.code}
        status = 409 if problem.code == "E-MEET-CLOSED" else 422
        there = {**_shown(room), **wrong}
        return render(request, "manage/reviews/meeting.html", there, status=status)
    messages.success(request, _("The meeting is closed. Everybody named was told of her tasks."))
    return redirect("meeting", meeting_id)


@page(Verb.REVIEW_CASES)
@require_GET
def minutes(request: StaffRequest, meeting_id: int) -> HttpResponse:
    room = meetings.room_of(request.actor, meeting_id)
    link = settings.BASE_ADDRESS + reverse("meeting", args=[meeting_id])
    body = paper.pdf(room, company_of(request.actor).name, link=link, at=utc_now())
    return pdf(body, "_".join(paper.name_of(room)))
