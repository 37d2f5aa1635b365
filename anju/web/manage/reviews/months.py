"""The monthly report on complaints and return visits: page, PDF, workbook, a finding from a warning."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.paper.layout import Row, Section
from anju.register.access import Verb, company_of, visible_projects
from anju.reviews import monthly
from anju.reviews.actions import opening
from anju.reviews.month import MONTHS, Month, Scope, figures, scope_of
from anju.reviews.printing import monthly as paper
from anju.reviews.rules.warning import month_before
from anju.web.declare import StaffRequest, page
from anju.web.manage.reviews.given import workbook
from anju.web.parts.draw import axis, drawing
from anju.web.parts.printed import pdf

HEAT = ("", "w1", "w2", "w3")
APART = frozenset({"warnings", "next"})


@dataclass(frozen=True, slots=True)
class LineView:
    """One row of a section with its drawing and the shade of each cell."""

    row: Row
    drawing: SafeString
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """One section of the report on the page."""

    section: Section
    head: SafeString
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class WarnView:
    """A warning, and what a press opens a finding of."""

    words: str
    project_id: int
    topic: str


def _asked(request: StaffRequest) -> Scope:
    given = request.GET
    project, month = given.get("project", ""), given.get("month", "")
    return scope_of(request.actor, project, month, at=utc_now())


@page(Verb.REVIEW_CASES)
@require_GET
def month(request: StaffRequest) -> HttpResponse:
    scope = _asked(request)
    found = figures(request.actor, scope, at=utc_now())
    laid = paper.document(found, company_of(request.actor).name)
    names = dict(visible_projects(request.actor).order_by("name", "id").values_list("id", "name"))
    today = utc_now().date().replace(day=1)
    shown = {
        "doc": laid,
        "cards": [_card(one) for one in laid.sections if one.key not in APART and not one.aside],
        "asides": [one for one in laid.sections if one.aside],
        "warnings": [_warning(found, one) for one in range(len(found.warnings))],
        "projects": names,
        "months": [f"{month_before(today, back):%Y-%m}" for back in range(MONTHS)],
        "scope": scope,
        "chosen": f"{scope.month:%Y-%m}",
        "query": urlencode({"project": scope.chosen or "", "month": f"{scope.month:%Y-%m}"}),
    }
    return render(request, "manage/reviews/month.html", shown)


def _warning(found: Month, place: int) -> WarnView:
    one = found.warnings[place]
    topic = "all" if one.whole else str(one.topic or "none")
    return WarnView(monthly.warned(found, one), one.project_id, topic)


def _card(section: Section) -> CardView:
    lines = tuple(
        LineView(
            row,
            drawing(row, section.grid, alone=False),
            tuple(
                (column.label, cell, _shade(section, cell) or ("num" if column.number else ""))
                for column, cell in zip(section.columns, row.cells, strict=True)
            ),
        )
        for row in section.rows
    )
    return CardView(section, axis(section.ticks), lines)


def _shade(section: Section, cell: str) -> str:
    """Return the shade of a cell of places and months: by its share of the greatest."""
    if section.key not in {"heat", "places"} or not cell.isdigit():
        return ""
    cells = [int(one) for row in section.rows for one in row.cells if one.isdigit()]
    return HEAT[min(3 * int(cell) // max(cells), 3)]


@page(Verb.REVIEW_CASES)
@require_GET
def printed(request: StaffRequest) -> HttpResponse:
    found = figures(request.actor, _asked(request), at=utc_now())
    body = paper.pdf(found, company_of(request.actor).name, at=utc_now())
    return pdf(body, "_".join(paper.name_of(found)))


@page(Verb.REVIEW_CASES)
@require_GET
def book(request: StaffRequest) -> HttpResponse:
    found = figures(request.actor, _asked(request), at=utc_now())
    return workbook(paper.book(found, company_of(request.actor).name), *paper.name_of(found))


@page(Verb.EDIT_FINDINGS)
@require_POST
def finding(request: StaffRequest) -> HttpResponse:
    given = request.POST
    scope = scope_of(request.actor, given.get("project", ""), given.get("month", ""), at=utc_now())
    found = figures(request.actor, scope, at=utc_now())
    topic = given.get("topic", "")
    for place, one in enumerate(found.warnings):
        if _warning(found, place).topic == topic:
            made = opening.open_warning(actor=request.actor, month=found, warning=one, at=utc_now())
            messages.success(request, _("The finding is open. Write its cause and measure."))
            return redirect("finding", made)
    raise Problem(
        "E-REF", "topic", "This warning is not there any more. Look at the report again.",
        "该预警已不存在，请重新查看月报。",
    )  # fmt: skip
