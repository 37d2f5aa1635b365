"""One person: how to reach her, where she lives and lived, what she agreed to."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.privacy.choices import reason_names
from anju.register.access import Verb
from anju.register.actions import consents
from anju.register.actions import residents as acts
from anju.register.choices import care_kinds, channels, languages, purposes
from anju.register.residents import CareLine, PersonFile, person_file, person_for
from anju.register.rules.masking import mask_phone
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.manage.register import forms
from anju.web.parts.ask import Ask, Group, kept_values
from anju.web.parts.edited import edited
from anju.web.parts.form import Field, Refusal


@page(Verb.SEE_OWNERS)
@require_GET
def resident(request: StaffRequest, resident_id: int) -> HttpResponse:
    return shown(request, resident_id)


def shown(
    request: StaffRequest,
    resident_id: int,
    *,
    care: tuple[CareLine, ...] | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    """Show a person's page; signs of care only where an act has just brought them."""
    found = person_file(person_for(request.actor, resident_id, Verb.SEE_OWNERS))
    language = request.LANGUAGE_CODE
    refusals = (Refusal(problem.field, problem.text(language), problem.code),) if problem else ()
    context = {
        "person": found,
        "language": dict(languages()).get(found.language, ""),
        "asks": _asks(found),
        "care": care,
        "reasons": (
            _select("reason", _("Why you look at them"), tuple(reason_names().items())),
            Field("words", _("In your words"), optional=True),
            Field("key", "", token_urlsafe(16), kind="hidden"),
        ),
        "care_asks": (
            _select("care_kind", _("Sign"), care_kinds()),
            Field("care_purpose", _("What it is needed for"), most=120),
        ),
        "refusals": refusals,
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/register/resident.html", context, status=status)


def _asks(found: PersonFile) -> tuple[Field, ...]:
    """Return the questions of a new consent; purposes agreed to already are left out."""
    given = {line.purpose for line in found.consents if line.withdrawn_at is None}
    free = tuple((code, words) for code, words in purposes() if code not in given)
    if not free:
        return ()
    return (
        _select("purpose", _("Agrees to"), free),
        _select("consent_channel", _("Said by"), channels()),
    )


def _select(name: str, label: str, choices: tuple[tuple[str, str], ...]) -> Field:
    return Field(name, label, kind="select", choices=choices)


@page(Verb.EDIT_OWNERS)
@require_http_methods(["GET", "POST"])
def edit_resident(request: StaffRequest, resident_id: int) -> HttpResponse:
    found = person_for(request.actor, resident_id, Verb.EDIT_OWNERS)
    kept = kept_values(
        {
            "name": found.name,
            "language": found.language,
            "channel": found.channel,
            "quiet_from": f"{found.quiet_from:%H:%M}" if found.quiet_from else "",
            "quiet_until": f"{found.quiet_until:%H:%M}" if found.quiet_until else "",
            "version": found.version,
        },
        {},
    )

    def form(given: QueryDict) -> tuple[Group, ...]:
        return (Group(forms.person_fields(given, known_phone=mask_phone(found.phone))),)

    def act() -> str:
        saved = acts.save_person(
            actor=request.actor,
            person_id=resident_id,
            draft=forms.read_person(request.POST, keeps_phone=bool(found.phone)),
            version=forms.version_of(request.POST, found.version),
            at=utc_now(),
        )
        _say_saved(request, saved.phone, request.POST.get("phone", "").strip())
        return reverse("resident", args=[resident_id])

    ask = Ask(
        _("Edit contact"), _("Save contact"), reverse("resident", args=[resident_id]), found.name
    )
    return edited(request, ask, form, kept, act)


def _say_saved(request: StaffRequest, phone: str, typed: str) -> None:
    """Say that it was saved; who has just typed a phone sees how it is kept."""
    if typed and typed != phone:
        said = _("The contact was saved; the phone “%(typed)s” is kept as %(phone)s.")
        messages.success(request, said % {"typed": typed, "phone": phone})
    else:
        messages.success(request, _("The contact was saved."))


@page(Verb.EDIT_OWNERS)
@require_POST
def give(request: StaffRequest, resident_id: int) -> HttpResponse:
    try:
        consents.give_consent(
            actor=request.actor,
            person_id=resident_id,
            purpose=request.POST.get("purpose", ""),
            channel=request.POST.get("consent_channel", ""),
            at=utc_now(),
        )
    except Problem as problem:
        return shown(request, resident_id, problem=problem)
    messages.success(request, _("The consent was noted."))
    return redirect("resident", resident_id)


@page(Verb.EDIT_OWNERS)
@require_POST
def withdraw(request: StaffRequest, consent_id: int) -> HttpResponse:
    taken = consents.withdraw_consent(actor=request.actor, consent_id=consent_id, at=utc_now())
    messages.success(request, _("The consent was taken back; it stays on record with its days."))
    return redirect("resident", taken.person_id)
