"""One page for a whole lobby: it asks for the home and its code, and leads on to the home's own link.

A GET shows; a press on the button counts one try and changes nothing else.
"""

from __future__ import annotations

from datetime import datetime

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anju.fieldwork.actions.lobby import open_home
from anju.fieldwork.lobby import Door, door_of
from anju.fieldwork.rules.links import Standing
from anju.kernel.limits import Limit, take
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import part_scope
from anju.register.access import NotFound
from anju.register.queries import only_phone
from anju.web.declare import public
from anju.web.guard import STATUS
from anju.web.owner.answer.door import CARE, GUESSES, network_of, switched, unbroken
from anju.web.parts.form import Field, Refusal, with_problem

# A lobby shares one network: enough for its people, little for a machine.
BY_NETWORK = Limit("lobby-network", 60, 20)
OFTEN = "E-LOBBY-OFTEN"


def _show(
    request: HttpRequest, name: str, door: Door | None, *, status: int = 200, **more: object
) -> HttpResponse:
    shown = {
        "asking": door,
        "place": door.company if door else "",
        "phone": door.phone if door else "",
        "care": request.COOKIES.get(CARE) == "1",
        "ends": unbroken(door.ends if door else None),
        **more,
    }
    return render(request, name, shown, status=status)


def _state(
    request: HttpRequest, door: Door | None, cause: str, *, status: int, **more: object
) -> HttpResponse:
    answer = _show(request, "owner/answer/state.html", door, status=status, cause=cause, **more)
    seconds = more.get("seconds", 0)
    if seconds:
        answer["Retry-After"] = str(seconds)
    return answer


def _fields(request: HttpRequest, door: Door) -> tuple[Field, ...]:
    of_door = _("As it stands on your door, for example 502")
    whole = _("With its building, for example 3-502")
    proof = _(
        "The six digits on the slip in your letter box. Without a slip: the last four digits of the"
        " telephone that the service centre knows. So nobody answers for another home."
    )
    room = request.POST.get("room", "")[:40]
    return (
        Field("room", _("Number of your home"), room, of_door if door.building else whole, most=40),
        # Never given back: the next person in the lobby must not find it on the page.
        Field(
            "code",
            _("Code of your home's slip, or the end of your telephone number"),
            "",
            proof,
            inputmode="numeric",
            most=20,
        ),
    )


def _ask(request: HttpRequest, door: Door, problem: Problem | None = None) -> HttpResponse:
    fields, refusals, status = _fields(request, door), tuple[Refusal, ...](), 200
    if problem is not None:
        fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        status = 429 if problem.code == OFTEN else STATUS.get(problem.code, 422)
    more = {"fields": fields, "refusals": refusals}
    return _show(request, "owner/lobby/ask.html", door, status=status, **more)


def _open(request: HttpRequest, door: Door, token: str, at: datetime) -> HttpResponse:
    try:
        link = open_home(
            token=token,
            room=request.POST.get("room", "")[:60],
            written=request.POST.get("code", "")[:40],
            today=localdate(at),
            at=at,
        )
    except Problem as problem:
        return _ask(request, door, problem)
    return redirect("answer", link)


def _through(request: HttpRequest, token: str) -> HttpResponse:
    at = utc_now()
    posted = request.method == "POST"
    turned = switched(request, request.path) if posted else None
    if turned is not None:
        return turned
    door = door_of(token, at=at)
    if door is None or door.standing is Standing.REVOKED:
        seconds = take(GUESSES, network_of(request), at=at)
        return _state(
            request, None, "often" if seconds else "wrong", status=429 if seconds else 404,
            seconds=seconds, phone=only_phone(),
        )  # fmt: skip
    if door.standing is not Standing.OPEN:
        return _state(request, door, door.standing.value, status=409 if posted else 200)
    if not posted:
        return _ask(request, door)
    seconds = take(BY_NETWORK, network_of(request), at=at)
    if seconds:
        return _state(request, door, "often", status=429, seconds=seconds)
    return _open(request, door, token, at)


@public("what hangs in the lobby is for everybody; a home opens only to its code or telephone")
@csrf_exempt  # nothing rests on a cookie, see decision 18
@require_http_methods(["GET", "HEAD", "POST"])
def lobby(request: HttpRequest, token: str) -> HttpResponse:
    try:
        with part_scope(None):
            answer = _through(request, token)
    except OperationalError:
        answer = _state(request, None, "fault", status=503)
    except NotFound:
        answer = _state(request, None, "wrong", status=404, phone=only_phone())
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
