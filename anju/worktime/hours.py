"""Working hours as plain data: shifts, a week of them, dated exceptions. It computes no deadline.

A minute counts as working time if the clock on the wall of the calendar's zone stands within a
shift. An hour that the clocks skip is nobody's working time; one that comes twice counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NoReturn
from zoneinfo import ZoneInfo

from typing_extensions import override

from anju.kernel.pure.numbers import narrow
from anju.kernel.pure.problems import Problem

DAY = 24 * 60
_SHIFT = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~～至]\s*(\d{1,2}):(\d{2})")
_APART = re.compile(r"[,，、;；&]+|\s+(?=\d{1,2}:\d{2}\s*[-–—~～至])")


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """Working time of one local day.

    Units: minutes since local midnight; an `end` past 1440 lies on the next day.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < DAY or not self.start < self.end <= self.start + DAY:
            _no_hours(f"{self.start}-{self.end}", "hours")

    @override
    def __str__(self) -> str:
        end = self.end if self.end <= DAY else self.end - DAY
        return f"{_clock(self.start)}–{_clock(end)}"


Shifts = tuple[Shift, ...]
Week = tuple[Shifts, Shifts, Shifts, Shifts, Shifts, Shifts, Shifts]
ALL_DAY: Shifts = (Shift(0, DAY),)


class DayKind(StrEnum):
    """What a dated exception says of its day."""

    OFF = "off"
    WORK = "work"  # 调休: worked like an ordinary working day, whatever the weekday
    HOURS = "hours"  # hours of its own


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the week does not decide: off, worked as usual, or with hours of its own."""

    day: date
    kind: DayKind
    zh: str = ""
    en: str = ""
    shifts: Shifts = ()


@dataclass(frozen=True)
class WorkingCalendar:
    """A zone, a week of shifts (Monday first), dated exceptions, and how far they are known.

    `known_until` is the last year whose holidays have been announced; None for a calendar that
    follows no announcement. Two calendars that say the same are equal.
    """

    zone: ZoneInfo
    week: Week
    days: tuple[Day, ...] = ()
    known_until: int | None = None

    @cached_property
    def by_day(self) -> dict[date, Day]:
        return {day.day: day for day in self.days}

    @cached_property
    def ordinary(self) -> Shifts:
        """The hours of an ordinary working day: Monday's, or of the first day with any."""
        return next((shifts for shifts in self.week if shifts), ())

    @cached_property
    def _hash(self) -> int:
        return hash((self.zone, self.week, self.days, self.known_until))

    @override
    def __hash__(self) -> int:
        return self._hash

    def shifts_on(self, when: date) -> Shifts:
        """Return the shifts that begin on a local day."""
        special = self.by_day.get(when)
        if special is None:
            return self.week[when.weekday()]
        if special.kind is DayKind.OFF:
            return ()
        return special.shifts if special.kind is DayKind.HOURS else self.ordinary


def round_the_clock(zone: ZoneInfo) -> WorkingCalendar:
    """Return the calendar of a post that never closes; its minutes are real minutes."""
    return WorkingCalendar(zone, (ALL_DAY,) * 7)


def week_of(days: Sequence[Shifts]) -> Week:
    """Return seven days of shifts as a week, Monday first."""
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = days
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def read_shifts(text: str, field: str) -> Shifts:
    """Return the shifts that were written, as in “08:30-12:00, 13:30-18:00”; nothing is day off.

    An end at or before its beginning lies on the next day: “22:00-06:00” is a night shift.
    Errors: E-CAL-HOURS for what is no time, E-CAL-OVERLAP where two shifts share a minute.
    """
    plain = narrow(text).strip().replace("：", ":")
    found = sorted(_read_one(piece, field) for piece in _APART.split(plain) if piece.strip())
    for one, two in pairwise(found):
        if one.end > two.start:
            raise Problem(
                "E-CAL-OVERLAP",
                field,
                "{one} and {two} overlap. Write each working minute once.",
                "{one} 与 {two} 有重叠。每段工作时间只写一次。",
                one=str(one),
                two=str(two),
            )
    return tuple(found)


def hours_text(shifts: Iterable[Shift]) -> str:
    """Return shifts the way they are read back: “08:30–12:00, 13:30–18:00”."""
    return ", ".join(str(shift) for shift in shifts)


def _read_one(piece: str, field: str) -> Shift:
    found = _SHIFT.fullmatch(piece.strip())
    if found is None:
        _no_hours(piece, field)
    hour, minute, until, until_minute = (int(part) for part in found.groups())
    start, end = hour * 60 + minute, until * 60 + until_minute
    if max(minute, until_minute) > 59 or start >= DAY or end > DAY:
        _no_hours(piece, field)
    return Shift(start, end if end > start else end + DAY)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _no_hours(written: str, field: str) -> NoReturn:
    raise Problem(
        "E-CAL-HOURS",
        field,
        "“{value}” is no span of hours. Write it like 08:30-12:00, and put a comma between two.",
        "“{value}”不是有效的时段。请写成 08:30-12:00，多段之间用逗号隔开。",
        value=written.strip()[:40],
    )
