"""Seeing how earlier cases go: the telephone first, then its code; nothing is told of whom we know."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from anju.intake.actions.looking import prove, send_code
from anju.intake.mine import Mine, cases_of
from anju.kernel.limits import Limit, take_each
from anju.kernel.pure.problems import Problem
from anju.register.rules.phones import phone_of
from anju.web.guard import STATUS
from anju.web.owner.answer.door import network_of
from anju.web.owner.report.door import Visit, door, often, page_of
from anju.web.parts.form import Field, Refusal, with_problem

# Three codes a phone in half an hour, and room for a lobby's people behind one network.
CODES = Limit("look-phone", 3, 0.1)
BY_NETWORK = Limit("look-network", 30, 5)
TRIES = Limit("look-try", 60, 20)


def _fields(request: HttpRequest) -> tuple[Field, ...]:
    phone = Field(
        "phone", _("Your telephone number"), request.POST.get("phone", "")[:30],
        _("The one that you gave us, or that the service centre knows."),
        inputmode="tel", autocomplete="tel", most=30,
    )  # fmt: skip
    return (phone,)


def _code() -> Field:
    return Field(
        "code", _("The six digits"), "", _("They hold for ten minutes."),
        inputmode="numeric", autocomplete="one-time-code", most=8,
    )  # fmt: skip


def _shown(
    request: HttpRequest, visit: Visit, *, sent: bool, problem: Problem | None = None
) -> HttpResponse:
    fields, refusals = _fields(request), tuple[Refusal, ...]()
    if sent:
        fields = (*fields, _code())
    if problem is not None:
        fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
    status = STATUS.get(problem.code, 422) if problem else 200
    more = {"fields": fields, "refusals": refusals, "sent": sent}
    return page_of(request, "look", visit, status=status, **more)


def _phone(request: HttpRequest) -> str:
    phone = phone_of(request.POST.get("phone", "")[:40], "phone")
    if not phone:
        raise Problem("E-PHONE", "phone", "Write your telephone number.", "请填写您的手机号。")
    return phone


def _found(request: HttpRequest, visit: Visit) -> tuple[Mine, ...]:
    phone, digits = _phone(request), request.POST.get("code", "")[:12]
    prove(company_id=visit.here.company_id, phone=phone, digits=digits, at=visit.at)
    return cases_of(phone)


def _look(request: HttpRequest, visit: Visit) -> HttpResponse:
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in {"send", "open"}:
        return _shown(request, visit, sent="code" in request.POST)
    try:
        phone = _phone(request)
        opening = act == "open"
        limits = [(TRIES, network_of(request))]
        if not opening:
            limits = [(CODES, phone), (BY_NETWORK, network_of(request))]
        seconds = take_each(limits, at=visit.at)
        if seconds:
            return often(request, visit, seconds)
        if opening:
            return page_of(request, "mine", visit, lines=_found(request, visit))
        send_code(company_id=visit.here.company_id, phone=phone, at=visit.at)
        return _shown(request, visit, sent=True)
    except Problem as problem:
        return _shown(request, visit, sent=act == "open", problem=problem)


look = door(_look)
