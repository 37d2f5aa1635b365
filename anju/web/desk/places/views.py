"""Codes that owners scan: one page a project, with posters and labels to print."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb, company_of, project_for, visible_projects
from anju.voice.actions.hanging import hang, hang_lobbies, take_down
from anju.voice.actions.receiving import Place
from anju.voice.places import Hung, buildings_of, hung_lines, to_print
from anju.voice.printing.codes import Sheet
from anju.voice.printing.codes import labels as labels_pdf
from anju.voice.printing.codes import poster as poster_pdf
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.printed import pdf

LABELS_MOST = 80


@page(Verb.SEE_CASES)
@require_GET
def places(request: StaffRequest) -> HttpResponse:
    rows = visible_projects(request.actor).order_by("name", "id")
    found = [(row.pk, row.name) for row in rows[:200]]
    if len(found) == 1:
        return redirect("case-places-project", found[0][0])
    return render(request, "desk/places/choose.html", {"projects": found})


def _fields(request: StaffRequest, project_id: int) -> tuple[Field, ...]:
    houses = [(str(key), name) for key, name in buildings_of(request.actor, project_id)]
    return (
        Field(
            "building", _("Building"), request.POST.get("building", ""), kind="select",
            choices=[("", _("The whole project")), *houses],
        ),
        Field(
            "spot", _("Common place"), request.POST.get("spot", ""), optional=True, most=120,
            hint=_("For example: lift 2, car park level 1, playground"),
        ),
        Field(
            "door", _("Door of a home"), request.POST.get("door", ""), optional=True, most=40,
            hint=_("Its number, for a code at its own door. Leave empty for a lobby."),
        ),
    )  # fmt: skip


def _shown(request: StaffRequest, project_id: int, problem: Problem | None = None) -> HttpResponse:
    project = project_for(request.actor, project_id, Verb.SEE_CASES)
    fields, refusals = _fields(request, project_id), tuple[Refusal, ...]()
    if problem is not None:
        fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
    shown = {
        "project": project,
        "lines": hung_lines(request.actor, project_id),
        "fields": fields,
        "refusals": refusals,
        "makes": request.actor.may(Verb.STEER_CASES),
        "called": company_of(request.actor).phone,
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "desk/places/places.html", shown, status=status)


@page(Verb.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def of_project(request: StaffRequest, project_id: int) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, project_id)
    if request.POST.get("act") == "lobbies":
        hang_lobbies(actor=request.actor, project_id=project_id, at=utc_now())
        messages.success(request, _("Each lobby has its code. Print the posters."))
        return redirect("case-places-project", project_id)
    chosen = request.POST.get("building", "")[:12]
    building = int(chosen) if chosen.isascii() and chosen.isdigit() else None
    place = Place(project_id, None, building, request.POST.get("spot", ""))
    door = request.POST.get("door", "")[:60]
    try:
        hang(actor=request.actor, place=place, door=door, at=utc_now())
    except Problem as problem:
        return _shown(request, project_id, problem)
    messages.success(request, _("The code is made. Print it as a poster or a label."))
    return redirect("case-places-project", project_id)


@page(Verb.STEER_CASES)
@require_POST
def end(request: StaffRequest, link_id: int) -> HttpResponse:
    project_id = take_down(actor=request.actor, link_id=link_id, at=utc_now())
    messages.success(request, _("The code leads nowhere from now on. Take it down."))
    return redirect("case-places-project", project_id)


def _sheet(here: Hung, token: str) -> Sheet:
    address = settings.BASE_ADDRESS + reverse("report-home", args=[token])
    return Sheet(here.company, here.words, here.phone, address)


@page(Verb.SEE_CASES)
@require_GET
def poster(request: StaffRequest, link_id: int) -> HttpResponse:
    here, token = to_print(request.actor, link_id)
    body = poster_pdf(_sheet(here, token), at=utc_now())
    return _pdf(body, _("Poster"), here.words)


@page(Verb.SEE_CASES)
@require_GET
def labels(request: StaffRequest, project_id: int) -> HttpResponse:
    project = project_for(request.actor, project_id, Verb.SEE_CASES)
    lines = hung_lines(request.actor, project_id)[:LABELS_MOST]
    sheets = [_sheet(*to_print(request.actor, one.id)) for one in lines]
    return _pdf(labels_pdf(sheets, at=utc_now()), _("Labels"), project.name)


def _pdf(body: bytes, *words: str) -> HttpResponse:
    answer = pdf(body, *words)
    answer["Cache-Control"] = "no-store"
    return answer
