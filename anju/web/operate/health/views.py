"""What is on, what is off and why, and the one thing to do about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju import __version__
from anju.insight.queries import missing_glyphs
from anju.kernel.health import Light, Reading, readings
from anju.kernel.pure.clock import utc_now
from anju.notify import queries
from anju.register.access import Verb
from anju.seals.queries import standing
from anju.web.declare import StaffRequest, page
from anju.web.operate.health.words import line_of
from anju.web.parts.begun import unreached

SEAL_OLD = timedelta(days=2)
ORDER = {Light.BAD: 0, Light.OFF: 1, Light.GOOD: 2}


def glyphs() -> Reading:
    """Say whether reports find the letters they print."""
    missing = missing_glyphs()
    light = Light.BAD if missing else Light.GOOD
    return Reading("glyphs", light, {"missing": missing})


def phones() -> Reading:
    """Say whether phones can open the address that links and codes carry."""
    light = Light.OFF if unreached() else Light.GOOD
    return Reading("phones", light, {"address": settings.BASE_ADDRESS})


def outbox() -> Reading:
    """Say whether messages of the reader's company go out, and how many could not."""
    held, states = queries.held(), queries.by_state()
    dead, waiting = states.get("dead", 0), states.get("waiting", 0)
    figures = {"held": "yes" if held else "", "dead": str(dead), "waiting": str(waiting)}
    return Reading("messages", Light.BAD if held or dead else Light.GOOD, figures)


def history(company_id: int, *, at: datetime) -> Reading:
    """Say when the histories of the reader's company were sealed last, and whether all was whole."""
    stood = standing(company_id)
    figures = {
        "day": stood.sealed.isoformat() if stood.sealed else "",
        "entries": f"{stood.entries:,}",
        "fault": stood.fault,
    }
    if stood.sealed is None:
        return Reading("history", Light.OFF, figures)
    late = at.date() - stood.sealed > SEAL_OLD
    return Reading("history", Light.BAD if stood.fault or late else Light.GOOD, figures)


@page(Verb.SEE_HEALTH)
@require_GET
def health(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    parts = [
        *readings(at=at),
        phones(),
        glyphs(),
        outbox(),
        history(request.actor.company_id, at=at),
    ]
    found = sorted(parts, key=lambda r: ORDER[r.light])
    lines = [line_of(reading) for reading in found]
    wrong = sum(1 for r in found if r.light == Light.BAD)
    off = sum(1 for r in found if r.light == Light.OFF)
    shown = {"lines": lines, "wrong": wrong, "off": off, "version": __version__}
    return render(request, "manage/health/health.html", shown)
