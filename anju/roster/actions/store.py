"""Puts a checked spreadsheet into the register: stored out of sight, then shown by one change.

Killed at any point, all of it is visible or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, QuerySet, Sum

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import CompanyRow, current_company
from anju.kernel.tasks import Cancelled, JobState, Run, jobs_of
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
from anju.register.rules.initials import initials
from anju.register.rules.phones import tail_of
from anju.register.rules.units import normalise, unit_number
from anju.roster.actions.reading import Read
from anju.roster.actions.rows import alter, pour, wipe
from anju.roster.actions.staff import store_staff
from anju.roster.rules.compare import Change, Plan

PERSON_COLUMNS = {"written": "phone_written", "tail": "phone_tail"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of a project's register as three numbers a table: what was compared must hold."""

    numbers: tuple[tuple[int, int, int], ...]

    @staticmethod
    def of(project_id: int) -> Stamp:
        """Take the stamp of a project now."""
        tables = (
            Unit.objects.filter(building__project_id=project_id),
            Person.objects.filter(project_id=project_id),
            Tie.objects.filter(person__project_id=project_id),
        )
        summed = [rows.aggregate(n=Count("id"), top=Max("id"), v=Sum("version")) for rows in tables]
        return Stamp(tuple((one["n"] or 0, one["top"] or 0, one["v"] or 0) for one in summed))


def store(run: Run, read: Read, stamp: Stamp) -> RosterBatch:
    """Store what a spreadsheet adds out of sight, then show it by one change of its batch's row.

    Errors: E-STALE where somebody changed the register since it was compared, E-IMP-SAME where
    the same file was taken in meanwhile; then nothing is left.
    """
    project_id = int(str(run.argument["project"]))
    clear_dead(project_id, job_id=run.job_id)
    batch = _stage(run, read, project_id)
    try:
        _pour_all(run, batch, read)
        _go_live(run, batch, read, stamp)
    except BaseException as ended:
        # A kill leaves the rows to the next try or to the sweep; whatever is less clears them here.
        clear_rows(batch)
        if isinstance(ended, IntegrityError):
            raise _stale() from ended
        raise
    return batch


def clear_dead(project_id: int, *, job_id: int | None = None) -> int:
    """Clear away what undone imports of a project left, and those that no job is storing any more.

    A job that begins anew names itself: what its last try stored is dead as well.
    """
    rows = RosterBatch.objects.filter(project_id=project_id)
    at_work = jobs_of(current_company()).filter(state__in=[JobState.WAITING, JobState.RUNNING])
    at_work = at_work.exclude(id=job_id or 0)
    dead = rows.filter(state=RosterState.STAGED).exclude(job_id__in=at_work.values("id"))
    gone = rows.filter(state=RosterState.UNDONE)
    return sum(clear_rows(batch) for batch in (*dead, *gone))


def clear_rows(batch: RosterBatch) -> int:
    """Remove the rows of a batch that nobody sees, and a batch that never was in use itself."""
    count = sum(wipe(table, batch.pk) for table in (Tie, Person, Unit, Building, RosterChange))
    RosterBatch.objects.filter(id=batch.pk, state=RosterState.STAGED).delete()
    return count


def _go_live(run: Run, batch: RosterBatch, read: Read, stamp: Stamp) -> None:
    plan = read.plan
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(id=batch.project_id)
        if Stamp.of(batch.project_id) != stamp:
            raise _stale()
        staged = RosterBatch.objects.filter(id=batch.pk, state=RosterState.STAGED)
        if not staged.update(state=RosterState.LIVE, live_at=run.at):
            raise Cancelled(str(run.job_id))  # another worker took the job over meanwhile
        for model, changes, names in _changed(plan):
            alter(model, changes, names)
        if read.staff:
            units = dict(_units_of(batch).values_list("key", "id"))
            store_staff(batch, read.staff, _buildings_of(batch), units)
        _tell(run, read, batch)


def _stale() -> Problem:
    return Problem(
        "E-STALE",
        "file",
        "Somebody changed the register while the file was being checked. Check it again; nothing"
        " was imported.",
        "检查文件期间，有人修改了房屋或业主资料。请重新检查；没有导入任何内容。",
    )


@transaction.atomic
def _stage(run: Run, read: Read, project_id: int) -> RosterBatch:
    project = Project.objects.select_for_update(no_key=True).get(id=project_id)
    last = RosterBatch.objects.filter(project=project).aggregate(n=Max("number"))["n"] or 0
    plan = read.plan
    batch = RosterBatch(
        company_id=run.company_id,
        project=project,
        number=last + 1,
        file_id=read.file.pk,
        file_name=read.file.name,
        sha256=read.file.sha256,
        state=RosterState.STAGED,
        added=len(plan.new_units) + len(plan.new_people),
        changed=len(plan.changed_units) + len(plan.changed_people) + len(plan.changed_ties),
        job_id=run.job_id,
        actor_id=run.actor_id,
        live_at=run.at,
    )
    batch.save()
    return batch


class _Progress:
    """Tells how many rows are stored; a job that somebody stopped ends here."""

    def __init__(self, run: Run, plan: Plan) -> None:
        self.run, self.done = run, 0
        self.total = len(plan.new_units) + len(plan.new_people) + len(plan.new_ties)

    def __call__(self, rows: int) -> None:
        self.done = min(self.done + rows, self.total)
        self.run.report(done=self.done, total=self.total, step="storing")


