"""One page on which a call becomes a case: who, what, and it is in; the next one begins at once."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.casework.kinds import Channel
from anju.intake.actions import calls
from anju.intake.hints import Taken, taken, taken_today
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.voice.actions.seeding import give_defaults
from anju.web.declare import StaffRequest, page
from anju.web.desk.intake.fields import given_in, report_in
from anju.web.desk.intake.known import due_words, known_of, topic_choices
from anju.web.guard import STATUS
from anju.web.parts.ask import tell_marks
from anju.web.parts.drafts import done, drafting
from anju.web.parts.form import Refusal

FIELDS = (
    "who", "words", "category", "kind", "severity", "due", "wished", "channel", "spot", "heard_on",
    "name", "phone", "anonymous", "about", "party", "bundle", "follows", "place", "first", "assignee",
)  # fmt: skip


@page(Verb.TAKE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    draft = drafting(request, "case-new")
    if request.method != "POST":
        return _shown(request, draft.filled(request.GET))
    try:
        case = _act(request, request.POST, utc_now())
    except Problem as problem:
        return _shown(request, request.POST, problem)
    done(request, draft)
    tell_marks(request)
    return _said(request, case)


def _act(request: StaffRequest, given: QueryDict, now: datetime) -> Taken:
    """Do what the button means: save, solved at once, or part of an older case."""
    actor = request.actor
    give_defaults(company_id=actor.company_id, at=now)
    report = report_in(actor, given)
    if number := given.get("merge", ""):
        target = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        return taken(calls.tell_again(actor=actor, report=report, target=target, at=now))
    if given.get("act") == "solved":
        words = given.get("done", "").strip() or _("Answered at once")
        return taken(calls.solve_at_once(actor=actor, report=report, done=words, at=now))
    decided = given_in(actor, given)
    return taken(calls.take_call(actor=actor, report=report, given=decided, at=now))


def _said(request: StaffRequest, case: Taken) -> HttpResponse:
    """Say the number, whose turn it is and until when; an emergency goes on to its steps."""
    if case.emergency and case.other is None and not case.restricted:
        return HttpResponseRedirect(reverse("case-new-emergency", args=[case.id]), status=303)
    if case.other is not None:
        said = {"n": case.number, "other": case.other}
        messages.success(request, _("No. %(n)s goes on in case no. %(other)s.") % said)
    elif case.at_once:
        messages.success(request, _("No. %(n)s is in and solved at once.") % {"n": case.number})
    else:
        undo = "" if case.restricted else reverse("case-new-undo", args=[case.id])
        messages.success(request, _sentence(case), extra_tags=undo)
    return HttpResponseRedirect(reverse("case-new"), status=303)


def _sentence(case: Taken) -> str:
    due = f"{timezone.localtime(case.due_at):%m-%d %H:%M}" if case.due_at else ""
    said = {"n": case.number, "who": case.person, "due": due}
    if case.person and due:
        return _("No. %(n)s is in: %(who)s, next by %(due)s.") % said
    if due:
        return _("No. %(n)s is in: to be given to a person, next by %(due)s.") % said
    return _("No. %(n)s is in.") % said


def _shown(request: StaffRequest, given: QueryDict, problem: Problem | None = None) -> HttpResponse:
    known = known_of(request.actor, given, request.LANGUAGE_CODE)
    shown = {
        "known": known,
        "given": {name: given.get(name, "") for name in FIELDS},
        "topics": topic_choices(),
        "due": due_words(known.hints),
        "draft": drafting(request, "case-new"),
        "key": given.get("key") or secrets.token_urlsafe(16),
        "today": taken_today(request.actor, utc_now()),
        "steers": request.actor.may(Verb.STEER_CASES),
        "box": Channel.BOX.value,
        "refusals": _refusals(problem, request.LANGUAGE_CODE),
        "wrong": {problem.field: problem.text(request.LANGUAGE_CODE)} if problem else {},
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "desk/intake/new.html", shown, status=status)


SHOWN_AT = frozenset({*FIELDS, "done"}) - {"place", "first", "bundle", "follows", "party"}


def _refusals(problem: Problem | None, language: str) -> tuple[Refusal, ...]:
    if problem is None:
        return ()
    field = problem.field if problem.field in SHOWN_AT else "who"
    return (Refusal(field, problem.text(language), problem.code),)


@page(Verb.TAKE_CASES)
@require_POST
def undo(request: StaffRequest, case_id: int) -> HttpResponse:
    why = _("Taken back at the desk")
    case = calls.take_back(actor=request.actor, case_id=case_id, why=why, at=utc_now())
    messages.info(request, _("No. %(n)s is taken back. Its number stays.") % {"n": case.number})
    return redirect("case-new")
