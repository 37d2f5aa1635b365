"""Stocktakes as pages and paper show them: the sheet with its lines, the days of each project."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from anju.casework.kinds import Channel, Severity
from anju.casework.states import OPEN, State
from anju.casework.stocktake import Day, Lacks, lacking
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb, visible_projects
from anju.register.models import Building
from anju.reviews.access import stocktake_for, visible_stocktakes
from anju.reviews.actions.signing import line_of
from anju.reviews.models import Stocktake, StocktakeLine
from anju.voice.labels import label
from anju.voice.lines import CaseLine
from anju.voice.lines import line_of as case_line
from anju.voice.people import can_be_named

NAMED = ("project", "building", "unit", "category", "assignee", "executor", "first_receiver")
AGES = (1, 3, 7)  # days: up to one, up to three, up to seven, longer
_GRAVE = list(reversed(Severity))


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One open case of a sheet; `over` since it was closed after the cut-off."""

    id: int
    place: int
    case: CaseLine
    channel: str
    person: str
    due_at: datetime | None
    late: bool
    cause: str
    progress: str
    today: bool | None
    promise: datetime | None
    rung: int
    lacks: tuple[Lacks, ...]
    over: bool
    said: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is missing for the signature."""
        return self.over or not self.lacks


@dataclass(frozen=True, slots=True)
class Sheet:
    """A day's stocktake of a project; `hidden` lines are of cases about the reader herself."""

    id: int
    version: int
    project_id: int
    project: str
    day: date
    taken_at: datetime
    counts: Day
    overdue: int
    every_kind: bool
    signed_by: str
    signed_at: datetime | None
    lines: tuple[SheetLine, ...]
    hidden: int
    ages: tuple[int, ...]

    @property
    def ready(self) -> int:
        """How many lines lack nothing."""
        return sum(1 for line in self.lines if line.whole)

    @property
    def next(self) -> SheetLine | None:
        """The first line that somebody has still to look at."""
        waits = (one for one in self.lines if not one.over and (not one.whole or not one.said))
        return next(waits, None)


@dataclass(frozen=True, slots=True)
class ProjectDay:
    """A project and how far its stocktake of a day is; None where none was taken."""

    project_id: int
    project: str
    sheet: Stocktake | None


def sheet_of(actor: Actor, stocktake_id: int) -> Sheet:
    """Return a stocktake as the actor sees it; raises NotFound or Forbidden."""
    row = stocktake_for(actor, stocktake_id)
    rows = StocktakeLine.objects.filter(stocktake=row)
    total = rows.count()
    named = [f"case__{name}" for name in NAMED]
    mine = rows.exclude(case__about_id=actor.account_id).select_related(*named, "assignee")
    found = sorted(mine, key=_order)
    lines = tuple(_line(one, place, row.taken_at) for place, one in enumerate(found, start=1))
    ages = [row.taken_at - one.case.received_at for one in lines]
    return Sheet(
        row.pk, row.version, row.project_id, row.project.name, row.day, row.taken_at,
        Day(row.carried, row.new, row.reopened, row.closed, row.open), row.overdue,
        row.every_kind, row.signed_by.name if row.signed_by else "", row.signed_at,
        lines, total - len(lines), _ages(ages),
    )  # fmt: skip


def line_in(sheet: Sheet, line_id: int) -> SheetLine:
    """Return a line of a sheet; raises E-REF for one of another sheet."""
    for line in sheet.lines:
        if line.id == line_id:
            return line
    raise Problem("E-REF", "line", "Not found. Choose again.", "未找到，请重新选择。")


def _order(row: StocktakeLine) -> tuple[int, datetime, int]:
    """Return what puts the gravest first, and the oldest first among equals."""
    return _GRAVE.index(Severity(row.case.severity)), row.case.received_at, row.pk


def _line(row: StocktakeLine, place: int, taken_at: datetime) -> SheetLine:
    case = row.case
    return SheetLine(
        id=row.pk, place=place, case=case_line(case), channel=str(label(Channel(case.channel))),
        person=_person(row), due_at=row.due_at, late=row.due_at is not None and row.due_at < taken_at,
        cause=row.cause, progress=row.progress, today=row.today, promise=row.promise, rung=case.rung,
        lacks=lacking(line_of(row), taken_at), over=State(case.state) not in OPEN,
        said=row.said_at is not None,
    )  # fmt: skip


def _person(row: StocktakeLine) -> str:
    who = row.assignee or row.case.assignee
    return who.name if who is not None else ""


def _ages(ages: Sequence[timedelta]) -> tuple[int, ...]:
    """Return how many cases are so old: up to 1, 3 and 7 days, and older."""
    edges = [timedelta(), *(timedelta(days=many) for many in AGES), timedelta.max]
    return tuple(
        sum(1 for age in ages if low <= age < high) for low, high in itertools.pairwise(edges)
    )


def project_days(actor: Actor, day: date) -> tuple[ProjectDay, ...]:
    """Return every project that the actor reaches with its stocktake of a day, by name."""
    rows = visible_stocktakes(actor).filter(day=day).select_related("signed_by")
    found = {row.project_id: row for row in rows}
    names = visible_projects(actor).order_by("name", "id").values_list("id", "name")
    return tuple(ProjectDay(key, name, found.get(key)) for key, name in names)


def earlier(actor: Actor, project_id: int, many: int = 14) -> tuple[Stocktake, ...]:
    """Return the latest stocktakes of a project, newest first."""
    rows = visible_stocktakes(actor).filter(project_id=project_id).select_related("signed_by")
    return tuple(rows.order_by("-day")[:many])


def nameable(project_id: int) -> tuple[tuple[str, str], ...]:
    """Return (account, name) of everybody who can answer for a case of a project."""
    return tuple((str(key), name) for key, name, _role in can_be_named(project_id))


def may_steer(actor: Actor) -> bool:
    """Say whether an actor may name people and give new times; the quality department judges only."""
    return actor.may(Verb.STEER_CASES)


def buildings_of(project_id: int) -> dict[int, str]:
    """Return id → name of a project's buildings, by name."""
    return dict(Building.objects.filter(project_id=project_id).values_list("id", "name"))
