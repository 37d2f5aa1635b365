"""Invitations and reminders: a page that says to how many homes they go, a tick, and then they go."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from anju.fieldwork.actions.asking import Going, prepare, send, set_rest
from anju.fieldwork.asking import Round
from anju.fieldwork.rules.approach import Stage
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import NotFound, Verb
from anju.survey import queries
from anju.survey.access import wave_for
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.form import Refusal
from anju.web.study.fieldwork.hanging import answer_address


def stage_words(stage: Stage) -> str:
    """Return what a stage is called."""
    return {
        Stage.INVITE: _("Invitation"),
        Stage.FIRST: _("First reminder"),
        Stage.SECOND: _("Second reminder"),
    }[stage]


def _reasons() -> dict[str, str]:
    """Return why homes are left out, in the order in which a page tells it."""
    return {
        "answered": _("has answered already"),
        "done": _("has had this message already"),
        "not_invited": _("has not had the message before this one"),
        "not_yet": _("had a message less than three days ago"),
        "too_often": _("was asked in another survey a short while ago"),
        "refused": _("refused at the door"),
        "revoked": _("its link was ended"),
        "nobody": _("nobody is entered as living there or owning it"),
        "no_way": _("no telephone is known"),
        "no_consent": _("nobody there has agreed to be invited to surveys"),
        "already": _("this message is in the outbox already"),
        "no_link": _("its link was made before the installation's secret changed: renew the links"),
    }


def _shown(
    request: StaffRequest, wave_id: int, stage: Stage, problem: Problem | None = None
) -> HttpResponse:
    found = prepare(
        actor=request.actor, wave_id=wave_id, stage=stage, address=answer_address, at=utc_now()
    )
    refusals = (
        (Refusal(problem.field, problem.text(request.LANGUAGE_CODE), problem.code),)
        if problem
        else ()
    )
    shown = {
        "wave": queries.wave_page(wave_id).line,
        "found": found,
        "stage": stage,
        "title": stage_words(stage),
        "stages": [(int(one), stage_words(one)) for one in Stage],
        "left": _left(found),
        "left_all": sum(found.left_out.values()),
        "number": len(found.letters),
        "key": token_urlsafe(16),
        "refusals": refusals,
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/fieldwork/messages.html", shown, status=status)


def _left(found: Round) -> list[tuple[int, str]]:
    words = _reasons()
    return [(found.left_out[why], words[why]) for why in words if found.left_out.get(why)]


@page(Verb.EDIT_SURVEYS)
@require_http_methods(["GET", "POST"])
def messages_page(request: StaffRequest, wave_id: int, stage: str) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    asked = next((one for one in Stage if str(one.value) == stage), None)
    if asked is None:
        raise NotFound("Stage")
    if request.method != "POST":
        return _shown(request, wave_id, asked)
    try:
        number = send(
            actor=request.actor,
            wave_id=wave_id,
            going=Going(
                asked,
                expected=whole(request.POST.get("number", ""), "agreed"),
                agreed=request.POST.get("agreed") == "yes",
                key=request.POST.get("key", ""),
            ),
            address=answer_address,
            at=utc_now(),
        )
    except Problem as problem:
        if problem.field == "wave":
            raise
        return _shown(request, wave_id, asked, problem)
    said = ngettext("%(n)s message is in the outbox.", "%(n)s messages are in the outbox.", number)
    messages.success(request, said % {"n": f"{number:,}"})
    return redirect("field", wave_id)


@page(Verb.EDIT_SURVEYS)
@require_POST
def rest(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.EDIT_SURVEYS)
    try:
        days = whole(request.POST.get("days", ""), "days")
        set_rest(actor=request.actor, days=days, at=utc_now())
    except Problem as problem:
        return _shown(request, wave_id, Stage.INVITE, problem)
    messages.success(request, _("The rest between two surveys was saved."))
    return redirect("field-send", wave_id, Stage.INVITE.value)
