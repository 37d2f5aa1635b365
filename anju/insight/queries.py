"""Reads of the analytics room: the figures of a wave, the reports made, the letters at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from anju.insight.facts import facts_of
from anju.insight.marts.count import tally
from anju.insight.marts.tally import Tally
from anju.insight.models import ReportRun, WaveTally
from anju.insight.plain import from_plain
from anju.insight.reports.survey.contrasts import Earlier
from anju.insight.reports.survey.facts import WaveFacts
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.model import SurveyFigures
from anju.register.queries import company_name
from anju.survey.answers import answer_set
from anju.survey.queries import wave_frame
from anju.survey.rules.wave import WaveState

FONTS = Path(__file__).parent / "reports" / "paper" / "fonts"


@dataclass(frozen=True, slots=True)
class WaveFigures:
    """The figures of a wave; `final` where it is closed, else they still move."""

    figures: SurveyFigures
    final: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report that was made."""

    id: int
    number: int
    form: str
    language: str
    as_of: datetime
    final: bool
    actor_id: int | None


def tally_of(wave_id: int) -> tuple[Tally, bool]:
    """Return the small tables of a wave: the stored ones, else counted now; and which."""
    kept: WaveTally | None = WaveTally.objects.filter(wave_id=wave_id).first()
    if kept is not None:
        return from_plain(Tally, kept.tables), True
    return tally(answer_set(wave_id)), False


def _facts(wave_id: int, *, at: datetime, number: str = "") -> tuple[WaveFacts, int | None, bool]:
    wave = wave_frame(wave_id)
    final = wave.state == WaveState.CLOSED and wave.closed_at is not None
    as_of = wave.closed_at if final and wave.closed_at is not None else at
    facts = facts_of(wave, company=company_name(wave.company_id), as_of=as_of, number=number)
    return facts, wave.base_wave_id, final


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
        earlier = Earlier(tally_of(earlier_id)[0], before)
    return build(tally_of(wave_id)[0], facts, earlier=earlier)


def _counted(*wave_ids: int | None) -> bool:
    """Say whether the small tables of all these waves are stored."""
    asked = {wave_id for wave_id in wave_ids if wave_id is not None}
    return WaveTally.objects.filter(wave_id__in=asked).count() == len(asked)


def figures_of(wave_id: int, *, at: datetime, number: str = "") -> WaveFigures:
    """Return the figures of a wave the caller looked up for the actor; final once it is closed."""
    facts, earlier_id, final = _facts(wave_id, at=at, number=number)
    before = _facts(earlier_id, at=at)[0] if earlier_id is not None else None
    stored = final and _counted(wave_id, earlier_id)
    make = _of_closed if stored else _built
    return WaveFigures(make(wave_id, facts, earlier_id, before), final)


def report_lines(wave_id: int) -> tuple[ReportLine, ...]:
    """Return the reports made of a wave, newest first."""
    rows = ReportRun.objects.filter(wave_id=wave_id).order_by("-number")
    return tuple(
        ReportLine(r.pk, r.number, r.form, r.language, r.as_of, r.final, r.actor_id) for r in rows
    )


def missing_glyphs() -> str:
    """Return letters that reports could not print, or an empty string where all are there."""
    return "" if any(FONTS.glob("*.otf")) or any(FONTS.glob("*.ttf")) else "安居 Aa"
