"""One call: the script, what to know, and the result, at most five keys; works without a script."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.aftercare.actions import visiting
from anju.aftercare.visits import VisitPage, next_visit, visit_page
from anju.casework.calls import Then
from anju.casework.kinds import Mode, Reason
from anju.casework.visits import Solved
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.voice.actions import phoning
from anju.voice.labels import options
from anju.voice.people import can_be_named
from anju.web.declare import StaffRequest, page
from anju.web.desk.visits.words import REASON_KEYS, THEN_KEYS, then_names
from anju.web.guard import STATUS
from anju.web.parts.ask import member, ours, tell_marks
from anju.web.parts.edited import seen_version
from anju.web.parts.form import Refusal

NOBODY = "none"  # the fourth result: she was not reached
FIELDS = ("result", "score", "then", "person", "words", "mode", "more")
SHOWN_AT = {"solved": "result", "caller": "result", "visit": "result", "person": "then"}


@page(Verb.VISIT_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: StaffRequest, visit_id: int) -> HttpResponse:
    at = utc_now()
    found = visit_page(request.actor, visit_id, at=at)
    if request.method != "POST":
        return _shown(request, found, request.GET)
    try:
        call = _call_in(request.POST, found)
        visiting.record(
            actor=request.actor,
            visit_id=visit_id,
            version=seen_version(request.POST),
            call=call,
            at=at,
        )
    except Problem as problem:
        return _shown(request, visit_page(request.actor, visit_id, at=at), request.POST, problem)
    tell_marks(request)
    messages.success(request, _saved(found, call))
    return HttpResponseRedirect(_onward(request, found, call), status=303)


def _call_in(given: QueryDict, found: VisitPage) -> visiting.Call:
    """Return what was typed; raises E-CHOICE, E-SCORE-RANGE, E-REF."""
    mode = member(Mode, given.get("mode", Mode.PHONE.value), "mode")
    words = given.get("words", "")
    if given.get("result") == NOBODY:
        return visiting.Call(mode, words)
    solved = member(Solved, given.get("result", ""), "result")
    answer = visiting.Answer(solved, _score(given), tuple(given.getlist("reasons")), words)
    said = given.get("then", "")
    then = member(Then, said, "then") if said else None
    onward = None
    if then is not None and solved is not Solved.YES:
        people = {account for account, _name, _role in can_be_named(found.project_id)}
        person = given.get("person", "")
        onward = visiting.Onward(then, ours(person, people, "person") if person else None)
    return visiting.Call(mode, "", answer, onward)


def _score(given: QueryDict) -> int | None:
    value = given.get("score", "")
    if not value:
        return None
    return int(value) if value in {"1", "2", "3", "4", "5"} else 0


def _saved(found: VisitPage, call: visiting.Call) -> str:
    said = {"n": found.visit.number}
    if call.answer is None:
        return _("No. %(n)s: not reached, written down.") % said
    if call.answer.solved is Solved.YES:
        return _("No. %(n)s: solved, says the owner.") % said
    return _("No. %(n)s is open again. The manager and the responsible person are told.") % said


def _onward(request: StaffRequest, found: VisitPage, call: visiting.Call) -> str:
    """Return where the caller goes on: a new case for the same owner, her next visit, the next owner."""
    if request.POST.get("more") and call.answer is not None:
        return f"{reverse('case-new')}?{urlencode(_prefilled(found))}"
    after = next_visit(request.actor, found.visit.id, at=utc_now())
    return reverse("visit", args=[after]) if after is not None else reverse("visits")


def _prefilled(found: VisitPage) -> dict[str, str]:
    """Return what the form of a new case is given: the home, the person, and what it follows."""
    place = f"u{found.unit_id}" if found.unit_id is not None else f"j{found.project_id}"
    if found.unit_id is not None and found.person_id is not None:
        place += f".p{found.person_id}"
    return {"place": place, "who": found.owner.place, "follows": str(found.visit.case_id)}


def _shown(
    request: StaffRequest, found: VisitPage, given: QueryDict, problem: Problem | None = None
) -> HttpResponse:
    refusals: tuple[Refusal, ...] = ()
    if problem is not None:
        field = SHOWN_AT.get(problem.field, problem.field)
        field = field if field in FIELDS else "result"
        refusals = (Refusal(field, problem.text(request.LANGUAGE_CODE), problem.code),)
    reasons = options(Reason)
    shown = {
        "found": found,
        "at": utc_now(),
        "results": _results(),
        "scores": range(1, 6),
        "reasons": [(sign, words, _reasons(reasons, sign)) for sign, words in _signs()],
        "thens": [(one.value, then_names()[one], THEN_KEYS[one]) for one in Then],
        "modes": [pair for pair in options(Mode) if pair[0] != Mode.LINK],
        "people": can_be_named(found.project_id),
        "given": {name: given.get(name, "") for name in FIELDS},
        "ticked": given.getlist("reasons"),
        "refusals": refusals,
        "key": token_urlsafe(16),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "desk/visits/call.html", shown, status=status)


def _results() -> list[tuple[str, str, int]]:
    words = [*options(Solved), (NOBODY, _("Not reached"))]
    return [(code, word, number) for number, (code, word) in enumerate(words, 1)]


def _signs() -> tuple[tuple[str, str], ...]:
    return (("+", _("What was good")), ("-", _("What was not")))


def _reasons(reasons: tuple[tuple[str, str], ...], sign: str) -> list[tuple[str, str, str]]:
    return [
        (sign + code, word, key)
        for (code, word), key in zip(reasons, REASON_KEYS[sign], strict=True)
    ]


@page(Verb.REVEAL)
@never_cache
@require_POST
def phone(request: StaffRequest, visit_id: int) -> HttpResponse:
    """Show the number for one minute and write down who looked; `hide` puts the mask back."""
    found = visit_page(request.actor, visit_id, at=utc_now())
    number, wrong = "", ""
    if not request.POST.get("hide"):
        try:
            number = phoning.show_phone(
                actor=request.actor,
                visit_id=visit_id,
                key=request.POST.get("key", ""),
                at=utc_now(),
            )
        except Problem as problem:
            wrong = problem.text(request.LANGUAGE_CODE)
    shown = {"found": found, "number": number, "wrong": wrong, "key": token_urlsafe(16)}
    name = "_phone" if request.headers.get("HX-Request") else "phone"
    return render(request, f"desk/visits/{name}.html", shown)


@page(Verb.VISIT_CASES)
@require_GET
def slip(request: StaffRequest, visit_id: int) -> HttpResponse:
    found = visit_page(request.actor, visit_id, at=utc_now())
    shown = {
        "found": found,
        "results": _results(),
        "scores": range(1, 6),
        "reasons": [(words, options(Reason)) for _sign, words in _signs()],
        "back": reverse("visit", args=[visit_id]),
        "signatures": (_("Asked by"), _("Owner, if wished"), _("Date")),
    }
    return render(request, "desk/visits/slip.html", shown)
