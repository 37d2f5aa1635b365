"""Zones of a project: which buildings and units each holds, and who answers for them."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.history import Subject
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb, project_for
from anju.register.actions.areas import ZoneDraft, save_zone
from anju.register.areas import stewards, zone_for, zone_line, zone_lines
from anju.register.editions import edition
from anju.register.queries import building_lines
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import NOTHING, Ask, Group, kept_values, ours
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])
_LIST = re.compile(r"[\n,，、;；]+")


@page(Verb.SEE_REGISTER)
@require_GET
def zones(request: StaffRequest, project_id: int) -> HttpResponse:
    project = project_for(request.actor, project_id, Verb.SEE_REGISTER)
    shown = {"project": project, "zones": zone_lines(project.pk)}
    return render(request, "manage/register/zones.html", shown)


@page(Verb.EDIT_REGISTER)
@both
def new_zone(request: StaffRequest, project_id: int) -> HttpResponse:
    project_for(request.actor, project_id, Verb.EDIT_REGISTER)
    return _asked(request, project_id, None, QueryDict())


@page(Verb.EDIT_REGISTER)
@both
def edit_zone(request: StaffRequest, zone_id: int) -> HttpResponse:
    line = zone_line(found := zone_for(request.actor, zone_id, Verb.EDIT_REGISTER))
    version = edition(Subject(request.actor.company_id, "zone", zone_id))
    kept = kept_values(
        {
            "name": line.name,
            "steward": line.steward_id,
            "units": "\n".join(line.units),
            "version": version,
        },
        {"building": [str(key) for key in line.building_ids]},
    )
    return _asked(request, found.project_id, zone_id, kept)


def _asked(
    request: StaffRequest, project_id: int, zone_id: int | None, kept: QueryDict
) -> HttpResponse:
    people = dict(stewards(project_id))

    def act() -> str:
        sent = request.POST
        steward = sent.get("steward", "")
        draft = ZoneDraft(
            name=sent.get("name", ""),
            steward_id=ours(steward, people, "steward") if steward else None,
            building_ids=[_number(text) for text in sent.getlist("building")],
            units=[text.strip() for text in _LIST.split(sent.get("units", "")) if text.strip()],
        )
        save_zone(
            actor=request.actor,
            project_id=project_id,
            draft=draft,
            at=utc_now(),
            zone_id=zone_id,
            version=seen_version(sent),
        )
        messages.success(request, _("The zone was saved."))
        return reverse("zones", args=[project_id])

    ask = Ask(
        _("New zone") if zone_id is None else _("Edit zone"),
        _("Save zone"),
        reverse("zones", args=[project_id]),
        _("Zones"),
    )
    return edited(
        request, ask, lambda given: (Group(_fields(given, project_id, people)),), kept, act
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _fields(given: QueryDict, project_id: int, people: dict[int, str]) -> tuple[Field, ...]:
    choices = tuple((str(line.id), line.name) for line in building_lines(project_id))
    nobody = tuple((code, str(words)) for code, words in NOTHING)
    fields = (
        Field("name", _("Name of the zone"), given.get("name", ""), most=60),
        Field(
            "steward",
            _("Steward"),
            given.get("steward", ""),
            kind="select",
            choices=(*nobody, *((str(key), name) for key, name in people.items())),
            optional=True,
        ),
        Field(
            "building",
            _("Whole buildings"),
            ",".join(given.getlist("building")),
            kind="checks",
            choices=choices,
            optional=True,
        ),
        Field(
            "units",
            _("Single units"),
            given.get("units", ""),
            kind="area",
            rows=3,
            hint=_("One a line, in any writing: 3-2-1201."),
            optional=True,
        ),
    )
    return fields if choices else (fields[0], fields[1], fields[3])
