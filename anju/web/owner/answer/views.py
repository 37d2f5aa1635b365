"""Start, questions, check and thanks. A GET shows; only a press on a button keeps anything."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from anju.fieldwork.actions.answering import Wish, begin_answer, save_answer, stamp, submit
from anju.fieldwork.rules.links import Standing
from anju.fieldwork.wishes import told_of
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.survey.rules.answering import Contact
from anju.survey.rules.questionnaire import minutes
from anju.web.guard import STATUS
from anju.web.owner.answer.door import Visit, door, show, switched
from anju.web.owner.answer.sheet import Sheet, first_open, given, questions_of, sheet_of
from anju.web.parts.form import Refusal


def _language() -> str:
    return get_language() or "en"


@door
def start(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.method == "POST":
        begin_answer(token=visit.token, at=visit.at)
        return redirect("answer-question", visit.token, first_open(visit.asking))
    form, language = visit.asking.form, _language()
    shown: dict[str, Any] = {
        "intro": form.texts.intro.text(language),
        "purpose": form.texts.purpose.text(language),
        "minutes": minutes(form),
        "count": len(form.items),
        "answered": visit.asking.standing is Standing.ANSWERED,
        "told": _told(visit),
    }
    return show(request, "start", visit, **shown)


@door
def question(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    sheet = sheet_of(visit.asking, number, _language(), care=visit.care)
    if sheet is None:
        return redirect("answer", visit.token)
    if request.method != "POST":
        return _sheet(request, visit, sheet)
    try:
        save_answer(token=visit.token, given=given(sheet, request.POST), at=visit.at)
    except Problem as problem:
        return _sheet(request, visit, sheet, problem)
    return switched(request, request.path) or _on(request, visit, sheet)


def _on(request: HttpRequest, visit: Visit, sheet: Sheet) -> HttpResponse:
    """Go where the pressed button leads."""
    if request.POST.get("act") == "back":
        if sheet.before:
            return redirect("answer-question", visit.token, sheet.before)
        return redirect("answer", visit.token)
    if sheet.after:
        return redirect("answer-question", visit.token, sheet.after)
    return redirect("answer-check", visit.token)


def _refused(problem: Problem) -> dict[str, Any]:
    sentence = problem.text(_language())
    return {
        "problem": problem,
        "refusals": (Refusal(problem.field, sentence, problem.code),),
    }


def _sheet(
    request: HttpRequest, visit: Visit, sheet: Sheet, problem: Problem | None = None
) -> HttpResponse:
    if problem is not None and problem.code == "E-SURVEY-CLOSED":
        return show(request, "state", visit, status=409, cause="closed")
    more = _refused(problem) if problem else {}
    status = STATUS.get(problem.code, 422) if problem else 200
    return show(request, "question", visit, status=status, sheet=sheet, **more)


@door
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.method != "POST":
        return _check(request, visit)
    wanted = request.POST.get("contact", "")
    contact = Contact(wanted) if wanted in set(Contact) else Contact.NONE
    try:
        submit(
            token=visit.token,
            key=request.POST.get("key", ""),
            wish=Wish(contact, request.POST.get("where", "")),
            known=request.POST.get("known", ""),
            at=visit.at,
        )
    except Problem as problem:
        return _check(request, visit, problem)
    return redirect("answer-thanks", visit.token)


def _check(request: HttpRequest, visit: Visit, problem: Problem | None = None) -> HttpResponse:
    if problem is not None and problem.code == "E-SURVEY-CLOSED":
        return show(request, "state", visit, status=409, cause="closed")
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
    more = _refused(problem) if problem else {}
    status = STATUS.get(problem.code, 422) if problem else 200
    return show(request, "check", visit, status=status, **shown, **more)


@door
def thanks(request: HttpRequest, visit: Visit) -> HttpResponse:
    if visit.asking.submitted_at is None:
        return redirect("answer", visit.token)
    outro = visit.asking.form.texts.outro.text(_language())
    return show(request, "thanks", visit, outro=outro, told=_told(visit))


def _told(visit: Visit) -> tuple[datetime, str] | None:
    """Return when and what was done about the home's wish to be contacted."""
    with company_scope(visit.asking.company_id):
        return told_of(visit.asking.invitation_id)
