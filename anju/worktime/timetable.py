"""Working intervals of a calendar as arrays, with the working time that lies before each.

One search answers “how much was worked until then” and “when will that much have been worked”,
for one instant or a million. All instants are whole microseconds since 1970 in UTC, because an
addition there is what a clock does; only the shifts are read off the wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from anju.worktime.hours import WorkingCalendar

MICRO = timedelta(microseconds=1)
MINUTE = 60_000_000
DAY = 1440 * MINUTE
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Micros = NDArray[np.int64]


def micros(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970; a naive one is a TypeError."""
    return (at - EPOCH) // MICRO


def instant(value: int) -> datetime:
    """Return microseconds since 1970 as an instant in UTC."""
    return EPOCH + value * MICRO


@dataclass(frozen=True, slots=True)
class Timetable:
    """Working intervals in order; `before` holds the working time before each, and the whole.

    Shapes: begin and end [n], before [n + 1]. Units: microseconds.
    """

    begin: Micros
    end: Micros
    before: Micros

    @property
    def total(self) -> int:
        return int(self.before[-1])

    def worked(self, at: Micros) -> Micros:
        """Return the working time that lies before each instant."""
        place = np.searchsorted(self.begin, at, side="right") - 1
        inside = np.maximum(place, 0)
        spent = np.clip(at - self.begin[inside], 0, (self.end - self.begin)[inside])
        found: Micros = self.before[inside] + spent
        return found

    def reached(self, worked: Micros) -> Micros:
        """Return the first instant at which so much has been worked, above nought, at most total."""
        place = np.searchsorted(self.before[1:], worked, side="left")
        found: Micros = self.begin[place] + (worked - self.before[place])
        return found

    def between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the working intervals from one instant to another, cut at both."""
        low = int(np.searchsorted(self.end, first, side="right"))
        high = int(np.searchsorted(self.begin, last, side="left"))
        for begin, end in zip(self.begin[low:high], self.end[low:high], strict=True):
            yield max(int(begin), first), min(int(end), last)


@lru_cache(maxsize=256)
def timetable(calendar: WorkingCalendar, first: int, last: int) -> Timetable:
    """Return the timetable of a calendar from the year `first` to the end of the year `last`."""
    begin, end = _on_the_wall(calendar, date(first, 1, 1), date(last, 12, 31))
    begins, ends = [], []
    for since, until, offset in _offsets(calendar.zone, first, last):
        cut, cut_end = np.clip(begin - offset, since, until), np.clip(end - offset, since, until)
        begins.append(cut[cut_end > cut])
        ends.append(cut_end[cut_end > cut])
    whole, whole_end = np.concatenate(begins), np.concatenate(ends)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(whole_end - whole)])
    return Timetable(whole, whole_end, before)


def _on_the_wall(calendar: WorkingCalendar, first: date, last: date) -> tuple[Micros, Micros]:
    """Return the working intervals as the wall shows them, in order, none touching the next."""
    origin = date(1970, 1, 1).toordinal()
    pairs = [
        ((number - origin) * 1440 + shift.start, (number - origin) * 1440 + shift.end)
        for number in range(first.toordinal() - 1, last.toordinal() + 1)
        for shift in calendar.shifts_on(date.fromordinal(number))
    ]
    both = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2) * MINUTE
    if not len(both):
        return both[:, 0], both[:, 1]
    furthest = np.maximum.accumulate(both[:, 1])
    new = np.concatenate([[True], both[1:, 0] > furthest[:-1]])
    last_of = np.concatenate([new[1:], [True]])
    return both[new, 0], furthest[last_of]


@lru_cache(maxsize=256)
def _offsets(zone: ZoneInfo, first: int, last: int) -> tuple[tuple[int, int, int], ...]:
    """Return (since, until, offset from UTC) over whole years, one for each stretch of time."""
    start = micros(datetime(first, 1, 1, tzinfo=UTC)) - DAY
    stop = micros(datetime(last, 12, 31, tzinfo=UTC)) + 2 * DAY
    found, since, offset = [], start, _offset(zone, start)
    for day in range(start + DAY, stop + 1, DAY):
        after = _offset(zone, day)
        if after != offset:
            change = _change(zone, day - DAY, day)
            found.append((since, change, offset))
            since, offset = change, after
    return (*found, (since, stop, offset))


def _offset(zone: ZoneInfo, at: int) -> int:
    return int((instant(at).astimezone(zone).utcoffset() or timedelta()) / MICRO)


def _change(zone: ZoneInfo, low: int, high: int) -> int:
    """Return the first whole second with the offset of `high`, by halving."""
    second, after = MINUTE // 60, _offset(zone, high)
    while high - low > second:
        middle = (low + high) // (2 * second) * second
        low, high = (low, middle) if _offset(zone, middle) == after else (middle, high)
    return high
