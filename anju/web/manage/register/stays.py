"""A stay that is on record: ended, corrected, or taken back where it was a mistake."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.register.actions import stays as acts
from anju.register.actions.stays import StayDraft
from anju.register.residents import TieLine, tie_for, tie_lines, ties_of_unit
from anju.web.declare import StaffRequest, page
from anju.web.manage.register import forms
from anju.web.parts.ask import Ask, Group, kept_values
from anju.web.parts.edited import edited
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])


@page(Verb.EDIT_OWNERS)
@both
def end_stay(request: StaffRequest, tie_id: int) -> HttpResponse:
    found = _stay(request, tie_id)
    today = timezone.localdate(utc_now()).isoformat()

    def form(given: QueryDict) -> tuple[Group, ...]:
        field = Field(
            "until",
            _("The first day on which it no longer holds"),
            given.get("until", ""),
            kind="date",
        )
        return (Group((field, *_owner_asked(found, given))),)

    def act() -> str:
        until = forms.read_day(request.POST, "until")
        if until is None:
            raise Problem("E-DATE", "until", "Give the day.", "请填写日期。")
        acts.end_stay(
            actor=request.actor,
            tie_id=tie_id,
            until=until,
            version=forms.version_of(request.POST, found.version),
            at=utc_now(),
            without_owner=_yes(request.POST),
        )
        messages.success(request, _("The stay was ended; it is kept with its days."))
        return _home(found)

    ask = _ask(found, _("End the stay of %s"), _("End the stay"))
    kept = kept_values({"until": today, "version": found.version}, {})
    return edited(request, ask, form, kept, act)


@page(Verb.EDIT_OWNERS)
@both
def correct(request: StaffRequest, tie_id: int) -> HttpResponse:
    found = _stay(request, tie_id)

    def form(given: QueryDict) -> tuple[Group, ...]:
        return (Group((*forms.stay_fields(given), *_owner_asked(found, given))),)

    def act() -> str:
        draft = StayDraft(
            kind=request.POST.get("kind", ""),
            since=forms.read_day(request.POST, "since"),
            until=forms.read_day(request.POST, "until"),
            without_owner=_yes(request.POST),
        )
        acts.correct_stay(
            actor=request.actor,
            tie_id=tie_id,
            draft=draft,
            version=forms.version_of(request.POST, found.version),
            at=utc_now(),
        )
        messages.success(request, _("The stay was corrected; the history keeps what stood before."))
        return _home(found)

    ask = replace(
        _ask(
            found,
            _("Correct the stay of %s"),
            _("Save the stay"),
            _("For what was written down wrongly. Who moves out has the stay ended instead."),
        ),
        template="manage/register/stay.html",
    )
    kept = kept_values(
        {
            "kind": found.kind,
            "since": found.since,
            "until": found.until,
            "version": found.version,
        },
        {},
    )
    return edited(request, ask, form, kept, act)


@page(Verb.EDIT_OWNERS)
@both
def take_back(request: StaffRequest, tie_id: int) -> HttpResponse:
    found = _stay(request, tie_id)

    def act() -> str:
        acts.take_back_stay(
            actor=request.actor,
            tie_id=tie_id,
            version=forms.version_of(request.POST, found.version),
            at=utc_now(),
            without_owner=_yes(request.POST),
        )
        messages.success(request, _("The stay was taken back; the history says so."))
        return reverse("resident", args=[found.person_id])

    ask = _ask(
        found,
        _("Take back the stay of %s"),
        _("Take the stay back"),
        _(
            "For somebody who never lived here and never owned it. The person stays on record"
            " and can be registered for the right unit."
        ),
    )
    kept = kept_values({"version": found.version}, {})

    def form(given: QueryDict) -> tuple[Group, ...]:
        return (Group(_owner_asked(found, given), hint=_said(found)),)

    return edited(request, ask, form, kept, act)


def _stay(request: StaffRequest, tie_id: int) -> TieLine:
    (found,) = tie_lines([tie_for(request.actor, tie_id, Verb.EDIT_OWNERS)])
    return found


def _ask(found: TieLine, title: str, save: str, intro: str = "") -> Ask:
    return Ask(title % found.name, save, _home(found), found.unit, intro=intro)


def _said(found: TieLine) -> str:
    """Return the stay in words: what she is to the unit, and from when until when."""
    days = [day.isoformat() if day else "…" for day in (found.since, found.until)]
    return f"{found.kind_label} · {days[0]} – {days[1]}"


def _home(found: TieLine) -> str:
    return reverse("unit", args=[found.unit_id])


def _yes(sent: QueryDict) -> bool:
    return sent.get("without_owner", "") != ""


def _owner_asked(found: TieLine, given: QueryDict) -> tuple[Field, ...]:
    """Return the question about days without an owner, where the unit has or had a tenant."""
    if not any(line.kind == "tenant" for line in ties_of_unit(found.unit_id)):
        return ()
    words = _("The unit has no owner on record for part of that time, and that is right")
    value = given.get("without_owner", "")
    return (Field("without_owner", words, value, kind="check", optional=True),)
