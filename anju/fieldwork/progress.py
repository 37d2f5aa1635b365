"""Reads of how far a survey's fieldwork is: counts by building, homes of a building, draws.

Never whose answer is in: a home is shown as drawn or not, and with what was found at its door.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum

from anju.fieldwork.frame import askable
from anju.fieldwork.models import Approach, Draw, Outcome, PaperCount
from anju.fieldwork.rules.approach import OutcomeKind, Stage
from anju.fieldwork.rules.progress import Line, Shown, shown
from anju.fieldwork.rules.sample import Method
from anju.register.models import Building
from anju.register.queries import names_of
from anju.survey.models import Invitation, Response, Wave, WaveStratum
from anju.survey.rules.answering import Channel, Privacy
from anju.survey.rules.counts import StratumKind

Counts = Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class DrawLine:
    """One drawing: enough to draw the same homes again."""

    number: int
    method: Method
    size: int
    seed: int
    homes: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldPage:
    """A survey's fieldwork: the whole, and each building as it may be seen."""

    wave_id: int
    privacy: Privacy
    whole: Line
    buildings: tuple[Shown, ...]
    draws: tuple[DrawLine, ...]
    planned: int | None
    told: tuple[int, int, int]

    @property
    def rate(self) -> float | None:
        """Answered homes of those asked; None where nobody was asked."""
        whole = self.whole
        return min(1.0, whole.answered / whole.asked) if whole.asked else None

    @property
    def undrawn(self) -> int:
        """Homes that are not asked this time."""
        return max(0, self.whole.homes - self.whole.asked)


@dataclass(frozen=True, slots=True)
class FieldHome:
    """One home of a building: whether it is asked, and what was found at its door."""

    unit_id: int
    number: str
    drawn: bool
    outcome: OutcomeKind | None


def field_page(wave_id: int, *, outside: bool = False) -> FieldPage:
    """Return the progress of a wave; the caller looked it up for the actor before.

    `outside` is for readers who are no staff: small counts are bands.
    """
    wave = Wave.objects.get(id=wave_id)
    lines = _lines(wave)
    privacy = Privacy(wave.privacy)
    parts = shown(lines, named=privacy is Privacy.NAMED, outside=outside)
    stages = Approach.objects.filter(wave=wave).order_by()
    by_stage = dict(stages.values_list("stage").annotate(n=Count("id")))
    return FieldPage(
        wave_id,
        privacy,
        whole=_sum(lines),
        buildings=parts,
        draws=draw_lines(wave_id),
        planned=wave.planned,
        told=(
            by_stage.get(Stage.INVITE, 0),
            by_stage.get(Stage.FIRST, 0),
            by_stage.get(Stage.SECOND, 0),
        ),
    )


def _by(rows: QuerySet[Any], column: str, total: str = "") -> Counts:
    """Return how many rows, or how large a sum, each building has."""
    amount = Sum(total) if total else Count("id")
    return dict(rows.order_by().values_list(column).annotate(n=amount))


def _lines(wave: Wave) -> tuple[Line, ...]:
    homes = _by(askable(wave.project_id), "building_id")
    invited = Invitation.objects.filter(wave=wave, revoked_at__isnull=True)
    asked = _by(invited, "unit__building_id")
    opened = _by(invited.filter(seen_at__isnull=False), "unit__building_id")
    first = Approach.objects.filter(wave=wave, stage=Stage.INVITE)
    told = _by(first, "unit__building_id")
    answers = {
        channel: _by(
            Response.objects.filter(wave=wave, batch__channel=channel), "building_id", "count"
        )
        for channel in Channel
    }
    doors = {
        kind: _by(Outcome.objects.filter(wave=wave, kind=kind), "unit__building_id")
        for kind in OutcomeKind
    }
    issued, planned = _issued(wave)
    names = Building.objects.filter(project_id=wave.project_id).order_by("id")
    places: list[tuple[int | None, str]] = list(names.values_list("id", "name"))
    if any(None in counted for counted in answers.values()):
        places.append((None, ""))
    return tuple(
        Line(
            name=name,
            homes=homes.get(key, 0),
            asked=max(asked.get(key, 0), issued.get(key, 0)),
            told=told.get(key, 0),
            opened=opened.get(key, 0),
            link=answers[Channel.LINK].get(key, 0),
            paper=answers[Channel.PAPER].get(key, 0),
            other=answers[Channel.FILE].get(key, 0),
            refused=doors[OutcomeKind.REFUSED].get(key, 0),
            unreachable=doors[OutcomeKind.UNREACHABLE].get(key, 0),
            planned=planned.get(key),
        )
        for key, name in places
    )


def _issued(wave: Wave) -> tuple[Counts, Counts]:
    """Return forms issued and answers planned by building, from paper and from the frame."""
    issued: defaultdict[int | None, int] = defaultdict(int)
    planned: dict[int | None, int] = {}
    frame = WaveStratum.objects.filter(wave=wave, kind=StratumKind.BUILDING)
    for key, forms, plan in frame.values_list("building_id", "issued", "planned"):
        issued[key] = max(issued[key], forms or 0)
        if plan is not None:
            planned[key] = plan
    paper = PaperCount.objects.filter(wave=wave, issued__isnull=False)
    for key, forms in paper.values_list("building_id", "issued"):
        issued[key] = max(issued[key], forms or 0)
    return issued, planned


def _sum(lines: tuple[Line, ...]) -> Line:
    return Line(
        name="",
        homes=sum(line.homes for line in lines),
        asked=sum(line.asked for line in lines),
        told=sum(line.told for line in lines),
        opened=sum(line.opened for line in lines),
        link=sum(line.link for line in lines),
        paper=sum(line.paper for line in lines),
        other=sum(line.other for line in lines),
        refused=sum(line.refused for line in lines),
        unreachable=sum(line.unreachable for line in lines),
    )


def draw_lines(wave_id: int) -> tuple[DrawLine, ...]:
    """Return the drawings of a wave in order; the caller looked it up for the actor before."""
    rows = list(Draw.objects.filter(wave_id=wave_id).order_by("number"))
    names = names_of({row.actor_id for row in rows})
    return tuple(
        DrawLine(
            row.number,
            Method(row.method),
            row.size,
            row.seed,
            row.homes,
            names.get(row.actor_id, ""),
            row.at,
        )
        for row in rows
    )


def field_homes(wave_id: int, building_id: int) -> tuple[FieldHome, ...]:
    """Return the homes of a building with whether each is asked; the caller looked both up before."""
    units = askable(Wave.objects.get(id=wave_id).project_id).filter(building_id=building_id)
    invited = Invitation.objects.filter(wave_id=wave_id, unit__building_id=building_id)
    drawn = set(invited.values_list("unit_id", flat=True))
    doors = Outcome.objects.filter(wave_id=wave_id, unit__building_id=building_id)
    found = dict(doors.values_list("unit_id", "kind"))
    return tuple(
        FieldHome(
            unit.pk,
            unit.number,
            unit.pk in drawn,
            OutcomeKind(found[unit.pk]) if unit.pk in found else None,
        )
        for unit in units
    )
