"""Deadlines in working time, and what was worked between two instants; each explains itself.

Arithmetic runs in UTC, working time is read off the wall of the calendar's zone, and a pause stops
the clock. Emergency minutes are real minutes: give `round_the_clock`. It asks no time and stores
nothing; the sentences of the steps are made where the reader's language is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from anju.kernel.pure.problems import Problem
from anju.worktime import steps as account
from anju.worktime.hours import (
    Day,
    DayKind,
    Shift,
    WorkingCalendar,
    round_the_clock,
)
from anju.worktime.steps import Pause, Span, Step, StepKind, Why
from anju.worktime.timetable import MINUTE, Micros, Timetable, instant, micros, timetable

__all__ = [
    "Day",
    "DayKind",
    "Due",
    "Pause",
    "Shift",
    "Span",
    "Step",
    "StepKind",
    "Why",
    "WorkingCalendar",
    "due",
    "due_many",
    "end_of_day",
    "round_the_clock",
    "within_working_days",
    "work_minutes_between",
]
MOST_MINUTES = 366 * 24 * 60
MOST_DAYS = 366
HORIZON = 10  # years that a deadline may lie ahead
NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due and how that was found.

    `instant` is None while a pause without an end holds the clock; `unannounced` is the first
    year on the way whose holidays nobody has announced yet, so that the instant may still move.
    """

    instant: datetime | None
    steps: tuple[Step, ...]
    unannounced: int | None = None


def due(
    start: datetime, minutes: int, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()
) -> Due:
    """Return the first instant at which so many working minutes have passed since the start.

    Errors: E-SLA-RANGE for minutes outside 1 to a year's, or ten years ahead; E-SLA-EMPTY for a
    calendar without working time; E-SLA-ORDER for a pause that ends before it begins.
    Example: Friday 17:30 + 60 min with hours 08:30–18:00 is due on Monday at 09:00.
    """
    _check_minutes(minutes, minutes)
    held = _merged(pauses)
    first = start.astimezone(UTC).year
    for ahead in (1, HORIZON):
        table = timetable(calendar, first - 1, first + ahead + 1)
        at = _reach(table, micros(start), minutes * MINUTE, held)
        if at is not None:
            spans = account.spans(table, micros(start), at, held)
            steps = account.explain(spans, minutes * MINUTE, calendar, pauses)
            return _told(calendar, start, None if at == NEVER else instant(at), steps)
    raise _too_far(table, micros(start))


def due_many(
    starts: NDArray[np.datetime64], minutes: NDArray[np.int64] | int, calendar: WorkingCalendar
) -> NDArray[np.datetime64]:
    """Return the deadlines of many starts at once: those of `due` without pauses or account.

    Shapes: starts [n] of datetime64 in UTC, minutes [n] or one number for all; result [n] in µs.
    Errors: as `due`.
    """
    if not len(starts):
        return starts.astype("datetime64[us]")
    at: Micros = starts.astype("datetime64[us]").astype(np.int64)
    _check_minutes(int(np.min(minutes)), int(np.max(minutes)))
    first, last = (instant(int(edge)).year for edge in (at.min(), at.max()))
    for ahead in (1, HORIZON):
        table = timetable(calendar, first - 1, last + ahead + 1)
        wanted = (
            table.worked(at) + np.asarray(minutes, dtype=np.int64) * MINUTE if table.total else at
        )
        if table.total and int(wanted.max()) <= table.total:
            return table.reached(wanted).astype("datetime64[us]")
    raise _too_far(table, int(at.max()))


def work_minutes_between(
    first: datetime, last: datetime, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()
) -> float:
    """Return the working minutes from one instant to another, pauses left out.

    Errors: E-SLA-ORDER if the second instant lies before the first.
    """
    if last < first:
        raise _order("end", first, last)
    table = timetable(calendar, first.astimezone(UTC).year - 1, last.astimezone(UTC).year + 1)
    spans = account.spans(table, micros(first), micros(last), _merged(pauses))
    return sum(s.end - s.start for s in spans if s.kind is StepKind.WORK) / MINUTE


