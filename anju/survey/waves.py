"""Rows of waves read as plans, counts and frames; no rights, no pages."""

from __future__ import annotations

from anju.survey.models import Wave, WaveStratum
from anju.survey.rules.counts import Counts, FrameLine, StratumKind
from anju.survey.rules.wave import Base, Design, Mode, Source, WavePlan


def plan_of(wave: Wave) -> WavePlan:
    """Return what was planned for a wave."""
    return WavePlan(
        title=wave.title,
        project_id=wave.project_id,
        version_id=wave.version_id,
        period_label=wave.period_label,
        source=Source(wave.source),
        design=Design(wave.design),
        base=Base(wave.base),
        modes=tuple(Mode(mode) for mode in wave.modes),
        population=wave.population,
        planned=wave.planned,
        fieldwork_from=wave.fieldwork_from,
        fieldwork_to=wave.fieldwork_to,
        scale_minimum=wave.scale_minimum,
        target=wave.target,
        goal=wave.goal,
        method=wave.method,
        consultant=wave.consultant,
        base_wave_id=wave.base_wave_id,
    )


def counts_of(wave: Wave) -> Counts:
    """Return a wave's response accounting; None is unknown."""
    return Counts(wave.issued, wave.returned, wave.valid, wave.refused, wave.unreachable)


def frame_of(wave_id: int) -> tuple[FrameLine, ...]:
    """Return the lines of a wave's frame, buildings in the order they were written."""
    rows = WaveStratum.objects.filter(wave_id=wave_id).order_by("id")
    return tuple(
        FrameLine(
            StratumKind(row.kind),
            row.label,
            row.building_id,
            row.population,
            row.issued,
            row.returned,
            row.planned,
        )
        for row in rows
    )
