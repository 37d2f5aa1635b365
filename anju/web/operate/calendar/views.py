"""A calendar's year with its hours, its versions, and the trial of when something is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register import calendars as read
from anju.register.access import NotFound, Verb
from anju.register.calendars import CalendarFacts
from anju.register.queries import names_of
from anju.web.declare import StaffRequest, page
from anju.web.operate.calendar import forms, year
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.pieces import Empty
from anju.web.parts.steps import last_moment, moment, step_lines
from anju.worktime.deadlines import Due

FIRST, LAST = 2008, 2100
TWICE = "E-TIME-FOLD"


@dataclass(frozen=True, slots=True)
class Trial:
    """The trial as the page shows it; `when` is empty until it was tried."""

    fields: tuple[Field, ...]
    refusals: tuple[Refusal, ...] = ()
    when: str = ""
    start: str = ""
    lines: tuple[str, ...] = ()
    unannounced: int | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list of what was."""

    number: int
    at: datetime
    who: str
    shown: bool


@page(Verb.SEE_CALENDAR)
@require_GET
def calendars(request: StaffRequest) -> HttpResponse:
    known = read.calendar_lines()
    if known:
        return redirect("calendar", known[0].id)
    empty = Empty(
        _("No working calendar yet"),
        _(
            "A calendar says when people work, so that a deadline does not run at night, over"
            " lunch or on a holiday. The announced holidays and make-up workdays come with it."
        ),
        icon="calendar",
    )
    return render(request, "manage/calendar/none.html", {"empty": empty})


@page(Verb.SEE_CALENDAR)
@require_GET
def calendar(request: StaffRequest, calendar_id: int) -> HttpResponse:
    found = read.calendar_for(request.actor, calendar_id, Verb.SEE_CALENDAR)
    now = utc_now()
    facts = read.facts_of(found, _number(request, "version"))
    today = now.astimezone(facts.calendar.zone).date()
    shown = min(max(_number(request, "year") or today.year, FIRST), LAST)
    trial = _trial(request, facts, now)
    told = {
        "facts": facts,
        "year": shown,
        "years": (shown - 1, shown + 1),
        "months": year.months_of(facts, shown, today),
        "weekdays": year.weekday_letters(),
        "week": _week(facts),
        "marks": year.marks(),
        "own": year.own_lines(facts, shown),
        "warning": _warning(facts, shown, today.year),
        "others": read.calendar_lines(),
        "versions": _versions(facts),
        "trial": trial,
        "may_edit": facts.newest and request.actor.may(Verb.EDIT_CALENDAR),
    }
    status = 422 if trial.refusals else 200
    return render(request, "manage/calendar/calendar.html", told, status=status)


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a whole number of the address; what is none names no page of ours."""
    given = request.GET.get(name, "")
    if not given:
        return None
    try:
        return whole(given, name, high=9999)
    except Problem as problem:
        raise NotFound(f"{name} {given[:20]}") from problem


def _week(facts: CalendarFacts) -> tuple[tuple[str, list[str]], ...]:
    """Return each weekday with its shifts, each of which stays on one line."""
    names = [full for _short, full in year.weekday_letters()]
    hours = [(text or _("closed")).split(", ") for text in facts.hours]
    return tuple(zip(names, hours, strict=True))


def _warning(facts: CalendarFacts, shown: int, this_year: int) -> str:
    """Say which year nobody announced yet, where it is shown or comes next."""
    known = facts.calendar.known_until
    if known is None or max(shown, this_year + 1) <= known:
        return ""
    return _(
        "%(year)d is not announced yet: the State Council does so in autumn of the year before."
        " Until then only the festivals fixed by law are marked, and deadlines in %(year)d may"
        " still move. The announcement is taken over by itself with an update of Anju, or write the"
        " days yourself."
    ) % {"year": max(shown, known + 1)}


def _versions(facts: CalendarFacts) -> tuple[VersionRow, ...]:
    lines = read.version_lines(facts.id)
    names = names_of({line.actor_id for line in lines if line.actor_id is not None})
    return tuple(
        VersionRow(
            line.number,
            line.at,
            _("the program") if line.actor_id is None else names.get(line.actor_id, "?"),
            line.number == facts.number,
        )
        for line in lines
    )


def _trial(request: StaffRequest, facts: CalendarFacts, now: datetime) -> Trial:
    zone = facts.calendar.zone
    fields = forms.trial_fields(request.GET, now, zone)
    if "fold" in request.GET:
        fields = (*fields, forms.which_field(request.GET))
    if "amount" not in request.GET:
        return Trial(fields)
    try:
        found: Due = forms.try_out(request.GET, facts.calendar)
    except Problem as problem:
        if problem.code == TWICE and "fold" not in request.GET:
            fields = (*fields, forms.which_field(request.GET))
        return Trial(*with_problem(fields, problem, request.LANGUAGE_CODE))
    return Trial(
        fields,
        when=last_moment(found.instant, zone) if found.instant else "",
        start=moment(found.steps[0].start, zone),
        lines=step_lines(found.steps, zone),
        unannounced=found.unannounced,
    )
