"""The list of waves, the page of one, and its answers as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.files import path_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.register.queries import project_lines
from anju.survey import queries
from anju.survey.access import file_for, may_on, sees_files, wave_for
from anju.survey.actions.export import export_answers
from anju.survey.keepers import begun
from anju.survey.labels import label
from anju.survey.queries import WaveLine
from anju.survey.rules.wave import Source, WaveState
from anju.web.declare import StaffRequest, page
from anju.web.study.here import here
from anju.web.study.surveys.framed import framed
from anju.web.study.surveys.hub import Seen, hub_of, too_many

both = require_http_methods(["GET", "POST"])
SIGNS = {WaveState.DRAFT: "is-tie", WaveState.OPEN: "is-run", WaveState.CLOSED: "is-done"}


def _filter(value: str, allowed: dict[str, str], name: str) -> str:
    if value in {"", *allowed}:
        return value
    raise Problem(
        "E-FILTER",
        name,
        "This filter does not exist. Allowed: {allowed}.",
        "没有这个筛选值。可用的值：{allowed}。",
        allowed=", ".join(allowed),
    )


@page(Verb.SEE_SURVEYS)
@require_GET
def surveys(request: StaffRequest) -> HttpResponse:
    projects = {str(line.id): line.name for line in project_lines()}
    states = {state.value: str(label(state)) for state in WaveState}
    project = _filter(request.GET.get("project", ""), projects, "project")
    state = _filter(request.GET.get("state", ""), states, "state")
    every = queries.wave_lines()
    found = [line for line in every if _matches(line, project, state)]
    part = request.actor.homes is not None
    shown = {
        "lines": [
            (line, str(label(line.state)), SIGNS[line.state], _numbers(line, part=part))
            for line in found
        ],
        "any": bool(every),
        "projects": projects,
        "states": states,
        "project": project,
        "state": state,
    }
    return render(request, "manage/surveys/list.html", shown)


def _numbers(line: WaveLine, *, part: bool) -> tuple[str, str]:
    """Return answers and issued in groups of three digits; a dash where unknown or not all hers."""
    if part:
        return "–", "–"
    issued = line.counts.issued
    return f"{line.people:,}", "–" if issued is None else f"{issued:,}"


def _matches(line: WaveLine, project: str, state: str) -> bool:
    return project in {"", str(line.project_id)} and state in {"", line.state.value}


@page(Verb.SEE_SURVEYS)
@require_GET
def wave(request: StaffRequest, wave_id: int) -> HttpResponse:
    looked_up = wave_for(request.actor, wave_id, Verb.SEE_SURVEYS)
    found = queries.wave_page(wave_id)
    plan = found.line.plan
    imports = may_on(request.actor, looked_up, Verb.IMPORT_ANSWERS)
    batches = found.batches if imports or sees_files(request.actor, looked_up) else ()
    shown = {
        "wave": found.line,
        "plan": plan,
        "found": found,
        "hub": hub_of(found, request.actor, _seen(wave_id, imports=imports)),
        "begun": begun(looked_up),
        "state": label(found.line.state),
        "sign": SIGNS[found.line.state],
        "source": label(plan.source),
        "design": label(plan.design),
        "base": label(plan.base),
        "modes": [str(label(mode)) for mode in plan.modes],
        "questionnaire": found.questionnaire and found.questionnaire.text(request.LANGUAGE_CODE),
        "frame": framed(found.frame, exact=request.actor.may(Verb.EDIT_SURVEYS) or imports),
        "batches": [
            (batch, str(label(batch.state)), f"{batch.rows:,}", f"{batch.people:,}")
            for batch in batches
        ],
        "totals": [(row.totals, str(label(row.totals.kind))) for row in found.totals],
        "published": plan.source is Source.PUBLISHED,
        "draft": found.line.state is WaveState.DRAFT,
        "ended": found.line.state is WaveState.CLOSED,
        "closed": found.line.state is WaveState.CLOSED,
        "now": utc_now(),
        "too_many": too_many(found) if found.over_returned else "",
        "target_here": plan.target is not None,
        **here(request.actor, wave_id),
    }
    return render(request, "manage/surveys/wave.html", shown)


def _seen(wave_id: int, *, imports: bool) -> Seen:
    return Seen(queries.people_by_channel(wave_id), localdate(utc_now()), imports)


@page(Verb.EXPORT_ANSWERS)
@both
def export(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EXPORT_ANSWERS)
    found = queries.wave_page(wave_id)
    if request.method == "POST":
        form = "csv" if request.POST.get("form") == "csv" else "xlsx"
        file_id = export_answers(actor=request.actor, wave_id=wave_id, at=utc_now(), form=form)
        messages.success(request, _("The file is ready. Who took it is in the history."))
        return redirect("wave-file", wave_id, file_id)
    return render(request, "manage/surveys/export.html", {"wave": found.line})


@page(Verb.EXPORT_ANSWERS)
@require_GET
def file(request: StaffRequest, wave_id: int, file_id: int) -> FileResponse:
    wave_for(request.actor, wave_id, Verb.EXPORT_ANSWERS)
    found = file_for(request.actor, file_id, Verb.EXPORT_ANSWERS)
    opened = path_of(found.company_id, found.sha256).open("rb")
    return FileResponse(opened, as_attachment=True, filename=found.name)
