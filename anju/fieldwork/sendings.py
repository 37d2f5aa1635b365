"""Reads how far the sending of a survey's messages is; nothing is sent here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anju.fieldwork.rules.approach import Stage
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import current_company
from anju.kernel.tasks import JobState, jobs_of

SENDING = "fieldwork.send"


@dataclass(frozen=True, slots=True)
class Sending:
    """The last sending of a survey: which stage, how far, and how it ended; None is not known yet."""

    job_id: int
    stage: Stage
    open: bool
    done: int
    total: int | None
    homes: int | None
    problem: Problem | None
    failed: bool
    at: datetime


def sending_of(wave_id: int) -> Sending | None:
    """Return the last sending of a wave; the caller looked it up for the actor before."""
    rows = jobs_of(current_company()).filter(kind=SENDING, argument__wave=wave_id)
    job = rows.order_by("-id").first()
    if job is None:
        return None
    result = job.result or {}
    refused = job.state == JobState.REFUSED
    return Sending(
        job_id=job.id,
        stage=Stage(int(job.argument["stage"])),
        open=job.open,
        done=job.done,
        total=job.total,
        homes=int(result["homes"]) if "homes" in result else None,
        problem=Problem.from_plain(job.problem) if refused and job.problem else None,
        failed=job.state == JobState.FAILED,
        at=job.finished_at or job.created_at,
    )
