"""Posters for lobbies and slips for letter boxes: made, printed, ended."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.fieldwork.actions.lobby import end_lobby, make_lobby
from anju.fieldwork.lobby import lobby_lines, token_in_force
from anju.fieldwork.printing.handed import asker_of, slips_pdf
from anju.fieldwork.printing.hanging import poster as poster_pdf
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import NotFound, Verb, company_of
from anju.register.queries import building_lines
from anju.survey import queries
from anju.survey.access import wave_for
from anju.survey.rules.wave import WaveState
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.begun import unreached
from anju.web.parts.form import Refusal
from anju.web.parts.printed import pdf
from anju.web.study.here import here


def answer_address(token: str) -> str:
    """Return the whole address of a home's link."""
    return settings.BASE_ADDRESS + reverse("answer", args=[token])


def _shown(request: StaffRequest, wave_id: int, problem: Problem | None = None) -> HttpResponse:
    line = queries.wave_page(wave_id).line
    lines = lobby_lines(wave_id)
    refusals = (
        (Refusal("posters", problem.text(request.LANGUAGE_CODE), problem.code),) if problem else ()
    )
    shown = {
        "wave": line,
        "lines": lines,
        "asked": lines[0].asked,
        "refusals": refusals,
        "closed": line.state is WaveState.CLOSED,
        "languages": settings.LANGUAGES,
        "called": company_of(request.actor).phone,
        **here(request.actor, wave_id),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/fieldwork/posters.html", shown, status=status)


@page(Verb.SEE_SURVEYS)
@require_GET
def posters(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.SEE_SURVEYS)
    return _shown(request, wave_id)


@page(Verb.GIVE_LINKS)
@require_POST
def make(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.GIVE_LINKS)
    asked = request.POST.get("building", "")
    try:
        building_id = whole(asked, "building") if asked else None
        make_lobby(actor=request.actor, wave_id=wave_id, building_id=building_id, at=utc_now())
    except Problem as problem:
        return _shown(request, wave_id, problem)
    if unreached():
        messages.warning(request, _("The poster is made. Print it once phones can open its code."))
    else:
        messages.success(request, _("The poster is ready to print."))
    return redirect("field-posters", wave_id)


@page(Verb.GIVE_LINKS)
@require_POST
def end(request: StaffRequest, wave_id: int, lobby_id: int) -> HttpResponse:
    end_lobby(actor=request.actor, wave_id=wave_id, lobby_id=lobby_id, at=utc_now())
    messages.success(request, _("The link of this poster has ended. Take the poster down."))
    return redirect("field-posters", wave_id)


def _pdf(body: bytes, *words: str) -> HttpResponse:
    answer = pdf(body, *words)
    answer["Cache-Control"] = "no-store"
    return answer


@page(Verb.SEE_SURVEYS)
@require_GET
def poster(request: StaffRequest, wave_id: int, lobby_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.SEE_SURVEYS)
    line = next((one for one in lobby_lines(wave_id) if one.lobby_id == lobby_id), None)
    token = token_in_force(lobby_id) if line is not None else None
    if line is None or token is None:
        raise NotFound("Lobby")
    address = settings.BASE_ADDRESS + reverse("lobby", args=[token])
    asker = asker_of(wave_id)
    body = poster_pdf(asker, building=line.building, address=address, at=utc_now())
    return _pdf(body, asker.title, _("Poster"), line.building)


@page(Verb.GIVE_LINKS)
@require_POST
def slips(request: StaffRequest, wave_id: int, building_id: int) -> HttpResponse:
    wave = wave_for(request.actor, wave_id, Verb.GIVE_LINKS)
    wanted = request.POST.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    try:
        body = slips_pdf(
            actor=request.actor,
            wave_id=wave_id,
            building_id=building_id,
            language=language,
            address=answer_address,
            at=utc_now(),
        )
    except Problem as problem:
        return _shown(request, wave_id, problem)
    names = {line.id: line.name for line in building_lines(wave.project_id)}
    return _pdf(body, wave.title, _("Slips"), names.get(building_id, ""))
