"""One page: a button by GET, who looked by POST; the link is spent by the press, not by the look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anju.kernel.limits import Limit, take
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import part_scope
from anju.privacy.actions.links import open_link, waits
from anju.web.declare import public
from anju.web.owner.answer.door import network_of

TRIES = Limit("file-link", 30, 10)


@public("the link is the right: 128 random bits, good for one press")
@csrf_exempt  # nothing here rests on a cookie; without a Referer browsers send `Origin: null`
@require_http_methods(["GET", "HEAD", "POST"])
def looked(request: HttpRequest, secret: str) -> HttpResponse:
    with part_scope(None):
        answer = _answer(request, secret)
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _answer(request: HttpRequest, secret: str) -> HttpResponse:
    at = utc_now()
    company = waits(secret, at=at)
    if company is None:
        seconds = take(TRIES, network_of(request), at=at)
        shown = {"cause": "often" if seconds else "wrong", "seconds": seconds}
        answer = render(request, "owner/file/state.html", shown, status=429 if seconds else 404)
        if seconds:
            answer["Retry-After"] = str(seconds)
        return answer
    page = {"place": company.name, "phone": company.phone}
    found = open_link(token=secret, at=at) if request.method == "POST" else None
    return render(request, "owner/file/looked.html", {**page, "found": found})