def within_working_days(start: datetime, days: int, calendar: WorkingCalendar) -> Due:
    """Return the end of the working day that comes so many working days after the start's day.

    A working day is one on which a shift begins. “Within one working day” of Friday 16:00 is
    Monday 24:00, unless Saturday is a make-up workday. Errors: E-SLA-RANGE, E-SLA-EMPTY.
    """
    if not 1 <= days <= MOST_DAYS:
        raise _range("days", 1, MOST_DAYS)
    today = start.astimezone(calendar.zone).date()
    counted: list[date] = []
    for number in range(1, HORIZON * 366):
        day = today + timedelta(days=number)
        if calendar.shifts_on(day):
            counted.append(day)
        if len(counted) == days:
            steps = account.count_days(start, counted, calendar)
            return _told(calendar, start, end_of_day(day, calendar), steps)
    raise _empty() if not counted else _range("days", 1, MOST_DAYS)


def end_of_day(day: date, calendar: WorkingCalendar) -> datetime:
    """Return the instant at which a local day is over."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=calendar.zone)
    return midnight.astimezone(UTC)


def _reach(
    table: Timetable, start: int, minutes: int, held: Sequence[tuple[int, int]]
) -> int | None:
    """Return when the minutes are used up, NEVER behind an open pause, None beyond the table."""
    if not table.total:
        return None
    now, left = start, minutes
    for pause, until in held:
        if until <= now:
            continue
        if pause > int(table.end[-1]):
            break
        spent = _worked(table, max(pause, now)) - _worked(table, now)
        if spent >= left:
            break
        now, left = until, left - spent
    if now == NEVER:
        return NEVER
    wanted = _worked(table, now) + left
    return int(table.reached(np.array([wanted]))[0]) if wanted <= table.total else None


def _worked(table: Timetable, at: int) -> int:
    return int(table.worked(np.array([at], dtype=np.int64))[0])


def _merged(pauses: Sequence[Pause]) -> tuple[tuple[int, int], ...]:
    """Return pauses in order as half-open spans that do not touch; an open one never ends."""
    found: list[tuple[int, int]] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        if pause.end is not None and pause.end < pause.start:
            raise _order("pause", pause.start, pause.end)
        begin, end = micros(pause.start), NEVER if pause.end is None else micros(pause.end)
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > begin:
            found.append((begin, end))
    return tuple(found)


def _told(
    calendar: WorkingCalendar, start: datetime, at: datetime | None, steps: tuple[Step, ...]
) -> Due:
    found = Due(at, steps)
    if calendar.known_until is None:
        return found
    until = (at or start).astimezone(calendar.zone).year
    since = max(calendar.known_until + 1, start.astimezone(calendar.zone).year)
    return replace(found, unannounced=since) if until > calendar.known_until else found


def _check_minutes(least: int, most: int) -> None:
    if least < 1 or most > MOST_MINUTES:
        raise _range("minutes", 1, MOST_MINUTES)


def _too_far(table: Timetable, start: int) -> Problem:
    nothing_left = not table.total or _worked(table, start) == table.total
    return _empty() if nothing_left else _range("minutes", 1, MOST_MINUTES)


def _range(field: str, low: int, high: int) -> Problem:
    return Problem(
        "E-SLA-RANGE",
        field,
        "A deadline has {low} to {high} {unit} and lies at most ten years ahead. Choose fewer.",
        "期限应为 {low} 至 {high} {unit_zh}，且不超过十年。请减少。",
        low=low,
        high=high,
        unit=field,
        unit_zh="分钟" if field == "minutes" else "天",
    )


def _empty() -> Problem:
    return Problem(
        "E-SLA-EMPTY",
        "calendar",
        "This calendar has no working time, so nothing would ever be due. Give it hours first.",
        "该日历没有任何工作时间，期限永远不会到来。请先设置工作时段。",
    )


def _order(field: str, first: datetime, last: datetime) -> Problem:
    return Problem(
        "E-SLA-ORDER",
        field,
        "{last} lies before {first}. Check the two times.",
        "{last} 早于 {first}。请核对两个时间。",
        first=f"{first:%Y-%m-%d %H:%M}",
        last=f"{last:%Y-%m-%d %H:%M}",
    )
