"""The homes of a project with an open grievance, the worst first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.aftercare import grievances as reading
from anju.aftercare.grievances import Held, HomeGrievance
from anju.aftercare.owner_file import cause_names
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb, visible_projects
from anju.register.areas import zone_lines
from anju.web.declare import StaffRequest, page
from anju.web.parts.pieces import Empty

MOST = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A home as the page shows it: its reasons in words, each with its case."""

    home: HomeGrievance
    total: str
    reasons: tuple[tuple[str, Held], ...]


def _one(request: StaffRequest, name: str, known: dict[str, str]) -> str:
    value = request.GET.get(name, "")
    if value in {"", *known}:
        return value
    raise Problem(
        "E-FILTER", name,
        "This filter does not exist here. Choose one of the list.",
        "没有这个筛选值。请从列表中选择。",
    )  # fmt: skip


@page(Verb.REVIEW_CASES)
@require_GET
def grievances(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    rows = visible_projects(request.actor).order_by("name").values_list("id", "name")
    projects = {str(key): name for key, name in rows}
    project = _one(request, "project", projects) or next(iter(projects), "")
    zones = {str(one.id): one.name for one in zone_lines(int(project))} if project else {}
    zone = _one(request, "zone", zones)
    content = _one(request, "content", {"yes": ""})
    found: tuple[HomeGrievance, ...] = ()
    if project:
        found = reading.of_project(
            request.actor, int(project), at=at, zone_id=int(zone) if zone else None
        )
    both = tuple(one for one in found if one.content_all_the_same)
    shown_homes = both if content else found
    shown = {
        "rows": [_row(one) for one in shown_homes[:MOST]],
        "total": len(found),
        "both": len(both),
        "cut": len(shown_homes) > MOST,
        "content": bool(content),
        "projects": projects,
        "project": project,
        "zones": zones,
        "zone": zone,
        "lives": reading.half_lives(),
        "empty": Empty(
            _("No home holds anything open against us here"),
            _("No promise is broken, nothing came back, and no last verdict was low."),
            icon="circle-check",
        ),
    }
    return render(request, "desk/grievances/list.html", shown)


def _row(home: HomeGrievance) -> Row:
    names = cause_names()
    return Row(
        home, f"{home.balance.total:+.2f}", tuple((names[one.cause], one) for one in home.held)
    )
