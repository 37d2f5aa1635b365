"""Takes a file into a wave at once, by the same job that a worker would do later."""

from __future__ import annotations

from datetime import datetime

from anju.answers.rules.proposal import Wishes
from anju.kernel.models import Job, JobState, StoredFile
from anju.kernel.tasks import Run
from anju.register.access import Actor
from anju.survey.access import IMPORT_JOB
from anju.survey.actions.imports import Order, argument_of, import_answers, receive_file
from anju.survey.previews import import_preview


def take_in(*, actor: Actor, wave_id: int, file: bytes, name: str, at: datetime) -> None:
    """Import a file whose columns the program can guess; a refused cell would be a defect."""
    file_id = receive_file(actor=actor, wave_id=wave_id, chunks=[file], name=name, at=at)
    stored = StoredFile.objects.get(id=file_id)
    preview = import_preview(wave_id, stored, wishes=Wishes())
    order = Order(wave_id, file_id, preview.mapping)
    job = Job.objects.create(
        kind=IMPORT_JOB,
        company_id=actor.company_id,
        actor_id=actor.account_id,
        argument=argument_of(order),
        state=JobState.RUNNING,
        created_at=at,
        started_at=at,
        seen_at=at,
        attempts=1,
    )
    result = import_answers(Run(job.pk, actor.company_id, actor.account_id, job.argument, at))
    if result["faults"]:
        raise RuntimeError(f"the demonstration's own file was refused: {result}")
    Job.objects.filter(id=job.pk).update(
        state=JobState.DONE, finished_at=at, seen_at=at, result=result
    )
