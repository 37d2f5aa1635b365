"""P16: deadlines are those of a clock that asks the wall at every single minute.

The reference knows no interval and no search: it writes down for each minute whether it is worked,
and walks. Controls: a reference that ignores make-up workdays, or holidays, must differ.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from anju.register.rules.announced import announced
from anju.worktime.deadlines import (
    Day,
    DayKind,
    Pause,
    Shift,
    WorkingCalendar,
    due,
    due_many,
    round_the_clock,
    work_minutes_between,
)
from anju.worktime.hours import ALL_DAY, Shifts, Week, week_of
from anju.worktime.tests.slow_clock import SlowClock
from promises.promised import stops_for_pauses, wrong_promises
from promises.registry import Outcome, Promise, full

SEED = 20261122
CASES = {False: 100_000, True: 1_000_000}
PROMISED = {False: 30_000, True: 1_000_000}  # instants that cases are promised
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
GOAL = (
    "0 of 100,000 deadlines and 30,000 promises of cases differ (1,000,000 of each with --full),"
    " every control differs"
)
OFFICE: Shifts = (Shift(510, 720), Shift(810, 1080))
NIGHT: Shifts = (Shift(0, 150), Shift(1320, 1800))
ZONES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Europe/London")
# Each stretch holds a change of clocks, a holiday with make-up days, or a leap day.
STRETCHES = (date(2024, 2, 1), date(2025, 9, 15), date(2026, 1, 25), date(2026, 9, 20))
LENGTH = 60  # days of a stretch


@dataclass(frozen=True, slots=True)
class Ground:
    """One calendar over one stretch of time, and what the slow clock wrote down of it."""

    calendar: WorkingCalendar
    begin: datetime
    worked: NDArray[np.bool_]

    def due(self, start: int, minutes: int, pauses: Sequence[tuple[int, int]]) -> int | None:
        """Walk from a minute until so many are worked; None where the stretch ends before."""
        free = self.worked[start:].copy()
        for one, two in pauses:
            free[max(one - start, 0) : max(two - start, 0)] = False
        walked = np.cumsum(free)
        return start + 1 + int(np.argmax(walked >= minutes)) if walked[-1] >= minutes else None

    def at(self, minute: int) -> datetime:
        return self.begin + minute * MINUTE


def weeks() -> tuple[Week, ...]:
    """Return the weeks that are tried: office, six days, nights, mixed, never closed."""
    saturday: Shifts = (Shift(540, 720),)
    return (
        week_of([OFFICE] * 5 + [(), ()]),
        week_of([OFFICE] * 5 + [saturday, ()]),
        week_of([NIGHT] * 7),
        week_of([(Shift(60, 135),), OFFICE, NIGHT, (), ALL_DAY, (), (Shift(1380, 1500),)]),
        week_of([ALL_DAY] * 7),
    )


def grounds() -> Iterator[Ground]:
    """Yield every zone with every week over every stretch, written down minute by minute."""
    days = announced(2024, 2026)
    own = (Day(date(2026, 2, 25), DayKind.HOURS, shifts=(Shift(600, 660),)),)
    for number, zone in enumerate(ZONES):
        for place, week in enumerate(weeks()):
            calendar = WorkingCalendar(ZoneInfo(zone), week, (*days.days, *own), days.known_until)
            if place == 4:
                calendar = round_the_clock(ZoneInfo(zone))
            first = STRETCHES[(number + place) % len(STRETCHES)]
            for stretch in {first, STRETCHES[2], STRETCHES[3]}:
                yield written(calendar, SlowClock(calendar), stretch)


def written(calendar: WorkingCalendar, clock: SlowClock, first: date) -> Ground:
    """Ask a slow clock about each minute of a stretch."""
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
    every = (clock.works(begin + n * MINUTE) for n in range(LENGTH * 1440))
    return Ground(calendar, begin, np.fromiter(every, np.bool_, LENGTH * 1440))


def differing(ground: Ground, draw: random.Random, cases: int) -> tuple[int, int, str]:
    """Return how many cases were tried and differ, and one that does."""
    tried, wrong, example = 0, 0, ""
    while tried < cases:
        start = draw.randrange(LENGTH * 1440 - 2 * 1440)
        minutes = min(1 + int(draw.expovariate(1 / 700)), 6000)
        pauses = [
            (one, one + draw.randrange(1, 2000))
            for one in (
                start + draw.randrange(-600, 4000) for _ in range(draw.choice((0, 0, 1, 2)))
            )
        ]
        expected = ground.due(start, minutes, pauses)
        if expected is None:
            continue
        tried += 1
        told = [Pause(ground.at(one), ground.at(two)) for one, two in pauses]
        found = due(ground.at(start), minutes, ground.calendar, told).instant
        if found != ground.at(expected):
            wrong += 1
            example = f"{ground.at(start):%Y-%m-%d %H:%M}Z + {minutes} min: {found}"
    return tried, wrong, example


def many_agree(ground: Ground, draw: random.Random) -> bool:
    """Say whether a thousand at once, and the minutes between, agree with the walk too."""
    starts = [draw.randrange(LENGTH * 1440 // 2) for _ in range(1000)]
    wanted = [ground.due(start, 300, ()) for start in starts]
    kept = [(s, w) for s, w in zip(starts, wanted, strict=True) if w is not None]
    naive = [ground.at(s).replace(tzinfo=None) for s, _ in kept]
    found = due_many(np.array(naive, dtype="datetime64[us]"), 300, ground.calendar).tolist()
    ends = [ground.at(w).replace(tzinfo=None) for _, w in kept]
    between = [work_minutes_between(ground.at(s), ground.at(w), ground.calendar) for s, w in kept]
    return found == ends and between == [300] * len(kept)


def controls(draw: random.Random) -> list[str]:
    """Return which wrong references were not told apart from the product."""
    days = announced(2026, 2026)
    zone = ZoneInfo("Asia/Shanghai")
    calendar = WorkingCalendar(zone, weeks()[0], days.days, days.known_until)
    wrong = {
        "ignores make-up workdays": SlowClock(calendar, make_up=False),
        "ignores holidays": SlowClock(calendar, holidays=False),
        "is an hour late": SlowClock(calendar),
    }
    missed = []
    for name, clock in wrong.items():
        ground = written(calendar, clock, STRETCHES[2])
        if name == "is an hour late":  # a clock that was stepped by an hour
            ground = Ground(calendar, ground.begin + HOUR, ground.worked)
        if not differing(ground, draw, 300)[1]:
            missed.append(name)
    right = written(calendar, SlowClock(calendar), STRETCHES[2])
    if not wrong_promises(right, draw, 300, LENGTH * 1440, stops_for_pauses)[1]:
        missed.append("lets an emergency wait")
    return missed


def attempt(_folder: Path) -> Outcome:
    """Try the cases, then the controls."""
    draw = random.Random(SEED)
    every = list(grounds())
    each = -(-CASES[full()] // len(every))
    tried, wrong, examples, many = 0, 0, [], 0
    of_cases, wrongly = 0, 0
    for ground in every:
        promised = wrong_promises(ground, draw, -(-PROMISED[full()] // len(every)), LENGTH * 1440)
        of_cases, wrongly = of_cases + promised[0], wrongly + promised[1]
        count, differ, example = differing(ground, draw, each)
        tried, wrong = tried + count, wrong + differ
        examples += [example] if example else []
        many += many_agree(ground, draw)
    missed = controls(draw)
    problems = [f"differs: {example}" for example in examples[:3]]
    problems += [f"{len(every) - many} calendars differ when many are asked at once"] * (
        many != len(every)
    )
    problems += [f"{wrongly} promises of cases or their accounts differ"] if wrongly else []
    problems += [f"control not caught: a clock that {name}" for name in missed]
    evidence = (
        f"{wrong} of {tried:,} deadlines differ from the minute-by-minute clock, over {len(ZONES)}"
        f" zones and {len(every)} calendars; {many} of {len(every)} the same at once;"
        f" {wrongly} of {of_cases:,} promises of cases or their accounts differ;"
        f" {4 - len(missed)} of 4 controls caught"
    )
    evidence = f"{'; '.join(problems)} | {evidence}" if problems else evidence
    figures = {
        "cases": tried, "wrong": wrong, "calendars": len(every),
        "promised": of_cases, "promised_wrong": wrongly,
    }  # fmt: skip
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P16", "A deadline is where a clock that looks at every minute puts it", attempt)
