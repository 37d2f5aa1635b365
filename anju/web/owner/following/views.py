"""One page: to WeChat, back with a code, and one press; a GET changes nothing."""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anju.aftercare.progress import Progress, progress_of
from anju.aftercare.reporters import follows, reporter_of
from anju.kernel.limits import Limit, take_each
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import part_scope
from anju.notify.actions.following import follow, unfollow
from anju.notify.carriers.choose import has_official
from anju.notify.carriers.official import Official, authorize_address, read_account
from anju.notify.carriers.port import NotTaken
from anju.web.declare import public
from anju.web.owner.answer.door import CARE, network_of
from anju.web.owner.report.door import guard, often, remember, switch
from anju.web.parts.form import Refusal

BY_LINK, BY_NETWORK = Limit("case-follow", 10, 2), Limit("case-follow-network", 60, 30)


def _refused() -> Problem:
    return Problem(
        "E-OFFICIAL-REFUSED",
        "follow",
        "WeChat did not tell us who you are. Press “Go to WeChat” once more.",
        "微信未能确认您的身份。请再点一次“去微信确认”。",
    )


def _shown(
    request: HttpRequest,
    token: str,
    found: Progress,
    *,
    there: bool,
    problem: Problem | None = None,
) -> HttpResponse:
    here = f"{settings.BASE_ADDRESS}{reverse('case-follow', args=[token])}"
    refusals: tuple[Refusal, ...] = ()
    if problem is not None:
        refusals = (Refusal(problem.field, problem.text(request.LANGUAGE_CODE), problem.code),)
    shown = {
        "case": found,
        "token": token,
        "follows": there,
        "code": "" if problem else request.GET.get("code", ""),
        "authorize": authorize_address(read_account(settings.OFFICIAL_ACCOUNT), here, "anju"),
        "refusals": refusals,
        "place": found.company,
        "phone": found.phone,
        "care": request.COOKIES.get(CARE) == "1",
    }
    return render(request, "owner/following/page.html", shown, status=422 if problem else 200)


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    at = utc_now()
    found = progress_of(token, at=at) if has_official() else None
    person = reporter_of(found.company_id, found.case_id) if found is not None else None
    if found is None or person is None:
        return redirect("case-progress", token)  # which also answers what leads nowhere
    there, act = follows(found.company_id, person), request.POST.get("act", "")
    if act not in {"follow", "stop"}:
        return _shown(request, token, found, there=there)
    seconds = take_each([(BY_LINK, token), (BY_NETWORK, network_of(request))], at=at)
    if seconds:
        return often(request, None, seconds)
    if act == "stop":
        unfollow(company_id=found.company_id, person_id=person, at=at)
    else:
        try:
            carrier = Official(read_account(settings.OFFICIAL_ACCOUNT))
            openid = carrier.who(request.POST.get("code", "")[:128])
        except NotTaken:
            return _shown(request, token, found, there=there, problem=_refused())
        follow(company_id=found.company_id, person_id=person, openid=openid, at=at)
    return redirect("case-follow", token)


@public("the link is the right: 128 random bits; WeChat says who came back")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@wraps(_answered)
def following(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show whether an owner is told through the official account, and let her change it."""
    chosen = switch(request)
    with part_scope(None):
        answer = _answered(request, token)
    return guard(remember(answer, chosen))
