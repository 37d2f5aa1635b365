"""What an owner is promised, by when, and by which row of the service levels; pure.

Four promises: acknowledge, be on site, resolve, report back. Emergencies count real minutes; all
else counts the minutes of a working calendar. It reads no clock and stores nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import Due, Pause, WorkingCalendar, due, round_the_clock


class Promised(StrEnum):
    """The four things with an instant of their own."""

    ACKNOWLEDGE = "acknowledge"
    ON_SITE = "on_site"
    RESOLVE = "resolve"
    REPORT_BACK = "report_back"


@dataclass(frozen=True, slots=True)
class Level:
    """A row of the service levels: for what it holds, from when to when, and its minutes.

    A field of the first three that is None holds for all. `until` is the first day on which it no
    longer holds. A promise without minutes is not made. Units: minutes, of work or real.
    """

    id: int
    kind: str
    minutes: Mapping[Promised, int]
    since: date
    until: date | None = None
    category: str | None = None
    severity: str | None = None
    project_id: int | None = None
    real_time: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """What a level is looked up for; `categories` leads from the category up to its root."""

    kind: str
    categories: tuple[str, ...]
    severity: str
    project_id: int


def level_for(levels: Sequence[Level], matter: Matter, day: date) -> Level:
    """Return the row that holds for a matter on a day: project before category before severity.

    A category nearer to the matter goes before one above it; of equal rows the younger holds.
    Errors: E-SLA-NONE where no row holds.
    """
    fitting = [level for level in levels if _holds(level, matter, day)]
    if not fitting:
        raise Problem(
            "E-SLA-NONE",
            "kind",
            "No service level holds for this kind on {day}. Add one under Service levels.",
            "{day} 没有适用于该类别的服务时限。请在“服务时限”中添加。",
            day=day.isoformat(),
        )
    return max(fitting, key=lambda level: _rank(level, matter))


def _holds(level: Level, matter: Matter, day: date) -> bool:
    return (
        level.kind == matter.kind
        and level.category in {None, *matter.categories}
        and level.severity in {None, matter.severity}
        and level.project_id in {None, matter.project_id}
        and level.since <= day
        and (level.until is None or day < level.until)
    )


def _rank(level: Level, matter: Matter) -> tuple[bool, int, bool, date, int]:
    depth = len(matter.categories)
    near = depth - matter.categories.index(level.category) if level.category else 0
    named = level.project_id is not None, near, level.severity is not None
    return *named, level.since, level.id


def instants(
    level: Level, start: datetime, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()
) -> Mapping[Promised, Due]:
    """Return when each promise of a level is due, with its account; errors as `worktime.due`.

    Real time runs on through nights and pauses alike: an emergency waits for nobody.
    """
    hours = round_the_clock(calendar.zone) if level.real_time else calendar
    held = () if level.real_time else pauses
    return {
        promised: due(start, level.minutes[promised], hours, held)
        for promised in Promised
        if promised in level.minutes
    }


def hastened(level: Level, share: float) -> Level:
    """Return the level of an important matter: each of its times cut to a share, a minute at least.

    Errors: E-SLA-SHARE for a share outside 0 to 1.
    """
    if not 0 < share <= 1:
        raise Problem(
            "E-SLA-SHARE",
            "share",
            "Important matters get a share of the usual time between 0 and 1, not {share}.",
            "重要事项的时限应为通常时限的 0 至 1 之间的比例，而不是 {share}。",
            share=share,
        )
    minutes = {one: max(1, int(many * share)) for one, many in level.minutes.items()}
    return Level(
        level.id, level.kind, minutes, level.since, level.until,
        level.category, level.severity, level.project_id, level.real_time,
    )  # fmt: skip


def kept(promised: datetime | None, met: datetime | None, at: datetime) -> bool | None:
    """Say whether a promise was kept; None while it can still be, or where none was made.

    The instant itself is still in time. Example: 180 s promised, met after 180 s: kept.
    """
    if promised is None:
        return None
    if met is not None:
        return met <= promised
    return None if at <= promised else False
