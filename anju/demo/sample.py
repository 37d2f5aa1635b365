"""The sample project beside a company's own: planted in the background, removed by one click.

It is a project like any other, made by the same actions, under the name of whoever asked for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from anju.demo.estates import plant_project
from anju.demo.places import LAKESIDE
from anju.demo.queries import SAMPLE_PLANTED, SAMPLE_REMOVED, sample_of
from anju.demo.removal import empty_project
from anju.demo.residents import settle
from anju.demo.story import Scene, lakeside_twice
from anju.kernel import history, tasks
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.kernel.tasks import Plain, Run, handles
from anju.register.access import Actor, Role, Verb, demand
from anju.register.models import Account, Project
from anju.survey.actions.forms import load_library

SAMPLE = "demo.sample"
BEGUN_BEFORE = timedelta(days=400)


@transaction.atomic
def start_sample(*, actor: Actor, language: str, at: datetime) -> int:
    """Begin planting the sample and return its job; refuses where there is one already."""
    demand(actor, Verb.SET_UP)
    with company_scope(actor.company_id):
        _refuse_second(actor.company_id, language)
        argument: dict[str, Plain] = {"language": language}
        return tasks.start(
            SAMPLE,
            company_id=actor.company_id,
            actor_id=actor.account_id,
            at=at,
            argument=argument,
        ).id


def _refuse_second(company_id: int, language: str) -> None:
    taken = Project.objects.across_parts().filter(name=LAKESIDE.words.text(language)).exists()
    if taken or sample_of(company_id) is not None:
        raise Problem(
            "E-SAMPLE-TWICE",
            "sample",
            "The sample project is there already. Remove it before you ask for it again.",
            "示例项目已经存在。如需重新生成，请先移除。",
        )


@handles(SAMPLE)
def sample(run: Run) -> dict[str, Plain]:
    """Do the background job: one project with its homes, owners and two surveys, all or none."""
    run.report(done=0, total=1, step="storing")
    language = str(run.argument["language"])
    with transaction.atomic():
        _refuse_second(run.company_id, language)
        project_id = _plant(run, language)
        _tell(run.company_id, run.actor_id, SAMPLE_PLANTED, project_id=project_id, at=run.at)
    return {"project": project_id}


def _plant(run: Run, language: str) -> int:
    assert run.actor_id is not None  # only a signed-in person asks for a sample
    account = Account.objects.get(id=run.actor_id)
    actor = Actor(account.pk, run.company_id, Role.ADMINISTRATOR, account.name)
    start = run.at - BEGUN_BEFORE
    load_library(actor=actor, at=run.at, language=language)
    project = plant_project(actor, LAKESIDE, start, language)
    settle(project, at=start, language=language, first=1)
    lakeside_twice(Scene(actor, {LAKESIDE: project}, run.at, language))
    return int(project.pk)


@transaction.atomic
def remove_sample(*, actor: Actor, at: datetime) -> bool:
    """Remove the sample with everything in it; the history keeps what was. False if there is none."""
    demand(actor, Verb.SET_UP)
    with company_scope(actor.company_id):
        found = sample_of(actor.company_id)
        if found is None:
            return False
        empty_project(found.project_id)
        company_id, key = actor.company_id, found.project_id
        _tell(company_id, actor.account_id, SAMPLE_REMOVED, project_id=key, at=at)
        return True


def _tell(
    company_id: int, actor_id: int | None, verb: str, *, project_id: int, at: datetime
) -> None:
    subject = history.Subject(company_id, "company", company_id)
    history.write(subject, verb, actor_id=actor_id, at=at, payload={"project": project_id})
