"""An old ledger taken in: received, checked, kept as cases of its own channel, taken back for a week.

All that can be known is known before the first row is kept, and all rows are kept in one act: whenever
a worker dies, nobody sees a part of a list, and the work begins again from its file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, ProtectedError, QuerySet

from anju.answers.rules.headers import plain
from anju.intake.actions.ledger_rows import ROWS_MOST, keep_rows
from anju.intake.ledgers import LEDGER_JOB, UNDO_DAYS, batch_for, live_batch
from anju.intake.rules.ledger import (
    Known,
    LedgerPlan,
    LedgerRead,
    check,
    from_json,
    read_rows,
    to_json,
)
from anju.kernel import files, history
from anju.kernel.models import Job, StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.kernel.scope import company_scope
from anju.kernel.tasks import Plain, Run, handles, start
from anju.register.access import Actor, Verb, project_for
from anju.register.models import Unit
from anju.roster.queries import roster_file_for
from anju.sheets.marks import mark_problems
from anju.sheets.read import read_table
from anju.voice.actions.seeding import give_defaults
from anju.voice.actions.storing import GONE
from anju.voice.models import Case, Category
from anju.voice.people import can_be_named

SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class LedgerOrder:
    """What a person decided about a list."""

    project_id: int
    file_id: int
    plan: LedgerPlan
    language: str = "zh-hans"
    dry_run: bool = True


@transaction.atomic
def receive_ledger(
    *, actor: Actor, project_id: int, chunks: Iterable[bytes], name: str, at: datetime
) -> int:
    """Keep an uploaded list and return its id; E-IMP-SAME where it is in use already."""
    with company_scope(actor.company_id):
        project = project_for(actor, project_id, Verb.SET_CASES)
        stored = files.keep(
            chunks, name=name, company_id=actor.company_id, actor_id=actor.account_id, at=at
        )
        _refuse_same(actor.company_id, project.pk, stored.sha256)
        return stored.pk


def _refuse_same(company_id: int, project_id: int, sha256: str) -> None:
    live = live_batch(company_id, project_id, sha256)
    if live is not None:
        raise Problem(
            "E-IMP-SAME", "file",
            "This file was imported on {day} as import {number}. Undo that import first.",
            "该文件已于 {day} 导入，为第 {number} 次导入。如需重新导入，请先撤销那一次。",
            day=f"{live.finished_at:%Y-%m-%d}", number=live.pk,
        )  # fmt: skip


@transaction.atomic
def start_ledger(*, actor: Actor, order: LedgerOrder, at: datetime) -> int:
    """Hand a list to the workers, to be checked or taken in, and return the job's id.

    Errors: E-IMP-COLUMN, E-IMP-SAME; cells at fault come with the job's result.
    """
    with company_scope(actor.company_id):
        project = project_for(actor, order.project_id, Verb.SET_CASES)
        stored = roster_file_for(actor, order.file_id, Verb.SET_CASES)
        check(order.plan)
        _refuse_same(actor.company_id, project.pk, stored.sha256)
        give_defaults(company_id=actor.company_id, at=at)
        argument: dict[str, Plain] = {
            "project": project.pk,
            "file": stored.pk,
            "sha256": stored.sha256,
            "plan": to_json(order.plan),
            "language": order.language,
            "dry_run": order.dry_run,
        }
        job = start(
            LEDGER_JOB, company_id=actor.company_id, actor_id=actor.account_id, at=at,
            argument=argument,
        )  # fmt: skip
        return job.pk


@handles(LEDGER_JOB)
def take_ledger(run: Run) -> dict[str, Plain]:
    """Check a list and, unless it is a trial, keep its rows, all at once; again after a kill, once.

    Errors: E-IMP-ROWS, and those of the reader of spreadsheets.
    """
    run.report(done=0, total=None, step="reading")
    stored = StoredFile.objects.get(id=int(str(run.argument["file"])), company_id=run.company_id)
    path = files.path_of(stored.company_id, stored.sha256)
    table = read_table(path, name=Path(stored.name).stem)
    project_id = int(str(run.argument["project"]))
    _refuse_many(table.height)
    run.report(done=0, total=table.height, step="checking")
    read = read_rows(table, from_json(str(run.argument["plan"])), _known(project_id, run.at))
    found: dict[str, Plain] = {
        "rows": table.height,
        "open": sum(row.closed_at is None for row in read.rows),
        "closed": sum(row.closed_at is not None for row in read.rows),
        "without_home": sum(row.unit_id is None for row in read.rows),
        "faults": len(read.faults),
        "faulty_rows": len({fault.row for fault in read.faults}),
    }
    if read.faults:
        return found | _keep_marked(run, stored, table, read)
    if not run.argument["dry_run"]:
        keep_rows(run, read.rows, project_id)
    return found


def _known(project_id: int, at: datetime) -> Known:
    units = Unit.objects.filter(building__project_id=project_id)
    rows = Category.objects.filter(retired_at=None)
    topics = {plain(word): row.pk for row in rows for word in (row.code, row.zh, row.en)}
    people = {name: account for account, name, _role in can_be_named(project_id)}
    homes = dict(units.values_list("key", "id"))
    return Known(homes, topics, people, ZoneInfo(settings.TIME_ZONE), at)


def _refuse_many(rows: int) -> None:
    if rows > ROWS_MOST:
        raise Problem(
            "E-IMP-ROWS", "file",
            "The list has {sent} rows; at most {most} come in at once. Split it, for example by year.",
            "清单有 {sent} 行，一次最多导入 {most} 行。请拆分后分次导入，例如按年份。",
            sent=rows, most=ROWS_MOST,
        )  # fmt: skip


def _keep_marked(run: Run, stored: StoredFile, table: Table, read: LedgerRead) -> dict[str, Plain]:
    """Keep the person's file with its faults marked; nothing is imported."""
    language = str(run.argument["language"])
    suffix = ".csv" if table.encoding else ".xlsx"
    mark = "（问题）" if language.startswith("zh") else " (problems)"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"marked{suffix}"
        source = files.path_of(stored.company_id, stored.sha256)
        mark_problems(source, target, read.faults, table=table, language=language)
        kept = files.keep(
            _pieces(target), name=f"{Path(stored.name).stem}{mark}{suffix}",
            company_id=run.company_id, actor_id=run.actor_id, at=run.at,
        )  # fmt: skip
    lines = [
        "\t".join(" ".join(part.split()) for part in (str(one.row), one.column, one.value, one.code, one.text(language)))
        for one in sorted(read.faults, key=lambda fault: fault.row)[:SHOWN]
    ]  # fmt: skip
    return {"problem_file": kept.pk, "examples": lines}


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk


