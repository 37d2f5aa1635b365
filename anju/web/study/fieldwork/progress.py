"""How far a survey's fieldwork is: by building, and which homes of one are asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from anju.fieldwork.actions.doors import note_door
from anju.fieldwork.frame import is_sample
from anju.fieldwork.progress import FieldPage, field_homes, field_page
from anju.fieldwork.rules.approach import OutcomeKind
from anju.fieldwork.rules.progress import FEW_ANSWERS, SMALL, Shown
from anju.fieldwork.rules.sample import Method
from anju.fieldwork.wishes import open_wishes
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.register.access import Verb, building_for
from anju.register.queries import building_lines
from anju.survey import queries
from anju.survey.access import may_on, wave_for
from anju.survey.rules.wave import WaveState
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import member
from anju.web.parts.pieces import Tile
from anju.web.study.here import here


def percent(rate: float | None) -> str:
    """Return a share in whole percent, or a dash where it is not known."""
    return f"{rate:.0%}" if rate is not None else "–"


def answered_words(part: Shown) -> str:
    """Return how many homes answered: a number, or the band that a small building gets."""
    if part.band is None:
        return str(part.line.answered)
    low, high = part.band
    return f"{low}–{high}" if low != high else str(low)


def method_words(method: Method) -> str:
    """Return how a sample was drawn."""
    return {
        Method.SIMPLE: _("of all homes together"),
        Method.BUILDINGS: _("of each building in proportion"),
    }[method]


def outcome_words(kind: OutcomeKind) -> str:
    """Return what was found at a door."""
    return {
        OutcomeKind.REFUSED: _("Refused to answer"),
        OutcomeKind.UNREACHABLE: _("Not reached"),
    }[kind]


def _tiles(found: FieldPage) -> tuple[Tile, ...]:
    whole_ = found.whole
    asked = _("of %(n)s homes") % {"n": f"{whole_.homes:,}"}
    silent = max(0, whole_.asked - whole_.answered)
    ways = _("%(link)s by phone, %(paper)s on paper, %(other)s from files") % {
        "link": whole_.link,
        "paper": whole_.paper,
        "other": whole_.other,
    }
    plan = _("planned: %(n)s answers") % {"n": f"{found.planned:,}"} if found.planned else ""
    waiting = ngettext("%(n)s home has not answered", "%(n)s homes have not answered", silent)
    return (
        Tile(_("Homes asked"), f"{whole_.asked:,}", asked),
        Tile(_("Page opened"), f"{whole_.opened:,}"),
        Tile(_("Answered"), f"{whole_.answered:,}", ways),
        Tile(_("Response rate"), percent(found.rate), plan or waiting % {"n": f"{silent:,}"}),
    )


@page(Verb.SEE_SURVEYS)
@require_GET
def field(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave = wave_for(request.actor, wave_id, Verb.SEE_SURVEYS)
    line = queries.wave_page(wave_id).line
    outside = not request.actor.may(Verb.SEE_REGISTER)  # the committee, a consultant
    found = field_page(
        wave_id, outside=outside and not may_on(request.actor, wave, Verb.GIVE_LINKS)
    )
    ids = {one.name: one.id for one in building_lines(line.project_id)}
    may_see_homes = may_on(request.actor, wave, Verb.ENTER_PAPER)
    may_meet = request.actor.may(Verb.MEET_WISHES)
    page_ = {
        "wave": line,
        "found": found,
        "tiles": _tiles(found),
        "rows": [
            (
                part,
                answered_words(part),
                percent(part.rate),
                ids.get(part.line.name) if may_see_homes else None,
            )
            for part in found.buildings
        ],
        "draws": [(draw, method_words(draw.method)) for draw in found.draws],
        "warned": sum(part.warns for part in found.buildings),
        "banded": any(part.band for part in found.buildings),
        "few": FEW_ANSWERS,
        "small": SMALL,
        "outside": outside,
        "open": line.state is WaveState.OPEN,
        "waiting": open_wishes(wave_id) if may_meet else None,
        **here(request.actor, wave_id),
    }
    return render(request, "manage/fieldwork/field.html", page_)


def _building_of(request: StaffRequest, wave_id: int, building_id: int) -> str:
    """Return the name of a building of the wave's project; raises NotFound or Forbidden."""
    wave = wave_for(request.actor, wave_id, Verb.ENTER_PAPER)
    building = building_for(request.actor, building_id, Verb.ENTER_PAPER)
    if building.project_id != wave.project_id:
        building = building_for(request.actor, 0, Verb.ENTER_PAPER)
    return str(building.name)


@page(Verb.ENTER_PAPER)
@require_GET
def homes(request: StaffRequest, wave_id: int, building_id: int) -> HttpResponse:
    name = _building_of(request, wave_id, building_id)
    lines = field_homes(wave_id, building_id)
    shown = {
        "wave": queries.wave_page(wave_id).line,
        "building": name,
        "building_id": building_id,
        "homes": [(one, outcome_words(one.outcome) if one.outcome else "") for one in lines],
        "drawn": sum(one.drawn for one in lines),
        "sample": is_sample(wave_id),
        "kinds": [(kind.value, outcome_words(kind)) for kind in OutcomeKind],
    }
    return render(request, "manage/fieldwork/homes.html", shown)


@page(Verb.ENTER_PAPER)
@require_POST
def found(request: StaffRequest, wave_id: int, building_id: int) -> HttpResponse:
    _building_of(request, wave_id, building_id)
    unit_id = whole(request.POST.get("unit", ""), "unit")
    wanted = request.POST.get("found", "")
    kind = member(OutcomeKind, wanted, "found") if wanted else None
    note_door(actor=request.actor, wave_id=wave_id, unit_id=unit_id, found=kind, at=utc_now())
    messages.success(request, _("Noted. No reminder goes to a home that refused."))
    return redirect("field-homes", wave_id, building_id)
