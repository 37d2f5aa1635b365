"""Weekly meetings as the room's screen and the minutes show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from anju.register.access import Actor
from anju.register.queries import names_of
from anju.reviews.access import meeting_for, visible_meetings
from anju.reviews.actions.meeting import item_of
from anju.reviews.models import MeetingItem, StocktakeLine
from anju.reviews.rules.agenda import Box, Checked, Why, missing
from anju.reviews.sheets import NAMED
from anju.voice.lines import CaseLine
from anju.voice.lines import line_of as case_line


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A case on the agenda with its four boxes; `gone` is what it lacks to be closed."""

    id: int
    place: int
    case: CaseLine
    why: Why
    gap: str
    cause: str
    responsible_id: int | None
    responsible: str
    measure: str
    due: date | None
    decided: bool
    gone: tuple[Box, ...]

    @property
    def red(self) -> bool:
        """Whether the meeting cannot be closed before it is decided."""
        return self.why is Why.OVERDUE and bool(self.gone)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of an earlier meeting, and what became of it."""

    id: int
    case_id: int
    number: int
    measure: str
    responsible: str
    due: date | None
    checked: Checked | None


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting with its agenda; `hidden` items are of cases about the reader herself."""

    id: int
    project_id: int
    project: str
    day: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str
    measures: tuple[Measure, ...]
    items: tuple[ItemLine, ...]
    hidden: int

    @property
    def counts(self) -> Mapping[Why, int]:
        """How many items there are for each reason."""
        return Counter(one.why for one in self.items)

    @property
    def open_items(self) -> tuple[ItemLine, ...]:
        """What must be decided before the meeting can be closed."""
        return tuple(one for one in self.items if one.red)

    def beside(self, place: int) -> ItemLine | None:
        """Return the item at a place of the agenda."""
        return self.items[place - 1] if 1 <= place <= len(self.items) else None


def room_of(actor: Actor, meeting_id: int) -> Room:
    """Return a meeting as the actor sees it; raises NotFound or Forbidden."""
    row = meeting_for(actor, meeting_id)
    rows = MeetingItem.objects.filter(meeting=row)
    named = [f"case__{name}" for name in NAMED]
    mine = rows.exclude(case__about_id=actor.account_id).select_related(*named, "responsible")
    items = tuple(_item(one, place) for place, one in enumerate(mine.order_by("position"), start=1))
    return Room(
        row.pk, row.project_id, row.project.name, row.day, row.opened_at, row.opened_by.name,
        row.closed_at, row.closed_by.name if row.closed_by else "",
        _measures(actor, row.pk, row.project_id, row.opened_at, row.closed_at),
        items, rows.count() - len(items),
    )  # fmt: skip


def _item(row: MeetingItem, place: int) -> ItemLine:
    return ItemLine(
        row.pk, place, case_line(row.case), Why(row.why), row.gap, row.cause, row.responsible_id,
        row.responsible.name if row.responsible else "", row.measure, row.due,
        row.decided_at is not None, missing(item_of(row)),
    )  # fmt: skip


def _measures(
    actor: Actor, meeting_id: int, project_id: int, begun: datetime, ended: datetime | None
) -> tuple[Measure, ...]:
    """Return earlier measures that nobody had looked at when a meeting began, oldest first."""
    earlier = MeetingItem.objects.filter(
        meeting__project_id=project_id, meeting__closed_at__lt=begun
    ).exclude(Q(measure="") | Q(meeting_id=meeting_id) | Q(case__about_id=actor.account_id))
    unseen = Q(checked_at=None) | Q(checked_at__gte=begun)
    if ended is not None:
        unseen = Q(checked_at__gte=begun, checked_at__lte=ended)
    rows = earlier.filter(unseen).select_related("case").order_by("due", "id")
    names = names_of({row.responsible_id for row in rows if row.responsible_id})
    return tuple(
        Measure(
            row.pk, row.case_id, row.case.number, row.measure,
            names.get(row.responsible_id or 0, ""), row.due,
            Checked(row.checked) if row.checked else None,
        )
        for row in rows
    )  # fmt: skip


def meetings_of(actor: Actor, day: date) -> dict[int, int]:
    """Return project → meeting of those that go on, or were held on a day."""
    rows = visible_meetings(actor).filter(Q(closed_at=None) | Q(day=day)).order_by("day", "id")
    return dict(rows.values_list("project_id", "id"))


def said_of(case_id: int) -> tuple[tuple[date, str], ...]:
    """Return what the latest stocktakes say of a case: day and cause or progress, newest first."""
    rows = StocktakeLine.objects.filter(case_id=case_id).exclude(cause="", progress="")
    latest = rows.select_related("stocktake").order_by("-stocktake__day")[:5]
    return tuple((row.stocktake.day, row.progress or row.cause) for row in latest)
