"""Writes of questionnaires as wholes: load the library, copy, begin a version, publish, discard."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.survey.access import version_for
from anju.survey.actions.storing import (
    bodied,
    free_code,
    known_scales,
    store_scales,
    store_version,
    worded,
)
from anju.survey.data import library
from anju.survey.forms import form_plan
from anju.survey.models import Item, Questionnaire, QuestionnaireVersion, Section
from anju.survey.rules.questionnaire import (
    FormPlan,
    FormTexts,
    SectionPlan,
    VersionState,
    Words,
    design_problems,
)


def tell(
    actor: Actor,
    version: QuestionnaireVersion,
    verb: str,
    *,
    at: datetime,
    what: str = "",
    kept: str = "",
) -> int:
    """Write one entry of a questionnaire's history and return its number there.

    `kept` is what an undo needs to bring back; it is for programs and not shown.
    """
    subject = history.Subject(actor.company_id, "questionnaire", version.questionnaire_id)
    said: dict[str, history.Plain] = {"version": version.number}
    if what:
        said["what"] = what
    if kept:
        said[history.KEPT] = kept
    return history.write(subject, verb, actor_id=actor.account_id, at=at, payload=said)


def start_questionnaire(
    actor: Actor, form: FormPlan, *, at: datetime, from_file: bool = False
) -> QuestionnaireVersion:
    """Write a new questionnaire with a draft as its first version; part of other actions."""
    taken = set(Questionnaire.objects.values_list("code", flat=True))
    questionnaire = Questionnaire(
        company_id=actor.company_id, code=free_code(form.code, taken), from_file=from_file
    )
    questionnaire.save()
    version = store_version(form, questionnaire=questionnaire, number=1, at=at)
    tell(actor, version, "created", at=at)
    return version


def set_published(version: QuestionnaireVersion, *, at: datetime) -> None:
    """Publish by a conditional update; raises E-STATE where somebody else was first."""
    drafts = QuestionnaireVersion.objects.filter(id=version.pk, state=VersionState.DRAFT)
    if not drafts.update(state=VersionState.PUBLISHED, published_at=at):
        raise _published(version)


def _published(version: QuestionnaireVersion) -> Problem:
    return Problem(
        "E-STATE",
        "version",
        "Version {number} is published and never changes. Begin a new version instead.",
        "第 {number} 版已发布，不能再修改。请新建一个版本。",
        number=version.number,
    )


def draft_for(actor: Actor, version_id: int) -> QuestionnaireVersion:
    """Return a draft to be edited; raises NotFound, Forbidden, or E-STATE where it is published."""
    version = version_for(actor, version_id, Verb.EDIT_SURVEYS)
    if version.state != VersionState.DRAFT:
        raise _published(version)
    return version


@transaction.atomic
def load_library(*, actor: Actor, at: datetime, language: str = "zh-hans") -> tuple[int, ...]:
    """Add the shipped scales and forms that the company lacks; return the new versions' ids.

    Loading twice adds nothing: a form is known by its code.
    """
    demand(actor, Verb.EDIT_SURVEYS)
    with company_scope(actor.company_id):
        kept = known_scales()
        lacking = [plan for code, plan in library.scales().items() if code not in kept]
        store_scales(lacking, company_id=actor.company_id)
        known = set(Questionnaire.objects.values_list("code", flat=True))
        added = []
        for code in [code for code in library.FORMS if code not in known]:
            version = start_questionnaire(actor, library.form(code, language), at=at)
            set_published(version, at=at)
            tell(actor, version, "published", at=at)
            added.append(version.pk)
        return tuple(added)


@transaction.atomic
def new_questionnaire(
    *, actor: Actor, title: Words, purpose: Words, at: datetime
) -> QuestionnaireVersion:
    """Begin an empty questionnaire as a draft with one section; at least one title is needed."""
    demand(actor, Verb.EDIT_SURVEYS)
    with company_scope(actor.company_id):
        section = SectionPlan("S1", Words("第一部分", "Part 1"), ())
        texts = FormTexts(worded(title, "title", 120), bodied(purpose, "purpose"))
        form = FormPlan("form", texts, (section,))
        return start_questionnaire(actor, form, at=at)


def _copied(words: Words) -> Words:
    return Words(
        f"{words.zh[:110]}（副本）" if words.zh else "",
        f"{words.en[:110]} (copy)" if words.en else "",
    )


@transaction.atomic
def copy_questionnaire(*, actor: Actor, version_id: int, at: datetime) -> QuestionnaireVersion:
    """Copy any version into a new questionnaire of its own, as a draft that can be edited."""
    with company_scope(actor.company_id):
        source = version_for(actor, version_id, Verb.EDIT_SURVEYS)
        form = form_plan(source)
        texts = replace(form.texts, title=_copied(form.texts.title))
        return start_questionnaire(actor, replace(form, texts=texts), at=at)


@transaction.atomic
def new_version(*, actor: Actor, version_id: int, at: datetime) -> QuestionnaireVersion:
    """Begin the next version of a questionnaire from one of its versions; one draft at a time."""
    with company_scope(actor.company_id):
        source = version_for(actor, version_id, Verb.EDIT_SURVEYS)
        versions = QuestionnaireVersion.objects.filter(questionnaire=source.questionnaire)
        if versions.filter(state=VersionState.DRAFT).exists():
            raise Problem(
                "E-STATE",
                "version",
                "This questionnaire already has a draft. Finish or discard that one first.",
                "该问卷已有一个草稿版本。请先完成或放弃它。",
            )
        number = max(versions.values_list("number", flat=True)) + 1
        version = store_version(
            form_plan(source), questionnaire=source.questionnaire, number=number, at=at
        )
        tell(actor, version, "version_begun", at=at)
        return version


@transaction.atomic
def publish(*, actor: Actor, version_id: int, at: datetime) -> None:
    """Publish a draft; raises the first E-DESIGN problem that keeps it from being published."""
    with company_scope(actor.company_id):
        version = draft_for(actor, version_id)
        problems = design_problems(form_plan(version))
        if problems:
            raise problems[0]
        set_published(version, at=at)
        tell(actor, version, "published", at=at)


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, at: datetime) -> None:
    """Remove a draft that no wave uses; a questionnaire without versions goes with it."""
    with company_scope(actor.company_id):
        version = draft_for(actor, version_id)
        if version.waves.exists():
            raise Problem(
                "E-STATE",
                "version",
                "A planned survey uses this draft. Choose another questionnaire there first.",
                "有调查计划使用该草稿。请先在调查中改选其他问卷。",
            )
        tell(actor, version, "discarded", at=at)
        Item.objects.filter(version=version).delete()
        Section.objects.filter(version=version).delete()
        QuestionnaireVersion.objects.filter(id=version.pk).delete()
        if not QuestionnaireVersion.objects.filter(questionnaire_id=version.questionnaire_id):
            Questionnaire.objects.filter(id=version.questionnaire_id).delete()
