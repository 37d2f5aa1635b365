"""One unit: what it is, who lives in it now and who did before; moving in and out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.register.actions import residents as acts
from anju.register.areas import zone_of
from anju.register.residents import ties_of_unit, unit_for
from anju.web.declare import StaffRequest, page
from anju.web.manage.register import forms
from anju.web.parts.ask import Ask, Group, asked, given_or, kept_values
from anju.web.parts.edited import edited

both = require_http_methods(["GET", "POST"])


@page(Verb.SEE_OWNERS)
@require_GET
def unit(request: StaffRequest, unit_id: int) -> HttpResponse:
    found = unit_for(request.actor, unit_id, Verb.SEE_OWNERS)
    lines, today = ties_of_unit(found.pk), timezone.localdate(utc_now())
    shown = {
        "unit": found,
        "use": found.get_use_display() if found.use else "",
        "zone": zone_of(found),
        "now": [line for line in lines if line.now(today)],
        "later": [line for line in lines if not line.now(today) and not line.over(today)],
        "before": [line for line in lines if line.over(today)],
    }
    return render(request, "manage/register/unit.html", shown)


@page(Verb.EDIT_REGISTER)
@both
def edit_unit(request: StaffRequest, unit_id: int) -> HttpResponse:
    found = unit_for(request.actor, unit_id, Verb.EDIT_REGISTER)
    kept = kept_values(
        {
            "number": found.number,
            "floor": found.floor,
            "area": found.area,
            "use": found.use,
            "handover": found.handover,
            "version": found.version,
        },
        {},
    )

    def act() -> str:
        draft = forms.read_unit(request.POST)
        seen = forms.version_of(request.POST, found.version)
        acts.save_unit(
            actor=request.actor, unit_id=unit_id, draft=draft, version=seen, at=utc_now()
        )
        messages.success(request, _("The unit was saved."))
        return reverse("unit", args=[unit_id])

    name = f"{found.building.name} {found.number}"
    ask = Ask(_("Edit unit"), _("Save unit"), reverse("unit", args=[unit_id]), name)
    return edited(request, ask, lambda given: (Group(forms.unit_fields(given)),), kept, act)


@page(Verb.EDIT_OWNERS)
@both
def move_in(request: StaffRequest, unit_id: int) -> HttpResponse:
    found = unit_for(request.actor, unit_id, Verb.EDIT_OWNERS)
    given = given_or(request, kept_values({"kind": "owner"}, {}))
    groups = [
        Group(forms.stay_fields(given), _("The stay")),
        Group(forms.person_fields(given), _("The person")),
    ]

    def act() -> str:
        try:
            tie = acts.move_in(
                actor=request.actor,
                unit_id=unit_id,
                draft=forms.read_move(request.POST),
                at=utc_now(),
            )
        except Problem as problem:
            asked_for = forms.doubt_fields(request.POST, problem.code)
            if asked_for:
                groups.insert(0, Group(asked_for, _("Please confirm")))
            raise
        messages.success(request, _("%s was registered for the unit.") % tie.person.name)
        return reverse("unit", args=[unit_id])

    ask = Ask(
        _("Register somebody for the unit"),
        _("Register"),
        reverse("unit", args=[unit_id]),
        f"{found.building.name} {found.number}",
        intro=_("Earlier stays are kept with their days."),
    )
    return asked(request, ask, groups, act)
