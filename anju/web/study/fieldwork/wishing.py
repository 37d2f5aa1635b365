"""Who asked in a questionnaire to be called or visited, and what was done about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.fieldwork.actions.wishes import WORDS_MOST, meet_wish, reopen_wish
from anju.fieldwork.wishes import wish_lines
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey import queries
from anju.survey.access import wave_for
from anju.survey.rules.answering import Contact
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.form import Refusal


def contact_words(contact: Contact) -> str:
    """Return how somebody wishes to be contacted."""
    return {Contact.CALL: _("Call"), Contact.VISIT: _("Visit")}.get(contact, "")


def _shown(
    request: StaffRequest, wave_id: int, problem: Problem | None = None, invitation_id: int = 0
) -> HttpResponse:
    lines = wish_lines(wave_id)
    refusals = (
        (Refusal(f"words-{invitation_id}", problem.text(request.LANGUAGE_CODE), problem.code),)
        if problem
        else ()
    )
    shown = {
        "wave": queries.wave_page(wave_id).line,
        "rows": [(line, contact_words(line.contact)) for line in lines],
        "waiting": sum(line.open for line in lines),
        "most": WORDS_MOST,
        "refusals": refusals,
        "wrong": invitation_id,
        "said": request.POST.get("words", ""),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/fieldwork/wishes.html", shown, status=status)


@page(Verb.MEET_WISHES)
@require_GET
def wishes(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.MEET_WISHES)
    return _shown(request, wave_id)


@page(Verb.MEET_WISHES)
@require_POST
def met(request: StaffRequest, wave_id: int, invitation_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.MEET_WISHES)
    try:
        meet_wish(
            actor=request.actor,
            wave_id=wave_id,
            invitation_id=invitation_id,
            words=request.POST.get("words", ""),
            at=utc_now(),
        )
    except Problem as problem:
        return _shown(request, wave_id, problem, invitation_id)
    messages.success(request, _("Written down. The owner reads it behind her link."))
    return redirect("wishes", wave_id)


@page(Verb.MEET_WISHES)
@require_POST
def reopen(request: StaffRequest, wave_id: int, invitation_id: int) -> HttpResponse:
    reopen_wish(actor=request.actor, wave_id=wave_id, invitation_id=invitation_id, at=utc_now())
    messages.success(request, _("The wish is open again."))
    return redirect("wishes", wave_id)
