"""Links for owners: made and handed out once, who sees the answers."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import randbelow

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from anju.fieldwork.actions.links import (
    Link,
    draw_invitations,
    list_links,
    renew_links,
    set_privacy,
)
from anju.fieldwork.invitations import links_page
from anju.fieldwork.rules.sample import Method, Sample
from anju.kernel.files import shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.sheets.write import csv_lines
from anju.survey import queries
from anju.survey.access import wave_for
from anju.survey.rules.answering import Privacy
from anju.survey.rules.wave import WaveState
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.ask import member
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.study.here import here


def _sample_fields(request: HttpRequest) -> tuple[Field, ...]:
    return (
        Field(
            "size",
            _("Number of homes"),
            request.POST.get("size", ""),
            inputmode="numeric",
            optional=True,
        ),
        Field(
            "method",
            _("How it is drawn"),
            request.POST.get("method", Method.BUILDINGS.value),
            kind="select",
            choices=(
                (Method.BUILDINGS.value, _("of each building in proportion")),
                (Method.SIMPLE.value, _("of all homes together")),
            ),
        ),
        Field(
            "seed",
            _("Seed, by which the same sample can be drawn again"),
            request.POST.get("seed", str(100_000 + randbelow(900_000))),
            inputmode="numeric",
            optional=True,
        ),
    )


def _shown(request: StaffRequest, wave_id: int, problem: Problem | None = None) -> HttpResponse:
    line = queries.wave_page(wave_id).line
    found = links_page(wave_id)
    fields, refusals = _sample_fields(request), tuple[Refusal, ...]()
    if problem is not None and problem.field in {field.name for field in fields}:
        fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
    elif problem is not None:
        refusals = (Refusal(problem.field, problem.text(request.LANGUAGE_CODE), problem.code),)
    page = {
        "wave": line,
        "found": found,
        "drawn": bool(found.asked),
        "closed": line.state is WaveState.CLOSED,
        "ready": line.plan.version_id is not None,
        "draft": line.state is WaveState.DRAFT,
        "silent": found.asked - found.answered,
        "fields": fields,
        "sample": request.POST.get("who") == "sample",
        "refusals": refusals,
        "named": found.privacy is Privacy.NAMED,
        **here(request.actor, wave_id),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/surveys/links.html", page, status=status)


@page(Verb.SEE_SURVEYS)
@require_GET
def links(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.SEE_SURVEYS)
    return _shown(request, wave_id)


def _handed_out(request: StaffRequest, made: Sequence[Link], wave_id: int) -> HttpResponse:
    """Go back to the page, which says what stands and leads on; else answer with the new links."""
    if request.POST.get("then") == "page":
        said = ngettext("%(n)s home has a new link.", "%(n)s homes have new links.", len(made))
        none = _("Every home chosen has its link already, and keeps it.")
        messages.success(request, said % {"n": f"{len(made):,}"} if made else none)
        return redirect("wave-links", wave_id)
    return _file(request, made, wave_id)


def _file(request: StaffRequest, made: Sequence[Link], wave_id: int) -> HttpResponse:
    """Answer with links as a file; the owners' column is there for who may see owners."""
    named = request.actor.may(Verb.SEE_OWNERS)
    heads = (_("Building"), _("Unit"), _("Link"), *([_("Owner")] if named else []))
    rows = (
        (
            link.building,
            link.unit,
            settings.BASE_ADDRESS + reverse("answer", args=[link.token]),
            *([link.owner] if named else []),
        )
        for link in made
    )
    body = "".join(csv_lines(heads, rows))
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    title = queries.wave_page(wave_id).line.title.replace("/", "-").replace("\\", "-")
    name = shown_name(_("%s – links") % title)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")  # noqa: FBT003
    answer["Cache-Control"] = "no-store"
    return answer


@page(Verb.GIVE_LINKS)
@require_POST
def draw(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.GIVE_LINKS)
    try:
        if request.POST.get("then") == "list":
            every = list_links(actor=request.actor, wave_id=wave_id, at=utc_now())
            return _file(request, every, wave_id)
        sample = None
        if request.POST.get("who") == "sample":
            size = whole(request.POST.get("size", ""), "size")
            seed = whole(request.POST.get("seed", ""), "seed")
            method = member(Method, request.POST.get("method", Method.SIMPLE.value), "method")
            sample = Sample(size, seed, method)
        made = draw_invitations(actor=request.actor, wave_id=wave_id, at=utc_now(), sample=sample)
    except Problem as problem:
        return _shown(request, wave_id, problem)
    return _handed_out(request, made, wave_id)


@page(Verb.GIVE_LINKS)
@require_POST
def renew(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.GIVE_LINKS)
    try:
        made = renew_links(actor=request.actor, wave_id=wave_id, at=utc_now())
    except Problem as problem:
        return _shown(request, wave_id, problem)
    return _handed_out(request, made, wave_id)


@page(Verb.EDIT_SURVEYS)
@require_POST
def privacy(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    wanted = request.POST.get("privacy", "")
    chosen = Privacy(wanted) if wanted in set(Privacy) else Privacy.CONFIDENTIAL
    try:
        set_privacy(actor=request.actor, wave_id=wave_id, privacy=chosen, at=utc_now())
    except Problem as problem:
        return _shown(request, wave_id, problem)
    return redirect("wave-links", wave_id)
