"""Puts a checked spreadsheet into the register in one short transaction: all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Sum

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import CompanyRow
from anju.kernel.tasks import Run
from anju.register.actions.roster_reading import Read
from anju.register.actions.roster_rows import alter, pour
from anju.register.actions.roster_staff import store_staff
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
from anju.register.rules.roster.compare import Change, Plan
from anju.register.rules.units import unit_number

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
    """Write everything that a spreadsheet adds and changes, with one entry in the history.

    Errors: E-STALE where somebody changed the register since it was compared, E-IMP-SAME where
    the same file was taken in meanwhile.
    """
    project_id = int(str(run.argument["project"]))
    letters = {row.name: initials(row.name) for row in read.plan.new_people}
    try:
        with transaction.atomic():
            project = Project.objects.select_for_update(no_key=True).get(id=project_id)
            if Stamp.of(project_id) != stamp:
                raise _stale()
            batch = _batch(run, read, project)
            _write(batch, read, letters)
            _tell(run, read, batch)
            return batch
    except IntegrityError as taken:
        raise _stale() from taken


def _stale() -> Problem:
    return Problem(
        "E-STALE",
        "file",
        "Somebody changed the register while the file was being checked. Check it again; nothing"
        " was imported.",
        "检查文件期间，有人修改了房屋或业主资料。请重新检查；没有导入任何内容。",
    )


def _batch(run: Run, read: Read, project: Project) -> RosterBatch:
    last = RosterBatch.objects.filter(project=project).aggregate(n=Max("number"))["n"] or 0
    plan = read.plan
    batch = RosterBatch(
        company_id=run.company_id,
        project=project,
        number=last + 1,
        file_id=read.file.pk,
        file_name=read.file.name,
        sha256=read.file.sha256,
        state=RosterState.LIVE,
        added=len(plan.new_units) + len(plan.new_people),
        changed=len(plan.changed_units) + len(plan.changed_people) + len(plan.changed_ties),
        job_id=run.job_id,
        actor_id=run.actor_id,
        live_at=run.at,
    )
    batch.save()
    return batch


def _write(batch: RosterBatch, read: Read, letters: Mapping[str, str]) -> None:
    plan = read.plan
    buildings = _buildings(batch, read)
    _units(batch, plan, buildings)
    units = dict(
        Unit.objects.filter(building__project_id=batch.project_id).values_list("key", "id")
    )
    _people(batch, plan, letters)
    _ties(batch, plan, units)
    _changes(batch, plan)
    store_staff(batch, read.staff, buildings, units)


def _buildings(batch: RosterBatch, read: Read) -> dict[str, int]:
    """Return every building by key, the new ones made and noted for the undo."""
    found = dict(read.known.buildings)
    for row in read.plan.new_units:
        key = row.key.partition("-")[0]
        if key not in found:
            building = Building(
                company_id=batch.company_id, project_id=batch.project_id, name=row.building
            )
            building.save()
            note(batch, "building", building.pk)
            found[key] = building.pk
    return found


def note(batch: RosterBatch, kind: str, row_id: int) -> None:
    """Keep for the undo that the import made a row."""
    RosterChange(company_id=batch.company_id, batch=batch, kind=kind, row_id=row_id).save()


def _units(batch: RosterBatch, plan: Plan, buildings: Mapping[str, int]) -> None:
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
    )


def _people(batch: RosterBatch, plan: Plan, letters: Mapping[str, str]) -> None:
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
    )


def _ties(batch: RosterBatch, plan: Plan, units: Mapping[str, int]) -> None:
    people = dict(Person.objects.filter(batch=batch).values_list("batch_row", "id"))
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
    )


def _changes(batch: RosterBatch, plan: Plan) -> None:
    for change in plan.changed_people:
        if "phone" in change.after:
            change.before["tail"] = tail_of(str(change.before["phone"]))
            change.after["tail"] = tail_of(str(change.after["phone"]))
    kinds: tuple[tuple[str, type[CompanyRow], list[Change], dict[str, str]], ...] = (
        ("unit", Unit, plan.changed_units, {}),
        ("person", Person, plan.changed_people, PERSON_COLUMNS),
        ("tie", Tie, plan.changed_ties, {}),
    )
    for kind, model, changes, names in kinds:
        alter(model, changes, names)
        pour(
            RosterChange, ("batch", "kind", "row_id", "version", "before"),
            _kept(batch, kind, changes),
        )  # fmt: skip


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
