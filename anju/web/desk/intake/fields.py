"""The fields of the intake form: what was typed, read once and kept when refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.casework.defaults import EMERGENCY_WORDS
from anju.casework.kinds import CaseKind, Channel, Party, Severity
from anju.casework.triage import emergencies
from anju.intake.actions.calls import Given
from anju.intake.callers import Caller, callers, must_be_caller
from anju.intake.hints import Asked, kind_of
from anju.kernel.pure import dates
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb
from anju.register.rules.phones import phone_of
from anju.voice.actions.receiving import Place, Report, Teller
from anju.voice.labels import options
from anju.voice.people import can_be_named
from anju.web.parts.ask import member, ours

# How a word reaches the desk; an owner's phone, a program and a list have pages of their own.
CHANNELS = (
    Channel.PHONE, Channel.DESK, Channel.VISIT, Channel.STAFF, Channel.BOX, Channel.EVENT,
    Channel.MAIL, Channel.MAILBOX,
)  # fmt: skip
SPOT = 120  # letters of a place in words
SEVERITIES = (Severity.USUAL, Severity.IMPORTANT, Severity.EMERGENCY, Severity.CRISIS)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form's lists offer."""

    kinds: tuple[tuple[str, str], ...]
    severities: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, str], ...]
    people: tuple[tuple[int, str], ...]


def choices(actor: Actor, caller: Caller | None) -> Choices:
    """Return what the lists offer; people are those of the caller's project, once it is known."""
    named = can_be_named(caller.project_id) if caller is not None else ()
    channels = dict(options(Channel))
    severities = dict(options(Severity))
    return Choices(
        tuple((code, word) for code, word in options(CaseKind)),
        tuple((one.value, severities[one.value]) for one in SEVERITIES),
        tuple((one.value, channels[one.value]) for one in CHANNELS),
        tuple((account, name) for account, name, _role in named),
    )


def asked_in(given: QueryDict) -> Asked:
    """Return what stands in the form for the proposals; strange values count as nothing."""
    category = given.get("category", "")
    return Asked(
        given.get("words", "")[:5_000],
        int(category) if category.isascii() and category.isdigit() and len(category) < 19 else None,
        given.get("kind", ""),
        given.get("severity", ""),
    )


def caller_in(actor: Actor, given: QueryDict) -> Caller:
    """Return who calls and from where; nothing is taken of several. Errors: E-CALLER, E-SEARCH."""
    urgent = bool(emergencies(given.get("words", "")[:5_000], EMERGENCY_WORDS))
    written, now = given.get("who", ""), utc_now()
    return must_be_caller(actor, given.get("place", ""), written, now, urgent=urgent)


def report_in(actor: Actor, given: QueryDict) -> Report:
    """Return what was told. Errors: E-CALLER, E-CHOICE, E-REF, E-PHONE, E-DATE-*, E-TEXT-*."""
    caller = caller_in(actor, given)
    channel = member(Channel, given.get("channel") or Channel.PHONE.value, "channel")
    if channel not in CHANNELS:
        raise Problem("E-CHOICE", "channel", "Choose one of the list.", "请从列表中选择一项。")
    place = caller.place
    spot = given.get("spot", "").strip()
    if not (spot or given.get("place") or place.unit_id or place.building_id):
        spot = _unfound(actor, given.get("who", ""))
    return Report(
        kind=kind_of(asked_in(given), today=utc_now().date()),
        place=Place(place.project_id, place.unit_id, place.building_id, spot),
        words=given.get("words", ""),
        channel=channel,
        teller=_teller(caller, given),
        category_id=_number(given, "category"),
        severity=member(Severity, given.get("severity") or Severity.USUAL.value, "severity"),
        wished=given.get("wished", "").strip(),
        party=member(Party, given.get("party") or Party.UNKNOWN.value, "party"),
        about_id=_number(given, "about"),
        restricted=channel is Channel.MAILBOX,
        bundle_id=_number(given, "bundle"),
        follows_id=_number(given, "follows"),
        client_id=given.get("key", "")[:64],
        client_at=_moment(given, "heard_on"),
    )


def _unfound(actor: Actor, written: str) -> str:
    """Return what was written of a place that nobody found, so that it stays with an emergency."""
    text = " ".join(written.split())
    return "" if not text or callers(actor, text, utc_now()) else text[:SPOT]


def _teller(caller: Caller, given: QueryDict) -> Teller:
    phone = given.get("phone", "").strip()
    return Teller(
        person_id=caller.person_id,
        name=given.get("name", "").strip(),
        phone=phone_of(phone, "phone") if phone else "",
        anonymous=bool(given.get("anonymous")),
    )


def given_in(actor: Actor, given: QueryDict) -> Given:
    """Return what the desk decided besides. Errors: E-REF, E-DATE-*, E-TIME-*."""
    if not actor.may(Verb.STEER_CASES):
        return Given()
    caller = caller_in(actor, given)
    people = {account for account, _name, _role in can_be_named(caller.project_id)}
    chosen = given.get("assignee", "")
    named = ours(chosen, people, "assignee") if chosen else None
    return Given(named, _moment(given, "due"), _("Agreed with the owner"))


def _number(given: QueryDict, name: str) -> int | None:
    value = given.get(name, "")
    if not value:
        return None
    if value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    raise Problem("E-REF", name, "Not found. Choose again.", "未找到，请重新选择。")


def _moment(given: QueryDict, name: str) -> datetime | None:
    value = given.get(name, "").strip()
    return dates.instant(value, name, ZoneInfo(settings.TIME_ZONE)) if value else None
