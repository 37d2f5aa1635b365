"""Invitations and reminders: a page that says to how many homes they go, a tick, and then they go."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from anju.fieldwork.actions.asking import Going, count_round, set_rest
from anju.fieldwork.actions.sending import start_sending
from anju.fieldwork.counting import Counted
from anju.fieldwork.rules.approach import Stage
from anju.fieldwork.sendings import Sending, sending_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import NotFound, Verb
from anju.survey import queries
from anju.survey.access import wave_for
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.form import Refusal
from anju.web.parts.pieces import Mood, Sign, Work
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
    found = count_round(
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
        "number": found.number,
        "key": token_urlsafe(16),
        "refusals": refusals,
        "last": _last(wave_id, stage, request.LANGUAGE_CODE),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/fieldwork/messages.html", shown, status=status)


def _last(wave_id: int, stage: Stage, language: str) -> Work | None:
    """Return how the last sending of this stage ended; None where there was none."""
    done = sending_of(wave_id)
    return _work(done, wave_id, language) if done is not None and done.stage is stage else None


def _work(sending: Sending, wave_id: int, language: str) -> Work:
    """Return a sending as its card: how far it is, or how it ended."""
    name = stage_words(sending.stage)
    if sending.open:
        sentence = _("You may leave this page: it goes on. Who answers meanwhile gets no message.")
        sign = Sign(_("being sent"), Mood.RUN)
    elif sending.homes is not None:
        said = ngettext(
            "%(n)s message is in the outbox.", "%(n)s messages are in the outbox.", sending.homes
        )
        sentence, sign = said % {"n": f"{sending.homes:,}"}, Sign(_("done"), Mood.DONE)
    else:
        why = sending.problem.text(language) if sending.problem else ""
        sentence = why or _("The work stopped. Send again: nobody gets the same message twice.")
        sign = Sign(_("stopped"), Mood.OVER)
    poll = reverse("field-send", args=[wave_id, sending.stage.value]) if sending.open else ""
    return Work(name, sentence, sending.done, sending.total or 0, sign, poll)


def _going(request: StaffRequest, wave_id: int, stage: Stage) -> HttpResponse | None:
    """Return the page of a sending that is under way, or its end as a part; None else."""
    now = sending_of(wave_id)
    part = bool(getattr(request, "htmx", False))
    if now is None or not (now.open or part):
        return None
    shown = {
        "wave": queries.wave_page(wave_id).line,
        "title": stage_words(stage),
        "work": _work(now, wave_id, request.LANGUAGE_CODE),
    }
    name = "parts/work.html" if part else "manage/fieldwork/sending.html"
    return render(request, name, shown)


def _left(found: Counted) -> list[tuple[int, str]]:
    words = _reasons()
    return [(found.left_out[why], words[why]) for why in words if found.left_out.get(why)]


@page(Verb.GIVE_LINKS)
@require_http_methods(["GET", "POST"])
def messages_page(request: StaffRequest, wave_id: int, stage: str) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.GIVE_LINKS)
    asked = next((one for one in Stage if str(one.value) == stage), None)
    if asked is None:
        raise NotFound("Stage")
    if request.method != "POST":
        return _going(request, wave_id, asked) or _shown(request, wave_id, asked)
    try:
        start_sending(
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
    return redirect("field-send", wave_id, asked.value)


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
