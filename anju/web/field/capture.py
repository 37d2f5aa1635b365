"""A quick report by somebody on the ground: a photo, a word, the place as last time; also offline."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.casework.kinds import CaseKind, Channel
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.onsite.actions.onsite import capture
from anju.onsite.jobs import House, estates_of, houses_of, kinds_of_matter, unit_of
from anju.register.access import Forbidden, NotFound, Verb
from anju.voice.actions.receiving import Place, Report, Teller
from anju.web.declare import StaffRequest, page
from anju.web.field.jobs import around
from anju.web.field.presses import accepted, client_at, photo_in, refused


@dataclass(frozen=True, slots=True)
class Matter:
    """A button of the form: what it is, in the reader's language."""

    id: int
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Estate:
    """A project with its buildings, as one group of the list."""

    id: int
    name: str
    houses: tuple[House, ...]


def _matters() -> tuple[Matter, ...]:
    chinese = (get_language() or "").startswith("zh")
    return tuple(
        Matter(row.pk, row.zh if chinese else row.en, row.kind or CaseKind.REPAIR.value)
        for row in kinds_of_matter()
    )


def _estates(request: StaffRequest) -> tuple[Estate, ...]:
    houses = houses_of(request.actor)
    return tuple(
        Estate(key, name, tuple(house for house in houses if house.project_id == key))
        for key, name in estates_of(request.actor)
    )


def _place(request: StaffRequest) -> Place:
    """Return the place that was chosen; a number that no door has stays as words at the building."""
    chosen, room = request.POST.get("place", ""), request.POST.get("room", "").strip()[:30]
    spot = request.POST.get("spot", "").strip()[:80]
    kind, _dot, key = chosen.partition(".")
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        raise Problem("E-EMPTY", "place", "Choose the place.", "请选择地点。")
    if kind == "p":
        return Place(int(key), spot=" ".join(filter(None, (room, spot))))
    house = next((one for one in houses_of(request.actor) if one.id == int(key)), None)
    if house is None:
        raise NotFound("building")
    unit = unit_of(request.actor, house, room) if room else None
    words = " ".join(filter(None, ("" if unit else room, spot)))
    return Place(house.project_id, unit, house.id, words)


def _report(request: StaffRequest) -> Report:
    named = request.POST.get("matter", "")
    matter = next((one for one in _matters() if str(one.id) == named), None)
    words = request.POST.get("words", "").strip()
    if not words and matter is None:
        raise Problem("E-EMPTY", "words", "Say what it is.", "请说明是什么事。")
    key, visit = request.POST.get("id", ""), bool(request.POST.get("visit"))
    return Report(
        kind=CaseKind(matter.kind) if matter else CaseKind.REPAIR,
        place=_place(request),
        words=words or (matter.word if matter else ""),
        channel=Channel.VISIT if visit else Channel.STAFF,
        teller=Teller(name=request.POST.get("met", "").strip()[:80]) if visit else Teller(),
        category_id=matter.id if matter else None,
        client_id=key if key.isascii() and key.isalnum() and len(key) <= 64 else "",
        client_at=client_at(request),
    )


@page(Verb.TAKE_CASES)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    if request.method == "POST":
        return _take(request)
    shown = {
        **around(request, request.actor, at),
        "matters": _matters(),
        "estates": _estates(request),
        "key": token_hex(16),
    }
    answer = render(request, "field/new.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


def _take(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    try:
        photo = photo_in(request)
        case = capture(actor=request.actor, report=_report(request), photo=photo, at=at)
    except (Problem, NotFound, Forbidden) as raised:
        return refused(request, raised, at, "my-report")
    said = _("Registered as no. %(number)s.") % {"number": case.number}
    return accepted(request, at, said, "my-report")
