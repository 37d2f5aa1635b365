"""Who may sign in, as what; added, changed, disabled by an administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register import access, queries
from anju.register.access import Verb
from anju.register.actions import people as acts
from anju.register.choices import role_names
from anju.web.declare import StaffRequest, page
from anju.web.parts.form import Field, Refusal, with_problem

both = require_http_methods(["GET", "POST"])


def _roles() -> tuple[tuple[str, str], ...]:
    return tuple((role.value, name) for role, name in role_names().items())


def _fields(given: QueryDict) -> tuple[Field, ...]:
    return (
        Field("name", _("Name"), given.get("name", ""), most=80),
        Field("email", _("E-mail"), given.get("email", ""), kind="email", most=254),
        Field(
            "password",
            _("First password"),
            kind="password",
            hint=_("At least 10 characters. Hand it over in person; it can be changed later."),
            autocomplete="new-password",
            most=128,
        ),
        Field("role", _("Role"), given.get("role", ""), kind="select", choices=_roles()),
    )


@page(Verb.MANAGE_PEOPLE)
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    names = role_names()
    lines = [(line, names[line.role]) for line in queries.colleagues()]
    return render(request, "manage/people/list.html", {"lines": lines})


@page(Verb.MANAGE_PEOPLE)
@both
def new_person(request: StaffRequest) -> HttpResponse:
    fields = _fields(request.POST)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        draft = acts.ColleagueDraft(
            name=request.POST.get("name", ""),
            email=request.POST.get("email", ""),
            password=request.POST.get("password", "")[:129],
            role=request.POST.get("role", ""),
            language=request.LANGUAGE_CODE,
        )
        try:
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
    chosen = request.POST.get("role", found.role)
    fields: tuple[Field, ...] = (Field("role", _("Role"), chosen, kind="select", choices=_roles()),)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            acts.change_role(
                actor=request.actor, membership_id=membership_id, role=chosen, at=utc_now()
            )
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("The role was changed; it holds from the next page on."))
            return redirect("people")
    shown = {"person": found, "fields": fields, "refusals": refusals}
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