@transaction.atomic
def undo_ledger(*, actor: Actor, job_id: int, at: datetime) -> int:
    """Take a list back within seven days: its cases are gone, the history says that they were there.

    Returns how many. Errors: NotFound, Forbidden, E-UNDO-LATE, E-UNDO-USED where somebody has
    worked with one of them since.
    """
    with company_scope(actor.company_id):
        job = batch_for(actor, job_id, Verb.SET_CASES)
        if at - (job.finished_at or job.created_at) > timedelta(days=UNDO_DAYS):
            raise Problem(
                "E-UNDO-LATE", "batch",
                "An import can be undone for {days} days. Correct the entries by hand.",
                "导入只能在 {days} 天内撤销。请手工更正。",
                days=UNDO_DAYS,
            )  # fmt: skip
        rows = Case.objects.across_parts().filter(batch=job.pk)
        _refuse_used(job, rows.exclude(version=1).count())
        held = rows.aggregate(count=Count("id"), last=Max("number"))
        count = int(held["count"])
        _delete(job, rows)
        subject = history.Subject(actor.company_id, GONE, job.pk)
        # Numbers that colleagues have read are given to no other case.
        said: dict[str, history.Plain] = {"rows": count, "last": held["last"]}
        history.write(subject, "taken_back", actor_id=actor.account_id, at=at, payload=said)
        return count


def _delete(job: Job, rows: QuerySet[Case]) -> None:
    """Delete cases that nothing else speaks of; a sheet or a meeting that names one keeps them all."""
    try:
        rows.delete()
    except ProtectedError as held:
        named = {getattr(one, "case_id", one.pk) for one in held.protected_objects}
        _refuse_used(job, len(named))


def _refuse_used(job: Job, used: int) -> None:
    if used:
        raise Problem(
            "E-UNDO-USED", "batch",
            "{count} cases of import {number} were worked on since. It can no longer be undone.",
            "第 {number} 次导入中已有 {count} 单被处理过，无法再撤销。",
            count=used, number=job.pk,
        )  # fmt: skip
