"""The account of a deadline: what the clock did, in order, and why it stood still."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from anju.worktime.hours import DayKind, WorkingCalendar
from anju.worktime.timetable import MICRO, Timetable, instant

MOST = 40  # steps that a reader is shown; the middle of a longer account becomes one


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch during which the clock stands, from `start` until `end`; None while it lasts."""

    start: datetime
    end: datetime | None = None
    reason: str = ""


class StepKind(StrEnum):
    """What the clock does during a step."""

    WORK = "work"
    WAIT = "wait"
    PAUSE = "pause"
    MANY = "many"  # working days and waits that are not told one by one
    DAY = "day"  # one whole working day of a deadline counted in days


class Reason(StrEnum):
    """Why a stretch is, or is not, working time."""

    BREAK = "break"
    OUTSIDE = "outside"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    OWN_HOURS = "own_hours"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with the name that its day has in the calendar, in both languages."""

    reason: Reason
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one kind. Units: microseconds since 1970."""

    kind: StepKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the account: from, to, what was worked in it, and what is left after it.

    `end` is None for a pause that lasts.
    """

    kind: StepKind
    start: datetime
    end: datetime | None
    worked: timedelta
    left: timedelta
    why: tuple[Why, ...] = ()


def spans(
    table: Timetable, start: int, stop: int, held: Sequence[tuple[int, int]]
) -> tuple[Span, ...]:
    """Return what the clock did from one instant to another: each stretch once, none empty."""
    pauses = [(max(a, start), min(b, stop)) for a, b in held if a < stop and b > start]
    work = list(table.between(start, stop))
    edges = sorted({start, stop, *(edge for pair in (*pauses, *work) for edge in pair)})
    found: list[Span] = []
    for one, two in pairwise(edges):
        kind = StepKind.PAUSE if _inside(pauses, one) else StepKind.WAIT
        if kind is StepKind.WAIT and _inside(work, one):
            kind = StepKind.WORK
        if found and found[-1].kind is kind:
            found[-1] = Span(kind, found[-1].start, two)
        else:
            found.append(Span(kind, one, two))
    return tuple(found)


def _inside(pairs: Sequence[tuple[int, int]], at: int) -> bool:
    place = bisect_right(pairs, at, key=lambda pair: pair[0]) - 1
    return place >= 0 and at < pairs[place][1]


def explain(
    found: Sequence[Span], minutes: int, calendar: WorkingCalendar, pauses: Sequence[Pause]
) -> tuple[Step, ...]:
    """Return the account of some spans, with what is left after each of the time allowed."""
    told, left = [], minutes
    for span in found:
        worked = span.end - span.start if span.kind is StepKind.WORK else 0
        left -= worked
        lasts = span.end >= 1 << 62
        step = Step(
            span.kind,
            instant(span.start),
            None if lasts else instant(span.end),
            worked * MICRO,
            left * MICRO,
            _why(span, calendar, pauses),
        )
        told.append(step)
    return _shortened(told)


def count_days(
    start: datetime, counted: Sequence[date], calendar: WorkingCalendar
) -> tuple[Step, ...]:
    """Return the account of a deadline in working days: each day that counts, and each gap."""
    told: list[Step] = []
    zone, since = calendar.zone, start
    for number, day in enumerate(counted, start=1):
        begin = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
        left = timedelta(days=len(counted) - number)
        closed = tuple(_closed_days(since, begin, calendar))
        if closed:
            before = left + timedelta(days=1)
            told.append(Step(StepKind.WAIT, since, begin, timedelta(), before, closed))
        marks = _marks(day, calendar)
        told.append(Step(StepKind.DAY, begin, end, timedelta(days=1), left, marks))
        since = end
    return _shortened(told)


def _shortened(told: list[Step]) -> tuple[Step, ...]:
    if len(told) <= MOST:
        return tuple(told)
    half = MOST // 2
    middle = told[half:-half]
    worked = sum((step.worked for step in middle), timedelta())
    last = middle[-1]
    many = Step(StepKind.MANY, middle[0].start, last.end, worked, last.left)
    return (*told[:half], many, *told[-half:])


def _why(span: Span, calendar: WorkingCalendar, pauses: Sequence[Pause]) -> tuple[Why, ...]:
    begin = instant(span.start)
    if span.kind is StepKind.PAUSE:
        reasons = [p.reason for p in pauses if p.reason and p.start <= begin <= (p.end or begin)]
        return tuple(Why(Reason.PAUSED, reason, reason) for reason in reasons[:1])
    if span.kind is StepKind.WORK:
        return _marks(begin.astimezone(calendar.zone).date(), calendar)
    closed = tuple(_closed_days(begin, instant(span.end), calendar))
    return closed or (_between_shifts(span, calendar),)


def _marks(day: date, calendar: WorkingCalendar) -> tuple[Why, ...]:
    special = calendar.by_day.get(day)
    if special is None:
        return ()
    reason = Reason.MAKE_UP if special.kind is DayKind.WORK else Reason.OWN_HOURS
    return (Why(reason, special.zh, special.en),)


def _between_shifts(span: Span, calendar: WorkingCalendar) -> Why:
    """Tell a break in the middle of a day from the hours before and after work."""
    begin, end = (instant(at).astimezone(calendar.zone) for at in (span.start, span.end))
    minute = begin.hour * 60 + begin.minute
    earlier = any(shift.start < minute for shift in calendar.shifts_on(begin.date()))
    same = begin.date() == end.date()
    return Why(Reason.BREAK if same and earlier else Reason.OUTSIDE)


def _closed_days(begin: datetime, end: datetime, calendar: WorkingCalendar) -> Iterator[Why]:
    """Yield why each closed day from `begin` up to `end` is closed, each reason once."""
    day = begin.astimezone(calendar.zone).date()
    last = (end - MICRO).astimezone(calendar.zone).date()
    seen: set[Why] = set()
    while day <= last:
        special = calendar.by_day.get(day)
        why = Why(Reason.WEEKEND)
        if special is not None:
            why = Why(Reason.HOLIDAY, special.zh, special.en)
        if not calendar.shifts_on(day) and why not in seen:
            seen.add(why)
            yield why
        day += timedelta(days=1)
