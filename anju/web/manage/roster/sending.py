"""The spreadsheet of a project is sent here; below it stand those that came in before."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.files import LARGEST, shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb, project_for
from anju.register.choices import roster_states
from anju.roster.actions.taking import receive_roster
from anju.roster.actions.template import template_bytes
from anju.roster.preview import sheets_at
from anju.roster.queries import roster_lines
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.taking import FORMATS, MOST_MB, SEND, chunks_of, sent_file, spooled, steps

NAMES = {"zh": "安居-房屋业主模板.xlsx", "en": "anju-units-and-owners.xlsx"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Verb.EDIT_REGISTER)
@require_http_methods(["GET", "POST"])
def roster(request: StaffRequest, project_id: int) -> HttpResponse:
    project = project_for(request.actor, project_id, Verb.EDIT_REGISTER)
    fields, refusals, status = (_field(),), tuple[Refusal, ...](), 200
    if request.method == "POST":
        try:
            file_id = _receive(request, project.pk)
        except Problem as problem:
            shown, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
            fields, status = (shown[0],), STATUS.get(problem.code, 422)
        else:
            return redirect("roster-columns", project.pk, file_id)
    states = roster_states()
    found = {
        "project": project,
        "fields": fields,
        "refusals": refusals,
        "stages": steps(SEND),
        "batches": [(line, states[line.state.value]) for line in roster_lines(project.pk)],
        "now": utc_now(),
    }
    return render(request, "manage/roster/send.html", found, status=status)


def _field() -> Field:
    return Field(
        "file",
        _("Spreadsheet with units, owners or staff"),
        kind="file",
        hint=_(
            "Excel (.xlsx) or CSV text, up to %(most)s MB: the template filled in, or your own"
            " file with any heads. Nothing is imported before you have seen it."
        )
        % {"most": MOST_MB},
        accept=FORMATS,
    )


def _receive(request: StaffRequest, project_id: int) -> int:
    sent = sent_file(request)
    with spooled(sent) as path:
        # What is refused is said here, where another file can be chosen, and nothing of it is kept.
        if 0 < (sent.size or 0) <= LARGEST:
            sheets_at(path, Path(shown_name(sent.name or "")).stem)
    return receive_roster(
        actor=request.actor,
        project_id=project_id,
        chunks=chunks_of(sent),
        name=sent.name or "",
        at=utc_now(),
    )


@page(Verb.EDIT_REGISTER)
@require_GET
def template(request: StaffRequest) -> HttpResponse:
    """Give the empty spreadsheet in the language asked for, else in the reader's."""
    asked = request.GET.get("in", request.LANGUAGE_CODE[:2])
    language = asked if asked in NAMES else "en"
    answer = HttpResponse(template_bytes(language), content_type=XLSX)
    answer.headers["Content-Disposition"] = (
        "attachment; filename=\"anju-template.xlsx\"; filename*=UTF-8''" + quote(NAMES[language])
    )
    return answer
