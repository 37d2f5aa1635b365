"""A wave from its first line to its end: new, plan, open, close, delete."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from anju.flows import survey_life
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey import queries
from anju.survey.access import wave_for
from anju.survey.actions import waves
from anju.survey.rules.stamps import stamp
from anju.survey.rules.wave import Source, WaveVerb, step
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, asked, given_or
from anju.web.parts.drafts import drafting
from anju.web.parts.edited import edited
from anju.web.parts.form import Field
from anju.web.study.surveys import plan_form, proposing

both = require_http_methods(["GET", "POST"])


def way_back(wave_id: int, title: str) -> tuple[str, str]:
    """Return the address and the words of the way back to a wave."""
    return reverse("wave", args=[wave_id]), title


@page(Verb.EDIT_SURVEYS)
@both
def new_wave(request: StaffRequest) -> HttpResponse:
    def act() -> str:
        plan = proposing.read_new(request.POST)
        made = waves.create_wave(actor=request.actor, plan=plan, at=utc_now())
        if plan.source is Source.OWN and queries.wave_page(made.pk).missing:
            messages.success(request, _("“%s” is written down. Complete its plan.") % made.title)
            return reverse("wave-edit", args=[made.pk])
        messages.success(request, _("“%s” is written down.") % made.title)
        return reverse("wave", args=[made.pk])

    draft = drafting(request, "wave-new")
    ask = Ask(_("New survey"), _("Add survey"), reverse("surveys"), _("Surveys"), draft=draft)
    given = given_or(request, proposing.proposed(draft.filled(QueryDict())))
    groups = (*plan_form.first_groups(given), proposing.own_group(given))
    return asked(request, ask, groups, act)


@page(Verb.EDIT_SURVEYS)
@both
def edit_wave(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    line = queries.wave_page(wave_id).line
    step(line.state, WaveVerb.PLAN)
    plan = line.plan

    def act() -> str:
        changed = plan_form.read_plan(request.POST, plan, but=wave_id)
        seen = request.POST.get("version", "")
        waves.change_plan(
            actor=request.actor, wave_id=wave_id, plan=changed, at=utc_now(), seen=seen
        )
        messages.success(request, _("The plan was saved."))
        return reverse("wave", args=[wave_id])

    intro = _("Everything may come later, but an own survey opens only with a complete plan.")
    draft = drafting(request, "wave-plan", wave_id)
    way = way_back(wave_id, plan.title)
    ask = Ask(_("Plan"), _("Save plan"), *way, intro=intro, draft=draft)
    kept = plan_form.plan_values(plan)
    kept["version"] = stamp(plan)
    return edited(
        request, ask, lambda given: plan_form.plan_groups(given, plan, but=wave_id), kept, act
    )


@page(Verb.EDIT_SURVEYS)
@require_POST
def open_wave(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    try:
        waves.open_wave(actor=request.actor, wave_id=wave_id, at=utc_now())
    except Problem as problem:
        if problem.code != "E-PLAN":
            raise
        missing = queries.wave_page(wave_id).missing or (problem,)
        messages.error(request, " ".join(p.text(request.LANGUAGE_CODE) for p in missing))
        return redirect("wave-edit", wave_id)
    messages.success(request, _("The survey is open. Answers can come in."))
    return redirect("wave", wave_id)


@page(Verb.EDIT_SURVEYS)
@require_POST
def revise_wave(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    waves.revise_wave(actor=request.actor, wave_id=wave_id, at=utc_now())
    messages.success(
        request, _("The survey is being planned again. Change it, open it again, or delete it.")
    )
    return redirect("wave", wave_id)


def _reason(given: str) -> Group:
    words = _("Why it ends below its plan or without answers")
    return Group((Field("reason", words, given, kind="area", rows=3, most=1000),))


@page(Verb.EDIT_SURVEYS)
@both
def close_wave(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    found = queries.wave_page(wave_id)
    step(found.line.state, WaveVerb.CLOSE)

    def act() -> str:
        survey_life.close(
            actor=request.actor,
            wave_id=wave_id,
            at=utc_now(),
            reason=request.POST.get("reason", ""),
        )
        messages.success(
            request,
            _(
                "The survey is closed. Its results are fixed; what lies below its threshold becomes a finding."
            ),
        )
        return reverse("wave", args=[wave_id])

    people = found.line.people
    intro = ngettext("%(n)s answer is in.", "%(n)s answers are in.", people) % {"n": people}
    if found.may_revise:
        intro = _("%s Was it opened by mistake? Put it back to planning instead.") % intro
    ask = Ask(
        _("Close “%s” for ever?") % found.line.title,
        _("Close the survey"),
        *way_back(wave_id, found.line.title),
        intro=intro,
        note=_(
            "A closed survey takes no more answers and no more counts; its plan and its imports"
            " stay as they are. It never opens again. What lies below its threshold becomes a finding."
        ),
    )
    groups = [_reason(request.POST.get("reason", ""))] if found.needs_reason else []
    return asked(request, ask, groups, act)


@page(Verb.EDIT_SURVEYS)
@both
def delete_wave(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    line = queries.wave_page(wave_id).line
    step(line.state, WaveVerb.DELETE)

    def act() -> str:
        waves.delete_wave(actor=request.actor, wave_id=wave_id, at=utc_now())
        messages.success(request, _("The draft “%s” was deleted.") % line.title)
        return reverse("surveys")

    ask = Ask(
        _("Delete the draft “%s”?") % line.title,
        _("Delete the draft"),
        *way_back(wave_id, line.title),
        note=_("Only drafts can be deleted. Who deleted it stays in the history."),
    )
    return asked(request, ask, (), act)
