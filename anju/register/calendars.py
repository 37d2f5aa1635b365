"""Reads of working calendars: the plain calendar of any version, and what its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models

from anju.register.access import Actor, NotFound, Verb, demand
from anju.register.models import CalendarDay, CalendarVersion, DayOrigin, WorkCalendar
from anju.register.rules import announced
from anju.register.rules.calendar import USUAL, ZONE, over, read_week
from anju.worktime.hours import Day, DayKind, WorkingCalendar, read_shifts


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A calendar in a list."""

    id: int
    name: str
    usual: bool


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that the company itself wrote, with the number that takes it back."""

    id: int
    day: Day


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a calendar: when it began and who made it."""

    number: int
    at: datetime
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """One version of a calendar whole: `newest` tells whether it is the present one."""

    id: int
    name: str
    usual: bool
    number: int
    newest: bool
    zone: str
    hours: tuple[str, ...]
    follows: bool
    own: tuple[OwnDay, ...]
    calendar: WorkingCalendar


def calendar_for(actor: Actor, calendar_id: int, verb: Verb) -> WorkCalendar:
    """Return a calendar for an act; raises NotFound or Forbidden."""
    found: WorkCalendar | None = WorkCalendar.objects.filter(id=calendar_id).first()
    if found is None:
        raise NotFound(f"calendar {calendar_id}")
    demand(actor, verb)
    return found


def calendar_lines() -> tuple[CalendarLine, ...]:
    """Return the company's calendars, the usual one first."""
    rows = WorkCalendar.objects.order_by("-usual", "name")
    return tuple(CalendarLine(row.id, row.name, row.usual) for row in rows)


def version_lines(calendar_id: int) -> tuple[VersionLine, ...]:
    """Return the versions of a calendar, newest first."""
    rows = CalendarVersion.objects.filter(calendar_id=calendar_id).order_by("-number")
    return tuple(VersionLine(row.number, row.at, row.actor_id) for row in rows)


def facts_of(calendar: WorkCalendar, number: int | None = None) -> CalendarFacts:
    """Return one version of a calendar, the present one unless told otherwise; NotFound if none."""
    wanted = calendar.version if number is None else number
    version = CalendarVersion.objects.filter(calendar=calendar, number=wanted).first()
    if version is None:
        raise NotFound(f"calendar {calendar.id} version {wanted}")
    rows = list(_days_at(calendar.id, wanted))
    own = tuple(OwnDay(r.id, day_of(r)) for r in rows if r.origin == DayOrigin.OWN)
    told = (day_of(row) for row in rows if row.origin == DayOrigin.ANNOUNCED)
    plain = WorkingCalendar(
        ZoneInfo(version.zone),
        read_week(version.hours),
        over(told, (one.day for one in own)),
        version.known_until,
    )
    return CalendarFacts(
        id=calendar.id,
        name=calendar.name,
        usual=calendar.usual,
        number=wanted,
        newest=wanted == calendar.version,
        zone=version.zone,
        hours=tuple(version.hours),
        follows=version.follows,
        own=own,
        calendar=plain,
    )


def working_calendar(calendar_id: int, number: int | None = None) -> WorkingCalendar:
    """Return the plain calendar of a version, for deadlines; raises NotFound."""
    found = WorkCalendar.objects.filter(id=calendar_id).first()
    if found is None:
        raise NotFound(f"calendar {calendar_id}")
    return facts_of(found, number).calendar


def usual_calendar(*, at: datetime) -> WorkingCalendar:
    """Return the company's usual calendar, or office hours with the announced holidays."""
    found = WorkCalendar.objects.filter(usual=True).first()
    if found is not None:
        return facts_of(found).calendar
    until = announced.known_until(at.year + announced.AHEAD)
    return WorkingCalendar(ZoneInfo(ZONE), read_week(USUAL), announced.around(at), until)


def day_of(row: CalendarDay) -> Day:
    """Return a stored exception as plain data."""
    return Day(row.day, DayKind(row.kind), row.zh, row.en, read_shifts(row.hours, "hours"))


def _days_at(calendar_id: int, number: int) -> models.QuerySet[CalendarDay]:
    rows = CalendarDay.objects.filter(calendar_id=calendar_id, since__lte=number)
    lasting = models.Q(until__isnull=True) | models.Q(until__gt=number)
    return rows.filter(lasting).order_by("day", "id")
