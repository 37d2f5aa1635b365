"""Who may sign in, as what; added, changed, disabled by an administrator."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.history import Subject
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register import access, queries
from anju.register.access import Reach, Verb
from anju.register.actions import people as acts
from anju.register.choices import reach_names, role_names
from anju.register.second_step import has_second_step
from anju.web.declare import StaffRequest, page
from anju.web.operate.people.forms import (
    kept_role,
    person_draft,
    person_fields,
    reaching,
    role_fields,
    role_groups,
)
from anju.web.parts.ask import Ask, given_or
from anju.web.parts.edited import seen_version, stale_page
from anju.web.parts.form import Field, Refusal, with_problem

both = require_http_methods(["GET", "POST"])


def _list(names: Sequence[str]) -> str:
    return _(", ").join(names)


def _reach(projects: Sequence[str], reach: Reach, name: str) -> str:
    """Return what somebody sees: the projects, and what she is held to within them."""
    if not projects or reach is Reach.PROJECTS:
        return _list(projects) or name
    return f"{_list(projects)} · {name}"


@page(Verb.MANAGE_PEOPLE)
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    names, reaches = role_names(), reach_names()
    lines = [
        (line, names[line.role], _reach(line.projects, line.reach, reaches[line.reach]))
        for line in queries.colleagues()
    ]
    return render(request, "manage/people/list.html", {"lines": lines})


@page(Verb.MANAGE_PEOPLE)
@both
def new_person(request: StaffRequest) -> HttpResponse:
    fields = person_fields(request.POST)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            draft = person_draft(request.POST, request.LANGUAGE_CODE)
            acts.add_colleague(actor=request.actor, draft=draft, at=utc_now())
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("%s can sign in now.") % draft.name)
            return redirect("people")
    shown = {"fields": fields, "refusals": refusals}
    return render(request, "manage/people/new.html", shown, status=422 if refusals else 200)


@page(Verb.MANAGE_PEOPLE)
@both
def person(request: StaffRequest, membership_id: int) -> HttpResponse:
    found = access.colleague_for(request.actor, membership_id)
    subject = Subject(request.actor.company_id, "account", found.account_id)
    kept, sent = kept_role(subject, found.id, found.role), request.POST
    fields = role_fields(sent, found.role, queries.reached_by(found.id))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            acts.change_role(
                actor=request.actor,
                membership_id=membership_id,
                role=sent.get("role", ""),
                at=utc_now(),
                reach=reaching(sent),
                version=seen_version(sent),
            )
        except Problem as problem:
            if problem.code == "E-STALE":
                ask = Ask(found.account.name, "", reverse("people"), _("People"))
                return stale_page(request, ask, role_groups, kept)
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("The role was changed; it holds from the next page on."))
            return redirect("people")
    seen = Field("version", "", given_or(request, kept).get("version", ""), kind="hidden")
    shown = {
        "person": found,
        "fields": (*fields, seen),
        "refusals": refusals,
        "second_step": has_second_step(found.account_id),
        "own": found.account_id == request.actor.account_id,
    }
    return render(request, "manage/people/person.html", shown, status=422 if refusals else 200)


@page(Verb.MANAGE_PEOPLE)
@require_POST
def disable(request: StaffRequest, membership_id: int) -> HttpResponse:
    acts.disable(actor=request.actor, membership_id=membership_id, at=utc_now())
    messages.success(request, _("The account was disabled."))
    return redirect("person", membership_id)


@page(Verb.MANAGE_PEOPLE)
@require_POST
def enable(request: StaffRequest, membership_id: int) -> HttpResponse:
    acts.enable(actor=request.actor, membership_id=membership_id, at=utc_now())
    messages.success(request, _("The account can sign in again."))
    return redirect("person", membership_id)
