"""The slow reference of the working clock: it looks at every single minute and knows no interval.

It shares with the product the plain data of a calendar and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from anju.worktime.deadlines import DayKind, Pause, WorkingCalendar

MINUTE = timedelta(minutes=1)


class SlowClock:
    """Asks the wall, minute for minute. `make_up` and `holidays` switch a kind of day off."""

    def __init__(self, calendar: WorkingCalendar, *, make_up: bool = True, holidays: bool = True):
        self.zone, self.week = calendar.zone, calendar.week
        ignored = {DayKind.WORK} if not make_up else set()
        ignored |= set() if holidays else {DayKind.OFF}
        self.special = {d.day: d for d in calendar.days if d.kind not in ignored}
        self.asked: dict[datetime, bool] = {}
        self.usual = [shifts for shifts in calendar.week if shifts]

    def shifts(self, day):
        if day not in self.special:
            return self.week[day.weekday()]
        found = self.special[day]
        usual = self.usual[0] if self.usual else ()
        return {DayKind.OFF: (), DayKind.WORK: usual, DayKind.HOURS: found.shifts}[found.kind]

    def works(self, at: datetime) -> bool:
        """Say whether the wall clock stands within a shift of today, or of last night."""
        wall = at.astimezone(self.zone)
        now = wall.hour * 60 + wall.minute
        today, yesterday = wall.date(), wall.date() - timedelta(days=1)
        return any(s.start <= now < s.end for s in self.shifts(today)) or any(
            s.start <= now + 1440 < s.end for s in self.shifts(yesterday)
        )

    def asks(self, at: datetime) -> bool:
        """Ask about a minute once, and remember what the wall said."""
        if at not in self.asked:
            self.asked[at] = self.works(at)
        return self.asked[at]

    def due(self, start: datetime, minutes: int, pauses: Sequence[Pause] = ()) -> datetime:
        """Walk until so many minutes have been worked; start and pauses lie on whole minutes."""
        at, left = start, minutes
        while left:
            held = any(p.start <= at and (p.end is None or at < p.end) for p in pauses)
            left -= self.asks(at) and not held
            at += MINUTE
        return at

    def minutes(self, first: datetime, last: datetime, pauses: Sequence[Pause] = ()) -> int:
        """Count the worked minutes between two instants on whole minutes."""
        at, found = first, 0
        while at < last:
            held = any(p.start <= at and (p.end is None or at < p.end) for p in pauses)
            found += self.asks(at) and not held
            at += MINUTE
        return found
