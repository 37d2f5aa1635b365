"""The second step of colleagues: taking it away after a loss, and how long it may be put off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.register.actions.second_step import remove_second_step, set_grace
from anju.register.second_step import grace_days
from anju.web.declare import StaffRequest, page
from anju.web.parts.form import Field, Refusal, with_problem


@page(Verb.MANAGE_PEOPLE)
@require_POST
def remove(request: StaffRequest, membership_id: int) -> HttpResponse:
    remove_second_step(actor=request.actor, membership_id=membership_id, at=utc_now())
    messages.success(request, _("The second step was removed; it can be set up anew."))
    return redirect("person", membership_id)


@page(Verb.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def days(request: StaffRequest) -> HttpResponse:
    kept = str(grace_days(request.actor.company_id))
    written = request.POST.get("days", kept).strip()
    fields: tuple[Field, ...] = (
        Field(
            "days",
            _("Days of grace"),
            written,
            hint=_(
                "Counted from the first sign-in. 0: the second step comes before anything else."
            ),
            inputmode="numeric",
            most=3,
        ),
    )
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        # What is no number is out of range, and is told so.
        number = int(written) if written.isascii() and written.isdigit() else -1
        try:
            set_grace(actor=request.actor, days=number, at=utc_now())
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("The days of grace were kept."))
            return redirect("people")
    shown = {"fields": fields, "refusals": refusals}
    return render(request, "manage/people/second.html", shown, status=422 if refusals else 200)
