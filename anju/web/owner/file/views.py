"""One page: a button by GET, who looked by POST; the link is spent by the press, not by the look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anju.kernel.limits import Limit, take
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import part_scope
from anju.privacy.actions.links import draw_anew, open_link, shown_here, waits
from anju.web.declare import public
from anju.web.owner.answer.door import CARE, SWITCHES, YEAR, network_of, switched

TRIES = Limit("file-link", 30, 10)


@public("the link is the right: 128 random bits, good for one press")
@csrf_exempt  # nothing here rests on a cookie; without a Referer browsers send `Origin: null`
@require_http_methods(["GET", "HEAD", "POST"])
def looked(request: HttpRequest, secret: str) -> HttpResponse:
    with part_scope(None):
        answer = _anew(request, secret) or switched(request, request.path)
        answer = answer or _answer(request, secret)
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _show(request: HttpRequest, name: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    page = {"care": request.COOKIES.get(CARE) == "1", **shown}
    return render(request, f"owner/file/{name}.html", page, status=status)


def _answer(request: HttpRequest, secret: str) -> HttpResponse:
    at = utc_now()
    company = waits(secret, at=at)
    if company is None:
        return _wrong(request, at)
    found = open_link(token=secret, at=at) if request.method == "POST" else None
    again = shown_here(secret) if found else ""
    page: dict[str, Any] = {"place": company.name, "phone": company.phone, "again": again}
    return _show(request, "looked", found=found, **page)


def _wrong(request: HttpRequest, at: datetime) -> HttpResponse:
    seconds = take(TRIES, network_of(request), at=at)
    if not seconds:
        return _show(request, "state", status=404, cause="wrong")
    answer = _show(request, "state", status=429, cause="often", seconds=seconds)
    answer["Retry-After"] = str(seconds)
    return answer


def _anew(request: HttpRequest, secret: str) -> HttpResponse | None:
    """Draw the list anew where a switch was pressed beside it: its link is spent and shows nothing."""
    chosen, again = SWITCHES.get(request.POST.get("act", "")), request.POST.get("again", "")
    if chosen is None or not again:
        return None
    request.COOKIES[chosen[0]] = chosen[1]
    if chosen[0] == settings.LANGUAGE_COOKIE_NAME:  # before anything is put into words
        translation.activate(chosen[1])
        request.LANGUAGE_CODE = chosen[1]
    found = draw_anew(token=secret, proof=again, at=utc_now())
    if found is None:
        return None
    company, looks = found
    page: dict[str, Any] = {"place": company.name, "phone": company.phone, "again": again}
    answer = _show(request, "looked", found=looks, **page)
    answer.set_cookie(
        *chosen,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return answer
