"""Reads before a matter is sent: what it may be already, what its building reports, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from anju.casework.likeness import (
    CLUSTER_TIME,
    SAME_HOME,
    SAME_PLACE,
    Alike,
    Told,
    clusters,
    same_matter,
)
from anju.casework.states import OPEN
from anju.casework.triage import asks_progress
from anju.register.access import Actor, Verb, demand, within
from anju.register.areas import zones_of_buildings
from anju.register.models import Zone
from anju.voice.access import visible_cases
from anju.voice.models import Bundle, Case
from anju.voice.names import place_of

MOST = 200  # cases of a building looked at; the youngest
ASKED = 5  # of a home's open matters, where she asks how far one is
OPEN_STATES = tuple(one.value for one in OPEN)
MANY = 5_000  # complaints of a week


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written: where, under which category, in which words."""

    project_id: int
    building_id: int | None = None
    unit_id: int | None = None
    category_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """An earlier case that may be the same matter; `own` is the same home's."""

    id: int
    number: int
    own: bool
    state: str
    kind: str
    zh: str
    en: str
    received_at: datetime
    reopened: int
    bundle_id: int | None


@dataclass(frozen=True, slots=True)
class Running:
    """A fault that many report and that is not over; how many homes told of it."""

    id: int
    title: str
    en: str
    homes: int
    opened_at: datetime
    expected_at: datetime | None
    category_id: int | None


def likely(actor: Actor, draft: Draft, at: datetime) -> tuple[Likely, ...]:
    """Return the earlier cases that an actor sees and that may be the same matter, likeliest first."""
    if asks_progress(draft.words) and draft.unit_id is not None:  # which of her matters she means
        mine = visible_cases(actor).filter(
            unit_id=draft.unit_id, merged_into=None, restricted=False
        )
        running = mine.filter(state__in=OPEN_STATES).select_related("category")
        return tuple(_as_own(row) for row in running.order_by("-received_at")[:ASKED])
    rows = {row.pk: row for row in _near(visible_cases(actor), draft, at)[:MOST]}
    category = str(draft.category_id or "")
    new = Told(0, category, draft.words, at, draft.unit_id, draft.building_id)
    found = same_matter(new, [_told(row) for row in rows.values()])
    return tuple(_likely(rows[one.id], one) for one in found if one.own or one.words or category)


def _near(rows: QuerySet[Case], draft: Draft, at: datetime) -> QuerySet[Case]:
    home = Q(unit_id=draft.unit_id, received_at__gte=at - SAME_HOME)
    house = Q(building_id=draft.building_id, received_at__gte=at - SAME_PLACE)
    mine = home if draft.unit_id is not None else Q(pk__in=())
    near = mine | house if draft.building_id is not None else mine
    found = rows.filter(near, merged_into=None, restricted=False)
    return found.select_related("category").order_by("-received_at")


def _told(row: Case) -> Told:
    category = str(row.category_id or "")
    return Told(row.pk, category, row.words, row.received_at, row.unit_id, row.building_id)


def _likely(row: Case, alike: Alike) -> Likely:
    return replace(_as_own(row), own=alike.own)  # of the same house where it is not hers


def _as_own(row: Case) -> Likely:
    zh, en = (row.category.zh, row.category.en) if row.category is not None else ("", "")
    return Likely(
        id=row.pk, number=row.number, own=True, state=row.state, kind=row.kind, zh=zh, en=en,
        received_at=row.received_at, reopened=row.reopened, bundle_id=row.bundle_id,
    )  # fmt: skip


def running(project_id: int, building_id: int | None) -> tuple[Running, ...]:
    """Return the faults of a building, or of its whole project, that are not over, youngest first.

    The caller has found the place for whom she asks; it says how many, never who.
    """
    rows = Bundle.objects.across_parts().filter(project_id=project_id, ended_at=None)
    here = rows.filter(Q(building_id=building_id) | Q(building_id=None))
    return _running(here)


def running_seen(actor: Actor) -> tuple[Running, ...]:
    """Return every fault that is not over in the projects that an actor reaches, youngest first."""
    demand(actor, Verb.SEE_CASES)
    return _running(within(actor, Bundle.objects.filter(ended_at=None), "project_id"))


def _running(rows: QuerySet[Bundle]) -> tuple[Running, ...]:
    counted = rows.select_related("category").annotate(
        homes=Count("cases__unit_id", distinct=True),
        alone=Count("cases", filter=Q(cases__unit_id=None)),
    )
    return tuple(
        Running(
            row.pk, row.title, row.category.en if row.category is not None else row.title,
            row.homes + row.alone, row.opened_at, row.expected_at, row.category_id,
        )
        for row in counted.order_by("-opened_at")[:20]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A topic of which several homes of one zone told within a week; of one house where it has none.

    `area` names zone or house.
    """

    category_id: int
    area: str
    zh: str
    en: str
    place: str
    ids: tuple[int, ...]


def clusters_seen(actor: Actor, at: datetime) -> tuple[ClusterLine, ...]:
    """Return the topics of which three homes of a zone told within seven days (R088)."""
    return _clusters(visible_cases(actor), at)


def clusters_now(at: datetime) -> tuple[ClusterLine, ...]:
    """Return the same for the whole company in force, for the clock."""
    return _clusters(Case.objects.all(), at)


def _clusters(cases: QuerySet[Case], at: datetime) -> tuple[ClusterLine, ...]:
    rows = cases.filter(
        received_at__gte=at - CLUSTER_TIME, category__isnull=False, building__isnull=False,
        kind="complaint", merged_into=None, restricted=False,
    )  # fmt: skip
    near = rows.select_related("category", "building", "project")[:MANY]
    return tuple(_cluster_lines(near, at))


def _cluster_lines(rows: Iterable[Case], at: datetime) -> Iterable[ClusterLine]:
    held = {row.pk: row for row in rows}
    zones = zones_of_buildings(row.building_id or 0 for row in held.values())
    told = [_gathered(row, _zone(zones, row)) for row in held.values()]
    for found in clusters(told, at):
        first = held[found.ids[0]]
        assert first.category is not None
        zone = _zone(zones, first)
        first.unit, first.spot = None, ""
        place = place_of(first) if zone is None else f"{first.project.name} {zone.name}"
        area = f"z{zone.pk}" if zone is not None else str(first.building_id)
        zh, en = first.category.zh, first.category.en
        yield ClusterLine(int(found.category), area, zh, en, place, found.ids)


def _zone(zones: Mapping[tuple[int, int | None], Zone], row: Case) -> Zone | None:
    house = row.building_id or 0
    return zones.get((house, row.unit_id)) or zones.get((house, None))


def _gathered(row: Case, zone: Zone | None) -> Told:
    """Return a complaint with its zone; a house without one counts for itself, under its id below nought."""
    area = zone.pk if zone is not None else -(row.building_id or 0)
    category = str(row.category_id)
    return Told(row.pk, category, row.words, row.received_at, row.unit_id, row.building_id, area)
