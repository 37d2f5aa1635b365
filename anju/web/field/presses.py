"""What a phone sends, one press at a time; a script is answered in JSON, a plain form by the page."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.attachments.taking import Taken, take_in
from anju.casework.onsite import Cannot, Cause, Step
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.onsite.actions.onsite import Press, carry_out
from anju.register.access import Forbidden, NotFound, Verb
from anju.web.declare import StaffRequest, page
from anju.web.field.words import CAUSES, TOLD
from anju.web.guard import STATUS


def scripted(request: HttpRequest) -> bool:
    """Say whether the page's own script asks, which reads the answer itself."""
    return request.headers.get("Accept", "") == "application/json"


def client_at(request: HttpRequest) -> datetime | None:
    """Return when it was pressed by the phone's clock; None where that is no moment."""
    try:
        moment = datetime.fromisoformat(request.POST.get("at", ""))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and 2000 < moment.year < 2200 else None


def photo_in(request: HttpRequest) -> Taken | None:
    """Return the photo that came along, written anew; None where there is none."""
    sent = request.FILES.get("photo")
    return take_in(sent.chunks(), name=sent.name or "photo") if sent is not None else None


def accepted(request: HttpRequest, at: datetime, said: str, back: str = "my-jobs") -> HttpResponse:
    """Answer that it is kept, with the time by the server's clock."""
    if scripted(request):
        return JsonResponse({"kept": True, "at": at.isoformat(), "say": said})
    messages.success(request, said)
    return redirect(back)


def refused(
    request: HttpRequest, raised: Exception, at: datetime, back: str = "my-jobs"
) -> HttpResponse:
    """Answer why it was not kept, in the reader's words; the phone shows it and keeps what it has."""
    language = getattr(request, "LANGUAGE_CODE", "en")
    if isinstance(raised, Problem):
        code, say, status = raised.code, raised.text(language), STATUS.get(raised.code, 422)
    elif isinstance(raised, NotFound):
        code, status = "E-NOT-YOURS", 404
        say = _("This job is not yours any more. Nothing of it was changed.")
    else:
        code, status = "E-NOT-YOURS", 403
        say = _("You may not do this at this job. Nothing of it was changed.")
    if scripted(request):
        return JsonResponse(
            {"kept": False, "code": code, "say": say, "at": at.isoformat()}, status=status
        )
    messages.error(request, say)
    return redirect(back)


def _what(said: str) -> Step | Cannot:
    for kind in (Step, Cannot):
        if said in set(kind):
            return kind(said)
    raise Problem("E-CHOICE", "what", "Choose one of the buttons.", "请点击页面上的按钮。")


def _read(request: StaffRequest) -> Press:
    what = _what(request.POST.get("what", ""))
    case = request.POST.get("case", "")
    if not (case.isascii() and case.isdigit() and len(case) < 16):
        raise NotFound("case")
    named = request.POST.get("cause", "")
    cause = Cause(named) if named in set(Cause) else Cause.OTHER
    words = request.POST.get("words", "")
    if what is Step.DONE:
        words = words or str(CAUSES[cause])
    if isinstance(what, Cannot):
        words = str(TOLD[what])
    return Press(
        int(case), request.POST.get("id", ""), what, words, cause, photo_in(request),
        client_at(request),
    )  # fmt: skip


@page(Verb.WORK_CASES)
@require_POST
def press(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    try:
        carry_out(actor=request.actor, press=_read(request), at=at)
    except (Problem, NotFound, Forbidden) as raised:
        return refused(request, raised, at)
    return accepted(request, at, _("Kept."))
