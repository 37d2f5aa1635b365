"""The list of questionnaires and one version as owners will read it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.register.access import Verb
from anju.survey import forms as reads
from anju.survey.access import version_for
from anju.survey.labels import ADVICE, label
from anju.survey.removed import lately_removed
from anju.survey.rules.questionnaire import Advice, ItemPlan, VersionState
from anju.web.declare import StaffRequest, page
from anju.web.study.questionnaires.options import options_shown


@page(Verb.SEE_SURVEYS)
@require_GET
def questionnaires(request: StaffRequest) -> HttpResponse:
    language = request.LANGUAGE_CODE
    lines = [line for line in reads.questionnaire_lines() if line.waves or not line.from_file]
    shown = [(line, line.newest.title.text(language), label(line.newest.state)) for line in lines]
    return render(request, "manage/questionnaires/list.html", {"lines": shown})


@page(Verb.SEE_SURVEYS)
@require_GET
def questionnaire(request: StaffRequest, version_id: int) -> HttpResponse:
    version_for(request.actor, version_id, Verb.SEE_SURVEYS)
    language = request.LANGUAGE_CODE
    found = reads.questionnaire_page(version_id)
    draft = found.version.state is VersionState.DRAFT
    edits = draft and request.actor.may(Verb.EDIT_SURVEYS)
    shown = {
        "form": found,
        "title": found.texts.title.text(language),
        "purpose": found.texts.purpose.text(language),
        "intro": found.texts.intro.text(language),
        "outro": found.texts.outro.text(language),
        "state": label(found.version.state),
        "versions": [(line, label(line.state)) for line in found.versions],
        "sections": [
            (
                section,
                section.words.text(language),
                [_item(row.id, row.plan, language) for row in section.items],
            )
            for section in found.sections
        ],
        "problems": [problem.text(language) for problem in found.problems],
        "advice": _advice(found.advice),
        "draft": draft,
        "edits": edits,
        "removed": _removed(version_id, language) if edits else (),
        "has_draft": any(line.state is VersionState.DRAFT for line in found.versions),
    }
    return render(request, "manage/questionnaires/form.html", shown)


def _removed(version_id: int, language: str) -> list[tuple[int, str, str]]:
    """Return what can be brought back: its entry, its code, its words."""
    lines = lately_removed(version_id)
    return [(line.entry, line.code, line.words.text(language)) for line in lines]


def _advice(found: tuple[Advice, ...]) -> list[tuple[object, str]]:
    """Return each piece of advice once with the items that it speaks of."""
    items: dict[str, list[str]] = {}
    for entry in found:
        items.setdefault(entry.code, []).append(entry.item)
    joined = _(", ")
    return [(ADVICE[code], joined.join(filter(None, named))) for code, named in items.items()]


def _item(key: int, plan: ItemPlan, language: str) -> dict[str, object]:
    facts = [label(plan.purpose)]
    facts += [label(fact) for fact in (plan.dimension, plan.service_line, plan.side) if fact]
    facts += [plan.department] if plan.department else []
    return {
        "id": key,
        "code": plan.code,
        "words": plan.words.text(language),
        "facts": facts,
        "many": bool(plan.scale and plan.scale.choose_any),
        "options": options_shown(plan.scale, language) if plan.scale else (),
    }
