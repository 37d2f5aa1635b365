"""Writes of waves: plan, open, count, close. Answers come in by imports.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, Sum

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, building_for, project_for
from anju.survey.access import version_for, wave_for
from anju.survey.actions.storing import line
from anju.survey.models import ImportBatch, PublishedTotal, Response, Wave, WaveStratum
from anju.survey.rules.counts import (
    Counts,
    FrameLine,
    Totals,
    check_counts,
    check_frame,
    check_totals,
)
from anju.survey.rules.questionnaire import VersionState
from anju.survey.rules.stamps import refuse_stale
from anju.survey.rules.wave import (
    BatchState,
    WavePlan,
    WaveState,
    WaveVerb,
    check_plan,
    missing_to_open,
    needs_reason,
    short_of_plan,
    step,
)
from anju.survey.waves import counts_of, frame_of, plan_of


def tell(
    actor: Actor, wave: Wave, verb: str, *, at: datetime, payload: dict[str, history.Plain]
) -> None:
    """Write one entry of a wave's history."""
    subject = history.Subject(actor.company_id, "wave", wave.pk)
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload=payload)


def take_step(wave: Wave, verb: WaveVerb, **changes: object) -> None:
    """Change a wave where its state still allows the verb; raises E-STATE or E-STALE."""
    state = step(WaveState(wave.state), verb)
    same = Wave.objects.filter(id=wave.pk, state=wave.state)
    if not same.update(state=state.value, **changes):
        raise Problem(
            "E-STALE",
            "wave",
            "Somebody else changed this survey meanwhile. Load the page again.",
            "该调查刚被他人修改。请刷新页面后再试。",
        )


def _version(actor: Actor, plan: WavePlan, *, but: int | None) -> int | None:
    if plan.version_id is None:
        return None
    version = version_for(actor, plan.version_id, Verb.SEE_SURVEYS)
    if version.state != VersionState.PUBLISHED:
        raise Problem(
            "E-REF",
            "version",
            "This questionnaire is still a draft. Publish it first.",
            "该问卷仍是草稿。请先发布问卷。",
        )
    answered = but is not None and Response.objects.filter(wave_id=but).exists()
    if answered and not Wave.objects.filter(id=but, version_id=version.pk).exists():
        raise Problem(
            "E-STATE",
            "version",
            "There are answers to the present questionnaire. Undo the imports first.",
            "当前问卷已有答卷。请先撤销导入，再更换问卷。",
        )
    return version.pk


def _columns(actor: Actor, plan: WavePlan, *, but: int | None) -> dict[str, object]:
    """Return a plan as checked column values; raises the first thing wrong with it."""
    check_plan(plan)
    title = clean_line(plan.title, "title", most=120)
    if Wave.objects.filter(project_id=plan.project_id, title=title).exclude(id=but).exists():
        raise Problem(
            "E-NAME-TAKEN",
            "title",
            "There is already a survey called “{name}” in this project. Choose another name.",
            "该项目已有名为“{name}”的调查。请换一个名称。",
            name=title,
        )
    if plan.base_wave_id is not None:
        wave_for(actor, plan.base_wave_id, Verb.SEE_SURVEYS)
    texts = {
        "goal": clean_body(plan.goal, "goal") if plan.goal.strip() else "",
        "method": clean_body(plan.method, "method") if plan.method.strip() else "",
        "period_label": line(plan.period_label, "period_label", 60),
        "consultant": line(plan.consultant, "consultant", 120),
    }
    kept = ("population", "planned", "fieldwork_from", "fieldwork_to", "scale_minimum", "target")
    return {
        **{name: getattr(plan, name) for name in (*kept, "base_wave_id", "project_id")},
        **texts,
        "title": title,
        "version_id": _version(actor, plan, but=but),
        "source": plan.source.value,
        "design": plan.design.value,
        "base": plan.base.value,
        "modes": [mode.value for mode in plan.modes],
    }


