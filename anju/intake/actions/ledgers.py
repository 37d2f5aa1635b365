"""An old ledger taken in: received, checked, kept as cases of its own channel, taken back for a week.

All that can be known is known before the first row is kept, so a file comes in whole or not at all; a
worker that dies in between goes on where it was, since each row names itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from anju.answers.rules.headers import plain
from anju.casework.kinds import CaseKind, Channel, Shown
from anju.casework.states import Outcome, State
from anju.casework.triage import Keyed, guesses
from anju.intake.ledgers import LEDGER_JOB, UNDO_DAYS, batch_for, live_batch
from anju.intake.rules.ledger import (
    Known,
    LedgerPlan,
    LedgerRead,
    LedgerRow,
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
from anju.voice.actions.storing import Said, clock_columns, next_number, note, renew, tell
from anju.voice.models import Case, Category
from anju.voice.people import can_be_named
from anju.voice.promised import find_level, next_due, rungs

SHOWN, TOGETHER = 1_000, 100
SUBJECT = "case_ledger"


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
    """Check a list and, unless it is a trial, keep its rows; again after a kill, it goes on."""
    run.report(done=0, total=None, step="reading")
    stored = StoredFile.objects.get(id=int(str(run.argument["file"])), company_id=run.company_id)
    path = files.path_of(stored.company_id, stored.sha256)
    table = read_table(path, name=Path(stored.name).stem)
    project_id = int(str(run.argument["project"]))
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
        _keep(run, read.rows, project_id)
    return found


def _known(project_id: int, at: datetime) -> Known:
    units = Unit.objects.filter(building__project_id=project_id)
    rows = Category.objects.filter(retired_at=None)
    topics = {plain(word): row.pk for row in rows for word in (row.code, row.zh, row.en)}
    people = {name: account for account, name, _role in can_be_named(project_id)}
    homes = dict(units.values_list("key", "id"))
    return Known(homes, topics, people, ZoneInfo(settings.TIME_ZONE), at)


def _keep(run: Run, rows: Sequence[LedgerRow], project_id: int) -> None:
    keyed = [(row.pk, Keyed(row.code, row.words), row.kind) for row in Category.objects.all()]
    for first in range(0, len(rows), TOGETHER):
        run.report(done=first, total=len(rows), step="storing")
        with transaction.atomic():
            for row in rows[first : first + TOGETHER]:
                _keep_row(run, row, project_id, keyed)
    subject = history.Subject(run.company_id, SUBJECT, run.job_id)
    if not history.entries(subject).exists():
        said: dict[str, history.Plain] = {"rows": len(rows), "project": project_id}
        history.write(subject, "taken_in", actor_id=run.actor_id, at=run.at, payload=said)


Keys = Sequence[tuple[int, Keyed, str]]


def _keep_row(run: Run, row: LedgerRow, project_id: int, keyed: Keys) -> None:
    name = f"ledger-{run.job_id}-{row.row}"
    if Case.objects.across_parts().filter(client_id=name).exists():
        return
    category, kind = _sorted(row, keyed)
    unit = Unit.objects.filter(id=row.unit_id).first() if row.unit_id else None
    case = Case(
        company_id=run.company_id, project_id=project_id, unit=unit,
        building_id=unit.building_id if unit is not None else None, number=next_number(run.company_id),
        kind=kind.value, category_id=category, channel=Channel.LEDGER.value, words=row.words,
        caller=row.caller, client_id=name, client_at=run.at, received_at=row.received_at,
        clock_from=row.received_at, batch=run.job_id,
    )  # fmt: skip
    told: dict[str, history.Plain] = {
        "channel": case.channel, "kind": case.kind, "severity": case.severity,
        "import": run.job_id, "ledger": row.number,
    }  # fmt: skip
    if row.closed_at is None:
        _open(case, row, told, by=run.actor_id, at=run.at)
    else:
        _over(case, row, told, row.closed_at)


def _sorted(row: LedgerRow, keyed: Keys) -> tuple[int | None, CaseKind]:
    """Return the topic and kind of a row: as written, else as its words tell most clearly."""
    found = guesses(row.words, [one for _id, one, _kind in keyed])
    likely = next((one for one in keyed if found and one[1].code == found[0].code), None)
    topic = next((one for one in keyed if one[0] == row.category_id), likely)
    kind = row.kind or (CaseKind(topic[2]) if topic and topic[2] else CaseKind.COMPLAINT)
    return (topic[0] if topic else None), kind


def _open(
    case: Case, row: LedgerRow, told: dict[str, history.Plain], *, by: int | None, at: datetime
) -> None:
    """Keep a matter that is not over: its promises count from the day it came; nobody is called."""
    try:
        case.level_id = find_level(case).id
    except Problem:
        case.level_id = None
    renew(case, at=at)
    for name, value in clock_columns(case).items():
        if name.endswith("_due"):
            setattr(case, name.replace("_due", "_first"), value)
    ladder = rungs()
    case.rung, case.rung_at = max((one.number for one in ladder), default=0), None
    case.next_due_at = next_due(case)
    case.save()
    tell(case, "received", by=None, at=row.received_at, payload=told)
    climbed: dict[str, history.Plain] = {"rung": case.rung, "told": [], "import": case.batch or 0}
    tell(case, "escalated", by=None, at=at, payload=climbed)
    if row.assignee_id is not None:
        case.assignee_id = case.executor_id = row.assignee_id
        case.state, case.acknowledge_met = State.ACCEPTED.value, at
        case.next_due_at = next_due(case)
        case.save()
        tell(case, "accept", by=None, at=at, payload={"assignee": row.assignee_id})
    note(case, Said(row.result, Shown.INSIDE), by=by, at=at, field="result")


def _over(case: Case, row: LedgerRow, told: dict[str, history.Plain], at: datetime) -> None:
    """Keep a matter that is over: without promises, since none was made to anybody by us."""
    case.assignee_id = case.executor_id = row.assignee_id
    case.state, case.outcome = State.SETTLED.value, Outcome.UNCONFIRMED.value
    case.cause, case.arrived_at = row.result, at
    for name in ("acknowledge", "on_site", "resolve", "report_back"):
        setattr(case, f"{name}_met", at)
    case.done_at = case.closed_at = case.settled_at = at
    case.save()
    tell(case, "received", by=None, at=row.received_at, payload=told)
    steps: tuple[tuple[str, dict[str, history.Plain]], ...] = (
        ("accept", {"assignee": row.assignee_id}),
        ("start", {}),
        ("finish", {"cause": row.result}),
        ("report_back", {"told_at": at.isoformat()}),
        ("settle", {}),
    )
    for verb, payload in steps:
        tell(case, verb, by=None, at=at, payload={"import": case.batch or 0, **payload})


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
        count = rows.count()
        rows.delete()
        subject = history.Subject(actor.company_id, SUBJECT, job.pk)
        said: dict[str, history.Plain] = {"rows": count}
        history.write(subject, "taken_back", actor_id=actor.account_id, at=at, payload=said)
        return count


def _refuse_used(job: Job, used: int) -> None:
    if used:
        raise Problem(
            "E-UNDO-USED", "batch",
            "{count} cases of import {number} were worked on since. It can no longer be undone.",
            "第 {number} 次导入中已有 {count} 单被处理过，无法再撤销。",
            count=used, number=job.pk,
        )  # fmt: skip
