"""What the pages of working calendars ask for, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.kernel.pure import dates
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.actions.calendar import HoursDraft
from anju.register.rules.calendar import (
    NEVER_CLOSED,
    USUAL,
    WEEKDAYS,
    ZONE,
    Entry,
    checked,
    make_day,
    read_days,
    span,
)
from anju.web.operate.calendar.year import weekday_letters
from anju.web.parts.form import Field
from anju.worktime.deadlines import Due, WorkingCalendar, due, within_working_days

Given = QueryDict | Mapping[str, str]


def kept(name: str, zone: str, hours: tuple[str, ...], *, follows: bool) -> dict[str, str]:
    """Return a calendar as its form's values."""
    return {
        "name": name,
        "zone": zone,
        "follows": "yes" if follows else "",
        **dict(zip(WEEKDAYS, hours, strict=True)),
    }


def beginning(kind: str) -> dict[str, str]:
    """Return what a new calendar's form begins with: office hours, or a post that never closes."""
    if kind == "post":
        return kept(_("Round the clock"), ZONE, NEVER_CLOSED, follows=False)
    return kept(_("Office hours"), ZONE, USUAL, follows=True)


def hours_fields(given: Given) -> tuple[Field, ...]:
    """Return the fields of a calendar and its week."""
    names = [full for _short, full in weekday_letters()]
    hint = _("For example 08:30-12:00, 13:30-18:00; a night shift 22:00-06:00; empty is a day off.")
    week = (
        Field(
            code,
            name,
            given.get(code, ""),
            hint=hint if code == WEEKDAYS[0] else "",
            optional=code != WEEKDAYS[0],
            most=120,
        )
        for code, name in zip(WEEKDAYS, names, strict=True)
    )
    return (
        Field("name", _("Name of the calendar"), given.get("name", ""), most=60),
        *week,
        Field(
            "follows",
            _("Follow the announced holidays and make-up workdays"),
            given.get("follows", ""),
            kind="check",
        ),
        Field("zone", _("Time zone"), given.get("zone", ZONE), most=60),
    )


def read_hours(given: QueryDict) -> HoursDraft:
    """Read a calendar as it was written."""
    return HoursDraft(
        name=given.get("name", ""),
        zone=given.get("zone", ""),
        hours=tuple(given.get(day, "") for day in WEEKDAYS),
        follows=bool(given.get("follows")),
    )


def day_fields(given: Given) -> tuple[Field, ...]:
    """Return the fields of one day or a span of days."""
    kinds = (
        ("off", _("day off")),
        ("work", _("make-up workday")),
        ("hours", _("hours of its own")),
    )
    return (
        Field("first", _("Day"), given.get("first", ""), kind="date"),
        Field("last", _("Until and including"), given.get("last", ""), kind="date", optional=True),
        Field("kind", _("What the day is"), given.get("kind", ""), kind="radio", choices=kinds),
        Field(
            "hours",
            _("Hours"),
            given.get("hours", ""),
            hint=_("Only for hours of its own, for example 09:00-12:00."),
            optional=True,
            most=120,
        ),
        Field("name", _("Name, for example Spring Festival"), given.get("name", ""), optional=True),
    )


def lines_fields(given: Given) -> tuple[Field, ...]:
    """Return the one field of a whole list of days."""
    hint = _(
        "One day or span a line, then off, work or hours, then a name:"
        " 2027-02-05 to 2027-02-11 off Spring Festival"
    )
    area = Field("lines", _("List of days"), given.get("lines", ""), hint=hint, kind="area", rows=8)
    return (area,)


def read_entries(given: QueryDict) -> tuple[Entry, ...]:
    """Read a list of days, or the one day or span of the short form."""
    if "lines" in given:
        return read_days(given.get("lines", ""))
    first, until = dates.day(given.get("first", ""), "first"), given.get("last", "")
    last = dates.day(until, "last") if until.strip() else first
    told = given.get("kind", ""), given.get("hours", ""), given.get("name", "")
    return checked(Entry(1, make_day(day, *told)) for day in span(first, last))


def trial_fields(given: Given, now: datetime, zone: ZoneInfo) -> tuple[Field, ...]:
    """Return the fields of the trial; it begins with now and one hour."""
    units = (
        ("minutes", _("working minutes")),
        ("hours", _("working hours")),
        ("days", _("working days")),
    )
    local = f"{now.astimezone(zone):%Y-%m-%d %H:%M}"
    return (
        Field(
            "start",
            _("Received at"),
            given.get("start", local),
            most=20,
        ),
        Field("amount", _("How long"), given.get("amount", "1"), inputmode="numeric", most=8),
        Field("unit", _("Counted in"), given.get("unit", "hours"), kind="select", choices=units),
    )


def which_field(given: Given) -> Field:
    """Return the question that a time asks which came twice, when clocks are put back."""
    choices = (("0", _("the first time")), ("1", _("the second time")))
    label = _("Which of the two times")
    return Field("fold", label, given.get("fold", ""), kind="radio", choices=choices)


def try_out(given: QueryDict, calendar: WorkingCalendar) -> Due:
    """Return when something would be due; raises Problem with the field's name."""
    fold = {"0": 0, "1": 1}.get(given.get("fold", ""))
    start = dates.instant(given.get("start", ""), "start", calendar.zone, fold=fold)
    unit = given.get("unit", "hours")
    amount = whole(given.get("amount", ""), "amount")
    try:
        if unit == "days":
            return within_working_days(start, amount, calendar)
        return due(start, amount * (60 if unit == "hours" else 1), calendar)
    except Problem as problem:
        code, en, zh = problem.code, problem.en, problem.zh
        raise Problem(code, "amount", en, zh, **problem.params) from problem
