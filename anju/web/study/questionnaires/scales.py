"""The company's scales: which answers, what each is worth, which count as satisfied."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey.actions import drafts
from anju.survey.forms import scale_lines
from anju.survey.rules.questionnaire import lopsided
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, asked, given_or
from anju.web.study.questionnaires import forms
from anju.web.study.questionnaires.options import options_shown


@page(Verb.SEE_SURVEYS)
@require_GET
def scales(request: StaffRequest) -> HttpResponse:
    language = request.LANGUAGE_CODE
    shown = [
        {
            "code": line.plan.code,
            "name": line.plan.words.text(language),
            "items": line.items,
            "many": line.plan.choose_any,
            "lopsided": not line.plan.choose_any and lopsided(line.plan),
            "options": options_shown(line.plan, language),
        }
        for line in scale_lines()
    ]
    return render(request, "manage/questionnaires/scales.html", {"scales": shown})


@page(Verb.EDIT_SURVEYS)
@require_http_methods(["GET", "POST"])
def new_scale(request: StaffRequest) -> HttpResponse:
    def act() -> str:
        plan = forms.read_scale(request.POST)
        try:
            drafts.add_scale(actor=request.actor, plan=plan, at=utc_now())
        except Problem as problem:
            field = "code" if problem.code == "E-CODE" else "options"
            raise Problem(
                problem.code, field, problem.en, problem.zh, **problem.params
            ) from problem
        messages.success(request, _("The scale was added. Items can use it."))
        return reverse("scales")

    ask = Ask(
        _("New scale"),
        _("Add scale"),
        reverse("scales"),
        _("Scales"),
        intro=_("A scale never changes once it is there, so that old figures stay true."),
    )
    return asked(request, ask, forms.scale_groups(given_or(request, QueryDict())), act)
