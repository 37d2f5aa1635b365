"""What all projects share: the company itself, partner firms, regions that projects lie in."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.history import Subject
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb, company_of
from anju.register.actions.areas import FirmDraft, save_firm, save_region
from anju.register.actions.places import save_company
from anju.register.areas import FirmLine, firm_for, firm_lines, region_for, region_lines
from anju.register.choices import partner_kinds
from anju.register.editions import edition
from anju.register.queries import project_lines
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, kept_values
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])


@page(Verb.SEE_REGISTER)
@require_GET
def firms(request: StaffRequest) -> HttpResponse:
    return render(request, "manage/register/firms.html", {"firms": firm_lines()})


@page(Verb.EDIT_REGISTER)
@both
def new_firm(request: StaffRequest) -> HttpResponse:
    return _asked_firm(request, None, QueryDict())


@page(Verb.EDIT_REGISTER)
@both
def edit_firm(request: StaffRequest, firm_id: int) -> HttpResponse:
    firm_for(request.actor, firm_id, Verb.EDIT_REGISTER)
    line = next(line for line in firm_lines() if line.id == firm_id)
    version = edition(Subject(request.actor.company_id, "partner", firm_id))
    said = {"kind": line.kind, "name": line.name, "contact": line.contact, "version": version}
    kept = kept_values(dict(said), {})
    return _asked_firm(request, line, kept)


def _asked_firm(request: StaffRequest, line: FirmLine | None, kept: QueryDict) -> HttpResponse:
    known = line.phone if line else ""

    def act() -> str:
        phone = request.POST.get("phone", "").strip()
        draft = FirmDraft(
            kind=request.POST.get("kind", ""),
            name=request.POST.get("name", ""),
            contact=request.POST.get("contact", "").strip(),
            phone=None if known and not phone else phone,
        )
        save_firm(
            actor=request.actor,
            draft=draft,
            at=utc_now(),
            firm_id=line.id if line else None,
            version=seen_version(request.POST),
        )
        messages.success(request, _("The firm was saved."))
        return reverse("firms")

    title = _("Edit firm") if line else _("New firm")
    ask = Ask(title, _("Save firm"), reverse("firms"), _("Partner firms"))
    return edited(request, ask, partial(_firm_groups, known), kept, act)


def _firm_groups(known: str, given: QueryDict) -> tuple[Group, ...]:
    hint = _("On record: %s. Leave empty to keep it.") % known if known else ""
    kind = given.get("kind", "")
    return (
        Group(
            (
                Field(
                    "kind", _("What it does for us"), kind, kind="select", choices=partner_kinds()
                ),
                Field("name", _("Name of the firm"), given.get("name", ""), most=120),
                Field(
                    "contact", _("Contact person"), given.get("contact", ""), most=80, optional=True
                ),
                Field(
                    "phone",
                    _("Phone"),
                    given.get("phone", ""),
                    kind="tel",
                    hint=hint,
                    optional=True,
                ),
            )
        ),
    )


@page(Verb.SEE_REGISTER)
@require_GET
def regions(request: StaffRequest) -> HttpResponse:
    return render(request, "manage/register/regions.html", {"regions": region_lines()})


@page(Verb.EDIT_REGISTER)
@both
def new_region(request: StaffRequest) -> HttpResponse:
    return _asked_region(request, None, QueryDict())


@page(Verb.EDIT_REGISTER)
@both
def edit_region(request: StaffRequest, region_id: int) -> HttpResponse:
    region_for(request.actor, region_id, Verb.EDIT_REGISTER)
    line = next(line for line in region_lines() if line.id == region_id)
    version = edition(Subject(request.actor.company_id, "region", region_id))
    projects = [str(key) for key in line.project_ids]
    kept = kept_values({"name": line.name, "version": version}, {"project": projects})
    return _asked_region(request, region_id, kept)


def _asked_region(request: StaffRequest, region_id: int | None, kept: QueryDict) -> HttpResponse:
    def act() -> str:
        sent = [
            text for text in request.POST.getlist("project") if text.isascii() and text.isdigit()
        ]
        save_region(
            actor=request.actor,
            name=request.POST.get("name", ""),
            project_ids=[int(text[:18]) for text in sent],
            at=utc_now(),
            region_id=region_id,
            version=seen_version(request.POST),
        )
        messages.success(request, _("The region was saved."))
        return reverse("regions")

    title = _("Edit region") if region_id else _("New region")
    ask = Ask(title, _("Save region"), reverse("regions"), _("Regions"))
    return edited(request, ask, _region_groups, kept, act)


def _region_groups(given: QueryDict) -> tuple[Group, ...]:
    choices = tuple((str(line.id), line.name) for line in project_lines())
    fields = (
        Field("name", _("Name of the region"), given.get("name", ""), most=60),
        Field(
            "project",
            _("Projects of the region"),
            ",".join(given.getlist("project")),
            kind="checks",
            choices=choices,
            optional=True,
        ),
    )
    return (Group(fields if choices else fields[:1]),)


@page(Verb.SET_UP)
@both
def company(request: StaffRequest) -> HttpResponse:
    found = company_of(request.actor)

    def act() -> str:
        save_company(
            actor=request.actor,
            name=request.POST.get("name", ""),
            phone=request.POST.get("phone", ""),
            version=seen_version(request.POST),
            at=utc_now(),
        )
        messages.success(request, _("The company was saved."))
        return reverse("company")

    ask = Ask(_("Our company"), _("Save company"), reverse("projects"), _("Projects"))
    version = edition(Subject(found.pk, "company", found.pk))
    kept = kept_values({"name": found.name, "phone": found.phone, "version": version}, {})
    return edited(request, ask, _company_groups, kept, act)


def _company_groups(given: QueryDict) -> tuple[Group, ...]:
    hint = _("It stands on posters, printed forms and owners' pages: whom to call with a question.")
    return (
        Group(
            (
                Field("name", _("Company name"), given.get("name", ""), most=120),
                Field(
                    "phone",
                    _("Telephone for owners"),
                    given.get("phone", ""),
                    kind="tel",
                    inputmode="tel",
                    hint=hint,
                    optional=True,
                    most=40,
                ),
            )
        ),
    )
