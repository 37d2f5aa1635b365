"""Pages that change a working calendar; each names the version that its reader saw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from anju.flows import calendar as acts
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register import calendars as read
from anju.register.access import Verb
from anju.register.calendars import CalendarFacts
from anju.web.declare import StaffRequest, page
from anju.web.operate.calendar import forms
from anju.web.parts.form import Field, Refusal, with_problem

both = require_http_methods(["GET", "POST"])
NONE: tuple[Refusal, ...] = ()
STALE = "E-STALE"  # no form can mend it: the page of refusals shows both versions


@page(Verb.EDIT_CALENDAR)
@both
def new(request: StaffRequest) -> HttpResponse:
    posted = request.method == "POST"
    given = request.POST if posted else forms.beginning(request.GET.get("kind", ""))
    fields, refusals = forms.hours_fields(given), NONE
    if posted:
        try:
            draft = forms.read_hours(request.POST)
            made = acts.make_calendar(actor=request.actor, draft=draft, at=utc_now())
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("The calendar “%s” was made.") % made.name)
            return redirect("calendar", made.id)
    shown = {"title": _("New working calendar"), "save": _("Make calendar")}
    return _form(request, fields, refusals, shown | {"back": reverse("calendars")})


@page(Verb.EDIT_CALENDAR)
@both
def hours(request: StaffRequest, calendar_id: int) -> HttpResponse:
    facts = _facts(request, calendar_id)
    kept = forms.kept(facts.name, facts.zone, facts.hours, follows=facts.follows)
    fields, refusals = forms.hours_fields(request.POST or kept), NONE
    if request.method == "POST":
        try:
            acts.change_hours(
                actor=request.actor,
                calendar_id=calendar_id,
                draft=forms.read_hours(request.POST),
                seen=_seen(request),
                at=utc_now(),
            )
        except Problem as problem:
            fields, refusals = _refused(request, fields, problem)
        else:
            messages.success(request, _("The hours were changed. Earlier deadlines keep theirs."))
            return redirect("calendar", calendar_id)
    shown = {"title": _("Hours of “%s”") % facts.name, "save": _("Save hours")}
    shown |= {"seen": _shown(request, facts), "back": reverse("calendar", args=[calendar_id])}
    return _form(request, fields, refusals, shown)


@page(Verb.EDIT_CALENDAR)
@both
def days(request: StaffRequest, calendar_id: int) -> HttpResponse:
    facts = _facts(request, calendar_id)
    listed = "lines" in request.POST
    given = request.POST or {"first": request.GET.get("day", "")}
    one, many = forms.day_fields(given), forms.lines_fields(given)
    refusals = NONE
    if request.method == "POST":
        try:
            count = acts.add_days(
                actor=request.actor,
                calendar_id=calendar_id,
                entries=forms.read_entries(request.POST),
                seen=_seen(request),
                at=utc_now(),
            )
        except Problem as problem:
            fields, refusals = _refused(request, many if listed else one, problem)
            one, many = (one, fields) if listed else (fields, many)
        else:
            words = ngettext("%(n)d day was added.", "%(n)d days were added.", count)
            messages.success(request, words % {"n": count})
            return redirect("calendar", calendar_id)
    shown = {"one": one, "many": many, "refusals": refusals, "facts": facts, "listed": listed}
    shown |= {"seen": _shown(request, facts)}
    status = 422 if refusals else 200
    return render(request, "manage/calendar/days.html", shown, status=status)


@page(Verb.EDIT_CALENDAR)
@require_POST
def remove(request: StaffRequest, calendar_id: int, day_id: int) -> HttpResponse:
    acts.remove_day(
        actor=request.actor,
        calendar_id=calendar_id,
        day_id=day_id,
        seen=_seen(request),
        at=utc_now(),
    )
    messages.success(request, _("The day was removed. “Undo” brings it back."))
    return redirect("calendar", calendar_id)


@page(Verb.EDIT_CALENDAR)
@require_POST
def undo(request: StaffRequest, calendar_id: int) -> HttpResponse:
    read.calendar_for(request.actor, calendar_id, Verb.EDIT_CALENDAR)
    acts.undo(actor=request.actor, calendar_id=calendar_id, seen=_seen(request), at=utc_now())
    messages.success(request, _("The last change was undone."))
    return redirect("calendar", calendar_id)


@page(Verb.EDIT_CALENDAR)
@require_POST
def usual(request: StaffRequest, calendar_id: int) -> HttpResponse:
    acts.make_usual(actor=request.actor, calendar_id=calendar_id, at=utc_now())
    messages.success(request, _("This is now the usual calendar of the company."))
    return redirect("calendar", calendar_id)


def _facts(request: StaffRequest, calendar_id: int) -> CalendarFacts:
    return read.facts_of(read.calendar_for(request.actor, calendar_id, Verb.EDIT_CALENDAR))


def _seen(request: StaffRequest) -> int:
    """Return the version that the reader saw; nought, which is none, where the page named none."""
    return whole(request.POST.get("seen") or "0", "seen")


def _shown(request: StaffRequest, facts: CalendarFacts) -> str:
    return request.POST.get("seen", str(facts.number))


def _refused(
    request: StaffRequest, fields: tuple[Field, ...], problem: Problem
) -> tuple[tuple[Field, ...], tuple[Refusal, ...]]:
    if problem.code == STALE:
        raise problem
    return with_problem(fields, problem, request.LANGUAGE_CODE)


def _form(
    request: StaffRequest,
    fields: tuple[Field, ...],
    refusals: tuple[Refusal, ...],
    shown: dict[str, str],
) -> HttpResponse:
    told = {"fields": fields, "refusals": refusals, **shown}
    status = 422 if refusals else 200
    return render(request, "manage/calendar/form.html", told, status=status)
