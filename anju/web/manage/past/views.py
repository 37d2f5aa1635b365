"""The company's history, newest first; it can be read and nothing else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.kernel import history as log
from anju.kernel.paging import page_of
from anju.register.access import Verb
from anju.register.queries import names_of
from anju.web.declare import StaffRequest, page
from anju.web.manage.past.words import Line, line_of

SIZE = 40


@page(Verb.SEE_HISTORY)
@require_GET
def history(request: StaffRequest) -> HttpResponse:
    rows = log.of_company(request.actor.company_id)
    found = page_of(rows, cursor=request.GET.get("page", ""), size=SIZE, salt="history")
    names = names_of({e.actor_id for e in found.rows if e.actor_id is not None})
    lines: tuple[Line, ...] = tuple(line_of(entry, names) for entry in found.rows)
    return render(request, "manage/past/history.html", {"page": found, "lines": lines})