@transaction.atomic
def create_wave(*, actor: Actor, plan: WavePlan, at: datetime) -> Wave:
    """Write down a new wave as a draft; everything but title and project may come later."""
    with company_scope(actor.company_id):
        project_for(actor, plan.project_id, Verb.EDIT_SURVEYS)
        wave = Wave(company_id=actor.company_id, created_at=at, **_columns(actor, plan, but=None))
        wave.save()
        tell(actor, wave, "planned", at=at, payload={"title": wave.title})
        return wave


@transaction.atomic
def change_plan(
    *, actor: Actor, wave_id: int, plan: WavePlan, at: datetime, seen: str = ""
) -> None:
    """Change the plan of a wave that is not closed; its project stays.

    `seen` is the stamp of the plan that the person saw; raises E-STALE where it is another now.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        refuse_stale(seen, plan_of(Wave.objects.select_for_update().get(id=wave.pk)))
        columns = _columns(actor, plan, but=wave.pk)
        if plan.project_id != wave.project_id:
            raise Problem(
                "E-REF",
                "project",
                "A survey stays in its project. Create a new survey in the other project.",
                "调查不能更换项目。请在另一个项目中新建调查。",
            )
        check_counts(counts_of(wave), population=plan.population)
        take_step(wave, WaveVerb.PLAN, **columns)
        tell(actor, wave, "replanned", at=at, payload={"title": str(columns["title"])})


@transaction.atomic
def set_counts(*, actor: Actor, wave_id: int, counts: Counts, at: datetime, seen: str = "") -> None:
    """Set the response accounting; None stays unknown. Refuses returned above issued (E-COUNT).

    `seen` is the stamp of the counts that the person saw; raises E-STALE where they are others now:
    somebody counted, or answers came in.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        refuse_stale(seen, counts_of(Wave.objects.select_for_update().get(id=wave.pk)))
        check_counts(counts, population=wave.population)
        check_frame(frame_of(wave.pk), counts, population=wave.population)
        known = {
            name: getattr(counts, name)
            for name in ("issued", "returned", "valid", "refused", "unreachable")
        }
        take_step(wave, WaveVerb.COUNT, **known)
        tell(actor, wave, "counted", at=at, payload=known)


@transaction.atomic
def set_frame(
    *, actor: Actor, wave_id: int, lines: Sequence[FrameLine], at: datetime, seen: str = ""
) -> None:
    """Replace the frame: population, issued, returned and planned for each building or stratum.

    `seen` is the stamp of the frame that the person saw; raises E-STALE where it is another now.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        wave = Wave.objects.select_for_update().get(id=wave.pk)
        refuse_stale(seen, frame_of(wave.pk))
        check_frame(tuple(lines), counts_of(wave), population=wave.population)
        for building_id in {line.building_id for line in lines if line.building_id}:
            building_for(actor, building_id, Verb.SEE_REGISTER)
        take_step(wave, WaveVerb.COUNT)
        WaveStratum.objects.filter(wave=wave).delete()
        rows = [
            WaveStratum(
                company_id=actor.company_id,
                wave=wave,
                kind=line.kind.value,
                label=clean_line(line.label, "label", most=60),
                building_id=line.building_id,
                population=line.population,
                issued=line.issued,
                returned=line.returned,
                planned=line.planned,
            )
            for line in lines
        ]
        WaveStratum.objects.bulk_create(rows, batch_size=500)
        tell(actor, wave, "frame_set", at=at, payload={"lines": len(rows)})


@transaction.atomic
def record_totals(*, actor: Actor, wave_id: int, totals: Totals, at: datetime) -> PublishedTotal:
    """Keep an index that others published; marked external, and part of no index of ours.

    Errors: E-COUNT, E-SHARE (a share of people with part of a person), E-NAME-TAKEN.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        check_totals(totals)
        label = clean_line(totals.label, "label", most=120)
        PublishedTotal.objects.filter(wave=wave, label=label).delete()
        row = PublishedTotal(
            company_id=actor.company_id,
            wave=wave,
            label=label,
            kind=totals.kind.value,
            numerator=totals.numerator,
            denominator=totals.denominator,
            issued=totals.issued,
            returned=totals.returned,
            created_at=at,
        )
        row.save()
        said: dict[str, history.Plain] = {
            "label": label,
            "numerator": totals.numerator,
            "denominator": totals.denominator,
        }
        tell(actor, wave, "totals_recorded", at=at, payload=said)
        return row


