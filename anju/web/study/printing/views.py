"""Questionnaires to print: one to copy, or one for each home of a building."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.fieldwork.printing import copies
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.register.access import Verb
from anju.register.queries import building_lines
from anju.survey import queries
from anju.survey.access import version_for, wave_for
from anju.survey.queries import WaveLine
from anju.web.declare import StaffRequest, page
from anju.web.parts.printed import pdf
from anju.web.study.here import here


def _language(request: StaffRequest) -> str:
    """Return the language asked for, else the reader's: the paper is for owners, not for her."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else request.LANGUAGE_CODE


def _named(line: WaveLine, building_id: int | None) -> tuple[str, str, str]:
    """Return what a survey's printed forms are called: survey, forms, and whose they are."""
    names = {one.id: one.name for one in building_lines(line.project_id)}
    return line.title, _("Paper forms"), names.get(building_id or 0, "")


@page(Verb.SEE_SURVEYS)
@require_GET
def questionnaire_pdf(request: StaffRequest, version_id: int) -> HttpResponse:
    version_for(request.actor, version_id, Verb.SEE_SURVEYS)
    body = copies.questionnaire_pdf(version_id, language=_language(request), at=utc_now())
    return pdf(body, _("Questionnaire"), str(version_id))


@page(Verb.SEE_SURVEYS)
@require_GET
def wave_paper(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.SEE_SURVEYS)
    line = queries.wave_page(wave_id).line
    shown = {
        "wave": line,
        "ready": line.plan.version_id is not None,
        "buildings": building_lines(line.project_id),
        "languages": settings.LANGUAGES,
        "most": copies.MOST_COPIES,
        "linked": copies.linked_buildings(wave_id),
        **here(request.actor, wave_id),
    }
    return render(request, "manage/printing/paper.html", shown)


@page(Verb.SEE_SURVEYS)
@require_GET
def wave_pdf(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.SEE_SURVEYS)
    asked = request.GET.get("building", "")
    building_id = whole(asked, "building") if asked else None
    body = copies.wave_pdf(wave_id, building_id, language=_language(request), at=utc_now())
    return pdf(body, *_named(queries.wave_page(wave_id).line, building_id))


@page(Verb.GIVE_LINKS)
@require_POST
def wave_linked(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.GIVE_LINKS)
    building_id = whole(request.POST.get("building", ""), "building")
    asked = request.POST.get("language", "")
    body = copies.linked_pdf(
        actor=request.actor,
        wave_id=wave_id,
        building_id=building_id,
        language=asked if asked in dict(settings.LANGUAGES) else request.LANGUAGE_CODE,
        address=_address,
        at=utc_now(),
    )
    answer = pdf(body, *_named(queries.wave_page(wave_id).line, building_id), _("with links"))
    answer["Cache-Control"] = "no-store"
    return answer


def _address(token: str, page_name: str) -> str:
    return str(settings.BASE_ADDRESS) + reverse(page_name, args=[token])
