"""What a million deadlines cost, beside adding a million numbers, which is all they could cost less."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from anju.register.rules.announced import announced
from anju.register.rules.calendar import USUAL, read_week
from anju.worktime.deadlines import WorkingCalendar, due, due_many
from benchmarks.figure import Figure, cpu

SEED, MANY, FEW = 20261122, 1_000_000, 1_000


def measure() -> Iterator[Figure]:
    """Measure with office hours and the announced days of two years, starts at any minute."""
    days = announced(2025, 2026)
    week = read_week(USUAL)
    calendar = WorkingCalendar(ZoneInfo("Asia/Shanghai"), week, days.days, days.known_until)
    draw = np.random.default_rng(SEED)
    origin = np.datetime64("2025-01-01T00:00", "us")
    starts = origin + draw.integers(0, 700 * 1440, MANY) * np.timedelta64(60_000_000, "us")
    minutes = draw.integers(1, 5_000, MANY)
    span = minutes * np.timedelta64(60_000_000, "us")
    due_many(starts[:1], minutes[:1], calendar)  # the table is made once for a calendar
    spent = cpu(lambda: due_many(starts, minutes, calendar)) / 1000
    plain = cpu(lambda: starts + span) / 1000
    yield Figure("1,000,000 deadlines at once", spent, "s", 0.4, plain, "adding a million numbers")
    yield one_by_one(calendar)


def one_by_one(calendar: WorkingCalendar) -> Figure:
    """Return what one deadline with its whole account costs."""
    draw = random.Random(SEED)
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    asked = [
        (begin + timedelta(minutes=draw.randrange(700 * 1440)), draw.randrange(1, 5_000))
        for _ in range(FEW)
    ]
    spent = cpu(lambda: [due(start, minutes, calendar) for start, minutes in asked]) / FEW
    naive = cpu(lambda: [start + timedelta(minutes=minutes) for start, minutes in asked]) / FEW
    return Figure("one deadline with its account", spent, "ms", None, naive, "a plain addition")
