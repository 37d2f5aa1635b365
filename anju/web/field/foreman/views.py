"""The foreman's pages: the code, his firm's open cases, and what he reports of one."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from anju.casework.onsite import Cause
from anju.kernel.limits import Limit, take_each
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.onsite.actions.firms import Answer, answer
from anju.onsite.actions.ticketing import open_way, send_code
from anju.onsite.jobs import Job, jobs_of_firm
from anju.onsite.tickets import Way
from anju.register.access import NotFound
from anju.register.rules.masking import mask_numbers
from anju.web.field.foreman.door import door, let_in, state
from anju.web.field.presses import photo_in
from anju.web.field.words import CAUSES
from anju.web.guard import STATUS
from anju.web.parts.form import Field, with_problem
from anju.web.parts.network import network_of
from anju.web.parts.pieces import Mood, Sign

SENDS = Limit("firm-code", 3, 0.3)
TRIES = Limit("firm-try", 20, 5)


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case as a foreman needs it: where, what, until when; no name and no number of an owner."""

    job: Job
    title: str
    words: str
    sign: Sign | None
    key: str
    asked: bool


def _card(job: Job) -> CaseCard:
    sign = None
    if job.due is not None:
        late = job.due < utc_now()
        words = _("Late since %(when)s") if late else _("By %(when)s")
        when = {"when": f"{localtime(job.due):%m-%d %H:%M}"}
        sign = Sign(words % when, Mood.OVER if late else Mood.RUN)
    title = job.title(get_language() or "en")
    return CaseCard(job, title, mask_numbers(job.words), sign, token_hex(16), bool(job.demanded))


def _shown(way: Way, token: str, **more: object) -> dict[str, object]:
    return {"way": way, "token": token, "place": way.company, "phone": way.office, **more}


@door(known=True)
def cases(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    with company_scope(way.company_id):
        cards = [_card(job) for job in jobs_of_firm(way.project_id, way.partner_id, way.company_id)]
    causes = [(one.value, word) for one, word in CAUSES.items()]
    shown = _shown(way, token, cards=cards, causes=causes)
    return render(request, "field/foreman/cases.html", shown)


@door(known=False)
def code(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, token, way)
    at, sends = utc_now(), request.POST.get("act") == "send"
    limits = [(SENDS if sends else TRIES, token), (TRIES, network_of(request))]
    if take_each(limits, at=at):
        return state(request, "often", 429, way)
    try:
        if sends:
            send_code(way=way, language=get_language() or "zh-hans", at=at)
            return _ask(request, token, way, sent=True)
        open_way(way=way, digits=request.POST.get("code", "")[:12], at=at)
    except Problem as problem:
        return _ask(request, token, way, problem, sent=True)
    return let_in(redirect("foreman", token), way)


def _ask(
    request: HttpRequest,
    token: str,
    way: Way,
    problem: Problem | None = None,
    *,
    sent: bool = False,
) -> HttpResponse:
    hint = _("Six digits; they hold for ten minutes.")
    fields: tuple[Field, ...] = (
        Field(
            "code",
            pgettext("on site", "Code"),
            "",
            hint,
            inputmode="numeric",
            autocomplete="one-time-code",
            most=6,
        ),
    )
    refusals, status = (), 200
    if problem is not None:
        fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)  # type: ignore[assignment]
        status = STATUS.get(problem.code, 422)
    shown = _shown(way, token, fields=fields, refusals=refusals, sent=sent)
    return render(request, "field/foreman/code.html", shown, status=status)


@door(known=True)
def answered(request: HttpRequest, token: str, way: Way, number: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("foreman", token)
    done, named = request.POST.get("act") == "done", request.POST.get("cause", "")
    words = request.POST.get("words", "")
    if done:
        words = str(CAUSES[Cause(named) if named in set(Cause) else Cause.OTHER])
    try:
        said = Answer(number, request.POST.get("id", ""), words, photo_in(request))
        answer(way=way, said=said, done=done, at=utc_now())
    except NotFound:
        messages.error(request, _("This case is not with your firm any more."))
    except Problem as problem:
        messages.error(request, problem.text(request.LANGUAGE_CODE))
    else:
        messages.success(request, _("Thank you. The office has it."))
    return redirect("foreman", token)
