"""Writes of working calendars: each act makes a new version and leaves the old one as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb, demand
from anju.register.calendars import calendar_for, day_of
from anju.register.models import CalendarDay, CalendarVersion, DayOrigin, WorkCalendar
from anju.register.queries import in_each_company
from anju.register.rules import announced
from anju.register.rules.calendar import Entry, clash, read_week, read_zone
from anju.worktime.hours import Day, hours_text


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """What a person wrote about a calendar; hours are seven texts, Monday first."""

    name: str
    zone: str
    hours: tuple[str, ...]
    follows: bool = True


@transaction.atomic
def make_calendar(*, actor: Actor, draft: HoursDraft, at: datetime) -> WorkCalendar:
    """Make a calendar with the announced days of last year, this and what is known beyond.

    The first one is the company's usual calendar. Errors: those of names, zones and hours.
    """
    demand(actor, Verb.EDIT_CALENDAR)
    with company_scope(actor.company_id):
        made = WorkCalendar(
            company_id=actor.company_id,
            name=_free_name(draft.name, but=None),
            usual=not WorkCalendar.objects.filter(usual=True).exists(),
        )
        made.save()
        _write_version(made, draft, actor_id=actor.account_id, at=at)
        if draft.follows:
            _take(made, announced.around(at), number=1)
        _tell(made, "created", actor_id=actor.account_id, at=at, payload={"name": made.name})
        return made


@transaction.atomic
def change_hours(
    *, actor: Actor, calendar_id: int, draft: HoursDraft, seen: int, at: datetime
) -> int:
    """Change name, zone, hours, or whether holidays are followed; return the new version."""
    with company_scope(actor.company_id):
        calendar = calendar_for(actor, calendar_id, Verb.EDIT_CALENDAR)
        name = _free_name(draft.name, but=calendar.id)
        number = _next(calendar, seen)
        WorkCalendar.objects.filter(id=calendar.id).update(name=name)
        _write_version(calendar, draft, actor_id=actor.account_id, at=at)
        _take(calendar, announced.around(at) if draft.follows else (), number=number)
        payload: dict[str, history.Plain] = {"version": number, "hours": list(draft.hours)}
        _tell(calendar, "hours_changed", actor_id=actor.account_id, at=at, payload=payload)
        return number


@transaction.atomic
def add_days(
    *, actor: Actor, calendar_id: int, entries: Sequence[Entry], seen: int, at: datetime
) -> int:
    """Add the company's own days; return how many were new, nought changes nothing.

    Errors: E-CAL-CONFLICT where an own entry already says otherwise, E-STALE.
    """
    with company_scope(actor.company_id):
        calendar = calendar_for(actor, calendar_id, Verb.EDIT_CALENDAR)
        known = {row.day: day_of(row) for row in _in_force(calendar, DayOrigin.OWN)}
        fresh = [entry for entry in entries if _is_new(entry, known)]
        if not fresh:
            return 0
        number = _next(calendar, seen)
        _copy_version(calendar, number - 1, actor_id=actor.account_id, at=at)
        _add(calendar, (entry.day for entry in fresh), DayOrigin.OWN, number=number)
        told = [f"{entry.day.day} {entry.day.kind}" for entry in fresh]
        payload: dict[str, history.Plain] = {"version": number, "days": told}
        _tell(calendar, "days_added", actor_id=actor.account_id, at=at, payload=payload)
        return len(fresh)


@transaction.atomic
def remove_day(*, actor: Actor, calendar_id: int, day_id: int, seen: int, at: datetime) -> int:
    """Take one of the company's own days back; what was announced cannot be removed so."""
    with company_scope(actor.company_id):
        calendar = calendar_for(actor, calendar_id, Verb.EDIT_CALENDAR)
        row = _in_force(calendar, DayOrigin.OWN).filter(id=day_id).first()
        if row is None:
            raise NotFound(f"day {day_id}")
        number = _next(calendar, seen)
        _copy_version(calendar, number - 1, actor_id=actor.account_id, at=at)
        CalendarDay.objects.filter(id=row.id).update(until=number)
        payload: dict[str, history.Plain] = {"version": number, "days": [f"{row.day} {row.kind}"]}
        _tell(calendar, "day_removed", actor_id=actor.account_id, at=at, payload=payload)
        return number


@transaction.atomic
def undo(*, actor: Actor, calendar_id: int, seen: int, at: datetime) -> int:
    """Take the last change back by a new version that says what the one before it said.

    Errors: E-STATE for a calendar that was never changed, E-STALE.
    """
    with company_scope(actor.company_id):
        calendar = calendar_for(actor, calendar_id, Verb.EDIT_CALENDAR)
        if calendar.version == 1:
            raise Problem("E-STATE", "calendar", "There is nothing to undo.", "没有可撤销的修改。")
        number = _next(calendar, seen)
        _copy_version(calendar, number - 2, actor_id=actor.account_id, at=at)
        rows = CalendarDay.objects.filter(calendar=calendar)
        ended = list(rows.filter(until=number - 1))
        rows.filter(since=number - 1, until__isnull=True).update(until=number)
        for row in ended:
            row.pk, row.since, row.until = None, number, None
        CalendarDay.objects.bulk_create(ended)
        payload: dict[str, history.Plain] = {"version": number}
        _tell(calendar, "change_undone", actor_id=actor.account_id, at=at, payload=payload)
        return number


