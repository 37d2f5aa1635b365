"""Questionnaires as wholes: begin, copy, next version, texts, publish, discard."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey import forms as reads
from anju.survey.access import version_for
from anju.survey.actions import drafts
from anju.survey.actions import forms as acts
from anju.survey.rules.stamps import stamp
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, asked, given_or
from anju.web.parts.drafts import drafting
from anju.web.parts.edited import edited
from anju.web.study.questionnaires import forms

both = require_http_methods(["GET", "POST"])


def to_version(version_id: int) -> str:
    """Return the address of a version's page."""
    return reverse("questionnaire", args=[version_id])


@page(Verb.EDIT_SURVEYS)
@require_POST
def library(request: StaffRequest) -> HttpResponse:
    added = acts.load_library(actor=request.actor, at=utc_now(), language=request.LANGUAGE_CODE)
    count = len(added)
    if count:
        said = ngettext("%(n)s questionnaire was added.", "%(n)s questionnaires were added.", count)
        messages.success(request, said % {"n": count})
    else:
        messages.info(request, _("The library is already complete."))
    return redirect("questionnaires")


@page(Verb.EDIT_SURVEYS)
@both
def new(request: StaffRequest) -> HttpResponse:
    def act() -> str:
        made = acts.new_questionnaire(
            actor=request.actor,
            title=forms.words_of(request.POST, "title"),
            purpose=forms.words_of(request.POST, "purpose"),
            at=utc_now(),
        )
        messages.success(request, _("The draft was made. Add its items."))
        return to_version(made.pk)

    ask = Ask(
        _("New questionnaire"),
        _("Make the draft"),
        reverse("questionnaires"),
        _("Questionnaires"),
        intro=_("It is usually quicker to copy one of the library and change it."),
    )
    return asked(request, ask, forms.new_groups(given_or(request, QueryDict())), act)


@page(Verb.EDIT_SURVEYS)
@both
def texts(request: StaffRequest, version_id: int) -> HttpResponse:
    version_for(request.actor, version_id, Verb.EDIT_SURVEYS)
    found = reads.questionnaire_page(version_id)

    def act() -> str:
        said, seen = forms.read_texts(request.POST), request.POST.get("version", "")
        drafts.set_texts(
            actor=request.actor, version_id=version_id, texts=said, at=utc_now(), seen=seen
        )
        messages.success(request, _("The texts were saved."))
        return to_version(version_id)

    title = found.texts.title.text(request.LANGUAGE_CODE)
    draft = drafting(request, "questionnaire-texts", version_id)
    ask = Ask(_("Texts"), _("Save texts"), to_version(version_id), title, draft=draft)
    kept = forms.text_values(found.texts)
    kept["version"] = stamp(found.texts)
    return edited(request, ask, forms.text_groups, kept, act)


@page(Verb.EDIT_SURVEYS)
@require_POST
def copy(request: StaffRequest, version_id: int) -> HttpResponse:
    made = acts.copy_questionnaire(actor=request.actor, version_id=version_id, at=utc_now())
    messages.success(request, _("A copy was made. It is a draft: change what you like."))
    return redirect("questionnaire", made.pk)


@page(Verb.EDIT_SURVEYS)
@require_POST
def begin_next(request: StaffRequest, version_id: int) -> HttpResponse:
    made = acts.new_version(actor=request.actor, version_id=version_id, at=utc_now())
    messages.success(request, _("Version %s was begun as a draft.") % made.number)
    return redirect("questionnaire", made.pk)


@page(Verb.EDIT_SURVEYS)
@require_POST
def publish(request: StaffRequest, version_id: int) -> HttpResponse:
    try:
        acts.publish(actor=request.actor, version_id=version_id, at=utc_now())
    except Problem as problem:
        if problem.code != "E-DESIGN":
            raise
        messages.error(request, problem.text(request.LANGUAGE_CODE))
    else:
        messages.success(request, _("The version is published. It can be used in a survey."))
    return redirect("questionnaire", version_id)


@page(Verb.EDIT_SURVEYS)
@both
def discard(request: StaffRequest, version_id: int) -> HttpResponse:
    version_for(request.actor, version_id, Verb.EDIT_SURVEYS)
    title = reads.questionnaire_page(version_id).texts.title.text(request.LANGUAGE_CODE)

    def act() -> str:
        acts.discard_draft(actor=request.actor, version_id=version_id, at=utc_now())
        messages.success(request, _("The draft “%s” was discarded.") % title)
        return reverse("questionnaires")

    ask = Ask(
        _("Discard the draft “%s”?") % title,
        _("Discard the draft"),
        to_version(version_id),
        title,
        note=_("Its texts and items are gone then. Published versions stay."),
    )
    return asked(request, ask, (), act)
