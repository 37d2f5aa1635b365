"""Reads of paper forms: which surveys take them, the last one entered, counts by building."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from anju.fieldwork.forms import Cells, cells_of_wave
from anju.fieldwork.models import EntryBatch, PaperCount, PaperRule, SecondForm
from anju.register.access import Actor
from anju.register.queries import building_lines
from anju.survey.access import handled_waves
from anju.survey.models import Response, Wave
from anju.survey.rules.answering import Channel
from anju.survey.rules.wave import WaveState


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A survey that takes paper forms, with how many are in and how many wait for a second entry."""

    wave_id: int
    title: str
    project: str
    until: date | None
    entered: int
    mine_today: int
    waiting: int


@dataclass(frozen=True, slots=True)
class LastForm:
    """The form that a person entered last today; where it came from, never what it says."""

    number: int
    where: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """What the page of entry shows around its boxes."""

    wave_id: int
    title: str
    project: str
    open: bool
    cells: Cells
    buildings: tuple[str, ...]
    without_home: bool
    entered: int
    mine_today: int
    last: LastForm | None


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """Paper forms of one building; None is not counted yet."""

    building_id: int
    name: str
    homes: int
    issued: int | None
    returned: int | None
    entered: int

    @property
    def left(self) -> int | None:
        """How many came back and are not entered; below nought where the count is too low."""
        return None if self.returned is None else self.returned - self.entered


@dataclass(frozen=True, slots=True)
class CountsPage:
    """Paper forms by building, and those that name none."""

    wave_id: int
    title: str
    open: bool
    lines: tuple[BuildingLine, ...]
    nowhere: int
    without_home: bool

    @property
    def entered(self) -> int:
        """All paper forms that are entered."""
        return sum(line.entered for line in self.lines) + self.nowhere


def paper_lines(actor: Actor, today: date) -> tuple[PaperLine, ...]:
    """Return the surveys of an actor's projects that take paper forms, newest first."""
    rows = handled_waves(actor).select_related("project")
    waves = rows.filter(state=WaveState.OPEN, version__isnull=False).order_by("-id")
    return tuple(_paper_line(actor, wave, today) for wave in waves)


def _paper_line(actor: Actor, wave: Wave, today: date) -> PaperLine:
    mine = EntryBatch.objects.filter(wave=wave, account_id=actor.account_id, day=today)
    waits = SecondForm.objects.filter(round__wave=wave, entered_at__isnull=True)
    return PaperLine(
        wave_id=wave.pk,
        title=wave.title,
        project=wave.project.name,
        until=wave.fieldwork_to,
        entered=_on_paper(wave.pk).count(),
        mine_today=Response.objects.filter(batch_id__in=mine.values("batch_id")).count(),
        waiting=waits.exclude(first_id=actor.account_id).count(),
    )


def _on_paper(wave_id: int) -> QuerySet[Response]:
    rows: QuerySet[Response] = Response.objects.filter(wave_id=wave_id)
    return rows.filter(batch__channel=Channel.PAPER)


def entry_page(actor: Actor, wave_id: int, today: date) -> EntryPage:
    """Return the page of entry for a person; the caller looked the wave up for her before."""
    wave = Wave.objects.select_related("project").get(id=wave_id)
    mine = EntryBatch.objects.filter(wave=wave, account_id=actor.account_id, day=today)
    own = Response.objects.filter(batch_id__in=mine.values("batch_id"))
    last = own.select_related("unit", "unit__building").order_by("-row").first()
    return EntryPage(
        wave_id=wave.pk,
        title=wave.title,
        project=wave.project.name,
        open=wave.state == WaveState.OPEN and wave.version_id is not None,
        cells=cells_of_wave(wave),
        buildings=tuple(line.name for line in building_lines(wave.project_id)),
        without_home=without_home(wave_id),
        entered=_on_paper(wave_id).count(),
        mine_today=own.count(),
        last=LastForm(last.row, where_of(last)) if last else None,
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """Who entered a form, on which day and as which of that day: how its sheet is found."""

    name: str
    day: date
    number: int


def where_of(form: Response) -> str:
    """Return the home that a form names, or its building, or nothing."""
    if form.unit is not None:
        return f"{form.unit.building.name} {form.unit.number}"
    return str(form.building_label)


def without_home(wave_id: int) -> bool:
    """Say whether a wave takes forms that name no home."""
    return PaperRule.objects.filter(wave_id=wave_id, without_home=True).exists()


def counts_page(wave_id: int) -> CountsPage:
    """Return issued, returned and entered by building; the caller looked the wave up before."""
    wave = Wave.objects.get(id=wave_id)
    counted = {row.building_id: row for row in PaperCount.objects.filter(wave=wave)}
    entered = _entered_by_building(wave_id)
    lines = tuple(
        BuildingLine(
            building_id=line.id,
            name=line.name,
            homes=line.units,
            issued=counted[line.id].issued if line.id in counted else None,
            returned=counted[line.id].returned if line.id in counted else None,
            entered=entered.get(line.id, 0),
        )
        for line in building_lines(wave.project_id)
    )
    return CountsPage(
        wave_id=wave.pk,
        title=wave.title,
        open=wave.state == WaveState.OPEN and wave.version_id is not None,
        lines=lines,
        nowhere=entered.get(None, 0),
        without_home=without_home(wave_id),
    )


def _entered_by_building(wave_id: int) -> Mapping[int | None, int]:
    rows = _on_paper(wave_id).order_by().values_list("building_id")
    return dict(rows.annotate(n=Count("id")))
