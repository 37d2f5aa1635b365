"""Somebody's own jobs, the next one first with its one large button; and what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.casework.onsite import Cannot, Facts, Step, step_of
from anju.casework.states import State
from anju.kernel.pure.clock import utc_now
from anju.onsite.jobs import Job, jobs_of, open_around
from anju.register.access import Actor, Verb
from anju.voice.labels import label
from anju.web.declare import StaffRequest, page
from anju.web.field.words import CAUSES, REASONS, STEPS
from anju.web.parts.pieces import Mood, Sign

ICONS = {
    Step.TAKE: "check",
    Step.ARRIVE: "home",
    Step.BEFORE: "photo",
    Step.AFTER: "photo",
    Step.PARTS: "circle-check",
    Step.DONE: "checks",
    Step.RESUME: "refresh",
}


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as the page draws it: its word, and what belongs to it besides."""

    code: str
    word: str
    icon: str
    photo: bool
    skips: bool
    key: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A job with its signs; `then` is where it goes on after a wait, `must` the photos asked for."""

    job: Job
    title: str
    signs: tuple[Sign, ...]
    step: StepView | None
    then: str
    must: str
    works: bool


def _sign(job: Job, at: datetime) -> tuple[Sign, ...]:
    found = []
    if job.emergency:
        found.append(Sign(_("Emergency"), Mood.OVER))
    if job.state is State.WAITING and job.waited_for is not None:
        words = _("Waits: %(what)s") % {"what": label(job.waited_for)}
        return (*found, Sign(words, Mood.WAIT))
    if job.due is None:
        return tuple(found)
    moment = f"{localtime(job.due):%m-%d %H:%M}"
    late = job.due < at
    words = _("Late since %(when)s") if late else _("By %(when)s")
    return (*found, Sign(words % {"when": moment}, Mood.OVER if late else Mood.RUN))


def step_view(step: Step, *, must: bool = False) -> StepView:
    """Return a step as the page draws it; a photo that is not asked for can be left out."""
    photo = step in {Step.BEFORE, Step.AFTER}
    return StepView(
        step.value, str(STEPS[step]), ICONS[step], photo, photo and not must, token_hex(16)
    )


def _view(job: Job, at: datetime) -> JobView:
    then = job.step
    if job.state is State.WAITING:
        then = step_of(Facts(State.WORKING, taken=True, before=True))
    return JobView(
        job, job.title(get_language() or "en"), _sign(job, at),
        step_view(job.step, must=job.step in job.demanded) if job.step else None,
        then.value if then else "", " ".join(sorted(job.demanded)), job.state is State.WORKING,
    )  # fmt: skip


def around(request: HttpRequest, actor: Actor, at: datetime) -> dict[str, object]:
    """Return what every page of the ground shows around its content."""
    return {
        "me": actor.account_id,
        "now": at.isoformat(),
        "steers": actor.may(Verb.STEER_CASES),
        "here": request.path,
    }


@page(Verb.WORK_CASES)
@require_GET
def jobs(request: StaffRequest) -> HttpResponse:
    at, actor = utc_now(), request.actor
    mine = [_view(job, at) for job in jobs_of(actor)]
    others = [_view(job, at) for job in open_around(actor)] if actor.may(Verb.STEER_CASES) else []
    shown = {
        **around(request, actor, at),
        "first": mine[0] if mine else None,
        "rest": mine[1:],
        "mine": mine,
        "others": others,
        "toolbox": [step_view(step, must=False) for step in Step],
        "causes": [(one.value, word) for one, word in CAUSES.items()],
        "reasons": [(one, REASONS[one], token_hex(16)) for one in Cannot],
    }
    answer = render(request, "field/jobs.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


STATES = {
    "waiting": gettext_lazy("Waits for signal"),
    "sent": pgettext_lazy("on site", "Sent"),
    "refused": gettext_lazy("Not accepted"),
}


@page(Verb.WORK_CASES)
@require_GET
def outbox(request: StaffRequest) -> HttpResponse:
    shown = {**around(request, request.actor, utc_now()), "states": STATES}
    answer = render(request, "field/outbox.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer
