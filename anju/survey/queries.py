"""Reads of waves for pages and reports: frozen rows, no rights, nothing written.

Questionnaires are read in forms.py, answers in answers.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Max, Q, Sum

from anju.kernel.pure.problems import Problem
from anju.register.models import Project
from anju.survey.forms import texts_of
from anju.survey.models import (
    ImportBatch,
    PublishedTotal,
    Response,
    Wave,
)
from anju.survey.rules.answering import Channel
from anju.survey.rules.counts import (
    Counts,
    FrameLine,
    StratumKind,
    Totals,
    TotalsKind,
    more_than_returned,
)
from anju.survey.rules.fieldwork import Fieldwork, fieldwork
from anju.survey.rules.questionnaire import Words
from anju.survey.rules.wave import (
    UNDO_DAYS,
    BatchState,
    WavePlan,
    WaveState,
    missing_to_open,
    needs_reason,
    short_of_plan,
)
from anju.survey.waves import counts_of, frame_of, plan_of

ASK_EVERY = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave in a list; None is unknown."""

    id: int
    title: str
    project_id: int
    project: str
    state: WaveState
    plan: WavePlan
    counts: Counts
    people: int
    rows: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class BatchLine:
    """An import in a list; `undo_until` is None where it can no longer be undone."""

    id: int
    number: int
    file_id: int
    file_name: str
    state: BatchState
    rows: int
    people: int
    job_id: int
    created_at: datetime
    live_at: datetime | None
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A published total with its key."""

    id: int
    totals: Totals


@dataclass(frozen=True, slots=True)
class Progress:
    """A line of the frame with the people whose answers are in."""

    line: FrameLine
    people: int


@dataclass(frozen=True, slots=True)
class WavePage:
    """One wave as its page shows it."""

    line: WaveLine
    questionnaire: Words | None
    base_wave: str
    frame: tuple[Progress, ...]
    batches: tuple[BatchLine, ...]
    totals: tuple[TotalLine, ...]
    missing: tuple[Problem, ...]
    fieldwork: Fieldwork | None
    short_of_plan: bool
    short_reason: str
    project_target: float | None = None

    @property
    def target(self) -> float | None:
        """The target that the results are held against: the survey's own, else the project's."""
        own = self.line.plan.target
        return own if own is not None else self.project_target

    @property
    def over_returned(self) -> bool:
        """Say whether more answers are in use than forms are counted as returned."""
        return more_than_returned(self.line.people, self.line.counts)

    @property
    def may_revise(self) -> bool:
        """Say whether an open wave holds nothing and can go back to planning."""
        used = any(batch.state is not BatchState.REVERTED for batch in self.batches)
        return (
            self.line.state is WaveState.OPEN
            and not (used or self.line.people)
            and not self.line.people
        )

    @property
    def needs_reason(self) -> bool:
        """Say whether closing it asks for a reason."""
        return needs_reason(self.line.people, self.line.plan, totals=bool(self.totals))


_PEOPLE = Sum("batches__people", filter=Q(batches__state=BatchState.LIVE))
_ROWS = Sum("batches__rows", filter=Q(batches__state=BatchState.LIVE))


def wave_lines(project_id: int | None = None) -> tuple[WaveLine, ...]:
    """Return the waves of the company in force, or of one project, newest first."""
    rows = Wave.objects.select_related("project").annotate(people=_PEOPLE, n_rows=_ROWS)
    if project_id is not None:
        rows = rows.filter(project_id=project_id)
    return tuple(_wave_line(wave) for wave in rows.order_by("-id"))


def _wave_line(wave: Wave) -> WaveLine:
    return WaveLine(
        id=wave.pk,
        title=wave.title,
        project_id=wave.project_id,
        project=wave.project.name,
        state=WaveState(wave.state),
        plan=plan_of(wave),
        counts=counts_of(wave),
        people=wave.people or 0,  # type: ignore[attr-defined]
        rows=wave.n_rows or 0,  # type: ignore[attr-defined]
        closed_at=wave.closed_at,
    )


def wave_page(wave_id: int) -> WavePage:
    """Return one wave for its page; the caller looked it up for the actor before."""
    rows = Wave.objects.select_related("project", "version", "base_wave")
    wave = rows.annotate(people=_PEOPLE, n_rows=_ROWS).get(id=wave_id)
    line = _wave_line(wave)
    return WavePage(
        line=line,
        questionnaire=texts_of(wave.version).title if wave.version else None,
        base_wave=wave.base_wave.title if wave.base_wave else "",
        frame=_progress(wave_id),
        batches=batch_lines(wave_id),
        totals=total_lines(wave_id),
        missing=missing_to_open(line.plan) if line.state is WaveState.DRAFT else (),
        fieldwork=fieldwork(wave.fieldwork_from, wave.fieldwork_to, wave.period_label),
        short_of_plan=short_of_plan(line.people, line.plan),
        short_reason=wave.short_reason,
        project_target=_number(wave.project.target),
    )


def _number(value: Decimal | None) -> float | None:
    return float(value) if value is not None else None


def _progress(wave_id: int) -> tuple[Progress, ...]:
    columns = {
        StratumKind.BUILDING: "building_label",
        StratumKind.USE_TYPE: "use_type",
        StratumKind.STRATUM: "stratum",
    }
    lines = frame_of(wave_id)
    answered = {kind: _people_by(wave_id, columns[kind]) for kind in {line.kind for line in lines}}
    return tuple(Progress(line, answered[line.kind].get(line.label, 0)) for line in lines)


def _people_by(wave_id: int, column: str) -> Mapping[str, int]:
    rows = Response.objects.filter(wave_id=wave_id).order_by()
    return dict(rows.values_list(column).annotate(people=Sum("count")))


def people_by_channel(wave_id: int) -> Mapping[str, int]:
    """Return how many answers a wave has from links, from paper and from files."""
    return _people_by(wave_id, "batch__channel")


def batch_lines(wave_id: int) -> tuple[BatchLine, ...]:
    """Return the imports of a wave, newest first; those still being read are among them."""
    rows = ImportBatch.objects.filter(wave_id=wave_id, channel=Channel.FILE).order_by("-number")
    return tuple(
        BatchLine(
            b.id,
            b.number,
            b.file_id,
            b.file_name,
            BatchState(b.state),
            b.rows,
            b.people,
            b.job_id,
            b.created_at,
            b.live_at,
            b.live_at + timedelta(days=UNDO_DAYS)
            if b.live_at and b.state == BatchState.LIVE
            else None,
        )
        for b in rows
    )


def total_lines(wave_id: int) -> tuple[TotalLine, ...]:
    """Return the published totals of a wave; external figures, part of no index of ours."""
    rows = PublishedTotal.objects.filter(wave_id=wave_id).order_by("id")
    return tuple(
        TotalLine(
            t.id,
            Totals(t.label, TotalsKind(t.kind), t.numerator, t.denominator, t.issued, t.returned),
        )
        for t in rows
    )


@dataclass(frozen=True, slots=True)
class WaveFrame:
    """All that a report needs to know about a wave beside its answers; None is unknown."""

    wave_id: int
    company_id: int
    project_id: int
    project: str
    use_type: str
    state: WaveState
    version_id: int | None
    questionnaire: Words | None
    plan: WavePlan
    counts: Counts
    frame: tuple[FrameLine, ...]
    totals: tuple[Totals, ...]
    fieldwork: Fieldwork | None
    people: int
    closed_at: datetime | None
    base_wave_id: int | None
    project_target: float | None
    short_reason: str


def wave_frame(wave_id: int) -> WaveFrame:
    """Return a wave's frame for a report; the caller looked it up for the actor before."""
    rows = Wave.objects.select_related("project", "version").annotate(people=_PEOPLE, n_rows=_ROWS)
    wave = rows.get(id=wave_id)
    line = _wave_line(wave)
    return WaveFrame(
        wave_id=wave.pk,
        company_id=wave.company_id,
        project_id=wave.project_id,
        project=wave.project.name,
        use_type=wave.project.use_type,
        state=line.state,
        version_id=wave.version_id,
        questionnaire=texts_of(wave.version).title if wave.version else None,
        plan=line.plan,
        counts=line.counts,
        frame=frame_of(wave_id),
        totals=tuple(t.totals for t in total_lines(wave_id)),
        fieldwork=fieldwork(wave.fieldwork_from, wave.fieldwork_to, wave.period_label),
        people=line.people,
        closed_at=wave.closed_at,
        base_wave_id=wave.base_wave_id,
        project_target=_number(wave.project.target),
        short_reason=wave.short_reason,
    )


def unasked_projects(day: date) -> tuple[str, ...]:
    """Return the names of projects without a wave in the 365 days up to a day."""
    asked = Wave.objects.values("project_id").annotate(last=Max("fieldwork_to")).order_by()
    lately = {row["project_id"] for row in asked if row["last"] and row["last"] > day - ASK_EVERY}
    rows = Project.objects.exclude(id__in=lately).order_by("name")
    return tuple(rows.values_list("name", flat=True))
