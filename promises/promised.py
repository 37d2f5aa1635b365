"""What cases are promised, held against a clock that looks at every minute: for P16.

Levels with random times, usual, important or of an emergency; each promise's instant, and each
account's steps, which must lead from the start to the instant without a gap and add up to it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from anju.casework.promises import Level, Promised, hastened, instants
from anju.worktime.deadlines import Due, Pause, WorkingCalendar

MINUTE = timedelta(minutes=1)
SINCE = date(2024, 1, 1)
Made = Callable[..., Mapping[Promised, Due]]


class Ground(Protocol):
    """A calendar over a stretch of time, and what the slow clock wrote down of it."""

    @property
    def calendar(self) -> WorkingCalendar: ...

    def due(self, start: int, minutes: int, pauses: list[tuple[int, int]]) -> int | None: ...

    def at(self, minute: int) -> datetime: ...


def adds_up(found: Due, start: datetime, minutes: int) -> bool:
    """Say whether an account leads from the start to the instant, worked minutes and all."""
    steps, at, left = found.steps, start, minutes * MINUTE
    for one in steps:
        left -= one.worked
        if one.start != at or one.end is None or one.left != left:
            return False
        at = one.end
    return bool(steps) and at == found.instant and not left


def _level(draw: random.Random) -> Level:
    minutes = {one: min(1 + int(draw.expovariate(1 / 500)), 4000) for one in Promised}
    level = Level(1, "repair", minutes, SINCE, real_time=draw.random() < 0.15)
    return hastened(level, draw.choice((0.25, 0.5))) if draw.random() < 0.2 else level


def wrong_promises(
    ground: Ground, draw: random.Random, cases: int, length: int, made: Made = instants
) -> tuple[int, int]:
    """Return how many instants of cases were tried, and how many or whose accounts are wrong."""
    tried, wrong = 0, 0
    while tried < cases:
        start, level = draw.randrange(length - 2880), _level(draw)
        begins = [start + draw.randrange(-600, 4000) for _ in range(draw.choice((0, 0, 1, 2)))]
        pauses = [(one, one + draw.randrange(1, 2000)) for one in begins]
        told = [Pause(ground.at(one), ground.at(two)) for one, two in pauses]
        found = made(level, ground.at(start), ground.calendar, told)
        for promised, minutes in level.minutes.items():
            real = start + minutes if level.real_time else None
            due = real or ground.due(start, minutes, pauses)
            if due is None:
                continue
            tried += 1
            one = found[promised]
            whole = one.instant == ground.at(due) and adds_up(one, ground.at(start), minutes)
            wrong += not whole
    return tried, wrong


def stops_for_pauses(
    level: Level, start: datetime, calendar: WorkingCalendar, pauses: list[Pause]
) -> Mapping[Promised, Due]:
    """Promise as a program that takes an emergency for any other matter: the mistake to be caught."""
    usual = Level(level.id, level.kind, level.minutes, level.since)
    return instants(usual, start, calendar, pauses)
