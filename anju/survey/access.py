"""Lookup and right as one act for surveys: what is not yours does not exist."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from anju.kernel.models import Job, StoredFile
from anju.kernel.tasks import jobs_of
from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.survey.models import (
    ImportBatch,
    Item,
    Questionnaire,
    QuestionnaireVersion,
    Scale,
    Section,
    Wave,
)
from anju.survey.rules.answering import Channel

IMPORT_JOB = "survey.import"
Row = TypeVar("Row", bound=models.Model)


def _one(kind: type[Row], rows: models.QuerySet[Any], actor: Actor, verb: Verb) -> Row:
    """Return the only row, where it is there and the actor may do this; lookup before right."""
    found: Row | None = rows.first()
    if found is None:
        raise NotFound(kind.__name__)
    demand(actor, verb)
    return found


def visible_waves(actor: Actor) -> models.QuerySet[Wave]:
    """Return the waves of the projects that an actor reaches."""
    demand(actor, Verb.SEE_SURVEYS)
    return within(actor, Wave.objects.all(), "project_id")


def wave_for(actor: Actor, wave_id: int, verb: Verb) -> Wave:
    """Return a wave with its project for an act; raises NotFound or Forbidden."""
    rows = Wave.objects.select_related("project").filter(id=wave_id)
    return _one(Wave, within(actor, rows, "project_id"), actor, verb)


def visible_subjects(actor: Actor) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the subjects of the history that lie in the actor's projects: kind and ids."""
    return (("wave", tuple(visible_waves(actor).values_list("id", flat=True))),)


def questionnaire_for(actor: Actor, questionnaire_id: int, verb: Verb) -> Questionnaire:
    """Return a questionnaire for an act; raises NotFound or Forbidden."""
    return _one(Questionnaire, Questionnaire.objects.filter(id=questionnaire_id), actor, verb)


def version_for(actor: Actor, version_id: int, verb: Verb) -> QuestionnaireVersion:
    """Return a version with its questionnaire for an act; raises NotFound or Forbidden."""
    rows = QuestionnaireVersion.objects.select_related("questionnaire")
    return _one(QuestionnaireVersion, rows.filter(id=version_id), actor, verb)


def item_for(actor: Actor, item_id: int, verb: Verb) -> Item:
    """Return an item with its version for an act; raises NotFound or Forbidden."""
    return _one(Item, Item.objects.select_related("version").filter(id=item_id), actor, verb)


def section_for(actor: Actor, section_id: int, verb: Verb) -> Section:
    """Return a section with its version for an act; raises NotFound or Forbidden."""
    return _one(
        Section, Section.objects.select_related("version").filter(id=section_id), actor, verb
    )


def scale_for(actor: Actor, code: str) -> Scale:
    """Return a scale of the company by its code; raises NotFound or Forbidden."""
    return _one(Scale, Scale.objects.filter(code=code), actor, Verb.SEE_SURVEYS)


def batch_for(actor: Actor, batch_id: int, verb: Verb) -> ImportBatch:
    """Return an import with its wave for an act; raises NotFound or Forbidden."""
    rows = ImportBatch.objects.select_related("wave").filter(id=batch_id, channel=Channel.FILE)
    return _one(ImportBatch, within(actor, rows, "wave__project_id"), actor, verb)


def file_for(actor: Actor, file_id: int, verb: Verb) -> StoredFile:
    """Return a file that the actor's company keeps, for an act; raises NotFound or Forbidden."""
    rows = StoredFile.objects.filter(company_id=actor.company_id, id=file_id)
    if actor.parts is not None:  # a file lies in no project: hers, or one imported where she is
        batches = within(actor, ImportBatch.objects.all(), "wave__project_id")
        rows = rows.filter(
            models.Q(actor_id=actor.account_id) | models.Q(id__in=batches.values("file_id"))
        )
    return _one(StoredFile, rows, actor, verb)


def job_for(actor: Actor, job_id: int) -> Job:
    """Return an import's job; raises NotFound or Forbidden."""
    jobs = visible_jobs(actor).filter(id=job_id, kind=IMPORT_JOB)
    return _one(Job, jobs, actor, Verb.IMPORT_ANSWERS)


def visible_jobs(actor: Actor) -> models.QuerySet[Job]:
    """Return the background jobs that an actor ordered, and those on waves that she reaches."""
    jobs = jobs_of(actor.company_id)
    if actor.parts is None:
        return jobs
    waves = list(within(actor, Wave.objects.all(), "project_id").values_list("id", flat=True))
    return jobs.filter(models.Q(actor_id=actor.account_id) | models.Q(argument__wave__in=waves))
