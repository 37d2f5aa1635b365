"""When a message may go out: quiet hours of the house and a person's own; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Quiet:
    """Wall-clock time in which nothing is sent: from, up to and without until; may cross midnight."""

    begins: time
    ends: time

    def covers(self, wall: time) -> bool:
        """Say whether a time of day lies in it; equal ends cover the whole day."""
        if self.begins < self.ends:
            return self.begins <= wall < self.ends
        return wall >= self.begins or wall < self.ends


NIGHT = Quiet(time(21), time(8))
MOST_STEPS = 8


def own_hours(begins: time | None, ends: time | None) -> tuple[Quiet, ...]:
    """Return a person's own hours not to be called; none unless both ends are known and differ."""
    if begins is None or ends is None or begins == ends:
        return ()
    return (Quiet(begins, ends),)


def next_allowed(
    at: datetime, *, zone: str, quiet: Sequence[Quiet] = (NIGHT,), urgent: bool = False
) -> datetime:
    """Return the first instant from `at` on that lies in none of the quiet times.

    An urgent message (an emergency) goes at once. Where the quiet times together leave no minute
    of a day, the person's wish cannot be met and the first end of the house's night counts.

    Units: `at` aware, any zone; the result is in UTC and never before `at`.

    Example:
        >>> next_allowed(datetime(2026, 11, 22, 14, tzinfo=UTC), zone="Asia/Shanghai").isoformat()
        '2026-11-23T00:00:00+00:00'
    """
    moment = at.astimezone(UTC)
    if urgent:
        return moment
    place = ZoneInfo(zone)
    for _ in range(MOST_STEPS):
        covering = [one for one in quiet if one.covers(moment.astimezone(place).time())]
        if not covering:
            return moment
        moment = max(_end(moment, one, place) for one in covering)
    return _end(at.astimezone(UTC), NIGHT, place) if NIGHT.covers(_wall(at, place)) else at


def _wall(at: datetime, place: ZoneInfo) -> time:
    return at.astimezone(place).time()


def _end(moment: datetime, quiet: Quiet, place: ZoneInfo) -> datetime:
    """Return the next instant at which a quiet time ends on the wall clock of a place."""
    local = moment.astimezone(place)
    end = datetime.combine(local.date(), quiet.ends, tzinfo=place)
    if end.astimezone(UTC) <= moment:
        end = datetime.combine(local.date() + timedelta(days=1), quiet.ends, tzinfo=place)
    return end.astimezone(UTC)
