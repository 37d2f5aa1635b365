"""What is on, what is off and why, and the one thing to do about it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju import __version__
from anju.insight.queries import missing_glyphs
from anju.kernel.health import Light, Reading, readings
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.manage.health.words import line_of

ORDER = {Light.BAD: 0, Light.OFF: 1, Light.GOOD: 2}


def glyphs() -> Reading:
    """Say whether reports find the letters they print."""
    missing = missing_glyphs()
    light = Light.BAD if missing else Light.GOOD
    return Reading("glyphs", light, {"missing": missing})


@page(Verb.SEE_HEALTH)
@require_GET
def health(request: StaffRequest) -> HttpResponse:
    found = sorted([*readings(at=utc_now()), glyphs()], key=lambda r: ORDER[r.light])
    lines = [line_of(reading) for reading in found]
    wrong = sum(1 for r in found if r.light == Light.BAD)
    shown = {"lines": lines, "wrong": wrong, "version": __version__}
    return render(request, "manage/health/health.html", shown)
