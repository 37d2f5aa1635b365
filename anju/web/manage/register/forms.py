"""What the pages of units and people ask for, and how it is read."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.kernel.pure.dates import day
from anju.kernel.pure.numbers import decimal, narrow, whole
from anju.kernel.pure.problems import Problem
from anju.register.actions.residents import MoveIn, PersonDraft, UnitDraft
from anju.register.choices import channels, languages, tie_kinds, unit_uses
from anju.web.parts.form import Field

NOBODY = ("", "–")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")


def person_fields(given: QueryDict, *, known_phone: str = "") -> tuple[Field, ...]:
    """Return the questions about a person; a phone on record is shown with its ends only."""
    kept = _("On record: %s. Leave empty to keep it.") % known_phone if known_phone else ""
    return (
        Field("name", _("Name"), given.get("name", ""), most=80),
        Field(
            "phone",
            _("Phone"),
            given.get("phone", ""),
            kind="tel",
            inputmode="tel",
            hint=kept or _("A mobile phone, or a landline with its area code."),
            optional=True,
            most=40,
        ),
        _select("language", _("Preferred language"), given, languages()),
        _select("channel", _("Reached best by"), given, channels()),
        Field(
            "quiet_from",
            _("Please do not call from"),
            given.get("quiet_from", ""),
            kind="time",
            optional=True,
        ),
        Field(
            "quiet_until",
            _("until"),
            given.get("quiet_until", ""),
            kind="time",
            optional=True,
        ),
    )


def _select(name: str, label: str, given: QueryDict, choices: tuple[tuple[str, str], ...]) -> Field:
    return Field(
        name, label, given.get(name, ""), kind="select", choices=(NOBODY, *choices), optional=True
    )


def read_person(given: QueryDict, *, keeps_phone: bool) -> PersonDraft:
    """Read a person; an empty phone leaves the one on record where there is one."""
    phone = given.get("phone", "").strip()
    return PersonDraft(
        name=given.get("name", ""),
        phone=None if keeps_phone and not phone else phone,
        language=given.get("language", ""),
        channel=given.get("channel", ""),
        quiet_from=_clock(given.get("quiet_from", ""), "quiet_from"),
        quiet_until=_clock(given.get("quiet_until", ""), "quiet_until"),
    )


def _clock(text: str, field: str) -> time | None:
    plain = narrow(text)
    if not plain:
        return None
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise Problem(
            "E-TIME-FORMAT",
            field,
            "Write the time as hours and minutes, such as 21:30.",
            "请按时和分填写，例如 21:30。",
        )
    return time(int(found[1]), int(found[2]))


def stay_fields(given: QueryDict) -> tuple[Field, ...]:
    """Return the questions about a stay that begins."""
    return (
        Field(
            "kind", _("Tie to the unit"), given.get("kind", ""), kind="radio", choices=tie_kinds()
        ),
        Field("since", _("From"), given.get("since", ""), kind="date", optional=True),
        Field(
            "until",
            _("Until (the first day on which it no longer holds)"),
            given.get("until", ""),
            kind="date",
            optional=True,
        ),
    )


def doubt_fields(given: QueryDict, code: str) -> tuple[Field, ...]:
    """Return the question that a refusal asked for, and none before it did.

    What was answered to an earlier question goes on with the form.
    """
    asked = {
        "E-PERSON-TWICE": Field(
            "same_person",
            _("Who is it?"),
            kind="radio",
            choices=(("one", _("The same person")), ("apart", _("Somebody else of that name"))),
        ),
        "E-STAY-OWNERLESS": Field(
            "without_owner",
            _("The unit has no owner on record for part of that time, and that is right"),
            kind="check",
            optional=True,
        ),
    }
    if code not in asked:
        return ()
    answered = [
        Field(field.name, "", given.get(field.name, ""), kind="hidden")
        for other, field in asked.items()
        if other != code and given.get(field.name)
    ]
    return (asked[code], *answered)


def read_move(given: QueryDict) -> MoveIn:
    """Read a move into a unit; raises Problem with the field's name."""
    return MoveIn(
        person=read_person(given, keeps_phone=False),
        kind=given.get("kind", ""),
        since=read_day(given, "since"),
        until=read_day(given, "until"),
        same_person=given.get("same_person", ""),
        without_owner=given.get("without_owner", "") != "",
    )


def read_day(given: QueryDict, field: str) -> date | None:
    """Return a day of a form; blank is None."""
    text = given.get(field, "").strip()
    return day(text, field) if text else None


def unit_fields(given: QueryDict) -> tuple[Field, ...]:
    """Return the questions about a unit."""
    return (
        Field("number", _("Unit number"), given.get("number", ""), most=30),
        Field("floor", _("Floor"), given.get("floor", ""), optional=True, inputmode="numeric"),
        Field("area", _("Area (m²)"), given.get("area", ""), optional=True, inputmode="decimal"),
        _select("use", _("Use"), given, unit_uses()),
        Field(
            "handover", _("Handed over on"), given.get("handover", ""), kind="date", optional=True
        ),
    )


def read_unit(given: QueryDict) -> UnitDraft:
    """Read a unit; raises Problem with the field's name."""
    floor, area = given.get("floor", "").strip(), given.get("area", "").strip()
    return UnitDraft(
        floor=whole(floor, "floor", low=-20, high=200) if floor else None,
        area=decimal(area, "area", low=Decimal(0), high=Decimal(100_000), places=2)
        if area
        else None,
        use=given.get("use", ""),
        handover=read_day(given, "handover"),
        number=given.get("number", ""),
    )


def version_of(given: QueryDict, known: int) -> int:
    """Return the version that the form was opened with; the present one where it says none."""
    text = given.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else known
