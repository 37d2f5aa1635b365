"""Early warning: a month whose count chance does not explain, by the months before it; pure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from anju.stats.control import LEAST_MONTHS, Limits, count_limits

LOOK_BACK = 12
Topic = int | None


@dataclass(frozen=True, slots=True)
class Warned:
    """A topic of a project whose month lies above its limit; None is what nobody sorted, or all."""

    project_id: int
    topic: Topic
    count: int
    limits: Limits
    whole: bool = False


def month_before(month: date, many: int = 1) -> date:
    """Return the first day of a month so many months earlier; negative for later."""
    place = month.year * 12 + month.month - 1 - many
    return date(place // 12, place % 12 + 1, 1)


def days_in(month: date) -> int:
    """Return how many days a month has."""
    return calendar.monthrange(month.year, month.month)[1]


def limits_of(counts: Mapping[date, int], month: date, first: date) -> Limits | None:
    """Return the limits of a month by up to twelve before it; None where fewer than six are known.

    `first` is the first whole month on record: months before it are not known, which is not nought.
    Example: twelve months of 4 warn from 13 on.
    """
    past = [month_before(month, back) for back in range(LOOK_BACK, 0, -1)]
    known = [one for one in past if one >= first]
    if len(known) < LEAST_MONTHS:
        return None
    days = [float(days_in(one)) for one in known]
    return count_limits([counts.get(one, 0) for one in known], days, float(days_in(month)))


def warnings(
    project_id: int, topics: Mapping[Topic, Mapping[date, int]], month: date, first: date
) -> tuple[Warned, ...]:
    """Return the warnings of a project's month: one a topic, the highest above its limit first.

    A rise that one topic explains is told once, under that topic; the whole warns alone where no
    topic does.
    """
    found = []
    for topic, counts in topics.items():
        limits = limits_of(counts, month, first)
        count = counts.get(month, 0)
        if limits is not None and limits.above(count):
            found.append(Warned(project_id, topic, count, limits))
    if found:
        return tuple(sorted(found, key=lambda one: (one.limits.high - one.count, one.topic or 0)))
    every = _summed(list(topics.values()))
    limits = limits_of(every, month, first)
    count = every.get(month, 0)
    if limits is None or not limits.above(count):
        return ()
    return (Warned(project_id, None, count, limits, whole=True),)


def _summed(parts: Sequence[Mapping[date, int]]) -> dict[date, int]:
    every: dict[date, int] = {}
    for counts in parts:
        for month, many in counts.items():
            every[month] = every.get(month, 0) + many
    return every
