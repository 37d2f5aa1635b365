"""Numbers of a wave that are no answers: response accounting, frame, published totals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey import queries
from anju.survey.access import wave_for
from anju.survey.actions import waves
from anju.survey.labels import label
from anju.survey.rules.counts import StratumKind
from anju.survey.rules.stamps import stamp
from anju.survey.rules.wave import WaveVerb, step
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.ask import Ask, asked, given_or
from anju.web.parts.edited import both_versions, edited
from anju.web.parts.form import Refusal
from anju.web.study.surveys import count_form
from anju.web.study.surveys.hub import too_many
from anju.web.study.surveys.planning import way_back

both = require_http_methods(["GET", "POST"])


@page(Verb.EDIT_SURVEYS)
@both
def counts(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    found = queries.wave_page(wave_id)
    line = found.line
    step(line.state, WaveVerb.COUNT)

    def act() -> str:
        given, seen = count_form.read_counts(request.POST), request.POST.get("version", "")
        waves.set_counts(
            actor=request.actor, wave_id=wave_id, counts=given, at=utc_now(), seen=seen
        )
        messages.success(request, _("The counts were saved."))
        return reverse("wave", args=[wave_id])

    ask = Ask(
        _("Response accounting"),
        _("Save counts"),
        *way_back(wave_id, line.title),
        intro=_("Leave a field empty where the number is not known. Empty is not the same as 0."),
        wrong=too_many(found) if found.over_returned else "",
    )
    kept = count_form.count_values(line.counts)
    kept["version"] = stamp(line.counts)
    return edited(request, ask, count_form.count_groups, kept, act)


@page(Verb.EDIT_SURVEYS)
@both
def frame(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    found = queries.wave_page(wave_id)
    step(found.line.state, WaveVerb.COUNT)
    refusals: tuple[Refusal, ...] = ()
    status, rows = 200, count_form.frame_rows(found)
    version = stamp(tuple(progress.line for progress in found.frame))
    if request.method == "POST":
        try:
            lines = count_form.read_frame(request.POST, found.line.project_id)
            seen = request.POST.get("version", "")
            waves.set_frame(
                actor=request.actor, wave_id=wave_id, lines=lines, at=utc_now(), seen=seen
            )
        except Problem as problem:
            if problem.code == "E-STALE":
                ask = Ask(_("Buildings and strata"), "", *way_back(wave_id, found.line.title))
                sides = count_form.frame_sides(rows, count_form.sent_rows(request.POST))
                return both_versions(request, ask, sides, version)
            status = STATUS.get(problem.code, 422)
            rows = count_form.sent_rows(request.POST)
            place = problem.field if "-" in problem.field else "label-0"
            refusals = (Refusal(place, problem.text(request.LANGUAGE_CODE), problem.code),)
        else:
            messages.success(request, _("The frame was saved."))
            return redirect("wave", wave_id)
    shown = {
        "wave": found.line,
        "rows": rows,
        "names": count_form.frame_names(),
        "kinds": [(kind.value, label(kind)) for kind in StratumKind],
        "refusals": refusals,
        "version": request.POST.get("version", version),
    }
    return render(request, "manage/surveys/frame.html", shown, status=status)


@page(Verb.EDIT_SURVEYS)
@both
def totals(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    line = queries.wave_page(wave_id).line

    def act() -> str:
        given = count_form.read_totals(request.POST)
        waves.record_totals(actor=request.actor, wave_id=wave_id, totals=given, at=utc_now())
        messages.success(request, _("The published totals were saved, marked as external."))
        return reverse("wave", args=[wave_id])

    ask = Ask(
        _("Published totals"),
        _("Save published totals"),
        *way_back(wave_id, line.title),
        intro=_("An index that others published enters no index of ours; it stands beside it."),
    )
    return asked(request, ask, count_form.total_groups(given_or(request, QueryDict())), act)
