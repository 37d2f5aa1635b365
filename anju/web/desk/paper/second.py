"""Second entry: a sample drawn, entered again by another person, differences settled on paper."""

from __future__ import annotations

from secrets import randbelow

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.fieldwork.access import difference_for
from anju.fieldwork.actions.paper import Refused
from anju.fieldwork.actions.second import Again, draw_round, enter_again, settle
from anju.fieldwork.rules.second import PERCENT, Settled
from anju.fieldwork.secondly import Difference, NextForm, Round, next_form, second_page
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.stats.results import Estimate
from anju.survey.access import wave_for
from anju.web.declare import StaffRequest, page
from anju.web.desk.paper.boxes import (
    boxes_in,
    errors_of,
    key_of,
    problems_of,
    refusals_of,
    sheet_of,
)
from anju.web.guard import STATUS
from anju.web.parts.ask import tell_marks
from anju.web.parts.form import Field, with_problem


@page(Verb.ENTER_PAPER)
@require_GET
def rounds(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.ENTER_PAPER)
    return _shown(request, wave_id)


def _fields(request: StaffRequest) -> tuple[Field, ...]:
    seed = request.POST.get("seed", str(100_000 + randbelow(900_000)))
    return (
        Field(
            "percent",
            _("Share of the forms, in percent"),
            request.POST.get("percent", str(PERCENT)),
            hint=_("At least five forms are drawn."),
            inputmode="numeric",
        ),
        Field(
            "seed",
            _("Seed, by which the same sample can be drawn again"),
            seed,
            inputmode="numeric",
        ),
    )


def _shown(request: StaffRequest, wave_id: int, problem: Problem | None = None) -> HttpResponse:
    found = second_page(request.actor, wave_id)
    fields, refusals = _fields(request), refusals_of(problems_of(problem), request.LANGUAGE_CODE)
    if problem is not None:
        fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
    language = request.LANGUAGE_CODE
    shown = {
        "found": found,
        "rounds": [
            (one, _figure(one), [_line(difference, language) for difference in one.differences])
            for one in found.rounds
        ],
        "fields": fields,
        "refusals": refusals,
        "me": request.actor.account_id,
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "desk/paper/second.html", shown, status=status)


def _line(one: Difference, language: str) -> tuple[Difference, str, str, str]:
    return one, one.words.text(language), one.first.text(language), one.second.text(language)


def _figure(one: Round) -> str:
    """Return the share of forms with a mistake and its interval, or why there is none yet."""
    if one.share is None:
        left = one.drawn - one.again
        if left:
            told = ngettext(
                "No figure yet: %(n)s form still has to be entered again.",
                "No figure yet: %(n)s forms still have to be entered again.",
                left,
            )
            return told % {"n": left}
        told = ngettext(
            "No figure yet: %(n)s difference is not settled.",
            "No figure yet: %(n)s differences are not settled.",
            one.open,
        )
        return told % {"n": one.open}
    return _("%(share)s of forms hold a mistake (95 %% interval %(low)s to %(high)s).") % {
        "share": f"{one.share.estimate:.1%}",
        "low": _percent(one.share, low=True),
        "high": _percent(one.share, low=False),
    }


def _percent(share: Estimate, *, low: bool) -> str:
    value = share.ci_low if low else share.ci_high
    return "–" if value is None else f"{value:.1%}"


@page(Verb.CHECK_PAPER)
@require_POST
def draw(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.CHECK_PAPER)
    try:
        percent = whole(request.POST.get("percent", ""), "percent")
        seed = whole(request.POST.get("seed", ""), "seed")
        draw_round(
            actor=request.actor,
            wave_id=wave_id,
            percent=percent,
            seed=seed,
            at=utc_now(),
        )
    except Problem as problem:
        return _shown(request, wave_id, problem)
    return redirect("paper-second", wave_id)


@page(Verb.ENTER_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.ENTER_PAPER)
    if request.method != "POST":
        found = next_form(request.actor, wave_id)
        return _form(request, wave_id, found) if found else redirect("paper-second", wave_id)
    form_id = whole(request.POST.get("form", ""), "form")
    again = Again(form_id, boxes_in(request.POST), request.POST.get("key", ""))
    try:
        many = enter_again(actor=request.actor, again=again, at=utc_now())
    except (Problem, Refused) as refused:
        found = next_form(request.actor, wave_id)
        if found is None or found.id != form_id:
            raise _alone(refused) from None
        return _form(request, wave_id, found, refused)
    tell_marks(request)
    if many:
        told = ngettext(
            "Entered again: %(n)s item differs. Put the sheet aside.",
            "Entered again: %(n)s items differ. Put the sheet aside.",
            many,
        )
        messages.warning(request, told % {"n": many})
    else:
        messages.success(request, _("Entered again: both entries agree."))
    return redirect("paper-again", wave_id)


def _alone(refused: Problem | Refused) -> Problem:
    """Return what a page of its own says where the form is no longer the one that waits."""
    return refused if isinstance(refused, Problem) else refused.problems[0]


def _form(
    request: StaffRequest,
    wave_id: int,
    found: NextForm,
    refused: Problem | Refused | None = None,
) -> HttpResponse:
    problems = problems_of(refused)
    errors = errors_of(problems, request.LANGUAGE_CODE)
    shown = {
        "wave_id": wave_id,
        "found": found,
        "sheet": sheet_of(found.cells, request.LANGUAGE_CODE, boxes_in(request.POST), errors),
        "refusals": refusals_of(problems, request.LANGUAGE_CODE),
        "key": key_of(request, fresh=refused is None),
    }
    status = STATUS.get(problems[0].code, 422) if problems else 200
    return render(request, "desk/paper/again.html", shown, status=status)


@page(Verb.CHECK_PAPER)
@require_POST
def settle_one(request: StaffRequest, difference_id: int) -> HttpResponse:
    found = difference_for(request.actor, difference_id)
    said = request.POST.get("paper", "")
    if said not in set(Settled):
        raise Problem(
            "E-REF",
            "paper",
            "Say which of the two entries is on the paper.",
            "请选择原件上是哪一个。",
        )
    settle(actor=request.actor, difference_id=difference_id, paper=Settled(said), at=utc_now())
    return redirect("paper-second", found.form.round.wave_id)
