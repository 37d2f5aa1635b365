"""The company's history, newest first; it can be read and nothing else."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.improve import access as findings
from anju.kernel import history as log
from anju.kernel.paging import page_of
from anju.register import access as places
from anju.register.access import Actor, Verb
from anju.register.queries import names_of
from anju.reviews import access as reviews
from anju.survey import access as surveys
from anju.voice import access as cases
from anju.web.declare import StaffRequest, page
from anju.web.manage.past.words import Line, line_of

SIZE = 40


def _rows(actor: Actor) -> QuerySet[log.HistoryEntry]:
    """Return all of the company's history, or that of the projects which the actor reaches.

    Cases that speak of the actor, or that are for the heads alone, are left out of both.
    """
    if actor.parts is None:
        kind, hidden = cases.hidden_subjects(actor)
        return log.of_company(actor.company_id).exclude(kind=kind, subject_id__in=hidden)
    rooms = (places, surveys, findings, cases, reviews)
    subjects = [subject for room in rooms for subject in room.visible_subjects(actor)]
    return log.of_subjects(actor.company_id, subjects)


@page(Verb.SEE_HISTORY)
@require_GET
def history(request: StaffRequest) -> HttpResponse:
    rows = _rows(request.actor)
    found = page_of(rows, cursor=request.GET.get("page", ""), size=SIZE, salt="history")
    names = names_of({e.actor_id for e in found.rows if e.actor_id is not None})
    lines: tuple[Line, ...] = tuple(line_of(entry, names) for entry in found.rows)
    return render(request, "manage/past/history.html", {"page": found, "lines": lines})
