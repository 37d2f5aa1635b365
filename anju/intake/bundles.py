"""Reads of faults that many report: look-up with the right to act, the list, one with its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anju.casework.states import OPEN, State
from anju.kernel import history
from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.voice.access import visible_cases
from anju.voice.models import Bundle, Case
from anju.voice.people import can_be_named

MOST = 200
OPEN_STATES = tuple(one.value for one in OPEN)


@dataclass(frozen=True, slots=True)
class Member:
    """A case of a fault: its home and where it stands."""

    id: int
    number: int
    place: str
    state: State
    received_at: datetime
    told: bool
    version: int


@dataclass(frozen=True, slots=True)
class News:
    """What its owners were told, and when."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class BundlePage:
    """A fault with its cases; `left` are those that are still open."""

    id: int
    project_id: int
    place: str
    zh: str
    en: str
    title: str
    opened_at: datetime
    expected_at: datetime | None
    ended_at: datetime | None
    version: int
    all: int
    homes: int
    left: int
    members: tuple[Member, ...]
    news: tuple[News, ...]
    people: tuple[tuple[int, str, str], ...]


def bundle_for(actor: Actor, bundle_id: int, verb: Verb) -> Bundle:
    """Return a fault for an act; raises NotFound or Forbidden."""
    rows = within(actor, Bundle.objects.all(), "project_id").filter(id=bundle_id)
    found: Bundle | None = rows.select_related("project", "building", "category").first()
    if found is None:
        raise NotFound(f"bundle {bundle_id}")
    demand(actor, verb)
    return found


def bundle_page(actor: Actor, bundle_id: int) -> BundlePage:
    """Return a fault with the cases that an actor sees of it. Errors: NotFound, Forbidden."""
    row = bundle_for(actor, bundle_id, Verb.SEE_CASES)
    rows = visible_cases(actor).filter(bundle=row)
    places = [row.project.name, row.building.name if row.building is not None else ""]
    entries = history.entries(history.Subject(row.company_id, "case_bundle", row.pk))
    near = rows.select_related("unit", "building").order_by("-received_at", "-id")
    return BundlePage(
        id=row.pk,
        project_id=row.project_id,
        place=" ".join(part for part in places if part),
        zh=row.category.zh if row.category is not None else row.title,
        en=row.category.en if row.category is not None else row.title,
        title=row.title,
        opened_at=row.opened_at,
        expected_at=row.expected_at,
        ended_at=row.ended_at,
        version=row.version,
        all=rows.count(),
        homes=rows.exclude(unit=None).values("unit").distinct().count(),
        left=rows.filter(state__in=OPEN_STATES).count(),
        members=tuple(_member(one) for one in near[:MOST]),
        news=tuple(
            News(one.at, str(one.payload.get("words", "")))
            for one in entries.filter(verb="news").order_by("-seq")[:20]
        ),
        people=tuple(can_be_named(row.project_id)),
    )


def _member(row: Case) -> Member:
    place = " ".join(
        [
            *([row.building.name] if row.building is not None else []),
            *([row.unit.number] if row.unit is not None else []),
            *([row.spot] if row.spot else []),
        ]
    )
    return Member(
        row.pk, row.number, place, State(row.state), row.received_at,
        row.reporter_id is not None, row.version,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BundleLine:
    """A fault in the list."""

    id: int
    place: str
    zh: str
    en: str
    opened_at: datetime
    expected_at: datetime | None
    ended_at: datetime | None
    all: int


def bundle_lines(actor: Actor) -> tuple[BundleLine, ...]:
    """Return the faults of the actor's projects: those that go on first, then the latest."""
    demand(actor, Verb.SEE_CASES)
    rows = within(actor, Bundle.objects.all(), "project_id")
    near = rows.select_related("project", "building", "category")
    running = list(near.filter(ended_at=None).order_by("-opened_at")[:100])
    over = list(near.exclude(ended_at=None).order_by("-ended_at")[:30])
    return tuple(_line(actor, row) for row in [*running, *over])


def _line(actor: Actor, row: Bundle) -> BundleLine:
    place = [row.project.name, row.building.name if row.building is not None else ""]
    zh, en = (row.category.zh, row.category.en) if row.category else (row.title, row.title)
    count = visible_cases(actor).filter(bundle=row).count()
    return BundleLine(
        row.pk, " ".join(filter(None, place)), zh, en,
        row.opened_at, row.expected_at, row.ended_at, count,
    )  # fmt: skip
