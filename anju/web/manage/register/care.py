"""Signs of special care: shown for one answer against a reason that is written down."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.privacy.actions import looks
from anju.privacy.rules.looks import SHOWN_FOR, What, Why
from anju.register.access import Verb
from anju.register.actions import consents
from anju.web.declare import StaffRequest, page
from anju.web.manage.register.residents import shown


@page(Verb.REVEAL_SENSITIVE)
@never_cache
@require_POST
def look(request: StaffRequest, resident_id: int) -> HttpResponse:
    try:
        seen = looks.look(
            actor=request.actor,
            person_id=resident_id,
            what=What.CARE,
            why=Why(request.POST.get("reason", ""), request.POST.get("words", "")),
            key=request.POST.get("key", ""),
            at=utc_now(),
        )
    except Problem as problem:
        return shown(request, resident_id, problem=problem)
    answer = shown(request, resident_id, care=None if seen.over else seen.care)
    again = reverse("resident", args=[resident_id])
    answer["Refresh"] = f"{int(SHOWN_FOR.total_seconds())};url={again}"
    return answer


@page(Verb.SEE_CARE)
@require_POST
def add(request: StaffRequest, resident_id: int) -> HttpResponse:
    try:
        consents.add_care(
            actor=request.actor,
            person_id=resident_id,
            kind=request.POST.get("care_kind", ""),
            purpose=request.POST.get("care_purpose", ""),
            at=utc_now(),
        )
    except Problem as problem:
        return shown(request, resident_id, problem=problem)
    messages.success(request, _("The sign was noted."))
    return redirect("resident", resident_id)


@page(Verb.SEE_CARE)
@require_POST
def drop(request: StaffRequest, care_id: int) -> HttpResponse:
    person_id = consents.drop_care(actor=request.actor, care_id=care_id, at=utc_now())
    messages.success(request, _("The sign was removed."))
    return redirect("resident", person_id)
