"""The promises of many cases at once, as the room computes them one by one; reads no row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from anju.casework.kinds import Severity
from anju.casework.ladder import Course, Rung, Told, ladder, reached
from anju.casework.promises import Level, Matter, hastened, instants, level_for
from anju.voice.promised import COUNTED, Clocks
from anju.worktime.deadlines import Due, Pause, WorkingCalendar, due_many, round_the_clock

Key = tuple[datetime, int]


@dataclass(slots=True)
class Timekeeper:
    """Finds the level of a matter and its clocks; `table` holds what was computed for many at once."""

    levels: Sequence[Level]
    rungs: Sequence[Rung]
    calendar: WorkingCalendar
    share: float
    table: dict[Key, datetime] = field(default_factory=dict)

    def level(self, kind: str, severity: str, project_id: int, at: datetime) -> Level:
        """Return the level that holds; an important matter has less time."""
        named = "" if severity == Severity.USUAL else severity
        day = at.astimezone(self.calendar.zone).date()
        found = level_for(self.levels, Matter(kind, (), named, project_id), day)
        important = severity == Severity.IMPORTANT and found.severity != severity
        return hastened(found, self.share) if important else found

    def prime(self, wanted: Iterable[tuple[datetime, Level]]) -> None:
        """Compute the deadlines of many cases without pauses, by their minutes."""
        starts: dict[int, list[datetime]] = {}
        for start, level in wanted:
            if not level.real_time:
                for minutes in self._minutes(level):
                    starts.setdefault(minutes, []).append(start)
        for minutes, ones in starts.items():
            plain = [one.astimezone(UTC).replace(tzinfo=None) for one in ones]
            found = due_many(np.array(plain, dtype="datetime64[us]"), minutes, self.calendar)
            for start, instant in zip(ones, found.tolist(), strict=True):
                self.table[start, minutes] = instant.replace(tzinfo=UTC)

    def _minutes(self, level: Level) -> set[int]:
        counted = self._counted(level)
        rungs = {_rung_minutes(rung, counted) for rung in self.rungs if counted}
        return {*level.minutes.values(), *(one for one in rungs if one)}

    def _counted(self, level: Level) -> int:
        return next((level.minutes[one] for one in COUNTED if one in level.minutes), 0)

    def clocks(self, start: datetime, level: Level, pauses: tuple[Pause, ...]) -> Clocks:
        """Return the promises and the ladder of one case."""
        counted = self._counted(level)
        if pauses or level.real_time or not counted:
            hours = round_the_clock(self.calendar.zone) if level.real_time else self.calendar
            found = instants(level, start, self.calendar, pauses)
            course = Course(start, counted, hours, pauses)
            return Clocks(found, ladder(self.rungs, course) if counted else ())
        known = {one: Due(self.table[start, many], ()) for one, many in level.minutes.items()}
        told = [Told(rung, self._rung(rung, start, counted)) for rung in self.rungs]
        return Clocks(known, tuple(sorted(told, key=lambda one: (one.at, one.rung.number))))

    def _rung(self, rung: Rung, start: datetime, counted: int) -> datetime:
        minutes = _rung_minutes(rung, counted)
        return self.table[start, minutes] if minutes else start + timedelta(days=rung.days or 0)


def _rung_minutes(rung: Rung, counted: int) -> int:
    """Return after how many working minutes a rung is reached; nought for one of days."""
    if rung.days is not None:
        return 0
    return counted + rung.over if rung.over else max(1, round(counted * (rung.share or 0)))


def climbs(told: Sequence[Told], end: datetime) -> list[tuple[datetime, Rung]]:
    """Return the rungs that a case climbed up to an instant, as the clock would have told them."""
    last, found = 0, list[tuple[datetime, Rung]]()
    while True:
        ahead = [one.at for one in told if one.at is not None and one.rung.number > last]
        if not ahead or min(ahead) > end:
            return found
        at = min(ahead)
        for rung in reached(told, last, at):
            found.append((at, rung))
            last = max(last, rung.number)
