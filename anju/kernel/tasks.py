"""Background jobs with progress on the same database, without a broker. Not a schedule: see jobs."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import models, transaction
from django_tasks import task

from anju.kernel.models import Job as Job
from anju.kernel.models import JobState as JobState
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope

log = structlog.get_logger("anju.jobs")
Plain = str | int | float | bool | None | list[str] | list[int]
Handler = Callable[["Run"], Mapping[str, Plain] | None]
HANDLERS: dict[str, Handler] = {}
MOST_ATTEMPTS = 3
SILENT = timedelta(seconds=90)


class Cancelled(Exception):
    """Somebody asked the job to stop; the handler unwinds and nothing is kept."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a handler holds while it works: its argument and a way to tell how far it is."""

    job_id: int
    company_id: int
    actor_id: int | None
    argument: Mapping[str, Plain]
    at: datetime

    def report(self, *, done: int, total: int | None, step: str) -> None:
        """Store progress; raises Cancelled where somebody asked the job to stop."""
        moved = Job.objects.filter(id=self.job_id, state=JobState.RUNNING).update(
            done=done, total=total, step=step, seen_at=utc_now()
        )
        if not moved:
            raise Cancelled(str(self.job_id))


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register a function as the one that does jobs of this kind."""

    def keep(handler: Handler) -> Handler:
        if kind in HANDLERS and HANDLERS[kind] is not handler:
            raise RuntimeError(f"two handlers for job kind {kind}")
        HANDLERS[kind] = handler
        return handler

    return keep


def worker_name() -> str:
    """Return a name that tells one worker process from another."""
    return f"{socket.gethostname()}-{os.getpid()}"


@transaction.atomic
def start(
    kind: str,
    *,
    company_id: int,
    actor_id: int | None,
    at: datetime,
    argument: Mapping[str, Plain],
) -> Job:
    """Store a job and hand it to the workers when the surrounding transaction commits."""
    job = Job.objects.create(
        kind=kind, company_id=company_id, actor_id=actor_id, created_at=at, argument=dict(argument)
    )
    run_job.enqueue(job.id)
    return job


def jobs_of(company_id: int) -> models.QuerySet[Job]:
    """Return the jobs of one company, in no declared order."""
    return Job.objects.filter(company_id=company_id)


def cancel(job_id: int, *, company_id: int, at: datetime) -> bool:
    """Ask a job to stop; True where it had not ended yet."""
    open_jobs = jobs_of(company_id).filter(
        id=job_id, state__in=[JobState.WAITING, JobState.RUNNING]
    )
    return bool(open_jobs.update(state=JobState.CANCELLED, finished_at=at))


def _finish(job_id: int, state: JobState, **values: object) -> None:
    Job.objects.filter(id=job_id, state=JobState.RUNNING).update(
        state=state, finished_at=utc_now(), seen_at=utc_now(), **values
    )


def _claim(job_id: int) -> Job | None:
    """Take a waiting job by a conditional update; None where it is no longer waiting."""
    now = utc_now()
    moved = Job.objects.filter(id=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING,
        started_at=now,
        seen_at=now,
        attempts=models.F("attempts") + 1,
    )
    return Job.objects.get(id=job_id) if moved else None


@task()
def run_job(job_id: int) -> None:
    """Do one job: claim it, call its handler inside its company, store how it ended."""
    job = _claim(job_id)
    if job is None:
        return
    run = Run(job.id, job.company_id, job.actor_id, job.argument, utc_now())
    try:
        with company_scope(job.company_id):
            result = HANDLERS[job.kind](run)
    except Cancelled:
        log.info("cancelled", job=job_id)
    except Problem as problem:
        _finish(job_id, JobState.REFUSED, problem=problem.as_plain())
    except Exception:
        # A defect, not a refusal: the reference lets the office and us find the traceback.
        log.exception("job failed", job=job_id, kind=job.kind)
        _finish(job_id, JobState.FAILED, problem={"code": "E-JOB", "reference": f"J{job_id}"})
    else:
        _finish(job_id, JobState.DONE, result=dict(result or {}))


def recover(*, at: datetime) -> int:
    """Put back jobs whose worker went silent, at most three tries each; return how many."""
    silent = Job.objects.filter(state=JobState.RUNNING, seen_at__lt=at - SILENT)
    given_up = silent.filter(attempts__gte=MOST_ATTEMPTS)
    given_up.update(state=JobState.FAILED, finished_at=at, problem={"code": "E-JOB-LOST"})
    count = 0
    for job in list(silent.filter(attempts__lt=MOST_ATTEMPTS)):
        with transaction.atomic():
            kept = Job.objects.filter(id=job.id, state=JobState.RUNNING, seen_at=job.seen_at)
            if kept.update(state=JobState.WAITING):
                run_job.enqueue(job.id)
                count += 1
    return count
