"""Shows a phone or signs of care for one minute, to whoever says why; asked by GET, shown by POST."""

from __future__ import annotations

from secrets import token_urlsafe

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.privacy.actions.looks import Seen, look
from anju.privacy.choices import reason_names
from anju.privacy.queries import home_of
from anju.privacy.rules.looks import SHOWN_FOR, What, Why
from anju.register.access import Verb
from anju.register.residents import person_for
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.ask import Ask, Group, refused
from anju.web.parts.form import Field, Refusal

both = require_http_methods(["GET", "POST"])


@page(Verb.REVEAL)
@never_cache
@both
def phone(request: StaffRequest, resident_id: int) -> HttpResponse:
    return _looked(request, resident_id, What.PHONE, Verb.REVEAL)


@page(Verb.REVEAL_SENSITIVE)
@never_cache
@both
def care(request: StaffRequest, resident_id: int) -> HttpResponse:
    return _looked(request, resident_id, What.CARE, Verb.REVEAL_SENSITIVE)


def back_to(resident_id: int) -> str:
    """Return the file of the home that somebody belongs to, or her own page without one."""
    unit_id = home_of(resident_id)
    if unit_id is None:
        return reverse("resident", args=[resident_id])
    return reverse("home-file", args=[unit_id])


def reason_fields(given: QueryDict) -> tuple[Field, ...]:
    """Return the questions why, with the key that makes the form one act."""
    names = tuple(reason_names().items())
    key = given.get("key", "") or token_urlsafe(16)
    return (
        Field("reason", _("Why"), given.get("reason", ""), kind="radio", choices=names),
        Field("words", _("In your words"), given.get("words", ""), optional=True, most=200),
        Field("key", "", key, kind="hidden"),
    )


def why_of(given: QueryDict) -> Why:
    """Read the reason that a form says."""
    return Why(given.get("reason", ""), given.get("words", ""))


def _looked(request: StaffRequest, resident_id: int, what: What, verb: Verb) -> HttpResponse:
    found = person_for(request.actor, resident_id, verb)
    titles = {
        What.PHONE: _("Phone number of %s") % found.name,
        What.CARE: _("Special care of %s") % found.name,
    }
    saves = {What.PHONE: _("Show the number"), What.CARE: _("Show the signs")}
    intro = _(
        "It is shown for one minute. Your name, the time and the reason are written down; the"
        " person may ask who looked."
    )
    ask = Ask(
        titles[what],
        saves[what],
        back_to(resident_id),
        _("Owner file"),
        intro=intro,
    )
    groups: tuple[Group, ...] = (Group(reason_fields(request.POST)),)
    refusals, status = tuple[Refusal, ...](), 200
    if request.method == "POST":
        try:
            return _shown(request, ask, _seen(request, resident_id, what))
        except Problem as problem:
            groups, refusals = refused(groups, problem, request.LANGUAGE_CODE)
            status = STATUS.get(problem.code, 422)
    shown = {"ask": ask, "groups": groups, "refusals": refusals}
    return render(request, ask.template, shown, status=status)


def _seen(request: StaffRequest, resident_id: int, what: What) -> Seen:
    return look(
        actor=request.actor,
        person_id=resident_id,
        what=what,
        why=why_of(request.POST),
        key=request.POST.get("key", ""),
        at=utc_now(),
    )


def _shown(request: StaffRequest, ask: Ask, seen: Seen) -> HttpResponse:
    answer = render(request, "desk/homes/seen.html", {"ask": ask, "seen": seen})
    answer["Refresh"] = f"{int(SHOWN_FOR.total_seconds())};url={ask.back}"
    return answer
