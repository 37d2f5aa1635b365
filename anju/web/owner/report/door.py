"""What every page behind a code goes through: the code leads somewhere, switches, limits, headers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anju.kernel.limits import Limit, take, take_each
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import company_scope, part_scope
from anju.register.access import NotFound
from anju.register.queries import only_phone
from anju.voice.places import Hung, hung
from anju.web.declare import public
from anju.web.owner.answer.door import CARE, GUESSES, SWITCHES, YEAR, network_of

# A lift that stops is told of by a whole house within minutes, behind one network at times.
BY_CODE = Limit("case-code", 1_200, 600)
BY_NETWORK = Limit("case-network", 120, 60)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request behind a code that leads somewhere."""

    token: str
    here: Hung
    at: datetime
    care: bool


Page = Callable[[HttpRequest, Visit], HttpResponse]


def page_of(
    request: HttpRequest, name: str, visit: Visit | None, *, status: int = 200, **more: object
) -> HttpResponse:
    """Render a page of this feature; without a visit it names nobody."""
    here = visit.here if visit else None
    shown: dict[str, object] = {
        "here": here,
        "token": visit.token if visit else "",
        "place": here.company if here else "",
        "phone": here.phone if here else "",
        "care": request.COOKIES.get(CARE) == "1",
        **more,
    }
    return render(request, f"owner/report/{name}.html", shown, status=status)


def often(request: HttpRequest, visit: Visit | None, seconds: int) -> HttpResponse:
    """Answer who pressed too often; the telephone stands beside it."""
    answer = page_of(request, "state", visit, status=429, cause="often", seconds=seconds)
    answer["Retry-After"] = str(seconds)
    return answer


def limited(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """Count a press that writes something; return the refusal where there were too many."""
    wanted = [(BY_CODE, visit.token), (BY_NETWORK, network_of(request))]
    seconds = take_each(wanted, at=visit.at)
    return often(request, visit, seconds) if seconds else None


def switch(request: HttpRequest) -> tuple[str, str] | None:
    """Put a pressed switch into force before anything is said in words; return its cookie.

    The page that it stands on is drawn again with all that was typed.
    """
    chosen = SWITCHES.get(request.POST.get("act", ""))
    if chosen is None:
        return None
    request.COOKIES[chosen[0]] = chosen[1]
    if chosen[0] == settings.LANGUAGE_COOKIE_NAME:
        translation.activate(chosen[1])
        request.LANGUAGE_CODE = chosen[1]
    return chosen


def remember(answer: HttpResponse, chosen: tuple[str, str] | None) -> HttpResponse:
    """Let a browser keep what was switched."""
    if chosen is not None:
        answer.set_cookie(
            *chosen,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return answer


def guard(answer: HttpResponse) -> HttpResponse:
    """Keep what stands behind an owner's link out of caches, other pages' logs and search engines."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _through(page: Page, request: HttpRequest, token: str) -> HttpResponse:
    at = utc_now()
    here = hung(token)
    if here is None:
        seconds = take(GUESSES, network_of(request), at=at)
        if seconds:
            return often(request, None, seconds)
        return page_of(request, "state", None, status=404, cause="wrong", phone=only_phone())
    visit = Visit(token, here, at, request.COOKIES.get(CARE) == "1")
    with company_scope(here.company_id):
        return page(request, visit)


def door(page: Page) -> Callable[..., HttpResponseBase]:
    """Declare a page behind a code that hangs for everybody; a GET shows and changes nothing."""

    @wraps(page)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        chosen = switch(request)
        try:
            with part_scope(None):
                answer = _through(page, request, token)
        except OperationalError:
            answer = page_of(request, "state", None, status=503, cause="fault")
        except NotFound:
            answer = page_of(request, "state", None, status=404, cause="wrong")
        return guard(remember(answer, chosen))

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return public("the code hangs for everybody; it opens no home")(csrf_exempt(methods(guarded)))