@transaction.atomic
def open_wave(*, actor: Actor, wave_id: int, at: datetime) -> None:
    """Open a wave for answers; raises the first E-PLAN that an own survey still lacks."""
    with company_scope(actor.company_id):
        start_wave(actor, wave_for(actor, wave_id, Verb.EDIT_SURVEYS), at=at)


def start_wave(actor: Actor, wave: Wave, *, at: datetime, with_file: bool = False) -> None:
    """Open a wave that was looked up before; raises the first E-PLAN that it still lacks."""
    missing = missing_to_open(plan_of(wave), with_file=with_file)
    if wave.state == WaveState.DRAFT and missing:
        raise missing[0]
    take_step(wave, WaveVerb.OPEN, opened_at=at)
    tell(actor, wave, "opened", at=at, payload={})


def people_of(wave: Wave) -> int:
    """Return for how many people the live answers of a wave stand."""
    found = ImportBatch.objects.filter(wave=wave, state=BatchState.LIVE)
    return found.aggregate(n=Sum("people"))["n"] or 0


def _no_reason(wave: Wave, people: int) -> Problem:
    if not short_of_plan(people, plan_of(wave)):
        return Problem(
            "E-PLAN-SHORT",
            "reason",
            "No answers are in. Say why the survey ends without any, or put it back to planning.",
            "还没有任何答卷。请写明没有答卷就结束的原因，或将调查退回筹备。",
        )
    return Problem(
        "E-PLAN-SHORT",
        "reason",
        "{people} answers of {planned} planned. Say why the survey ends below its plan.",
        "计划 {planned} 份，实收 {people} 份。请写明未达计划即结束的原因。",
        people=people,
        planned=wave.planned or 0,
    )


@transaction.atomic
def close_wave(*, actor: Actor, wave_id: int, at: datetime, reason: str = "") -> None:
    """Close a wave for ever; below its plan, or empty, it needs a reason (E-PLAN-SHORT).

    The story that also freezes the results is told by flows; this is the survey's part of it.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        step(WaveState(wave.state), WaveVerb.CLOSE)
        people = people_of(wave)
        totals = PublishedTotal.objects.filter(wave=wave).exists()
        if needs_reason(people, plan_of(wave), totals=totals) and not reason.strip():
            raise _no_reason(wave, people)
        words = clean_body(reason, "reason", 1000) if reason.strip() else ""
        take_step(wave, WaveVerb.CLOSE, closed_at=at, short_reason=words)
        tell(actor, wave, "closed", at=at, payload={"people": people, "reason": words})


@transaction.atomic
def revise_wave(*, actor: Actor, wave_id: int, at: datetime) -> None:
    """Put a wave that was opened by mistake back to planning; E-STATE where answers are in use."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        step(WaveState(wave.state), WaveVerb.REVISE)
        if ImportBatch.objects.filter(wave=wave).exclude(state=BatchState.REVERTED).exists():
            raise Problem(
                "E-STATE",
                "wave",
                "Answers of this survey are in use. Undo its imports first.",
                "该调查已有答卷在使用中。请先撤销导入。",
            )
        take_step(wave, WaveVerb.REVISE, opened_at=None)
        tell(actor, wave, "revised", at=at, payload={})


@transaction.atomic
def delete_wave(*, actor: Actor, wave_id: int, at: datetime) -> None:
    """Delete a draft; an opened wave stays. Its history stays too.

    Errors: E-STATE, also where something was made of the wave that must not lose it: a report.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        step(WaveState(wave.state), WaveVerb.DELETE)
        tell(actor, wave, "deleted", at=at, payload={"title": wave.title})
        PublishedTotal.objects.filter(wave=wave).delete()
        WaveStratum.objects.filter(wave=wave).delete()
        ImportBatch.objects.filter(wave=wave).delete()
        try:
            Wave.objects.filter(id=wave.pk).delete()
        except ProtectedError:
            raise Problem(
                "E-STATE",
                "wave",
                "Reports were made of this survey, so it stays. Rename it, or close it.",
                "该调查已出过报告，因此不能删除。可以改名，或结束该调查。",
            ) from None
