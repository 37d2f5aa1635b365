"""Projects, buildings and units: list, look, add."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.history import Subject
from anju.kernel.paging import page_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register import access, queries, residents
from anju.register.access import Verb
from anju.register.actions import places
from anju.register.editions import edition
from anju.web.declare import StaffRequest, page
from anju.web.manage.places import forms
from anju.web.parts.ask import Ask, Group, kept_values
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field, Refusal, with_problem

both = require_http_methods(["GET", "POST"])
SIZE = 60


@page(Verb.SEE_REGISTER)
@require_GET
def projects(request: StaffRequest) -> HttpResponse:
    return render(request, "manage/places/projects.html", {"projects": queries.project_lines()})


def _form(
    request: StaffRequest,
    fields: tuple[Field, ...],
    refusals: tuple[Refusal, ...],
    *,
    title: str,
    save: str,
) -> HttpResponse:
    shown = {"fields": fields, "refusals": refusals, "title": title, "save": save}
    status = 422 if refusals else 200
    return render(request, "manage/places/form.html", shown, status=status)


@page(Verb.EDIT_REGISTER)
@both
def new_project(request: StaffRequest) -> HttpResponse:
    refusals: tuple[Refusal, ...] = ()
    fields = forms.project_fields(request.POST)
    if request.method == "POST":
        try:
            draft = forms.read_project(request.POST)
            made = places.save_project(actor=request.actor, draft=draft, at=utc_now())
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("Project “%s” was added. Add its buildings.") % made.name)
            return redirect("project", made.id)
    return _form(request, fields, refusals, title=_("New project"), save=_("Add project"))


@page(Verb.SEE_REGISTER)
@require_GET
def project(request: StaffRequest, project_id: int) -> HttpResponse:
    found = access.project_for(request.actor, project_id, Verb.SEE_REGISTER)
    shown = {
        "project": found,
        "buildings": queries.building_lines(found.id),
        "may_edit": request.actor.may(Verb.EDIT_REGISTER),
    }
    return render(request, "manage/places/project.html", shown)


@page(Verb.EDIT_REGISTER)
@both
def edit_project(request: StaffRequest, project_id: int) -> HttpResponse:
    found = access.project_for(request.actor, project_id, Verb.EDIT_REGISTER)
    version = edition(Subject(found.company_id, "project", found.pk))
    kept = kept_values(
        {
            "name": found.name,
            "use_type": found.use_type,
            "target": found.target,
            "version": version,
        },
        {},
    )

    def act() -> str:
        places.save_project(
            actor=request.actor,
            draft=forms.read_project(request.POST),
            at=utc_now(),
            project_id=project_id,
            version=seen_version(request.POST),
        )
        messages.success(request, _("The project was saved."))
        return reverse("project", args=[project_id])

    back = reverse("project", args=[project_id])
    ask = Ask(_("Edit project"), _("Save project"), back, found.name)
    return edited(request, ask, lambda given: (Group(forms.project_fields(given)),), kept, act)


@page(Verb.EDIT_REGISTER)
@both
def new_building(request: StaffRequest, project_id: int) -> HttpResponse:
    access.project_for(request.actor, project_id, Verb.EDIT_REGISTER)
    refusals: tuple[Refusal, ...] = ()
    fields = forms.building_fields(request.POST, named=True)
    if request.method == "POST":
        try:
            made = places.add_building(
                actor=request.actor,
                project_id=project_id,
                name=request.POST.get("building", ""),
                units=forms.read_units(request.POST.get("units", "")),
                at=utc_now(),
            )
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("Building “%s” was added.") % made.name)
            return redirect("project", project_id)
    return _form(request, fields, refusals, title=_("New building"), save=_("Add building"))


@page(Verb.SEE_REGISTER)
@both
def building(request: StaffRequest, building_id: int) -> HttpResponse:
    verb = Verb.EDIT_REGISTER if request.method == "POST" else Verb.SEE_REGISTER
    found = access.building_for(request.actor, building_id, verb)
    refusals: tuple[Refusal, ...] = ()
    fields = forms.building_fields(request.POST, named=False)
    if request.method == "POST":
        try:
            numbers = forms.read_units(request.POST.get("units", ""))
            count = places.add_units(
                actor=request.actor, building_id=building_id, units=numbers, at=utc_now()
            )
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("Units added: %d.") % count)
            return redirect("building", building_id)
    homes = access.units_of(found)
    at = page_of(homes, cursor=request.GET.get("page", ""), size=SIZE, salt="units", rising=True)
    today, owners = timezone.localdate(utc_now()), request.actor.may(Verb.SEE_OWNERS)
    shown = {
        "building": found,
        "page": at,
        "units": residents.unit_lines(at.rows, today, people=owners),
        "fields": fields,
        "refusals": refusals,
        "may_edit": request.actor.may(Verb.EDIT_REGISTER),
    }
    status = 422 if refusals else 200
    return render(request, "manage/places/building.html", shown, status=status)


@page(Verb.EDIT_REGISTER)
@both
def edit_building(request: StaffRequest, building_id: int) -> HttpResponse:
    found = access.building_for(request.actor, building_id, Verb.EDIT_REGISTER)
    version = edition(Subject(found.company_id, "building", found.pk))
    kept = kept_values({"building": found.name, "version": version}, {})

    def act() -> str:
        places.rename_building(
            actor=request.actor,
            building_id=building_id,
            name=request.POST.get("building", ""),
            version=seen_version(request.POST),
            at=utc_now(),
        )
        messages.success(request, _("The building was saved."))
        return reverse("building", args=[building_id])

    back = reverse("building", args=[building_id])
    ask = Ask(_("Rename building"), _("Save building"), back, found.name)
    return edited(request, ask, lambda given: (Group(forms.name_fields(given)),), kept, act)
