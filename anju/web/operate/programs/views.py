"""The keys of programs: the list, a new one that is shown once, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register import programs as read
from anju.register.access import Actor, Verb, visible_projects
from anju.register.actions import programs as acts
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, given_or, ours, refused
from anju.web.parts.form import Field, Refusal


@page(Verb.MANAGE_PEOPLE)
@require_GET
def programs(request: StaffRequest) -> HttpResponse:
    shown = {"lines": read.program_lines(), "projects": _projects(request.actor)}
    return render(request, "manage/programs/list.html", shown)


def _projects(actor: Actor) -> tuple[tuple[str, str], ...]:
    rows = visible_projects(actor).order_by("name", "id").values_list("id", "name")
    return tuple((str(key), name) for key, name in rows)


def _groups(given: QueryDict, actor: Actor) -> tuple[Group, ...]:
    return (
        Group((
            Field("name", pgettext("program key", "Name of the program"), given.get("name", ""),
                  most=60, hint=_("So that everybody knows what stops when the key is ended.")),
            Field("projects", _("Projects that it reaches"),
                  ",".join(given.getlist("projects")), kind="checks", choices=_projects(actor),
                  optional=True, hint=_("None ticked: all projects, also later ones.")),
        )),
    )  # fmt: skip


@page(Verb.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    ask = Ask(_("New key"), _("Make key"), reverse("program-keys"), _("Programs"))
    groups = _groups(given_or(request, request.GET), request.actor)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            return _made(request)
        except Problem as problem:
            groups, refusals = refused(groups, problem, request.LANGUAGE_CODE)
    shown = {"ask": ask, "groups": groups, "refusals": refusals, "title": ask.title}
    return render(request, ask.template, shown, status=422 if refusals else 200)


def _made(request: StaffRequest) -> HttpResponse:
    """Make a key and show it, the one time that it is seen."""
    known = {int(key) for key, _name in _projects(request.actor)}
    chosen = [ours(value, known, "projects") for value in request.POST.getlist("projects")]
    name = request.POST.get("name", "")
    key = acts.make_key(actor=request.actor, name=name, projects=chosen, at=utc_now())
    answer = render(request, "manage/programs/made.html", {"key": key, "name": name})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page(Verb.MANAGE_PEOPLE)
@require_POST
def end(request: StaffRequest, program_id: int) -> HttpResponse:
    acts.revoke_key(actor=request.actor, program_id=program_id, at=utc_now())
    messages.success(request, _("The key has ended. The program gets no answer any more."))
    return redirect("program-keys")
