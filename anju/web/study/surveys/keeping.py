"""Who keeps a survey's answers: chosen before anybody is asked, handed over by the keeper alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.register.access import Verb
from anju.survey.access import wave_for
from anju.survey.actions import keeper
from anju.survey.keepers import consultants
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, asked
from anju.web.parts.form import Field
from anju.web.study.surveys.planning import way_back

both = require_http_methods(["GET", "POST"])


@page(Verb.EDIT_SURVEYS)
@both
def choose(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave = wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    people = tuple((str(key), name) for key, name in consultants(wave.project_id))

    def act() -> str:
        written = request.POST.get("keeper", "")
        account_id = whole(written, "keeper") if written else None
        keeper.entrust(actor=request.actor, wave_id=wave_id, account_id=account_id, at=utc_now())
        messages.success(request, _("Who keeps the answers was saved."))
        return reverse("wave", args=[wave_id])

    ask = Ask(
        _("Who keeps the answers of “%s”") % wave.title,
        _("Save"),
        *way_back(wave_id, wave.title),
        intro=_(
            "An independent consultant can keep them: she alone makes links, takes answers in and"
            " enters paper forms. Everybody of the company, administrators included, sees the"
            " results of five homes or more, and no single answer. Owners read it before they"
            " answer."
        ),
        note=_("It can be changed until the first link is made or the first answer is in."),
    )
    field = Field(
        "keeper",
        _("Answers kept by"),
        request.POST.get("keeper", str(wave.keeper_id or "")),
        kind="select",
        choices=(("", _("The quality department")), *people),
        hint=""
        if people
        else _("Add a person with the role of an independent consultant for this project first."),
        optional=True,
    )
    return asked(request, ask, [Group((field,))], act)


@page(Verb.HAND_OVER)
@both
def hand_over(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave = wave_for(request.actor, wave_id, Verb.HAND_OVER)

    def act() -> str:
        agreed = request.POST.get("agreed") == "yes"
        keeper.hand_over(actor=request.actor, wave_id=wave_id, agreed=agreed, at=utc_now())
        messages.success(request, _("The answers are the company’s now. It is in the history."))
        return reverse("wave", args=[wave_id])

    ask = Ask(
        _("Hand the answers of “%s” over to the company?") % wave.title,
        _("Hand over"),
        *way_back(wave_id, wave.title),
        intro=_(
            "From then on the quality department can read, export and change single answers, as"
            " in a survey of its own. You will not see them any more. It cannot be taken back."
        ),
    )
    tick = Field(
        "agreed",
        _("I hand them over"),
        kind="checks",
        choices=(("yes", _("The company may see the answers from now on.")),),
    )
    return asked(request, ask, [Group((tick,))], act)
