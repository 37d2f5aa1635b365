"""The first steps of a new company: a task list to work through, and the usual rules on one page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.demo.queries import Sample, sample_of
from anju.help import queries
from anju.help.actions import first_steps as acts
from anju.help.rules.first_steps import Line, Stand, Step, finished, next_step
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb, company_of
from anju.web.declare import StaffRequest, page
from anju.web.parts.begun import state_of, without
from anju.web.parts.pieces import Mood, Sign
from anju.web.start import step_words
from anju.web.start.step_words import StepWords


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the list: its words, how it stands, and the one button."""

    words: StepWords
    sign: Sign
    stand: Stand
    address: str
    needed: bool
    next: bool

    @property
    def done(self) -> bool:
        """Whether nothing is left to do here."""
        return self.stand is Stand.DONE


def _sign(line: Line) -> Sign:
    if line.stand is Stand.DONE:
        return Sign(_("done"), Mood.DONE)
    if line.stand is Stand.WAITS:
        names = ", ".join(step_words.words_of(step).name for step in line.waits_for)
        return Sign(_("after: %s") % names, Mood.WAIT)
    return Sign(_("to do"), Mood.RUN) if line.needed else Sign(_("if you like"), Mood.TIE)


def _line(line: Line, leads: queries.Own, first: Step | None) -> StepLine:
    lead = step_words.shown_at if line.stand is Stand.DONE else step_words.address_of
    address = "" if line.stand is Stand.WAITS else lead(line.step, leads)
    words = step_words.words_of(line.step)
    here = line.step == first
    return StepLine(words, _sign(line), line.stand, address, needed=line.needed, next=here)


@page(Verb.SET_UP)
@require_GET
def first_steps(request: StaffRequest) -> HttpResponse:
    sample: Sample | None = sample_of(request.actor.company_id)
    state, leads = state_of(request.actor, sample), queries.own(without=without(sample))
    first = next_step(state)
    shown = {
        "steps": [_line(line, leads, first) for line in state],
        "done": sum(line.stand is Stand.DONE for line in state),
        "all": len(state),
        "finished": finished(state),
        "put_away": queries.begun(request.actor.company_id).put_away,
        "sample": sample,
        "poster": reverse("field-posters", args=[leads.wave_id]) if leads.wave_id else "",
    }
    return render(request, "start/first_steps.html", shown)


@page(Verb.SET_UP)
@require_POST
def away(request: StaffRequest) -> HttpResponse:
    acts.put_away(actor=request.actor, at=utc_now())
    messages.success(
        request, _("The first steps are put away. The health page leads back to them.")
    )
    return redirect("home")


@page(Verb.SET_UP)
@require_POST
def again(request: StaffRequest) -> HttpResponse:
    acts.take_up(actor=request.actor, at=utc_now())
    return redirect("first-steps")


@page(Verb.SET_UP)
@require_http_methods(["GET", "POST"])
def defaults(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        acts.accept_defaults(actor=request.actor, language=request.LANGUAGE_CODE, at=utc_now())
        messages.success(request, _("The usual rules are in use. Each can be changed later."))
        return redirect("first-steps")
    known = queries.begun(request.actor.company_id)
    shown = {
        "rules": step_words.usual_rules(company_of(request.actor).phone),
        "accepted": known.defaults,
    }
    return render(request, "start/defaults.html", shown)
