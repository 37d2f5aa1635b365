"""Who hears of a case that runs late, and at which instant; pure. It sends nothing.

A rung is reached by a share of the time used, by working minutes over the deadline, or by days since
the case came in. Each rung is told once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import Pause, WorkingCalendar, due

LONG_OPEN = (7, 15, 30)
TRANSFERS = 3


@dataclass(frozen=True, slots=True)
class Rung:
    """When somebody is told, and in which role; exactly one of the three measures is given.

    Units: `share` of the minutes promised (0.8 is four fifths), `over` working minutes, `days` real.
    """

    number: int
    role: str
    share: float | None = None
    over: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A rung and the instant at which it is reached; None while a pause holds the clock."""

    rung: Rung
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """What the ladder looks at: when the case came, the minutes promised, the calendar, pauses."""

    start: datetime
    minutes: int
    calendar: WorkingCalendar
    pauses: tuple[Pause, ...] = ()


def ladder(rungs: Sequence[Rung], course: Course) -> tuple[Told, ...]:
    """Return each rung with its instant, earliest first, those that a pause holds at the end.

    Errors: E-LADDER-RUNG for a rung that measures nothing, or by two things.
    """
    found = [Told(rung, _instant(rung, course)) for rung in rungs]
    return tuple(sorted(found, key=lambda told: (told.at is None, told.at, told.rung.number)))


def reached(told: Sequence[Told], last: int, at: datetime) -> tuple[Rung, ...]:
    """Return the rungs reached by an instant whose numbers lie above the last one told of."""
    return tuple(
        one.rung for one in told if one.at is not None and one.at <= at and one.rung.number > last
    )


def next_at(told: Sequence[Told], last: int) -> datetime | None:
    """Return when the next rung above the last one is reached; None if none is in sight."""
    ahead = [one.at for one in told if one.at is not None and one.rung.number > last]
    return min(ahead, default=None)


def passed_on(transfers: int) -> bool:
    """Say whether so many hand-overs go to the project manager: the third one does, and each after."""
    return transfers >= TRANSFERS


def long_open(role: str, first: int) -> Iterator[Rung]:
    """Yield the rungs of a matter that stays open for 7, 15 and 30 days, numbered from `first`.

    Source: requirements O-27: three alerts before day 90.
    """
    for place, days in enumerate(LONG_OPEN):
        yield Rung(first + place, role, days=days)


def _instant(rung: Rung, course: Course) -> datetime | None:
    given = [one for one in (rung.share, rung.over, rung.days) if one is not None]
    if len(given) != 1 or given[0] <= 0:
        raise Problem(
            "E-LADDER-RUNG",
            "rung",
            "Rung {number} needs one measure: a share of the time, minutes over, or days.",
            "第 {number} 级需且只需一个条件：已用时限比例、超时分钟数或天数。",
            number=rung.number,
        )
    if rung.days is not None:
        return course.start + timedelta(days=rung.days)
    minutes = course.minutes + (rung.over or 0)
    if rung.share is not None:
        minutes = max(1, round(course.minutes * rung.share))
    return due(course.start, minutes, course.calendar, course.pauses).instant
