"""What every page behind a link goes through: limits, lookup, headers, one page for each cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dateformat import format as dated
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anju.fieldwork.actions.answering import Often, in_hand
from anju.fieldwork.invitations import Asking, asking, asking_of
from anju.fieldwork.rules.links import Standing
from anju.kernel.limits import Limit, take
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import part_scope
from anju.register.access import NotFound
from anju.register.queries import only_phone
from anju.survey.invited import Hold
from anju.web.declare import public
from anju.web.parts.marks import marks_out
from anju.web.parts.network import network_of as network_of

# By link first, so that an office or a whole estate behind one address keeps working.
BY_LINK = Limit("link", 60, 60)
BY_NETWORK = Limit("link-network", 2_000, 2_000)
GUESSES = Limit("link-guess", 30, 10)
CARE = "anju-care"
MARKS = "marks"  # how many direction marks the page before lost, in the address of the next
YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One request behind a link that leads somewhere."""

    token: str
    asking: Asking
    at: datetime
    care: bool


Page = Callable[..., HttpResponse]
Act = Callable[..., HttpResponse]
Rest = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Pages:
    """What one address shows, what a press on it does, and what that press locks."""

    page: Page
    act: Act
    hold: Hold


def unbroken(moment: datetime | None, form: str = "Y-m-d H:i") -> str:
    """Return a moment as it is shown, never cut at the end of a line; empty where there is none."""
    if moment is None:
        return ""
    return format_html('<span class="text-nowrap">{}</span>', dated(localtime(moment), form))


def show(
    request: HttpRequest, name: str, visit: Visit | None, *, status: int = 200, **more: object
) -> HttpResponse:
    """Render a page of this feature; without a visit it names nobody."""
    found = visit.asking if visit else None
    page: dict[str, object] = {
        "visit": visit,
        "asking": found,
        "token": visit.token if visit else "",
        "place": found.company if found else "",
        "phone": found.phone if found else "",
        "care": _care(request),
        "marks": _marks(request),
        "sent": unbroken(found.submitted_at if found else None),
        "ends": unbroken(found.ends if found else None),
        **more,
    }
    return render(request, f"owner/answer/{name}.html", page, status=status)


def _often(request: HttpRequest, seconds: int) -> HttpResponse:
    answer = show(request, "state", None, status=429, cause="often", seconds=seconds)
    answer["Retry-After"] = str(seconds)
    return answer


def _wrong(request: HttpRequest, at: datetime) -> HttpResponse:
    """Answer a link that leads nowhere; who tries many is slowed down."""
    seconds = take(GUESSES, network_of(request), at=at)
    if seconds:
        return _often(request, seconds)
    return _nowhere(request)


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Say that a link leads nowhere, whatever the reason, and whom to call."""
    return show(request, "state", None, status=404, cause="wrong", phone=only_phone())


def _state(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """Return the page that stands in for the questions, or None where they can be answered."""
    standing = visit.asking.standing
    if standing in {Standing.OPEN, Standing.ANSWERED}:
        return None
    if standing is Standing.REVOKED:  # like a link that never was
        return _nowhere(request)
    status = 409 if request.method == "POST" else 200
    written = [request.POST.get(name, "") for name in request.POST if name.startswith("t.")]
    unsent = [text for text in written if text.strip()]
    return show(request, "state", visit, status=status, cause=standing.value, unsent=unsent)


def _care(request: HttpRequest) -> bool:
    return request.COOKIES.get(CARE) == "1"


def _shown(
    pages: Pages, request: HttpRequest, token: str, rest: Rest, problem: Problem | None = None
) -> HttpResponse:
    """Show what a link leads to; nothing is kept by it."""
    at = utc_now()
    found = asking(token, at=at)
    if found is None:
        return _wrong(request, at)
    visit = Visit(token, found, at, _care(request))
    return _state(request, visit) or pages.page(request, visit, problem, **rest)


def _acted(pages: Pages, request: HttpRequest, token: str, rest: Rest) -> HttpResponse:
    """Do what a press asks for, in one transaction; what is refused is shown after it ended."""
    at, refused = utc_now(), None
    limits = ((BY_LINK, token), (BY_NETWORK, network_of(request)))
    try:
        with in_hand(token, at=at, limits=limits, hold=pages.hold) as home:
            visit = Visit(token, asking_of(home, at), at, _care(request))
            return pages.act(request, visit, home, **rest)
    except Often as often:
        return _often(request, often.seconds)
    except Problem as problem:
        refused = problem
    except NotFound:
        pass  # not there, or not to be answered now: the page says which
    return _shown(pages, request, token, rest, refused)


def _through(pages: Pages, request: HttpRequest, token: str, rest: Rest) -> HttpResponse:
    try:
        turned = _switch(request)  # first: also where nothing can be answered any more
        if turned is not None:
            return turned
        if request.method == "POST":
            return _acted(pages, request, token, rest)
        return _shown(pages, request, token, rest)
    except OperationalError:
        return show(request, "state", _known(request, token), status=503, cause="fault")


def _known(request: HttpRequest, token: str) -> Visit | None:
    """Return whose page it is while the database is in trouble, if that can be read."""
    at = utc_now()
    with suppress(OperationalError):
        found = asking(token, at=at)
        return Visit(token, found, at, _care(request)) if found is not None else None
    return None


SWITCHES: dict[str, tuple[str, str]] = {
    "zh-hans": ("anju-language", "zh-hans"),
    "en": ("anju-language", "en"),
    "light": ("anju-theme", "light"),
    "dark": ("anju-theme", "dark"),
    "care": (CARE, "1"),
    "plain": (CARE, "0"),
}


def _switch(request: HttpRequest) -> HttpResponse | None:
    """Answer a press on language, theme or text size where no answers are on the page."""
    if request.method != "POST" or "questions" in request.POST:
        return None
    return switched(request, request.path)


def switched(request: HttpRequest, address: str) -> HttpResponseRedirect | None:
    """Return the way back with the cookie of a pressed switch, or None where none was pressed."""
    chosen = SWITCHES.get(request.POST.get("act", ""))
    if chosen is None:
        return None
    answer = HttpResponseRedirect(address, status=303)
    answer.set_cookie(
        *chosen,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return answer


def told_marks(answer: HttpResponseRedirect, taken: int) -> HttpResponseRedirect:
    """Let the next page say that direction marks were taken out; its address carries how many."""
    if taken:
        answer["Location"] = f"{answer.url}?{MARKS}={taken}"
    return answer


def _marks(request: HttpRequest) -> str:
    """Return the notice of marks that the page before lost; empty where none were."""
    said = request.GET.get(MARKS, "") if request.method != "POST" else ""
    taken = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0
    return marks_out(taken) if taken else ""


def door(page: Page, act: Act, hold: Hold = Hold.HOME) -> Callable[..., HttpResponseBase]:
    """Declare a page behind a link: the link is the right, so no cookie can be misused for it.

    Without a Referer browsers send `Origin: null`, which the check against forged requests takes
    for a stranger; nothing here rests on a cookie, so that check has nothing to protect.
    """
    pages = Pages(page, act, hold)

    @wraps(page)
    def guarded(request: HttpRequest, token: str, **rest: int) -> HttpResponse:
        with part_scope(None):
            answer = _through(pages, request, token, rest)
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return public("the link is the right: 128 random bits")(csrf_exempt(methods(guarded)))
