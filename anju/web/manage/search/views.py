"""What the search box found, the first of it ready to be opened with Enter."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.improve.search import findings_numbered
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.register.search import Hit, HitKind, find
from anju.survey.search import waves_called
from anju.voice.labels import label
from anju.voice.lines import CaseLine
from anju.voice.search import cases_like
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.manage.findings.words import code_of
from anju.web.parts.form import Refusal

PAGES = {HitKind.UNIT: "unit", HitKind.PERSON: "resident", HitKind.PROJECT: "project"}
ICONS = {HitKind.UNIT: "home", HitKind.PERSON: "user", HitKind.PROJECT: "building"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing found, as the page lists it."""

    address: str
    icon: str
    kind: str
    title: str
    note: str
    file: str = ""


@page(Verb.SEE_REGISTER)
@require_GET
def search(request: StaffRequest) -> HttpResponse:
    written = request.GET.get("q", "")
    hits, refusals, status = list[Shown](), tuple[Refusal, ...](), 200
    try:
        hits = [_shown(hit) for hit in find(request.actor, written)]
        hits += [_case(line) for line in cases_like(request.actor, written)]
        hits += [
            Shown(
                reverse("finding", args=[key]),
                "target",
                _("Finding"),
                f"{code_of(number)} {title}",
                project,
            )
            for key, number, title, project in findings_numbered(
                request.actor, written, request.LANGUAGE_CODE
            )
        ]
        hits += [
            Shown(reverse("wave", args=[key]), "chart-bar", _("Survey"), title, project)
            for key, title, project in waves_called(request.actor, written)
        ]
    except Problem as problem:
        refusals = (Refusal("q", problem.text(request.LANGUAGE_CODE), problem.code),)
        status = STATUS.get(problem.code, 422)
    context = {"q": written[:200], "hits": hits, "refusals": refusals}
    return render(request, "manage/search.html", context, status=status)


def _case(line: CaseLine) -> Shown:
    """Return a case as the page lists it: its number and matter, where and how it stands."""
    chinese = (get_language() or "").startswith("zh")
    title = (line.zh if chinese else line.en) or str(label(line.kind))
    note = " · ".join(one for one in (line.project, line.place, str(label(line.state))) if one)
    address = reverse("case", args=[line.id])
    return Shown(
        address, "message-circle", pgettext("history", "Case"), f"#{line.number} {title}", note
    )


def _shown(hit: Hit) -> Shown:
    names = {
        HitKind.UNIT: _("Unit"),
        HitKind.PERSON: _("Resident"),
        HitKind.PROJECT: _("Project"),
    }
    address = reverse(PAGES[hit.kind], args=[hit.id])
    file = reverse("home-file", args=[hit.id]) if hit.kind is HitKind.UNIT else ""
    return Shown(address, ICONS[hit.kind], names[hit.kind], hit.title, hit.note, file)
