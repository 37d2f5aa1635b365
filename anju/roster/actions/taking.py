"""An office's spreadsheet of units, owners and staff: received, checked, taken in, taken back.

All that can be known beforehand is known before the first row is written; the rows are stored out
of sight and shown by one change, so that nobody ever sees half of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction

from anju.kernel import files, history
from anju.kernel.models import Job
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.kernel.tasks import Plain, Run, handles, start
from anju.register.access import Actor, Verb, project_for
from anju.register.models import (
    Building,
    Person,
    Project,
    RosterBatch,
    RosterChange,
    RosterState,
    Tie,
    Unit,
)
from anju.register.queries import in_each_company
from anju.roster.actions.reading import counts, keep_marked, read_how, read_roster
from anju.roster.actions.staff import drop_staff
from anju.roster.actions.store import PERSON_COLUMNS, Stamp, clear_dead, store
from anju.roster.queries import CLEAR_JOB, ROSTER_JOB, UNDO_DAYS, roster_file_for, roster_for
from anju.roster.rules.compare import ANSWERS, Doubt
from anju.roster.rules.shape import SheetPlan, check_plans, to_json


@dataclass(frozen=True, slots=True)
class RosterOrder:
    """What a person decided about a spreadsheet; `answers` are for the people in doubt."""

    project_id: int
    file_id: int
    plans: Sequence[SheetPlan]
    language: str = "zh-hans"
    dry_run: bool = True
    answers: dict[Doubt, str] = field(default_factory=dict)


def _refuse_same(project_id: int, sha256: str) -> None:
    live = RosterBatch.objects.filter(
        project_id=project_id, sha256=sha256, state=RosterState.LIVE
    ).first()
    if live is not None:
        raise Problem(
            "E-IMP-SAME",
            "file",
            "This file was imported on {day} as import {number}. Undo that import first.",
            "该文件已于 {day} 导入，为第 {number} 次导入。如需重新导入，请先撤销那一次。",
            day=f"{live.live_at:%Y-%m-%d}",
            number=live.number,
        )


@transaction.atomic
def receive_roster(
    *, actor: Actor, project_id: int, chunks: Iterable[bytes], name: str, at: datetime
) -> int:
    """Keep an uploaded spreadsheet and return its id; E-IMP-SAME where it is in use already."""
    with company_scope(actor.company_id):
        project = project_for(actor, project_id, Verb.EDIT_REGISTER)
        stored = files.keep(
            chunks, name=name, company_id=actor.company_id, actor_id=actor.account_id, at=at
        )
        _refuse_same(project.pk, stored.sha256)
        return stored.pk


@transaction.atomic
def start_roster(*, actor: Actor, order: RosterOrder, at: datetime) -> int:
    """Hand a spreadsheet to the workers, to be checked or taken in, and return the job's id.

    Errors: E-IMP-COLUMN, E-IMP-SAME, E-CHOICE; cells at fault come with the job's result.
    """
    with company_scope(actor.company_id):
        project = project_for(actor, order.project_id, Verb.EDIT_REGISTER)
        stored = roster_file_for(actor, order.file_id, Verb.EDIT_REGISTER)
        check_plans(order.plans)
        _refuse_same(project.pk, stored.sha256)
        for doubt, answer in order.answers.items():
            if answer not in ANSWERS[doubt]:
                raise undecided(doubt)
        argument: dict[str, Plain] = {
            "project": project.pk,
            "file": stored.pk,
            "plan": to_json(order.plans),
            "language": order.language,
            "dry_run": order.dry_run,
            "may_appoint": actor.may(Verb.MANAGE_PEOPLE),
            **{doubt.value: answer for doubt, answer in order.answers.items()},
        }
        job = start(
            ROSTER_JOB,
            company_id=actor.company_id,
            actor_id=actor.account_id,
            at=at,
            argument=argument,
        )
        return job.pk


def undecided(doubt: Doubt) -> Problem:
    """Return the refusal of an import that would have to guess who is who: E-CHOICE."""
    return Problem(
        "E-CHOICE",
        doubt.value,
        "Some people look alike. Say what is to be done with them; nothing is merged by itself.",
        "有些人员看起来相同。请选择如何处理；系统不会自动合并。",
    )


@handles(ROSTER_JOB)
def take_roster(run: Run) -> dict[str, Plain]:
    """Check a spreadsheet and, unless it is a trial, take it in; again after a kill, it goes on."""
    done = RosterBatch.objects.exclude(state=RosterState.STAGED).filter(job_id=run.job_id).first()
    if done is not None:
        return {"batch": done.pk, "number": done.number, "faults": 0}
    stamp = Stamp.of(int(str(run.argument["project"])))
    read = read_roster(run)
    if read.faults:
        return keep_marked(run, read)
    found = counts(read)
    if run.argument["dry_run"]:
        return found | read_how(read, int(str(run.argument["project"])))
    for doubt in Doubt:
        if found[f"n_{doubt.value}"] and not run.argument.get(doubt.value):
            raise undecided(doubt)
    run.report(done=read.rows, total=read.rows, step="storing")
    batch = store(run, read, stamp)
    return found | {"batch": batch.pk, "number": batch.number}


@transaction.atomic
def undo_roster(*, actor: Actor, batch_id: int, at: datetime) -> RosterBatch:
    """Take a spreadsheet back within seven days; what it made is gone, what it changed is as before.

    Its rows vanish at once, by one change; a job then clears them away in short transactions.

    Errors: E-UNDO-LATE, E-STATE, and E-UNDO-USED where somebody has worked with it since.
    """
    with company_scope(actor.company_id):
        batch = roster_for(actor, batch_id, Verb.EDIT_REGISTER)
        _check_undo(batch, at)
        live = RosterBatch.objects.filter(id=batch.pk, state=RosterState.LIVE)
        if not live.update(state=RosterState.UNDONE, undone_at=at):
            raise Problem(
                "E-STATE",
                "batch",
                "This import is not in use. There is nothing to undo.",
                "该次导入未在使用，无需撤销。",
            )
        _bring_back(batch)
        drop_staff(batch)
        made = RosterChange.objects.filter(batch=batch, kind="building").values("row_id")
        Building.objects.whole().filter(id__in=list(made.values_list("row_id", flat=True))).update(
            batch_id=batch.pk
        )
        start(
            CLEAR_JOB,
            company_id=actor.company_id,
            actor_id=actor.account_id,
            at=at,
            argument={"project": batch.project_id},
        )
        subject = history.Subject(actor.company_id, "project", batch.project_id)
        said: dict[str, history.Plain] = {"import": batch.number, "file": batch.file_name}
        history.write(subject, "roster_undone", actor_id=actor.account_id, at=at, payload=said)
        return batch


def _check_undo(batch: RosterBatch, at: datetime) -> None:
    if at - batch.live_at > timedelta(days=UNDO_DAYS):
        raise Problem(
            "E-UNDO-LATE",
            "batch",
            "An import can be undone for {days} days. Correct the entries by hand.",
            "导入只能在 {days} 天内撤销。请手工更正。",
            days=UNDO_DAYS,
        )
    used = _used(batch)
    if used:
        raise _worked_with(used)


def _worked_with(count: int) -> Problem:
    return Problem(
        "E-UNDO-USED",
        "batch",
        "{count} entries of this import were changed or used since. It can no longer be undone;"
        " correct the entries by hand.",
        "该次导入的资料已有 {count} 处被修改或使用，无法再撤销。请手工更正。",
        count=count,
    )


def _used(batch: RosterBatch) -> int:
    """Count what was done since with the rows that an import made."""
    made: tuple[tuple[type[models.Model], models.QuerySet[Any]], ...] = (
        (Unit, Unit.objects.filter(batch_id=batch.pk)),
        (Person, Person.objects.filter(batch=batch)),
        (Tie, Tie.objects.filter(batch=batch)),
    )
    changed = sum(rows.exclude(version=1).count() for _, rows in made)
    later = Tie.objects.exclude(batch=batch)
    ties = later.filter(models.Q(unit__batch_id=batch.pk) | models.Q(person__batch=batch)).count()
    others = sum(_pointing(kind, rows.values("id"), batch) for kind, rows in made)
    return changed + ties + others + _new_in_buildings(batch)


def _pointing(kind: type[models.Model], ids: models.QuerySet[Any], batch: RosterBatch) -> int:
    """Count rows of any table, of rooms above as well, that point at what the import made."""
    count = 0
    for relation in kind._meta.related_objects:
        table: Any = relation.related_model
        if table is Tie:
            continue
        rows = table._base_manager.filter(**{f"{relation.field.name}__in": ids})
        if table.__name__ == "ZonePlace":
            mine = RosterChange.objects.filter(batch=batch, kind="place").values("row_id")
            rows = rows.exclude(id__in=mine)
        count += rows.count()
    return count


def _new_in_buildings(batch: RosterBatch) -> int:
    """Count units added by hand since to buildings that the import made."""
    buildings = RosterChange.objects.filter(batch=batch, kind="building").values("row_id")
    units = Unit.objects.filter(building_id__in=buildings)
    return units.exclude(batch_id=batch.pk).count()


_TABLES: dict[str, type[models.Model]] = {"unit": Unit, "person": Person, "tie": Tie}


def _bring_back(batch: RosterBatch) -> None:
    """Write back what the import changed; E-UNDO-USED where a row was changed again since."""
    lost = 0
    for change in RosterChange.objects.filter(batch=batch, kind__in=_TABLES):
        table = _TABLES[change.kind]
        values = {
            PERSON_COLUMNS.get(name, name): value for name, value in (change.before or {}).items()
        }
        rows = table._base_manager.filter(
            company_id=batch.company_id, id=change.row_id, version=change.version
        )
        lost += not rows.update(**_typed(table, values), version=change.version + 1)
    if lost:
        raise _worked_with(lost)


def _typed(table: type[models.Model], values: dict[str, object]) -> dict[str, object]:
    """Return kept values as the table holds them: days and decimals from their text."""
    typed: dict[str, object] = {}
    for name, value in values.items():
        kind = table._meta.get_field(name)
        is_day = isinstance(kind, models.DateField) and isinstance(value, str)
        typed[name] = date.fromisoformat(str(value)) if is_day else value
    return typed


@handles(CLEAR_JOB)
def clear(run: Run) -> dict[str, Plain]:
    """Clear away what undone imports of a project left; again after a kill, it goes on."""
    return {"rows": clear_dead(int(str(run.argument["project"])))}


def _clear_everywhere() -> int:
    return sum(clear_dead(key) for key in Project.objects.values_list("id", flat=True))


def sweep_rosters(*, at: datetime) -> int:
    """Forget after a week what an undo would need, and the people named in results of old work.

    What imports left that were killed for good, or taken back, goes as well.
    Works for every company; idempotent; returns how many rows were forgotten.
    """
    week = at - timedelta(days=UNDO_DAYS)
    old = {"batch__live_at__lt": week}
    count = in_each_company(_clear_everywhere)
    count += in_each_company(lambda: int(RosterChange.objects.filter(**old).delete()[0]))
    for job in Job.objects.filter(kind=ROSTER_JOB, finished_at__lt=week):
        counts_only = {k: v for k, v in (job.result or {}).items() if not isinstance(v, list)}
        if counts_only != (job.result or {}):
            Job.objects.filter(id=job.pk).update(result=counts_only)
            count += 1
    return count
