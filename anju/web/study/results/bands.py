"""All projects of the company against their targets, in three bands; inside a band by name alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.insight.bands import Placed, bands
from anju.insight.reports.survey.standing import Band, Why
from anju.kernel.pure.clock import utc_now
from anju.paper.formats import DASH, count, figure, interval, percent
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.study.results.page import language

NAMES: dict[Band, Promise] = {
    Band.BELOW: _("Clearly below the target"),
    Band.TIE: _("Cannot tell"),
    Band.ABOVE: _("Clearly above the target"),
    Band.NONE: _("Not compared"),
}
SIGNS = {Band.BELOW: "is-low", Band.TIE: "is-tie", Band.ABOVE: "is-high", Band.NONE: "is-tie"}
WHY: dict[Why, Promise] = {
    Why.TARGET: _("The project has no target."),
    Why.FEW: _("Too few homes answered to show a figure."),
    Why.OTHER: _("No single question asks about the service as a whole, so a target does not fit."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One project in the words of the reader."""

    placed: Placed
    value: str
    interval: str
    target: str
    n: str
    rate: str
    why: Promise | None


def _line(one: Placed, reader: str) -> Line:
    found, made = one.standing, one.standing.figure
    return Line(
        placed=one,
        value=figure(made) if made else DASH,
        interval=interval(made, reader) if made and made.has_interval else DASH,
        target=DASH if found.target is None else f"{found.target:g}%",
        n=count(made.n) if made else DASH,
        rate=DASH if found.rate is None else percent(found.rate),
        why=WHY[found.why] if found.why is not None else None,
    )


@page(Verb.SEE_RESULTS)
@require_GET
def company(request: StaffRequest) -> HttpResponse:
    found, reader = bands(at=utc_now()), language()
    groups = [
        (band.value, NAMES[band], SIGNS[band],
         [_line(one, reader) for one in found.rows if one.standing.band is band])
        for band in Band
    ]  # fmt: skip
    compared = sum(len(lines) for key, _name, _sign, lines in groups if key != Band.NONE)
    shown = {
        "groups": groups,
        "any": bool(found.rows),
        "compared": compared,
        "level": percent(found.level, 2 if compared > 1 else 0),
    }
    return render(request, "manage/results/bands.html", shown)
