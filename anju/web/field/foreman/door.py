"""Who stands behind a firm's link: nobody, somebody with a link, or the foreman who gave the code.

The link is looked up at each request, so that a link taken back is over at once; what the code
opened lies signed in the browser for twelve hours at most.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from anju.kernel.limits import Limit, take
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import part_scope
from anju.onsite.tickets import Way, way_of
from anju.register.queries import only_phone
from anju.web.declare import public
from anju.web.parts.network import network_of

P = ParamSpec("P")
COOKIE, SALT = "anju-firm", "anju.firm"
HOURS = timedelta(hours=12)
GUESSES = Limit("firm-guess", 30, 10)
Page = Callable[Concatenate[HttpRequest, str, Way, P], HttpResponse]


def _said(way: Way) -> str:
    return f"{way.company_id}.{way.ticket_id}"


def inside(request: HttpRequest, way: Way) -> bool:
    """Say whether this browser gave the code of this very link within the last hours."""
    try:
        said = TimestampSigner(salt=SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=HOURS)
    except BadSignature:
        return False
    return said == _said(way)


def let_in(answer: HttpResponse, way: Way) -> HttpResponse:
    """Let the browser keep, signed, that the code of this link was given."""
    answer.set_cookie(
        COOKIE, TimestampSigner(salt=SALT).sign(_said(way)), max_age=int(HOURS.total_seconds()),
        path="/o/w/", httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


def state(request: HttpRequest, cause: str, status: int, way: Way | None = None) -> HttpResponse:
    """Show why a link leads no further, and whom to call."""
    phone = way.office if way else only_phone()
    shown = {"cause": cause, "place": way.company if way else "", "phone": phone}
    return render(request, "field/foreman/state.html", shown, status=status)


def _found(request: HttpRequest, token: str, at: datetime) -> Way | HttpResponse:
    way = way_of(token, at=at)
    if way is None:
        seconds = take(GUESSES, network_of(request), at=at)
        return state(request, "often" if seconds else "wrong", 429 if seconds else 404)
    return state(request, "over", 410, way) if way.over else way


def door(*, known: bool) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    """Declare a page behind a firm's link; `known` asks for the code before."""

    def declare(page: Page[P]) -> Callable[..., HttpResponseBase]:
        @wraps(page)
        def guarded(
            request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            with part_scope(None):
                found = _found(request, token, utc_now())
                if isinstance(found, HttpResponse):
                    answer = found
                elif known and not inside(request, found):
                    answer = redirect(reverse("foreman-code", args=[token]))
                else:
                    answer = page(request, token, found, *args, **kwargs)
            answer["Cache-Control"] = "no-store"
            answer["X-Robots-Tag"] = "noindex"
            return answer

        methods = require_http_methods(["GET", "HEAD", "POST"])
        return public("the link and the code sent to the firm's phone are the right")(
            methods(guarded)
        )

    return declare
