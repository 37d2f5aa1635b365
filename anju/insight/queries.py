"""Reads of the analytics room: the figures of a wave, the reports made, the letters at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F, Max, QuerySet

from anju.fieldwork.response import response_by_building
from anju.insight.access import reports_for
from anju.insight.cells import cells_of
from anju.insight.columns import small_tables
from anju.insight.facts import facts_of
from anju.insight.measured.facts import WaveFacts
from anju.insight.measured.model import SurveyFigures
from anju.insight.models import WaveTally
from anju.insight.reports.survey.contrasts import Earlier
from anju.insight.reports.survey.figures import build
from anju.kernel.pure.plain import from_plain
from anju.paper import fonts
from anju.register.access import Actor
from anju.register.queries import company_name
from anju.stats.results import Words
from anju.survey.answers import answer_set, lists_asked
from anju.survey.models import ImportBatch
from anju.survey.queries import wave_frame
from anju.survey.rules.wave import WaveState
from anju.tally.columns.small import Small
from anju.tally.count import tally
from anju.tally.tables import FORM, Tally


@dataclass(frozen=True, slots=True)
class WaveFigures:
    """The figures of a wave; `final` where it is closed, else they still move."""

    figures: SurveyFigures
    final: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report that was made; `stale` where answers came or went after it."""

    id: int
    number: int
    form: str
    language: str
    as_of: datetime
    final: bool
    actor_id: int | None
    stale: bool = False


def tally_of(wave_id: int) -> tuple[Tally, bool]:
    """Return the small tables of a wave: the stored ones, else counted now; and which."""
    kept = _kept().filter(wave_id=wave_id).first()
    if kept is not None:
        return from_plain(Tally, kept.tables), True
    return tally(answer_set(wave_id)), False


def _kept() -> QuerySet[WaveTally]:
    """Return the small tables that still hold: of closed waves, counted after, in today's form."""
    rows: QuerySet[WaveTally] = WaveTally.objects.filter(
        wave__state=WaveState.CLOSED, made_at__gte=F("wave__closed_at"), form=FORM
    )
    return rows


def _facts(wave_id: int, *, at: datetime, number: str = "") -> tuple[WaveFacts, int | None, bool]:
    wave = wave_frame(wave_id)
    final = wave.state == WaveState.CLOSED and wave.closed_at is not None
    as_of = wave.closed_at if final and wave.closed_at is not None else at
    here = as_of.astimezone(ZoneInfo(settings.TIME_ZONE))
    facts = facts_of(wave, company=company_name(wave.company_id), as_of=here, number=number)
    known = response_by_building(wave_id)
    facts = replace(facts, zone=settings.TIME_ZONE, provisional=not final, by_building=known)
    return facts, wave.base_wave_id, final


def facts_of_wave(wave_id: int, *, at: datetime) -> WaveFacts:
    """Return the facts of a wave in reach: of a closed one as of its closing, else as of `at`."""
    return _facts(wave_id, at=at)[0]


def _before(wave_id: int, *, at: datetime) -> WaveFacts | None:
    """Return the facts of the wave to compare with; None where the reader may not see it."""
    try:
        return _facts(wave_id, at=at)[0]
    except ObjectDoesNotExist:
        return None  # it lies in a project that this person has nothing to do with


@lru_cache(maxsize=64)
def _of_closed(
    wave_id: int, facts: WaveFacts, earlier_id: int | None, before: WaveFacts | None
) -> SurveyFigures:
    """Build the figures of a closed wave once a process: its small tables never change again."""
    return _built(wave_id, facts, earlier_id, before)


def forget_figures() -> None:
    """Drop what this process remembers of closed waves, after their rows were replaced."""
    _of_closed.cache_clear()


def _built(
    wave_id: int, facts: WaveFacts, earlier_id: int | None, before: WaveFacts | None
) -> SurveyFigures:
    earlier = None
    if earlier_id is not None and before is not None:
        told = tally_of(earlier_id)[0]
        earlier = Earlier(told, before, partial(_columns, earlier_id, told))
    counted = tally_of(wave_id)[0]
    known = replace(facts, cells=cells_of(wave_id))
    if counted.lists is None:
        known = replace(known, lists=_not_counted(wave_id))
    return build(counted, known, earlier=earlier, columns=partial(_columns, wave_id, counted))


def _columns(wave_id: int, counted: Tally) -> Small:
    return small_tables(wave_id, counted, _kept().filter(wave_id=wave_id).first())


def _not_counted(wave_id: int) -> tuple[tuple[str, Words], ...]:
    """Return the lists to tick of a wave whose small tables are older than their counting."""
    version_id = wave_frame(wave_id).version_id
    asked = lists_asked(version_id) if version_id is not None else ()
    return tuple((one.code, Words(one.zh or one.en, one.en or one.zh)) for one in asked)


def _counted(*wave_ids: int | None) -> bool:
    """Say whether the small tables of all these waves are stored."""
    asked = {wave_id for wave_id in wave_ids if wave_id is not None}
    return _kept().filter(wave_id__in=asked).count() == len(asked)


def figures_of(wave_id: int, *, at: datetime, number: str = "") -> WaveFigures:
    """Return the figures of a wave the caller looked up for the actor; final once it is closed."""
    facts, base_id, final = _facts(wave_id, at=at, number=number)
    before = _before(base_id, at=at) if base_id is not None else None
    earlier_id = None if before is None else base_id
    stored = final and _counted(wave_id, earlier_id)
    make = _of_closed if stored else _built
    return WaveFigures(make(wave_id, facts, earlier_id, before), final)


def report_lines(actor: Actor, wave_id: int) -> tuple[ReportLine, ...]:
    """Return the reports made of a wave that an actor may read, newest first."""
    rows = reports_for(actor, wave_id).defer("figures").order_by("-number")
    changed = _changed_at(wave_id)
    return tuple(
        ReportLine(
            id=r.pk,
            number=r.number,
            form=r.form,
            language=r.language,
            as_of=r.as_of,
            final=r.final,
            actor_id=r.actor_id,
            stale=changed is not None and changed > r.as_of,
        )
        for r in rows
    )


def _changed_at(wave_id: int) -> datetime | None:
    """Return when answers last came into use or were taken out of it."""
    batches = ImportBatch.objects.filter(wave_id=wave_id)
    last = batches.aggregate(live=Max("live_at"), gone=Max("reverted_at"))
    return max((at for at in last.values() if at is not None), default=None)


def missing_glyphs() -> str:
    """Return letters that reports could not print, or an empty string where all are there."""
    return "" if any(fonts.FOLDER.glob("*.otf")) else "安居 Aa"
