"""What all projects share: partner firms, and the regions that projects lie in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.register.actions.areas import FirmDraft, save_firm, save_region
from anju.register.areas import FirmLine, firm_for, firm_lines, region_for, region_lines
from anju.register.choices import partner_kinds
from anju.register.queries import project_lines
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, asked, given_or, kept_values
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
    kept = kept_values({"kind": line.kind, "name": line.name, "contact": line.contact}, {})
    return _asked_firm(request, line, kept)


def _asked_firm(request: StaffRequest, line: FirmLine | None, kept: QueryDict) -> HttpResponse:
    given = given_or(request, kept)
    known = line.phone if line else ""
    hint = _("On record: %s. Leave empty to keep it.") % known if known else ""

    def act() -> str:
        phone = request.POST.get("phone", "").strip()
        draft = FirmDraft(
            kind=request.POST.get("kind", ""),
            name=request.POST.get("name", ""),
            contact=request.POST.get("contact", "").strip(),
            phone=None if known and not phone else phone,
        )
        save_firm(actor=request.actor, draft=draft, at=utc_now(), firm_id=line.id if line else None)
        messages.success(request, _("The firm was saved."))
        return reverse("firms")

    fields = (
        Field(
            "kind",
            _("What it does for us"),
            given.get("kind", ""),
            kind="select",
            choices=partner_kinds(),
        ),
        Field("name", _("Name of the firm"), given.get("name", ""), most=120),
        Field("contact", _("Contact person"), given.get("contact", ""), most=80, optional=True),
        Field("phone", _("Phone"), given.get("phone", ""), kind="tel", hint=hint, optional=True),
    )
    title = _("Edit firm") if line else _("New firm")
    ask = Ask(title, _("Save firm"), reverse("firms"), _("Partner firms"))
    return asked(request, ask, [Group(fields)], act)


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
    kept = kept_values({"name": line.name}, {"project": [str(key) for key in line.project_ids]})
    return _asked_region(request, region_id, kept)


def _asked_region(request: StaffRequest, region_id: int | None, kept: QueryDict) -> HttpResponse:
    given = given_or(request, kept)

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
        )
        messages.success(request, _("The region was saved."))
        return reverse("regions")

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
    title = _("Edit region") if region_id else _("New region")
    ask = Ask(title, _("Save region"), reverse("regions"), _("Regions"))
    return asked(request, ask, [Group(fields if choices else fields[:1])], act)
