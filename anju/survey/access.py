"""Lookup and right as one act for surveys: what is not yours does not exist."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from anju.kernel.models import Job, StoredFile
from anju.kernel.tasks import jobs_of
from anju.register.access import Actor, NotFound, Verb, demand
from anju.survey.models import (
    ImportBatch,
    Item,
    Questionnaire,
    QuestionnaireVersion,
    Scale,
    Section,
    Wave,
)

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
    """Return the waves that an actor sees: all of the company, for the four roles so far."""
    demand(actor, Verb.SEE_SURVEYS)
    return Wave.objects.all()


def wave_for(actor: Actor, wave_id: int, verb: Verb) -> Wave:
    """Return a wave with its project for an act; raises NotFound or Forbidden."""
    return _one(Wave, Wave.objects.select_related("project").filter(id=wave_id), actor, verb)


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
    return _one(
        ImportBatch, ImportBatch.objects.select_related("wave").filter(id=batch_id), actor, verb
    )


def file_for(actor: Actor, file_id: int, verb: Verb) -> StoredFile:
    """Return a file that the actor's company keeps, for an act; raises NotFound or Forbidden."""
    return _one(
        StoredFile, StoredFile.objects.filter(company_id=actor.company_id, id=file_id), actor, verb
    )


def job_for(actor: Actor, job_id: int) -> Job:
    """Return an import's job; raises NotFound or Forbidden."""
    jobs = jobs_of(actor.company_id).filter(id=job_id, kind=IMPORT_JOB)
    return _one(Job, jobs, actor, Verb.IMPORT_ANSWERS)
