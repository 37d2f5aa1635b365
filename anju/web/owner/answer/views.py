"""Start, questions, check and thanks. A GET shows; only a press on a button keeps anything."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language

from anju.fieldwork.actions.answering import Wish, save_given, send_answer, stamp
from anju.fieldwork.rules.links import Standing
from anju.fieldwork.wishes import told_of
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import direction_marks
from anju.kernel.scope import company_scope
from anju.survey.actions.linked import mark_seen
from anju.survey.invited import Hold, Home
from anju.survey.rules.answering import Contact
from anju.survey.rules.questionnaire import minutes
from anju.web.guard import STATUS
from anju.web.owner.answer.door import Visit, door, show, switched, told_marks
from anju.web.owner.answer.sheet import (
    Span,
    as_sent,
    first_open,
    given,
    questions_of,
    sheet_of,
    span_of,
)
from anju.web.parts.form import Refusal


def _language() -> str:
    return get_language() or "en"


def _start(request: HttpRequest, visit: Visit, problem: Problem | None) -> HttpResponse:
    form, language = visit.asking.form, _language()
    shown: dict[str, Any] = {
        "intro": form.texts.intro.text(language),
        "purpose": form.texts.purpose.text(language),
        "minutes": minutes(form),
        "count": len(form.items),
        "answered": visit.asking.standing is Standing.ANSWERED,
        "told": _told(visit),
    }
    return show(request, "start", visit, status=_status(problem), **shown)


def _begin(_request: HttpRequest, visit: Visit, home: Home) -> HttpResponse:
    mark_seen(home, visit.at)
    return redirect("answer-question", visit.token, first_open(visit.asking))


def _question(
    request: HttpRequest, visit: Visit, problem: Problem | None, number: int
) -> HttpResponse:
    span, asking = span_of(visit.asking, number, care=visit.care), visit.asking
    if span is not None and problem is not None:
        asking = as_sent(asking, span, request.POST)
    sheet = sheet_of(asking, number, _language(), care=visit.care)
    if sheet is None:
        return redirect("answer", visit.token)
    status = _status(problem)
    return show(request, "question", visit, status=status, sheet=sheet, **_refused(problem))


def _save(request: HttpRequest, visit: Visit, home: Home, number: int) -> HttpResponse:
    span = span_of(visit.asking, number, care=visit.care)
    if span is None:
        return redirect("answer", visit.token)
    said = given(visit.asking, span, request.POST)
    save_given(home, said, visit.at)
    answer = switched(request, request.path) or _on(request, visit, span)
    return told_marks(answer, direction_marks(said.texts.values()))


def _on(request: HttpRequest, visit: Visit, span: Span) -> HttpResponseRedirect:
    """Go where the pressed button leads."""
    if request.POST.get("act") == "back":
        if span.before:
            return redirect("answer-question", visit.token, span.before)
        return redirect("answer", visit.token)
    if span.after:
        return redirect("answer-question", visit.token, span.after)
    return redirect("answer-check", visit.token)


def _status(problem: Problem | None) -> int:
    return STATUS.get(problem.code, 422) if problem else 200


def _refused(problem: Problem | None) -> dict[str, Any]:
    if problem is None:
        return {}
    refusal = Refusal(problem.field, problem.text(_language()), problem.code)
    return {"problem": problem, "refusals": (refusal,)}


def _check(request: HttpRequest, visit: Visit, problem: Problem | None) -> HttpResponse:
    questions = questions_of(visit.asking, _language())
    shown: dict[str, Any] = {
        "questions": questions,
        "silent": sum(not q.done for q in questions),
        "last": len(questions),
        "key": token_urlsafe(16),
        "known": stamp(visit.asking.submitted_at),
        "contact": request.POST.get("contact", visit.asking.contact.value),
        "where": request.POST.get("where", visit.asking.contact_where),
    }
    status = _status(problem)
    return show(request, "check", visit, status=status, **shown, **_refused(problem))


def _send(request: HttpRequest, visit: Visit, home: Home) -> HttpResponse:
    wanted = request.POST.get("contact", "")
    contact = Contact(wanted) if wanted in set(Contact) else Contact.NONE
    send_answer(
        home,
        key=request.POST.get("key", ""),
        wish=Wish(contact, request.POST.get("where", "")),
        known=request.POST.get("known", ""),
        at=visit.at,
    )
    return redirect("answer-thanks", visit.token)


def _thanks(request: HttpRequest, visit: Visit, _problem: Problem | None) -> HttpResponse:
    if visit.asking.submitted_at is None:
        return redirect("answer", visit.token)
    outro = visit.asking.form.texts.outro.text(_language())
    return show(request, "thanks", visit, outro=outro, told=_told(visit))


def _again(request: HttpRequest, _visit: Visit, _home: Home) -> HttpResponse:
    return redirect(request.path)


def _told(visit: Visit) -> tuple[datetime, str] | None:
    """Return when and what was done about the home's wish to be contacted."""
    with company_scope(visit.asking.company_id):
        return told_of(visit.asking.invitation_id)


start = door(_start, _begin)
question = door(_question, _save)
check = door(_check, _send, Hold.COUNTS)
thanks = door(_thanks, _again)
