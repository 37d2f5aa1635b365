"""The monthly report on repairs in homes and their return visits: page, PDF, workbook."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb, company_of, visible_projects
from anju.reviews.month import MONTHS, scope_of
from anju.reviews.printing import repairs as paper
from anju.reviews.repairs import Repairs, repairs
from anju.reviews.rules.warning import month_before
from anju.web.declare import StaffRequest, page
from anju.web.manage.reviews.given import workbook
from anju.web.parts.printed import pdf

SHOWN = 500


def _asked(request: StaffRequest) -> Repairs:
    at, given = utc_now(), request.GET
    scope = scope_of(request.actor, given.get("project", ""), given.get("month", ""), at=at)
    return repairs(request.actor, scope, at=at)


@page(Verb.REVIEW_CASES)
@require_GET
def month(request: StaffRequest) -> HttpResponse:
    found = _asked(request)
    scope, today = found.scope, utc_now().date().replace(day=1)
    names = dict(visible_projects(request.actor).order_by("name", "id").values_list("id", "name"))
    shown = {
        "wide": paper.wide(found, company_of(request.actor).name, most=0),
        "lines": [
            (one.id, tuple(zip(paper.head(), paper.cells(one), strict=True)))
            for one in found.lines[:SHOWN]
        ],
        "more": max(len(found.lines) - SHOWN, 0),
        "hands": paper.hands(found),
        "projects": names,
        "months": [f"{month_before(today, back):%Y-%m}" for back in range(MONTHS)],
        "scope": scope,
        "chosen": f"{scope.month:%Y-%m}",
        "query": urlencode({"project": scope.chosen or "", "month": f"{scope.month:%Y-%m}"}),
    }
    return render(request, "manage/reviews/repairs.html", shown)


@page(Verb.REVIEW_CASES)
@require_GET
def printed(request: StaffRequest) -> HttpResponse:
    found = _asked(request)
    body = paper.pdf(found, company_of(request.actor).name, utc_now())
    return pdf(body, "_".join(paper.name_of(found)))


@page(Verb.REVIEW_CASES)
@require_GET
def book(request: StaffRequest) -> HttpResponse:
    found = _asked(request)
    return workbook(paper.book(found, company_of(request.actor).name), *paper.name_of(found))
