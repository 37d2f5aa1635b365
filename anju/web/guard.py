"""Puts the signed-in person and the company on each request, and turns refusals into answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.contrib.auth import logout
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, part_scope
from anju.register.access import Forbidden, NotFound, actor_of, narrowing
from anju.register.second_step import held_up

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ActorMiddleware:
    """Reads the membership anew at each request, so that a disabled person is out at once."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with _together(request):
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        actor = actor_of(user) if user.is_authenticated else None
        if user.is_authenticated and actor is None:
            logout(request)
        request.actor = actor  # type: ignore[attr-defined]
        if actor is None:
            return self.get_response(request)
        if (
            not settings.DEMO
            and held_up(actor, by=getattr(user, "second_step_by", None), at=utc_now())
            and not request.path.startswith(OPEN)
        ):
            return redirect("second-step")
        reached = part_scope(actor.parts, narrowing(actor))
        with company_scope(actor.company_id), reached:
            return self.get_response(request)


# What stays open to somebody who must set up the second step first: that, and leaving.
OPEN = ("/account/", "/language/", "/theme/")


def _together(request: HttpRequest) -> AbstractContextManager[object]:
    """Read a staff page in one transaction on PostgreSQL: the session, whose it is, and the page.

    Each transaction costs two ways to the database, and one that is told the company a third. Acts
    have transactions of their own. On SQLite a transaction would keep writers out.
    """
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    if signed_in and connection.vendor == "postgresql" and request.method in {"GET", "HEAD"}:
        return transaction.atomic()
    return nullcontext()


def refusal(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    """Answer a refusal that no form caught, with its code and sentence."""
    language = getattr(request, "LANGUAGE_CODE", "en")
    page = {"problem": problem, "sentence": problem.text(language), "status": status}
    if request.method == "GET" and problem.code in OF_A_LIST:
        page["back"] = request.path  # the list itself is there: only what was asked of it is not
    return render(request, "refused.html", page, status=status)


OF_A_LIST = frozenset({"E-PAGE", "E-SORT", "E-FILTER"})
STATUS = {
    "E-PAGE": 400,
    "E-SORT": 400,
    "E-FILTER": 400,
    "E-STATE": 409,
    "E-STALE": 409,
    "E-IDEM-MISSING": 400,
    "E-IDEM-FORMAT": 400,
    "E-IDEM-MISMATCH": 409,
    "E-SURVEY-ANSWERED": 409,
    "E-SURVEY-CLOSED": 409,
    "E-IMP-SAME": 409,
    "E-QUOTA": 429,
    "E-FILE-LONG": 413,
    "E-FORM-LONG": 413,
    "E-FORM-FIELDS": 413,
    "E-FILE-TYPE": 415,
}


class ProblemMiddleware:
    """Turns what the rooms raise into 403, 404 and 4xx pages; defects stay 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        if isinstance(raised, NotFound):
            return render(request, "404.html", status=404)
        if isinstance(raised, Forbidden):
            return render(request, "403.html", status=403)
        if isinstance(raised, Problem):
            return refusal(request, raised, STATUS.get(raised.code, 422))
        return None
