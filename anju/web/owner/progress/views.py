"""One page a case: a GET shows and changes nothing, each press counts once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from secrets import token_urlsafe

from django.db import OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from anju.aftercare.actions.owning import Press, judge, remind, say, too_many
from anju.aftercare.actions.visiting import Answer
from anju.aftercare.progress import Progress, file_of, progress_of
from anju.aftercare.reporters import reporter_of
from anju.attachments.signing import PREVIEW, WHOLE, read_sign, signed
from anju.attachments.taking import Taken, take_in
from anju.casework.kinds import NOTE_MOST, PHOTOS_MOST, Reason
from anju.casework.visits import Solved
from anju.kernel.limits import Limit, take, take_each
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import part_scope
from anju.notify.carriers.choose import has_official
from anju.register.access import NotFound
from anju.register.queries import only_phone
from anju.web.declare import public
from anju.web.guard import STATUS
from anju.web.owner.answer.door import CARE, GUESSES, network_of
from anju.web.owner.progress.words import (
    broken_words,
    lines_of,
    next_words,
    reasons,
    stages_of,
    turn_words,
)
from anju.web.owner.report.door import guard, remember, switch
from anju.web.parts.form import Refusal

BY_CASE = Limit("case-page", 30, 10)
BY_NETWORK = Limit("case-page-network", 120, 60)


def _page(
    request: HttpRequest, name: str, found: Progress | None, *, status: int = 200, **more: object
) -> HttpResponse:
    shown: dict[str, object] = {
        "case": found,
        "place": found.company if found else "",
        "phone": found.phone if found else "",
        "care": request.COOKIES.get(CARE) == "1",
        **more,
    }
    return render(request, f"owner/progress/{name}.html", shown, status=status)


def _wrong(request: HttpRequest, at: datetime) -> HttpResponse:
    """Answer a link that leads nowhere, whatever the reason; who tries many is slowed down."""
    seconds = take(GUESSES, network_of(request), at=at)
    if not seconds:
        return _page(request, "state", None, status=404, cause="wrong", phone=only_phone())
    return _often(request, None, seconds)


def _often(request: HttpRequest, found: Progress | None, seconds: int) -> HttpResponse:
    answer = _page(request, "state", found, status=429, cause="often", seconds=seconds)
    answer["Retry-After"] = str(seconds)
    return answer


def _shown(
    request: HttpRequest, token: str, found: Progress, at: datetime, problem: Problem | None = None
) -> HttpResponse:
    language, refusals = get_language() or "en", tuple[Refusal, ...]()
    if problem is not None:
        place = "photos" if problem.field == "file" else problem.field
        refusals = (Refusal(place, problem.text(language), problem.code),)
    status = STATUS.get(problem.code, 422) if problem else 200
    more: dict[str, object] = {
        "token": token, "refusals": refusals, "problem": problem, "new": "new" in request.GET,
        "key": token_urlsafe(16), "title": found.zh if language.startswith("zh") else found.en,
        "stages": stages_of(found), "turn": turn_words(found), "promise": next_words(found),
        "broken": broken_words(found), "lines": lines_of(found), "files": _files(found, at),
        "reasons": reasons(request.POST.getlist("reason")), "most": NOTE_MOST,
        "words": request.POST.get("words", ""), "said": request.POST.get("said", ""),
        "solved": request.POST.get("solved", ""), "done": request.GET.get("done", ""),
        "wechat": has_official() and reporter_of(found.company_id, found.case_id) is not None,
    }  # fmt: skip
    return _page(request, "progress", found, status=status, **more)


def _files(found: Progress, at: datetime) -> tuple[tuple[object, str, str, bool], ...]:
    return tuple(
        (
            line,
            signed(line.id, PREVIEW, at=at),
            signed(line.id, WHOLE, at=at),
            line.id in found.mine,
        )
        for line in found.files
    )


def _given(request: HttpRequest) -> tuple[Taken, ...]:
    sent = [one for name in ("photos", "voice") for one in request.FILES.getlist(name)]
    files = [one for one in sent if one.name]
    if len(files) > PHOTOS_MOST + 1:
        raise too_many()
    return tuple(take_in(one.chunks(), name=one.name or "", sound=True) for one in files)


def _say(request: HttpRequest, press: Press, at: datetime) -> None:
    say(press=press, words=request.POST.get("words", ""), files=_given(request), at=at)


def _urge(_request: HttpRequest, press: Press, at: datetime) -> None:
    remind(press=press, at=at)


def _judge(request: HttpRequest, press: Press, at: datetime) -> None:
    told = request.POST.get("solved", "")
    if told not in set(Solved):
        raise Problem("E-CHOICE", "solved", "Choose one of the three.", "请从三项中选择一项。")
    solved = Solved(told)
    sign = "+" if solved is Solved.YES else "-"
    chosen = {one.value for one in Reason} & set(request.POST.getlist("reason"))
    said = tuple(f"{sign}{one.value}" for one in Reason if one.value in chosen)
    answer = Answer(solved, reasons=said, words=request.POST.get("said", ""))
    judge(press=press, answer=answer, at=at)


ACTS: dict[str, Callable[[HttpRequest, Press, datetime], None]] = {
    "say": _say,
    "urge": _urge,
    "judge": _judge,
}


def _acted(request: HttpRequest, token: str, found: Progress, at: datetime) -> HttpResponse:
    act = request.POST.get("act", "")
    if act not in ACTS:  # a switch, or nothing that we know
        return _shown(request, token, found, at)
    limits = [(BY_CASE, token), (BY_NETWORK, network_of(request))]
    seconds = take_each(limits, at=at)
    if seconds:
        return _often(request, found, seconds)
    press = Press(found.company_id, found.case_id, request.POST.get("key", ""))
    try:
        ACTS[act](request, press, at)
    except Problem as problem:
        return _shown(request, token, progress_of(token, at=at) or found, at, problem)
    answer = redirect("case-progress", token)
    answer["Location"] = f"{answer['Location']}?done={act}"
    return answer


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    at = utc_now()
    found = progress_of(token, at=at)
    if found is None:
        return _wrong(request, at)
    if request.method == "POST":
        return _acted(request, token, found, at)
    return _shown(request, token, found, at)


def _door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Let the link be the right, switch before anything is said, and keep it out of logs and caches."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        chosen = switch(request)
        try:
            with part_scope(None):
                answer = view(request, token)
        except OperationalError:
            answer = _page(request, "state", None, status=503, cause="fault")
        return guard(remember(answer, chosen))

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return public("the link is the right: 128 random bits")(csrf_exempt(methods(guarded)))


progress = _door(_answered)


@public("the owner's link is the right; the file's own sign holds for minutes")
@require_GET
def file(request: HttpRequest, token: str, sign: str) -> HttpResponseBase:
    attachment_id, size = read_sign(sign, at=utc_now())
    with part_scope(None):
        found = file_of(token, attachment_id, size)
    try:
        body = found.path.open("rb")
    except FileNotFoundError:
        raise NotFound("file") from None
    answer = FileResponse(
        body, as_attachment=found.download, filename=found.name, content_type=found.media_type
    )
    answer["Cache-Control"] = "private, max-age=600"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
