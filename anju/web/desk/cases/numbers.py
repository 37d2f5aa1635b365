"""A caller's number for one minute, to whoever says why; the register's own are shown in their file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.privacy.rules.looks import SHOWN_FOR, spoken
from anju.register.access import NotFound, Verb
from anju.voice.actions.numbers import see_number
from anju.voice.casefile import case_file
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.words import code_of, title_of
from anju.web.desk.homes.looking import reason_fields, why_of
from anju.web.guard import STATUS
from anju.web.parts.ask import Ask, Group, refused
from anju.web.parts.form import Refusal


@dataclass(frozen=True, slots=True)
class Seen:
    """A number for this answer alone."""

    phone: str
    spoken: str


@page(Verb.REVEAL)
@never_cache
@require_http_methods(["GET", "POST"])
def number(request: StaffRequest, case_id: int) -> HttpResponse:
    file = case_file(request.actor, case_id, at=utc_now())
    if not file.teller.phone or file.teller.person_id is not None:
        raise NotFound(f"number of case {case_id}")
    words = f"{code_of(file.line.number)} {title_of(file.line)}"
    intro = _("It is shown for one minute. Your name, the time and the reason are written down.")
    back = reverse("case", args=[case_id])
    ask = Ask(_("Number of the caller"), _("Show the number"), back, words, intro=intro)
    groups: tuple[Group, ...] = (Group(reason_fields(request.POST)),)
    refusals, status = tuple[Refusal, ...](), 200
    if request.method == "POST":
        try:
            found = see_number(
                actor=request.actor, case_id=case_id, why=why_of(request.POST), at=utc_now()
            )
            seen = Seen(found, spoken(found))
            answer = render(request, "desk/cases/number.html", {"ask": ask, "seen": seen})
            answer["Refresh"] = f"{int(SHOWN_FOR.total_seconds())};url={back}"
            return answer
        except Problem as problem:
            groups, refusals = refused(groups, problem, request.LANGUAGE_CODE)
            status = STATUS.get(problem.code, 422)
    shown = {"ask": ask, "groups": groups, "refusals": refusals}
    return render(request, ask.template, shown, status=status)
