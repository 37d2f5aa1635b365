"""What is decided about a finding as a whole: take it up, no action, open again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.flows import messages as telling
from anju.improve.actions import boxes
from anju.improve.rules.states import FindingVerb, step
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.manage.findings.boxes import ask_of, edition_of, line_for
from anju.web.manage.findings.edited import back_to
from anju.web.parts.ask import Group, kept_values
from anju.web.parts.edited import edited
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])


def reason_form(given: QueryDict, label: str) -> tuple[Group, ...]:
    """Return a form that asks for a reason alone."""
    return (Group((Field("reason", label, given.get("reason", ""), kind="area", most=2000),)),)


@page(Verb.EDIT_FINDINGS)
@require_POST
def take_up(request: StaffRequest, finding_id: int) -> HttpResponse:
    line_for(request, finding_id, Verb.EDIT_FINDINGS)
    boxes.take_up(actor=request.actor, edition=edition_of(request, finding_id), at=utc_now())
    messages.success(
        request, _("It is a finding now. Write its cause and name who is responsible.")
    )
    return redirect("finding", finding_id)


@page(Verb.WAIVE_FINDING)
@both
def waive(request: StaffRequest, finding_id: int) -> HttpResponse:
    line = line_for(request, finding_id, Verb.WAIVE_FINDING)
    step(line.state, FindingVerb.WAIVE)

    def act() -> str:
        boxes.waive(
            actor=request.actor,
            edition=edition_of(request, finding_id),
            reason=request.POST.get("reason", ""),
            at=utc_now(),
        )
        messages.success(request, _("No action was decided. It can be opened again."))
        return back_to(finding_id)

    intro = _("Your name and the reason stay with this finding and in its history.")
    ask = ask_of(line, _("Decide on no action"), _("Decide on no action"), intro=intro)
    kept = kept_values({"version": line.version}, {})
    return edited(request, ask, lambda given: reason_form(given, _("Reason")), kept, act)


@page(Verb.WAIVE_FINDING)
@both
def reopen(request: StaffRequest, finding_id: int) -> HttpResponse:
    line = line_for(request, finding_id, Verb.WAIVE_FINDING)
    step(line.state, FindingVerb.REOPEN)

    def act() -> str:
        telling.reopen(
            actor=request.actor,
            edition=edition_of(request, finding_id),
            reason=request.POST.get("reason", ""),
            at=utc_now(),
        )
        messages.success(request, _("The finding is open again."))
        return back_to(finding_id)

    ask = ask_of(line, _("Open again"), _("Open the finding again"))
    kept = kept_values({"version": line.version}, {})
    return edited(request, ask, lambda given: reason_form(given, _("Reason")), kept, act)
