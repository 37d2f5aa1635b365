"""One open case of a stocktake after the other: person, can it be done today, cause, new time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.reviews import sheets, words
from anju.reviews.actions.signing import Said, say
from anju.reviews.sheets import Sheet, SheetLine
from anju.voice.labels import label
from anju.web.declare import StaffRequest, page
from anju.web.manage.reviews.given import moment_of, person_of
from anju.web.parts.form import Field, Refusal, with_problem

USUAL = time(17, 30)
TODAY = {"yes": True, "no": False}


@page(Verb.REVIEW_CASES)
@require_http_methods(["GET", "POST"])
def line(request: StaffRequest, stocktake_id: int, line_id: int) -> HttpResponse:
    sheet = sheets.sheet_of(request.actor, stocktake_id)
    here = sheets.line_in(sheet, line_id)
    refusals: tuple[Refusal, ...] = ()
    given = request.POST if request.method == "POST" else _kept(here)
    fields = _fields(request, sheet, here, given)
    if request.method == "POST":
        try:
            say(actor=request.actor, line_id=line_id, said=_said(request, sheet), at=utc_now())
            return redirect(_after(sheet, here))
        except Problem as problem:
            told, refusals = with_problem(list(fields), problem, request.LANGUAGE_CODE)
            fields = tuple(told)
    return _page(request, sheet, here, fields, refusals)


def _page(
    request: StaffRequest,
    sheet: Sheet,
    here: SheetLine,
    fields: tuple[Field, ...],
    refusals: tuple[Refusal, ...],
) -> HttpResponse:
    beside = {place: one.id for place, one in enumerate(sheet.lines, start=1)}
    shown = {
        "sheet": sheet,
        "line": here,
        "matter": words.matter(here.case),
        "stage": label(here.case.stage),
        "used": words.used(here, sheet.taken_at),
        "lacks": words.lacks(here),
        "fields": fields,
        "refusals": refusals,
        "seen": sum(1 for one in sheet.lines if one.said or one.over),
        "before": beside.get(here.place - 1),
        "after": beside.get(here.place + 1),
    }
    return render(request, "manage/reviews/line.html", shown, status=422 if refusals else 200)


def _after(sheet: Sheet, here: SheetLine) -> str:
    """Return where to go on: the next case that somebody has to look at, else the sheet."""
    waits = [one for one in sheet.lines if not one.over and not (one.whole and one.said)]
    rest = [one for one in waits if one.id != here.id]
    later = [one for one in rest if one.place > here.place] or rest
    if not later:
        return reverse("stocktake", args=[sheet.id])
    return reverse("stocktake-line", args=[sheet.id, later[0].id])


def _kept(here: SheetLine) -> QueryDict:
    kept = QueryDict(mutable=True)
    kept["cause"], kept["progress"] = here.cause, here.progress
    kept["today"] = {True: "yes", False: "no"}.get(here.today, "") if here.today is not None else ""
    kept["promise"] = _local(here.promise) if here.promise else ""
    if here.late and here.promise is None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        kept["promise"] = f"{datetime.combine(tomorrow, USUAL):%Y-%m-%dT%H:%M}"
    return kept


def _local(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def _fields(
    request: StaffRequest, sheet: Sheet, here: SheetLine, given: QueryDict
) -> tuple[Field, ...]:
    found = [
        Field(
            "today", _("Can it be done today?"), given.get("today", ""), kind="radio",
            choices=(("yes", _("Yes")), ("no", _("No"))), optional=True,
        )
    ]  # fmt: skip
    steers = sheets.may_steer(request.actor)
    if not here.person and steers:
        named = sheets.nameable(sheet.project_id)
        found.insert(0, Field(
            "person", _p("review", "Responsible"), given.get("person", ""), kind="select", choices=named,
            hint=_("A person with a name, never only a team."),
        ))  # fmt: skip
    found.append(Field(
        "cause", _("Why it is not done"), given.get("cause", ""), most=500, optional=not here.late,
        hint=_("What holds it up, so that it can be changed. The owner reads it with a new time.")
        if here.late else "",
    ))  # fmt: skip
    if here.late and steers:
        found.append(
            Field("promise", _("New time"), given.get("promise", ""), kind="datetime-local")
        )
    progress = given.get("progress", "")
    found.append(Field("progress", _("Progress today"), progress, most=500, optional=True))
    return tuple(found)


def _said(request: StaffRequest, sheet: Sheet) -> Said:
    given = request.POST
    return Said(
        cause=given.get("cause", ""),
        progress=given.get("progress", ""),
        today=TODAY.get(given.get("today", "")),
        promise=moment_of(given.get("promise", ""), "promise"),
        person_id=person_of(given.get("person", ""), sheets.nameable(sheet.project_id), "person"),
    )
