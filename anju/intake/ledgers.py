"""Reads of old ledgers that came in: the file's beginning, the work on it, what is in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from anju.kernel import files
from anju.kernel.models import Job, StoredFile
from anju.kernel.pure.tables import Table
from anju.kernel.tasks import jobs_of
from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.register.models import Project
from anju.sheets.limits import Limits
from anju.sheets.read import read_table
from anju.voice.models import Case

LEDGER_JOB = "voice.ledger"
UNDO_DAYS, ROWS = 7, 20


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A list that came in; `undo_until` None where it was taken back or is older."""

    job_id: int
    file_name: str
    project: str
    rows: int
    cases: int
    at: datetime
    undo_until: datetime | None


def beginning_of(stored: StoredFile) -> Table:
    """Return the first rows of a kept list; errors as the reader of spreadsheets."""
    return beginning_at(files.path_of(stored.company_id, stored.sha256), Path(stored.name).stem)


def beginning_at(path: Path, name: str) -> Table:
    """Return the first rows of a list at a path; errors as the reader of spreadsheets."""
    return read_table(path, name=name, limits=Limits(first=ROWS))


def batch_for(actor: Actor, job_id: int, verb: Verb) -> Job:
    """Return the work on a list in a project that the actor reaches; raises NotFound or Forbidden."""
    found = jobs_of(actor.company_id).filter(id=job_id, kind=LEDGER_JOB).first()
    project = int(str(found.argument["project"])) if found is not None else 0
    if found is None or not within(actor, Project.objects.filter(id=project), "id").exists():
        raise NotFound(f"job {job_id}")
    demand(actor, verb)
    return found


def live_batch(company_id: int, project_id: int, sha256: str) -> Job | None:
    """Return the import of a file that is in use in a project."""
    rows = jobs_of(company_id).filter(kind=LEDGER_JOB, state="done", argument__sha256=sha256)
    done = rows.filter(argument__project=project_id, argument__dry_run=False)
    for job in done.order_by("-id"):
        if Case.objects.across_parts().filter(batch=job.pk).exists():
            return job
    return None


def file_of(job: Job, *, marked: bool = False) -> StoredFile:
    """Return the file that a job, looked up for the actor before, began with or gave back."""
    key = (job.result or {})["problem_file"] if marked else job.argument["file"]
    return StoredFile.objects.get(company_id=job.company_id, id=int(str(key)))


def ledger_lines(actor: Actor) -> tuple[LedgerLine, ...]:
    """Return the lists that came into the actor's projects, the newest first."""
    demand(actor, Verb.SET_CASES)
    names = dict(within(actor, Project.objects.all(), "id").values_list("id", "name"))
    rows = jobs_of(actor.company_id).filter(kind=LEDGER_JOB, state="done")
    taken = rows.filter(argument__dry_run=False).order_by("-id")[:50]
    return tuple(
        _line(job, names[int(str(job.argument["project"]))])
        for job in taken
        if int(str(job.argument["project"])) in names and not (job.result or {}).get("faults")
    )


def _line(job: Job, project: str) -> LedgerLine:
    count = Case.objects.across_parts().filter(batch=job.pk).count()
    at = job.finished_at or job.created_at
    until = at + timedelta(days=UNDO_DAYS) if count else None
    rows = int((job.result or {}).get("rows", 0))
    return LedgerLine(job.pk, file_of(job).name, project, rows, count, at, until)
