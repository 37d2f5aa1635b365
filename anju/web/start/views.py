"""Where each role begins; language and theme are POSTs that keep a cookie."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from anju.register.access import Role, Verb
from anju.web.declare import StaffRequest, page, public
from anju.web.parts.begun import begins

FIRST_PAGE = dict.fromkeys(Role, "surveys") | {
    Role.DESK: "case-new",
    Role.STEWARD: "cases",
    Role.WORKER: "my-jobs",
    Role.MANAGER: "cases",
}
YEAR = 31_536_000


@page(Verb.LOOK_AROUND)
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    if begins(request.actor):
        return redirect("first-steps")
    return redirect(FIRST_PAGE[request.actor.role])


def back_to(request: HttpRequest) -> str:
    """Return where a form says to go on, if that is one of our own pages."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if ours and "\\" not in wanted else "/"


def _keep(answer: HttpResponse, name: str, value: str) -> HttpResponse:
    answer.set_cookie(
        name,
        value,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return answer


@public("anybody may choose the language they read")
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    answer = redirect(back_to(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
    return answer


@public("anybody may choose light or dark")
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    answer = redirect(back_to(request))
    theme = request.POST.get("theme", "")
    if theme in {"light", "dark", "auto"}:
        _keep(answer, "anju-theme", theme)
    return answer


@public("a probe may ask whether the program and its database answer; it tells no more")
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"alive": True})
