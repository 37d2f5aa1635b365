"""Paper forms of each building: issued and returned as counted, entered as it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.fieldwork.actions.paper import Refused, allow_without_home, count_forms
from anju.fieldwork.paperwork import BuildingLine, CountsPage, counts_page
from anju.fieldwork.rules.counts import BuildingForms
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey.access import wave_for
from anju.web.declare import StaffRequest, page
from anju.web.desk.paper.boxes import errors_of, problems_of, refusals_of
from anju.web.guard import STATUS

NAMES = ("issued", "returned")


@page(Verb.ENTER_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def counts(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.ENTER_PAPER)
    found = counts_page(wave_id)
    if request.method != "POST":
        return _shown(request, found)
    try:
        lines = _read(request, found)
        count_forms(actor=request.actor, wave_id=wave_id, lines=lines, at=utc_now())
    except (Problem, Refused) as refused:
        return _shown(request, found, refused)
    messages.success(request, _("The counts are saved."))
    return redirect("paper-counts", wave_id)


def _read(request: StaffRequest, found: CountsPage) -> list[BuildingForms]:
    """Return the counts that were sent; “as printed” fills what is empty with the homes."""
    fill = "fill" in request.POST
    lines, wrong = [], []
    for line in found.lines:
        given: dict[str, int | None] = {}
        for name in NAMES:
            field = f"{name}-{line.building_id}"
            said = request.POST.get(field, "").strip()
            try:
                given[name] = whole(said, field) if said else None
            except Problem as problem:
                wrong.append(problem)
        if fill and given.get("issued") is None and line.homes:
            given["issued"] = line.homes
        lines.append(BuildingForms(line.building_id, given.get("issued"), given.get("returned")))
    if wrong:
        raise Refused(wrong)
    return lines


def _shown(
    request: StaffRequest, found: CountsPage, refused: Problem | Refused | None = None
) -> HttpResponse:
    problems = problems_of(refused)
    errors = errors_of(problems, request.LANGUAGE_CODE)
    shown = {
        "found": found,
        "rows": [(line, _cells(request, line, errors)) for line in found.lines],
        "refusals": refusals_of(problems, request.LANGUAGE_CODE),
    }
    status = STATUS.get(problems[0].code, 422) if problems else 200
    return render(request, "desk/paper/counts.html", shown, status=status)


def _cells(
    request: StaffRequest, line: BuildingLine, errors: dict[str, str]
) -> list[tuple[str, str, str, str]]:
    labels = {"issued": _("Issued"), "returned": _("Returned")}
    known = {"issued": line.issued, "returned": line.returned}
    cells = []
    for name in NAMES:
        field, value = f"{name}-{line.building_id}", known[name]
        kept = "" if value is None else str(value)
        cells.append((field, labels[name], request.POST.get(field, kept), errors.get(field, "")))
    return cells


@page(Verb.EDIT_SURVEYS)
@require_POST
def homes(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    allowed = request.POST.get("without_home") == "1"
    allow_without_home(actor=request.actor, wave_id=wave_id, allowed=allowed, at=utc_now())
    return redirect("paper-counts", wave_id)
