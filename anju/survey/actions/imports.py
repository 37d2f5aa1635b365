"""Answers from a file: received, checked, stored out of sight, then shown by one row's change.

Killed at any point, nothing or everything is visible: answers count only while their batch is
live, and the batch becomes live in one short transaction after its last row is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef

from anju.answers.rules.heard import heard
from anju.answers.rules.mapping import Mapping, check_headers, fingerprint, from_json, to_json
from anju.kernel import files, history
from anju.kernel.models import Job, JobState
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.kernel.tasks import Cancelled, Plain, Run, handles, start
from anju.register.access import Actor, Verb
from anju.register.queries import in_each_company
from anju.survey.access import IMPORT_JOB, batch_for, file_for, wave_for
from anju.survey.actions.reading import SHOWN, Read, keep_marked, read_answers, times_of
from anju.survey.actions.rows import clear_rows, store_for, write_rows
from anju.survey.actions.seen import Seen, seen_before
from anju.survey.actions.waves import people_of, take_step, tell
from anju.survey.homes import frame_of_project
from anju.survey.models import ImportBatch, RememberedMapping, Response, Wave
from anju.survey.rules.counts import check_people
from anju.survey.rules.wave import UNDO_DAYS, BatchState, WaveState, WaveVerb, may_undo, step
from anju.survey.waves import counts_of


@dataclass(frozen=True, slots=True)
class Order:
    """What a person decided about a file: what its columns mean, and whether only to check it.

    `levels` and `tops` are what was said of the answers where the columns make the questionnaire:
    their order, and “key of a group=code of the worst answer that counts as satisfied”.
    `different` says that homes which answered before gave another form.
    """

    wave_id: int
    file_id: int
    mapping: Mapping
    sheet: str = ""
    header_row: int = 0
    language: str = "zh-hans"
    dry_run: bool = False
    levels: tuple[str, ...] = ()
    tops: tuple[str, ...] = ()
    different: bool = False


def argument_of(order: Order) -> dict[str, Plain]:
    """Return an order as the job keeps it."""
    return {
        "wave": order.wave_id,
        "file": order.file_id,
        "mapping": to_json(order.mapping),
        "sheet": order.sheet,
        "header_row": order.header_row,
        "language": order.language,
        "dry_run": order.dry_run,
        "levels": list(order.levels),
        "tops": list(order.tops),
        "different": order.different,
    }


def _same_file(batch: ImportBatch) -> Problem:
    return Problem(
        "E-IMP-SAME",
        "file",
        "This file was imported on {day} as import {number}. Undo that import first.",
        "该文件已于 {day} 导入，为第 {number} 次导入。如需重新导入，请先撤销那一次。",
        day=f"{batch.live_at:%Y-%m-%d}",
        number=batch.number,
    )


def _refuse_same(wave: Wave, sha256: str) -> None:
    live = ImportBatch.objects.filter(wave=wave, state=BatchState.LIVE, sha256=sha256).first()
    if live is not None:
        raise _same_file(live)


@transaction.atomic
def receive_file(
    *, actor: Actor, wave_id: int, chunks: Iterable[bytes], name: str, at: datetime
) -> int:
    """Keep an uploaded file for a wave and return its id; E-IMP-SAME where it is already in use."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.IMPORT_ANSWERS)
        step(WaveState(wave.state), WaveVerb.TAKE_ANSWERS)
        stored = files.keep(
            chunks, name=name, company_id=actor.company_id, actor_id=actor.account_id, at=at
        )
        _refuse_same(wave, stored.sha256)
        return stored.pk


