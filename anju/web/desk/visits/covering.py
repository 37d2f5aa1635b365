"""How many visits were owed and made in a month, what is missing, and how cases are drawn."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.aftercare import coverage as reading
from anju.aftercare.coverage import Covered
from anju.aftercare.kept import Span
from anju.casework.kinds import Mode
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.months import months_later
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.voice.labels import label
from anju.web.declare import StaffRequest, page
from anju.web.desk.visits.queues import project_in, projects_of

MONTHS = 13
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_in(request: StaffRequest, at: datetime) -> date:
    """Return the first day of the month asked for, this one if none is; raises E-FILTER."""
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().replace(day=1)
    found = _MONTH.fullmatch(request.GET.get("month", "") or f"{today:%Y-%m}")
    try:
        day = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        day = None
    if day is None or day > today or day < date(2000, 1, 1):
        raise Problem(
            "E-FILTER", "month",
            "Choose a month of the list, written as 2026-11.",
            "请从列表中选择月份，格式如 2026-11。",
        )  # fmt: skip
    return day


def span_of(month: date) -> Span:
    """Return a month by the wall clock of the installation."""
    zone = ZoneInfo(settings.TIME_ZONE)
    since, until = (
        datetime.combine(day, time(), tzinfo=zone) for day in (month, months_later(month, 1))
    )
    return Span(since, until)


@page(Verb.REVIEW_CASES)
@require_GET
def coverage(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    month, projects = month_in(request, at), projects_of(request.actor)
    project = project_in(request, projects)
    span = span_of(month)
    lines = reading.coverage(request.actor, span, at=at, project_id=project)
    found = reading.draw(request.actor, span, project_id=project)
    twice = reading.again(request.actor, span, project_id=project)
    this = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().replace(day=1)
    shown = {
        "rows": [_row(one) for one in lines if one.owed or one.dropped or one.kind is None],
        "any": bool(lines[-1].owed or lines[-1].dropped),
        "missing": [
            (one, str(label(one.kind)))
            for one in reading.missing(request.actor, span, at=at, project_id=project)
        ],
        "again": twice,
        "answers": [(str(label(one)), many) for one, many in twice.said.items()],
        "draw": found,
        "percent": round(100 * found.policy.rate),
        "month": month,
        "months": [months_later(this, -back) for back in range(MONTHS)],
        "projects": projects if len(projects) > 1 else {},
        "project": str(project or ""),
        "tab": "coverage",
        "at": at,
    }
    return render(request, "desk/visits/coverage.html", shown)


def _row(line: Covered) -> dict[str, object]:
    return {
        "label": str(label(line.kind)) if line.kind is not None else _("All together"),
        "line": line,
        "modes": [(str(label(one)), line.modes.get(one, 0)) for one in Mode],
        "sum": line.kind is None,
    }
