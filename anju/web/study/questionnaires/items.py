"""Sections and items of a draft: add, reword, move, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import NotFound, Verb
from anju.survey import forms as reads
from anju.survey.access import item_for, section_for, version_for
from anju.survey.actions import drafts
from anju.survey.actions.removals import bring_back
from anju.survey.forms import SectionRow
from anju.survey.rules.questionnaire import Words
from anju.survey.rules.stamps import stamp
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, asked, given_or
from anju.web.parts.drafts import drafting
from anju.web.parts.edited import edited
from anju.web.study.questionnaires import forms
from anju.web.study.questionnaires.versions import to_version

both = require_http_methods(["GET", "POST"])


def _back(version_id: int, language: str) -> tuple[str, str]:
    title = reads.questionnaire_page(version_id).texts.title.text(language)
    return to_version(version_id), title


@page(Verb.EDIT_SURVEYS)
@both
def new_section(request: StaffRequest, version_id: int) -> HttpResponse:
    version_for(request.actor, version_id, Verb.EDIT_SURVEYS)

    def act() -> str:
        words = forms.words_of(request.POST, "section")
        drafts.add_section(actor=request.actor, version_id=version_id, words=words, at=utc_now())
        messages.success(request, _("The section was added."))
        return to_version(version_id)

    ask = Ask(_("New section"), _("Add section"), *_back(version_id, request.LANGUAGE_CODE))
    return asked(request, ask, forms.section_groups(given_or(request, QueryDict())), act)


@page(Verb.EDIT_SURVEYS)
@both
def section(request: StaffRequest, section_id: int) -> HttpResponse:
    found = section_for(request.actor, section_id, Verb.EDIT_SURVEYS)

    def act() -> str:
        words = forms.words_of(request.POST, "section")
        seen = request.POST.get("version", "")
        drafts.rename_section(
            actor=request.actor, section_id=section_id, words=words, at=utc_now(), seen=seen
        )
        messages.success(request, _("The heading was saved."))
        return to_version(found.version_id)

    ask = Ask(
        _("Heading of the section"),
        _("Save heading"),
        *_back(found.version_id, request.LANGUAGE_CODE),
    )
    words = Words(found.zh, found.en)
    kept = forms.section_values(words)
    kept["version"] = stamp(words)
    return edited(request, ask, forms.section_groups, kept, act)


@page(Verb.EDIT_SURVEYS)
@require_POST
def remove_section(request: StaffRequest, section_id: int) -> HttpResponse:
    found = section_for(request.actor, section_id, Verb.EDIT_SURVEYS)
    removal = drafts.remove_section(actor=request.actor, section_id=section_id, at=utc_now())
    undo = _undo(found.version_id, removal)
    messages.success(request, _("The section was removed with its items."), extra_tags=undo)
    return redirect("questionnaire", found.version_id)


@page(Verb.EDIT_SURVEYS)
@both
def new_item(request: StaffRequest, section_id: int) -> HttpResponse:
    found = section_for(request.actor, section_id, Verb.EDIT_SURVEYS)

    def act() -> str:
        draft = forms.read_item(request.POST)
        made = drafts.add_item(
            actor=request.actor, section_id=section_id, draft=draft, at=utc_now()
        )
        messages.success(request, _("Item %s was added.") % made.code)
        return f"{to_version(found.version_id)}#item-{made.pk}"

    draft = drafting(request, "item-new", section_id)
    way = _back(found.version_id, request.LANGUAGE_CODE)
    ask = Ask(_("New item"), _("Add item"), *way, draft=draft)
    given = given_or(request, draft.filled(QueryDict()))
    return asked(request, ask, forms.item_groups(given), act)


@page(Verb.EDIT_SURVEYS)
@both
def item(request: StaffRequest, item_id: int) -> HttpResponse:
    found = item_for(request.actor, item_id, Verb.EDIT_SURVEYS)

    def act() -> str:
        draft = forms.read_item(request.POST)
        seen = request.POST.get("version", "")
        drafts.change_item(
            actor=request.actor, item_id=item_id, draft=draft, at=utc_now(), seen=seen
        )
        messages.success(request, _("Item %s was saved.") % found.code)
        return f"{to_version(found.version_id)}#item-{item_id}"

    draft = drafting(request, "item", item_id)
    ask = Ask(
        _("Item %s") % found.code,
        _("Save item"),
        *_back(found.version_id, request.LANGUAGE_CODE),
        draft=draft,
    )
    plan = reads.item_row(item_id).plan
    kept = forms.item_values(plan)
    kept["version"] = stamp(plan)
    return edited(request, ask, forms.item_groups, kept, act)


@page(Verb.EDIT_SURVEYS)
@require_POST
def remove_item(request: StaffRequest, item_id: int) -> HttpResponse:
    found = item_for(request.actor, item_id, Verb.EDIT_SURVEYS)
    removal = drafts.remove_item(actor=request.actor, item_id=item_id, at=utc_now())
    undo = _undo(found.version_id, removal)
    messages.success(request, _("Item %s was removed.") % found.code, extra_tags=undo)
    return redirect("questionnaire", found.version_id)


def _undo(version_id: int, removal: int) -> str:
    """Return the address that brings back what an entry of the history removed."""
    return f"{reverse('questionnaire-undo', args=[version_id])}?removal={removal}"


@page(Verb.EDIT_SURVEYS)
@require_POST
def undo(request: StaffRequest, version_id: int) -> HttpResponse:
    """Bring back what was removed from a draft."""
    version_for(request.actor, version_id, Verb.EDIT_SURVEYS)
    said = request.GET.get("removal", "")
    removal = int(said[:9]) if said.isascii() and said.isdigit() else 0
    try:
        code = bring_back(actor=request.actor, version_id=version_id, removal=removal, at=utc_now())
        messages.success(request, _("%s is back in its place.") % code)
    except Problem as problem:
        messages.error(request, problem.text(request.LANGUAGE_CODE))
    except NotFound:
        messages.info(request, _("There is nothing to bring back."))
    return redirect("questionnaire", version_id)


@page(Verb.EDIT_SURVEYS)
@require_POST
def move(request: StaffRequest, item_id: int) -> HttpResponse:
    """Move an item one place up or down, over the border of its section where it stands there."""
    found = item_for(request.actor, item_id, Verb.EDIT_SURVEYS)
    sections = reads.questionnaire_page(found.version_id).sections
    target = _target(sections, item_id, up=request.POST.get("way") == "up")
    if target is not None:
        section_id, place = target
        drafts.move_item(
            actor=request.actor, item_id=item_id, section_id=section_id, place=place, at=utc_now()
        )
    return redirect(f"{reverse('questionnaire', args=[found.version_id])}#item-{item_id}")


def _target(sections: tuple[SectionRow, ...], item_id: int, *, up: bool) -> tuple[int, int] | None:
    """Return the section and the place one step away, or None at the very end."""
    for index, row in enumerate(sections):
        keys = [entry.id for entry in row.items]
        if item_id not in keys:
            continue
        place = keys.index(item_id) + (-1 if up else 1)
        if 0 <= place < len(keys):
            return row.id, place
        beside = index + (-1 if up else 1)
        if not 0 <= beside < len(sections):
            return None
        return sections[beside].id, len(sections[beside].items) if up else 0
    return None
