"""From what the survey room knows of a wave to the facts that a report prints."""

from __future__ import annotations

from datetime import datetime

from anju.insight.measured.facts import Frame, Published, WaveFacts
from anju.survey.queries import WaveFrame
from anju.survey.rules.wave import Design


def _target_source(wave: WaveFrame) -> str:
    if wave.plan.target is not None:
        return "survey"
    return "project" if wave.project_target is not None else ""


def facts_of(wave: WaveFrame, *, company: str, as_of: datetime, number: str = "") -> WaveFacts:
    """Return the facts of a wave as of an instant; unknown stays None."""
    plan, counts = wave.plan, wave.counts
    fieldwork = wave.fieldwork
    frames = tuple(
        Frame(
            line.kind.value, line.label, line.population, line.issued, line.returned, line.planned
        )
        for line in wave.frame
    )
    totals = tuple(
        Published(t.label, t.kind.value, t.numerator, t.denominator, t.issued, t.returned)
        for t in wave.totals
    )
    return WaveFacts(
        title=plan.title,
        as_of=as_of,
        company=company,
        project=wave.project,
        period=plan.period_label,
        number=number,
        source=plan.source.value,
        design="" if plan.design is Design.UNKNOWN else plan.design.value,
        base=plan.base.value,
        modes=tuple(mode.value for mode in plan.modes),
        fieldwork_from=plan.fieldwork_from,
        fieldwork_to=plan.fieldwork_to,
        period_end=fieldwork.period.last if fieldwork and fieldwork.period else None,
        population=plan.population,
        planned=plan.planned,
        issued=counts.issued,
        returned=counts.returned,
        valid=counts.valid,
        refused=counts.refused,
        unreachable=counts.unreachable,
        frames=frames,
        scale_minimum=plan.scale_minimum,
        target=plan.target if plan.target is not None else wave.project_target,
        target_source=_target_source(wave),
        purpose=plan.goal,
        method=plan.method,
        consultant=plan.consultant,
        shortfall=wave.short_reason,
        totals=totals,
    )