@transaction.atomic
def start_import(*, actor: Actor, order: Order, at: datetime) -> int:
    """Hand a file with its mapping to the workers and return the job's id.

    Errors: E-STATE, E-IMP-SAME, E-IMP-COLUMN; cells at fault come with the job's result.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, order.wave_id, Verb.IMPORT_ANSWERS)
        stored = file_for(actor, order.file_id, Verb.IMPORT_ANSWERS)
        step(WaveState(wave.state), WaveVerb.TAKE_ANSWERS)
        _refuse_same(wave, stored.sha256)
        check_headers([column.header for column in order.mapping.columns], order.mapping)
        job = start(
            IMPORT_JOB,
            company_id=actor.company_id,
            actor_id=actor.account_id,
            at=at,
            argument=argument_of(order),
        )
        return job.pk


def import_answers(run: Run) -> dict[str, Plain]:
    """Do one import from its first byte; started anew after a kill, it clears what was left."""
    left = ImportBatch.objects.filter(job_id=run.job_id).first()
    if left is not None and left.state != BatchState.STAGED:
        return _result(left)
    if left is not None:
        _drop(left)
    read = read_answers(run)
    if read.faults:
        return keep_marked(run, read)
    seen = seen_before(read.wave_id, read.version_id, read.answers)
    if run.argument["dry_run"]:
        _refuse_too_many(read)
        return _summary(read, seen) | heard(read.table, read.mapping, read.answers).as_lines()
    if seen.known and not run.argument.get("different"):
        raise same_homes(seen)
    batch = _stage(run, read)
    try:
        frame = frame_of_project(batch.wave.project_id)
        write_rows(run, read.answers, store_for(batch, read.version_id, frame))
        _go_live(run, batch, read)
    finally:
        _drop_if_staged(batch.pk)
    return _result(ImportBatch.objects.get(id=batch.pk)) | _summary(read, seen)


handles(IMPORT_JOB)(import_answers)


def _refuse_too_many(read: Read) -> None:
    wave = Wave.objects.get(id=read.wave_id)
    check_people(people_of(wave) + read.answers.people, counts_of(wave))


def same_homes(seen: Seen) -> Problem:
    """Return the refusal of homes that answered already, unless somebody says otherwise."""
    number = ", ".join(str(number) for number in seen.imports)
    if not seen.by_home:
        return Problem(
            "E-IMP-SAME",
            "different",
            "Exactly these answers are already in use as import {number}. "
            "Undo that import, or confirm that these are different forms.",
            "完全相同的答卷已在第 {number} 次导入中使用。请撤销那一次导入，或确认这些是不同的问卷。",
            number=number,
        )
    return Problem(
        "E-IMP-SAME",
        "different",
        "{known} of {homes} homes already answered in import {number}. "
        "Undo that import, or confirm that these are different forms.",
        "{homes} 户中有 {known} 户在第 {number} 次导入中已有答卷。请撤销那一次导入，或确认这些是不同的问卷。",
        known=seen.known,
        homes=seen.homes,
        number=number,
    )


def _summary(read: Read, seen: Seen) -> dict[str, Plain]:
    doubled = _doubled(read)
    return {
        "rows": len(read.answers.levels),
        "people": read.answers.people,
        "faults": 0,
        "doubled": sum(len(rows) - 1 for rows in doubled.values()),
        "doubles": [
            f"{home}\t{', '.join(map(str, rows))}" for home, rows in list(doubled.items())[:SHOWN]
        ],
        **seen.as_plain(),
    }


def _doubled(read: Read) -> dict[str, list[int]]:
    """Return the rows of every home that stands in the file more than once."""
    found: dict[str, list[int]] = {}
    for home, row in zip(read.answers.households, read.answers.rows, strict=True):
        if home:
            found.setdefault(home, []).append(row)
    return {home: rows for home, rows in found.items() if len(rows) > 1}


def _result(batch: ImportBatch) -> dict[str, Plain]:
    return {
        "batch": batch.pk,
        "number": batch.number,
        "rows": batch.rows,
        "people": batch.people,
        "faults": 0,
    }


@transaction.atomic
def _stage(run: Run, read: Read) -> ImportBatch:
    wave = Wave.objects.select_related("project").get(id=read.wave_id)
    take_step(wave, WaveVerb.TAKE_ANSWERS)  # holds the wave's row, so that numbers stay in turn
    last = ImportBatch.objects.filter(wave=wave).aggregate(n=Max("number"))["n"] or 0
    kept = str(run.argument["mapping"])
    batch = ImportBatch(
        company_id=run.company_id,
        wave=wave,
        number=last + 1,
        file_id=read.file.pk,
        file_name=read.file.name,
        sha256=read.file.sha256,
        mapping={"kept": kept, "times": times_of(from_json(kept), read.table)},
        state=BatchState.STAGED,
        job_id=run.job_id,
        created_at=run.at,
    )
    batch.save()
    return batch


def _go_live(run: Run, batch: ImportBatch, read: Read) -> None:
    """Show the batch: one row changes, and with it all answers appear or none do."""
    try:
        with transaction.atomic():
            wave = Wave.objects.get(id=batch.wave_id)
            take_step(wave, WaveVerb.TAKE_ANSWERS)
            people, rows = read.answers.people, len(read.answers.levels)
            check_people(people_of(wave) + people, counts_of(wave))
            staged = ImportBatch.objects.filter(id=batch.pk, state=BatchState.STAGED)
            if not staged.update(state=BatchState.LIVE, live_at=run.at, rows=rows, people=people):
                raise Cancelled(str(run.job_id))  # another worker took the job over meanwhile
            _remember(run, read)
            _tell(run, batch, "imported", rows=rows, people=people)
    except IntegrityError:
        _refuse_same(batch.wave, batch.sha256)
        raise


def _remember(run: Run, read: Read) -> None:
    key = fingerprint(read.headers)
    RememberedMapping.objects.filter(fingerprint=key, version_key=read.version_id).delete()
    RememberedMapping(
        company_id=run.company_id,
        fingerprint=key,
        version_key=read.version_id,
        mapping={"kept": run.argument["mapping"]},
        at=run.at,
    ).save()


def _tell(run: Run, batch: ImportBatch, verb: str, *, rows: int, people: int) -> None:
    subject = history.Subject(run.company_id, "wave", batch.wave_id)
    said: dict[str, history.Plain] = {
        "import": batch.number,
        "file": batch.file_name,
        "rows": rows,
        "people": people,
    }
    history.write(subject, verb, actor_id=run.actor_id, at=run.at, payload=said)


def _drop(batch: ImportBatch) -> None:
    clear_rows(batch)
    ImportBatch.objects.filter(id=batch.pk, state=BatchState.STAGED).delete()


def _drop_if_staged(batch_id: int) -> None:
    left = ImportBatch.objects.filter(id=batch_id, state=BatchState.STAGED).first()
    if left is not None:
        _drop(left)


@transaction.atomic
def undo(*, actor: Actor, batch_id: int, at: datetime) -> None:
    """Take an import back within seven days, while its wave is open; its answers vanish at once."""
    with company_scope(actor.company_id):
        batch = batch_for(actor, batch_id, Verb.IMPORT_ANSWERS)
        take_step(batch.wave, WaveVerb.TAKE_ANSWERS)
        if batch.live_at is not None and not may_undo(batch.live_at, at):
            raise Problem(
                "E-UNDO-LATE",
                "batch",
                "An import can be undone for {days} days. Start a new survey instead.",
                "导入只能在 {days} 天内撤销。请改为新建调查。",
                days=UNDO_DAYS,
            )
        live = ImportBatch.objects.filter(id=batch.pk, state=BatchState.LIVE)
        if not live.update(state=BatchState.REVERTED, reverted_at=at):
            raise Problem(
                "E-STATE",
                "batch",
                "This import is not in use. There is nothing to undo.",
                "该次导入未在使用，无需撤销。",
            )
        said: dict[str, history.Plain] = {"import": batch.number, "rows": batch.rows}
        tell(actor, batch.wave, "import_undone", at=at, payload=said)


def sweep(*, at: datetime) -> int:
    """Remove the rows of imports undone a week ago and of imports whose job has ended; count them.

    Works for every company; idempotent.
    """
    return in_each_company(lambda: _sweep(at))


def _sweep(at: datetime) -> int:
    every, rows = ImportBatch.objects.all(), Response.objects.whole().filter(batch=OuterRef("id"))
    week = at - timedelta(days=UNDO_DAYS)
    old = list(every.filter(Exists(rows), state=BatchState.REVERTED, reverted_at__lt=week))
    at_work = Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).values("id")
    dead = list(every.filter(state=BatchState.STAGED).exclude(job_id__in=at_work))
    for batch in [*old, *dead]:
        clear_rows(batch)
        ImportBatch.objects.filter(id=batch.pk, state=BatchState.STAGED).delete()
    return len(dead) + len(old)
