"""Verdicts on one's own cases, and objections to verdicts; no page changes a verdict."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.aftercare import disputes as reading
from anju.aftercare.actions import visiting
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.desk.visits.words import spoken
from anju.web.guard import STATUS
from anju.web.parts.form import Refusal
from anju.web.parts.pieces import Empty

WEEKS = 13


@page(Verb.WORK_CASES)
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    at = utc_now()
    found = reading.mine(request.actor, since=at - timedelta(weeks=WEEKS))
    empty = Empty(
        _("No verdicts on your cases so far"),
        _("When an owner says whether a case that you answer for is solved, it stands here."),
        icon="message-circle",
    )
    shown = {"lines": [spoken(one) for one in found], "empty": empty, "weeks": WEEKS, "tab": "mine"}
    return render(request, "desk/visits/mine.html", shown)


@page(Verb.REVIEW_CASES)
@require_GET
def disputes(request: StaffRequest) -> HttpResponse:
    return _shown(request)


def _shown(
    request: StaffRequest, problem: Problem | None = None, dispute_id: int = 0
) -> HttpResponse:
    refusals: tuple[Refusal, ...] = ()
    if problem is not None:
        sentence = problem.text(request.LANGUAGE_CODE)
        refusals = (Refusal(f"words-{dispute_id}", sentence, problem.code),)
    empty = Empty(
        _("Nobody objects to a verdict"),
        _("Who is judged can object on the page of the case. The verdict itself stays as it is."),
        icon="message-circle",
    )
    shown = {
        "lines": [(one, spoken(one.verdict)) for one in reading.disputes(request.actor)],
        "empty": empty,
        "refusals": refusals,
        "wrong": dispute_id,
        "typed": request.POST.get("words", ""),
        "tab": "disputes",
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "desk/visits/disputes.html", shown, status=status)


@page(Verb.SET_CASES)
@require_POST
def answer(request: StaffRequest, dispute_id: int) -> HttpResponse:
    words = request.POST.get("words", "")
    try:
        visiting.answer_dispute(
            actor=request.actor, dispute_id=dispute_id, words=words, at=utc_now()
        )
    except Problem as problem:
        return _shown(request, problem, dispute_id)
    messages.success(request, _("Your answer stands beside the objection."))
    return redirect("visits-disputes")
