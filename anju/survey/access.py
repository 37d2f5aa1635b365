"""Lookup and right as one act for surveys: what is not yours does not exist."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from anju.kernel.models import Job, StoredFile
from anju.kernel.scope import company_scope
from anju.kernel.tasks import jobs_of
from anju.register.access import RAW, Actor, Forbidden, NotFound, Role, Verb, demand, within
from anju.register.models import Membership
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


def handled(actor: Actor, path: str = "") -> models.Q:
    """Return the condition on waves whose single answers an actor may handle, by a lookup path.

    A wave that is kept is its keeper's; a consultant handles no other.
    """
    hers = models.Q(**{f"{path}keeper_id": actor.account_id})
    if actor.role is Role.CONSULTANT:
        return hers
    return hers | models.Q(**{f"{path}keeper_id__isnull": True})


def may_on(actor: Actor, wave: Wave, verb: Verb) -> bool:
    """Say whether an actor may do this to a wave that was looked up for her before."""
    if not actor.may(verb):
        return False
    if verb not in RAW:
        return True
    hers = wave.keeper_id == actor.account_id
    return hers or (wave.keeper_id is None and actor.role is not Role.CONSULTANT)


def sees_files(actor: Actor, wave: Wave) -> bool:
    """Say whether an actor may know which files a wave's answers came in: staff who see all of it."""
    outside = actor.role in {Role.COMMITTEE, Role.CONSULTANT} or actor.homes is not None
    return not outside and wave.keeper_id is None


def wave_for(actor: Actor, wave_id: int, verb: Verb) -> Wave:
    """Return a wave with its project for an act; raises NotFound or Forbidden."""
    rows = Wave.objects.select_related("project").filter(id=wave_id)
    wave = _one(Wave, within(actor, rows, "project_id"), actor, verb)
    if not may_on(actor, wave, verb):
        raise Forbidden(verb.value)
    return wave


def handled_waves(actor: Actor) -> models.QuerySet[Wave]:
    """Return the waves that an actor reaches and whose single answers she may handle."""
    return visible_waves(actor).filter(handled(actor))


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
    mine = within(actor, rows, "wave__project_id").filter(handled(actor, "wave__"))
    return _one(ImportBatch, mine, actor, verb)


def file_for(actor: Actor, file_id: int, verb: Verb) -> StoredFile:
    """Return a file that the actor's company keeps, for an act; raises NotFound or Forbidden."""
    rows = StoredFile.objects.filter(company_id=actor.company_id, id=file_id)
    if actor.parts is not None:  # a file lies in no project: hers, or one imported where she is
        batches = within(actor, ImportBatch.objects.all(), "wave__project_id")
        rows = rows.filter(
            models.Q(actor_id=actor.account_id) | models.Q(id__in=batches.values("file_id"))
        )
    with company_scope(actor.company_id):
        return _one(StoredFile, rows.filter(_file_handled(actor)), actor, verb)


def _file_handled(actor: Actor) -> models.Q:
    """Return the condition on files that hold answers which an actor may handle.

    What a consultant sends or takes out lies in no wave yet, so it is known by who she is.
    """
    batches = ImportBatch.objects.across_parts().filter(handled(actor, "wave__"))
    hers = models.Q(actor_id=actor.account_id) | models.Q(id__in=batches.values("file_id"))
    if actor.role is Role.CONSULTANT:
        return hers
    kept = ImportBatch.objects.across_parts().filter(wave__keeper__isnull=False)
    outside = Membership.objects.filter(role=Role.CONSULTANT.value).values("account_id")
    keepers = Wave.objects.across_parts().filter(keeper__isnull=False).values("keeper_id")
    others = models.Q(actor_id__in=outside) | models.Q(actor_id__in=keepers)
    return hers | ~(others | models.Q(id__in=kept.values("file_id")))


def job_for(actor: Actor, job_id: int) -> Job:
    """Return an import's job; raises NotFound or Forbidden."""
    jobs = visible_jobs(actor).filter(id=job_id, kind=IMPORT_JOB)
    return _one(Job, jobs, actor, Verb.IMPORT_ANSWERS)


def visible_jobs(actor: Actor) -> models.QuerySet[Job]:
    """Return the background jobs that an actor ordered, and those on waves that she reaches.

    What an import says of its file is for those who may handle the wave's answers; the committee,
    a consultant and who is held to zones see what they ordered.
    """
    with company_scope(actor.company_id):
        every = Wave.objects.across_parts().exclude(handled(actor)).values_list("id", flat=True)
        closed = models.Q(kind=IMPORT_JOB, argument__wave__in=list(every))
    jobs = jobs_of(actor.company_id).exclude(closed)
    if actor.role in {Role.COMMITTEE, Role.CONSULTANT} or actor.homes is not None:
        return jobs.filter(actor_id=actor.account_id)
    if actor.parts is None:
        return jobs
    waves = list(within(actor, Wave.objects.all(), "project_id").values_list("id", flat=True))
    return jobs.filter(models.Q(actor_id=actor.account_id) | models.Q(argument__wave__in=waves))
