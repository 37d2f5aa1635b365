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
from anju.register.residents import tie_for, ties_of_unit, unit_for
from anju.web.declare import StaffRequest, page
from anju.web.manage.register import forms
from anju.web.parts.ask import Ask, Group, asked, given_or, kept_values
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])


@page(Verb.SEE_OWNERS)
@require_GET
def unit(request: StaffRequest, unit_id: int) -> HttpResponse:
    found = unit_for(request.actor, unit_id, Verb.SEE_OWNERS)
    lines, today = ties_of_unit(found.pk), timezone.localdate(utc_now())
    shown = {
        "unit": found,
        "use": found.get_use_display() if found.use else "",
        "now": [line for line in lines if line.now(today)],
        "later": [line for line in lines if not line.now(today) and not line.over(today)],
        "before": [line for line in lines if line.over(today)],
    }
    return render(request, "manage/register/unit.html", shown)


def hidden(version: int) -> Field:
    """Return the version that a form carries, so that a late one is told."""
    return Field("version", "", str(version), kind="hidden")


@page(Verb.EDIT_REGISTER)
@both
def edit_unit(request: StaffRequest, unit_id: int) -> HttpResponse:
    found = unit_for(request.actor, unit_id, Verb.EDIT_REGISTER)
    kept = kept_values(
        {
            "floor": found.floor,
            "area": found.area,
            "use": found.use,
            "handover": found.handover,
            "version": found.version,
        },
        {},
    )
    given = given_or(request, kept)
    version = forms.version_of(given, found.version)

    def act() -> str:
        draft = forms.read_unit(request.POST)
        acts.save_unit(
            actor=request.actor, unit_id=unit_id, draft=draft, version=version, at=utc_now()
        )
        messages.success(request, _("The unit was saved."))
        return reverse("unit", args=[unit_id])

    name = f"{found.building.name} {found.number}"
    ask = Ask(_("Edit unit"), _("Save unit"), reverse("unit", args=[unit_id]), name)
    return asked(request, ask, [Group((*forms.unit_fields(given), hidden(version)))], act)


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


@page(Verb.EDIT_OWNERS)
@both
def end_stay(request: StaffRequest, tie_id: int) -> HttpResponse:
    found = tie_for(request.actor, tie_id, Verb.EDIT_OWNERS)
    today = timezone.localdate(utc_now()).isoformat()
    given = given_or(request, kept_values({"until": today, "version": found.version}, {}))
    version = forms.version_of(given, found.version)
    back = reverse("unit", args=[found.unit_id])

    def act() -> str:
        until = forms.read_day(request.POST, "until")
        if until is None:
            raise Problem("E-DATE", "until", "Give the day.", "请填写日期。")
        acts.end_stay(
            actor=request.actor, tie_id=tie_id, until=until, version=version, at=utc_now()
        )
        messages.success(request, _("The stay was ended; it is kept with its days."))
        return back

    field = Field(
        "until",
        _("The first day on which it no longer holds"),
        given.get("until", ""),
        kind="date",
    )
    ask = Ask(
        _("End the stay of %s") % found.person.name,
        _("End the stay"),
        back,
        f"{found.unit.building.name} {found.unit.number}",
    )
    return asked(request, ask, [Group((field, hidden(version)))], act)
