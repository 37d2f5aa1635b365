"""What a case was promised, read from the levels and calendars in force, and its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from anju.casework.kinds import Severity
from anju.casework.ladder import Course, Rung, Told, ladder, next_at
from anju.casework.promises import Level, Matter, Promised, hastened, instants, level_for
from anju.casework.states import OPEN, State
from anju.casework.visits import Policy
from anju.register.calendars import usual_calendar
from anju.voice.models import Case, CasePause, Category, LadderRung, ServiceLevel, VoiceRule
from anju.worktime.deadlines import Due, Pause, WorkingCalendar, round_the_clock

# The promise by which the ladder counts: when it is to be solved, else whatever was promised last.
COUNTED = (Promised.RESOLVE, Promised.REPORT_BACK, Promised.ACKNOWLEDGE)


def rule() -> VoiceRule:
    """Return the figures of the company in force; those of a new one where none were set."""
    return VoiceRule.objects.first() or VoiceRule(visit_seed="")


def policy() -> Policy:
    """Return how the company makes return visits."""
    held = rule()
    return Policy(
        held.visit_seed, held.visit_rate, held.repair_days, held.complaint_days, held.other_days
    )


def level_of(row: ServiceLevel) -> Level:
    """Return a stored service level as the rules read it."""
    minutes = {one: getattr(row, one.value) for one in Promised}
    return Level(
        row.pk, row.kind, {one: many for one, many in minutes.items() if many is not None},
        row.since, row.until, str(row.category_id) if row.category_id else None,
        row.severity or None, row.project_id, row.real_time,
    )  # fmt: skip


def line_up(category: Category | None) -> tuple[str, ...]:
    """Return a category and those above it, nearest first, as the rules name them."""
    found: list[str] = []
    while category is not None and str(category.pk) not in found:
        found.append(str(category.pk))
        category = category.parent
    return tuple(found)


def find_level(case: Case) -> Level:
    """Return the level that holds for a case on the day it came; an important one has less time.

    Errors: E-SLA-NONE.
    """
    # A level for all projects lies in none of them, so whoever sees some projects finds it so.
    rows = ServiceLevel.objects.across_parts().filter(kind=case.kind)
    day = case.received_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    severity = "" if case.severity == Severity.USUAL else case.severity
    matter = Matter(case.kind, line_up(case.category), severity, case.project_id)
    return _cut(level_for([level_of(row) for row in rows], matter, day), case)


def held_level(case: Case) -> Level | None:
    """Return the level that a case carries, cut where it is important; None where it has none."""
    return _cut(level_of(case.level), case) if case.level is not None else None


def _cut(level: Level, case: Case) -> Level:
    named = level.severity == case.severity
    if case.severity != Severity.IMPORTANT or named:
        return level
    return hastened(level, rule().hasten_share)


def pauses_of(case: Case) -> tuple[Pause, ...]:
    """Return the stretches for which the clock of a case stood since it began to run."""
    rows = CasePause.objects.filter(case_id=case.pk).order_by("start")
    return tuple(
        Pause(max(row.start, case.clock_from), row.end, row.waited_for)
        for row in rows
        if row.end is None or row.end > case.clock_from
    )


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a case's columns say of its promises; `told` are the rungs of the ladder."""

    due: Mapping[Promised, Due]
    told: tuple[Told, ...]


def clocks_of(
    case: Case,
    level: Level,
    calendar: WorkingCalendar,
    *,
    pauses: Sequence[Pause] = (),
    rungs: Sequence[Rung] = (),
) -> Clocks:
    """Return when each promise of a case is due with its account, and its ladder; errors as worktime."""
    found = instants(level, case.clock_from, calendar, pauses)
    counted = next((one for one in COUNTED if one in level.minutes), None)
    if counted is None:
        return Clocks(found, ())
    hours = round_the_clock(calendar.zone) if level.real_time else calendar
    course = Course(case.clock_from, level.minutes[counted], hours, tuple(pauses))
    return Clocks(found, ladder(rungs, course))


def rungs() -> tuple[Rung, ...]:
    """Return the ladder of the company in force."""
    rows = LadderRung.objects.order_by("number")
    return tuple(Rung(row.number, row.role, row.share, row.over, row.days) for row in rows)


def accounts_of(case: Case, *, at: datetime) -> Mapping[Promised, Due]:
    """Return the promises of a case with the steps by which each is explained; {} without a level."""
    level = held_level(case)
    if level is None:
        return {}
    return instants(level, case.clock_from, usual_calendar(at=at), pauses_of(case))


def set_clocks(case: Case, *, at: datetime, first: bool = False) -> dict[str, object]:
    """Return the columns of a case's promises as level, calendar and pauses make them now.

    `first` writes what was promised at the beginning besides. What a person moved by hand stays.
    """
    level = held_level(case)
    if level is None:
        return {}
    calendar = usual_calendar(at=at)
    clocks = clocks_of(case, level, calendar, pauses=pauses_of(case), rungs=rungs())
    columns: dict[str, object] = {}
    for promised in Promised:
        found = clocks.due.get(promised)
        moved = case.by_hand.get(promised.value)
        due = datetime.fromisoformat(moved) if moved else found.instant if found else None
        columns[f"{promised.value}_due"] = due
        if first:
            columns[f"{promised.value}_first"] = found.instant if found else None
    columns["rung_at"] = next_at(clocks.told, case.rung) if case.state in OPEN else None
    return columns


def next_due(case: Case) -> datetime | None:
    """Return the promise of an open case that comes next; a closed one waits for its visit."""
    if case.state == State.CLOSED:
        return case.next_due_at
    if case.state not in OPEN:
        return None
    ahead = [
        due
        for one in Promised
        if getattr(case, f"{one.value}_met") is None
        and (due := getattr(case, f"{one.value}_due")) is not None
    ]
    return min(ahead, default=None)