def _pour_all(run: Run, batch: RosterBatch, read: Read) -> None:
    plan, told = read.plan, _Progress(run, read.plan)
    letters = {row.name: initials(row.name) for row in plan.new_people}
    _buildings(batch, read)
    _units(batch, plan, _buildings_of(batch), told)
    units = dict(_units_of(batch).values_list("key", "id"))
    _people(batch, plan, letters, told)
    _ties(batch, plan, units, told)
    _changes(batch, plan)


def _units_of(batch: RosterBatch) -> QuerySet[Unit]:
    """Return the units that there are and those that this batch brings."""
    rows: QuerySet[Unit] = Unit.objects.with_batch(batch.pk)
    return rows.filter(building__project_id=batch.project_id)


def _buildings_of(batch: RosterBatch) -> dict[str, int]:
    """Return every building by key, those that this batch brings as well."""
    rows = Building.objects.with_batch(batch.pk).filter(project_id=batch.project_id)
    return {normalise(name): key for name, key in rows.values_list("name", "id")}


@transaction.atomic
def _buildings(batch: RosterBatch, read: Read) -> None:
    """Store the new buildings, noted for the undo."""
    found = set(read.known.buildings)
    for row in read.plan.new_units:
        key = row.key.partition("-")[0]
        if key not in found:
            building = Building(
                company_id=batch.company_id,
                project_id=batch.project_id,
                name=row.building,
                batch_id=batch.pk,
            )
            building.save()
            note(batch, "building", building.pk)
            found.add(key)


def note(batch: RosterBatch, kind: str, row_id: int) -> None:
    """Keep for the undo that the import made a row."""
    RosterChange(company_id=batch.company_id, batch=batch, kind=kind, row_id=row_id).save()


def _units(batch: RosterBatch, plan: Plan, buildings: Mapping[str, int], told: _Progress) -> None:
    names = ("building", "number", "key", "floor", "area", "use", "handover", "version", "batch_id")
    pour(
        Unit,
        names,
        (
            (
                buildings[row.key.partition("-")[0]],
                unit_number(row.key),
                row.key,
                row.floor,
                row.area,
                row.use,
                row.handover,
                1,
                batch.pk,
            )
            for row in plan.new_units
        ),
        told,
    )


def _people(batch: RosterBatch, plan: Plan, letters: Mapping[str, str], told: _Progress) -> None:
    names = (
        "project", "name", "initials", "phone", "phone_tail", "phone_written", "language",
        "channel", "version", "batch", "batch_row",
    )  # fmt: skip
    pour(
        Person,
        names,
        (
            (
                batch.project_id,
                row.name,
                letters[row.name],
                row.phone,
                tail_of(row.phone),
                row.written,
                row.language,
                row.channel,
                1,
                batch.pk,
                row.row,
            )
            for row in plan.new_people
        ),
        told,
    )


def _ties(batch: RosterBatch, plan: Plan, units: Mapping[str, int], told: _Progress) -> None:
    people = dict(Person.objects.whole().filter(batch=batch).values_list("batch_row", "id"))
    pour(
        Tie,
        ("unit", "person", "kind", "since", "until", "version", "batch"),
        (
            (
                units[tie.unit],
                tie.person_id or people[tie.first_row],
                tie.kind,
                tie.since,
                tie.until,
                1,
                batch.pk,
            )
            for tie in plan.new_ties
        ),
        told,
    )


def _changed(
    plan: Plan,
) -> tuple[tuple[type[CompanyRow], list[Change], dict[str, str]], ...]:
    return (
        (Unit, plan.changed_units, {}),
        (Person, plan.changed_people, PERSON_COLUMNS),
        (Tie, plan.changed_ties, {}),
    )


def _changes(batch: RosterBatch, plan: Plan) -> None:
    """Keep what the import will change as it was; the change itself comes when all is in place."""
    for change in plan.changed_people:
        if "phone" in change.after:
            change.before["tail"] = tail_of(str(change.before["phone"]))
            change.after["tail"] = tail_of(str(change.after["phone"]))
    names = ("batch", "kind", "row_id", "version", "before")
    for model, changes, _ in _changed(plan):
        pour(RosterChange, names, _kept(batch, model._meta.model_name or "", changes))


def _kept(batch: RosterBatch, kind: str, changes: list[Change]) -> Iterator[tuple[object, ...]]:
    for change in changes:
        before = {name: _plain(value) for name, value in change.before.items()}
        yield batch.pk, kind, change.id, change.version + 1, json.dumps(before)


def _plain(value: object) -> str | int | None:
    if isinstance(value, (date, Decimal)):
        return str(value)
    return value if isinstance(value, (str, int)) else None


def _tell(run: Run, read: Read, batch: RosterBatch) -> None:
    plan = read.plan
    subject = history.Subject(run.company_id, "project", batch.project_id)
    said: dict[str, history.Plain] = {
        "import": batch.number,
        "file": batch.file_name,
        "units": len(plan.new_units),
        "residents": len(plan.new_people),
        "changed": batch.changed,
    }
    history.write(subject, "roster_imported", actor_id=run.actor_id, at=run.at, payload=said)