@transaction.atomic
def make_usual(*, actor: Actor, calendar_id: int, at: datetime) -> None:
    """Make a calendar the one that is used where no other is named."""
    with company_scope(actor.company_id):
        calendar = calendar_for(actor, calendar_id, Verb.EDIT_CALENDAR)
        if calendar.usual:
            return
        WorkCalendar.objects.filter(usual=True).update(usual=False)
        WorkCalendar.objects.filter(id=calendar.id).update(usual=True)
        _tell(calendar, "made_usual", actor_id=actor.account_id, at=at, payload={})


def follow_announcements(*, at: datetime) -> int:
    """Bring every calendar that follows the announcements to what is known; for the clock.

    Returns how many calendars changed; the program itself is the one who acted.
    """

    def follow() -> int:
        return sum(_follow(calendar, at) for calendar in WorkCalendar.objects.order_by("id"))

    return in_each_company(follow)


@transaction.atomic
def _follow(calendar: WorkCalendar, at: datetime) -> int:
    with company_scope(calendar.company_id):
        last = CalendarVersion.objects.get(calendar=calendar, number=calendar.version)
        reach = announced.known_until(at.year + announced.AHEAD)
        if not last.follows or (last.known_until or 0) >= reach:
            return 0
        number = _next(calendar, calendar.version)
        _copy_version(calendar, number - 1, actor_id=None, at=at)
        CalendarVersion.objects.filter(calendar=calendar, number=number).update(known_until=reach)
        _take(calendar, announced.around(at), number=number)
        payload: dict[str, history.Plain] = {"version": number, "year": reach}
        _tell(calendar, "announcement_taken", actor_id=None, at=at, payload=payload)
        return 1


def _free_name(name: str, *, but: int | None) -> str:
    clean = clean_line(name, "name", most=60)
    if WorkCalendar.objects.filter(name=clean).exclude(id=but).exists():
        raise Problem(
            "E-NAME-TAKEN",
            "name",
            "There is already a calendar called “{name}”. Choose another name.",
            "已经有名为“{name}”的日历。请换一个名称。",
            name=clean,
        )
    return clean


def _next(calendar: WorkCalendar, seen: int) -> int:
    """Take the next version number for the one who saw the present one; raises E-STALE."""
    same = WorkCalendar.objects.filter(id=calendar.id, version=seen)
    if not same.update(version=F("version") + 1):
        now = WorkCalendar.objects.values_list("version", flat=True).get(id=calendar.id)
        raise Problem(
            "E-STALE",
            "calendar",
            "Somebody changed this calendar meanwhile: you saw version {seen}, it is now"
            " version {now}. Look at it again and repeat your change.",
            "该日历刚被他人修改：您看到的是第 {seen} 版，现在是第 {now} 版。请刷新后重新修改。",
            seen=seen,
            now=now,
        )
    calendar.version = seen + 1
    return calendar.version


def _write_version(
    calendar: WorkCalendar, draft: HoursDraft, *, actor_id: int | None, at: datetime
) -> None:
    week = read_week(draft.hours)
    CalendarVersion(
        company_id=calendar.company_id,
        calendar=calendar,
        number=calendar.version,
        zone=read_zone(draft.zone).key,
        hours=[hours_text(shifts) for shifts in week],
        follows=draft.follows,
        known_until=announced.known_until(at.year + announced.AHEAD) if draft.follows else None,
        actor_id=actor_id,
        at=at,
    ).save()


def _copy_version(
    calendar: WorkCalendar, number: int, *, actor_id: int | None, at: datetime
) -> None:
    copy = CalendarVersion.objects.get(calendar=calendar, number=number)
    copy.pk, copy.number, copy.actor_id, copy.at = None, calendar.version, actor_id, at
    copy.save()


def _in_force(calendar: WorkCalendar, origin: DayOrigin) -> models.QuerySet[CalendarDay]:
    return CalendarDay.objects.filter(calendar=calendar, origin=origin, until__isnull=True)


def _is_new(entry: Entry, known: dict[date, Day]) -> bool:
    """Say whether the company's table lacks an entry; raises E-CAL-CONFLICT if it contradicts."""
    there = known.get(entry.day.day)
    if there is None:
        return True
    if (there.kind, there.shifts) != (entry.day.kind, entry.day.shifts):
        raise clash(entry.line, entry.day, there)
    return False


def _take(calendar: WorkCalendar, days: Sequence[Day], *, number: int) -> None:
    """Make the announced days in force exactly these, ending and adding only what differs."""
    wanted = {day.day: day for day in days}
    first = min(wanted, default=date.min)  # what lies before was announced long ago and stays
    for row in _in_force(calendar, DayOrigin.ANNOUNCED):
        if wanted.get(row.day) == day_of(row):
            del wanted[row.day]
        elif row.day >= first:
            CalendarDay.objects.filter(id=row.id).update(until=number)
    _add(calendar, wanted.values(), DayOrigin.ANNOUNCED, number=number)


def _add(calendar: WorkCalendar, days: Iterable[Day], origin: DayOrigin, *, number: int) -> None:
    rows = [
        CalendarDay(
            company_id=calendar.company_id,
            calendar=calendar,
            day=day.day,
            origin=origin,
            kind=day.kind,
            zh=day.zh,
            en=day.en,
            hours=hours_text(day.shifts),
            since=number,
        )
        for day in days
    ]
    CalendarDay.objects.bulk_create(rows, batch_size=500)


def _tell(
    calendar: WorkCalendar,
    verb: str,
    *,
    actor_id: int | None,
    at: datetime,
    payload: dict[str, history.Plain],
) -> None:
    subject = history.Subject(calendar.company_id, "calendar", calendar.id)
    history.write(subject, verb, actor_id=actor_id, at=at, payload=payload)
