"""An owner's word becomes a case: from the desk, an owner's phone, a colleague, a program, a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from anju.casework.defaults import EMERGENCY_WORDS
from anju.casework.kinds import WORDS_MOST, CaseKind, Channel, Party, Severity
from anju.casework.triage import emergencies
from anju.kernel.partial import filled
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, project_for
from anju.register.calendars import usual_calendar
from anju.register.models import Building, Partner, Person, Project, Tie, Unit
from anju.voice.access import visible_cases
from anju.voice.actions.grouping import group
from anju.voice.actions.seeding import give_defaults
from anju.voice.actions.storing import change, next_number, tell
from anju.voice.actions.telling import link_hash, tell_of_new
from anju.voice.models import Bundle, Case, Category
from anju.voice.people import must_be_nameable
from anju.voice.promised import find_level, set_clocks

LINE = 120
log = structlog.get_logger("anju.voice")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a matter lies: always a project; a home, a building, or a spot in words besides."""

    project_id: int
    unit_id: int | None = None
    building_id: int | None = None
    spot: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who told it: somebody of the register, or a name and a phone, or nobody."""

    person_id: int | None = None
    name: str = ""
    phone: str = ""
    anonymous: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was told. `client_id` is the name that a phone gave it, `at_client` when by its clock."""

    kind: CaseKind
    place: Place
    words: str
    channel: Channel
    teller: Teller = Teller()
    category_id: int | None = None
    severity: Severity = Severity.USUAL
    wished: str = ""
    party: Party = Party.UNKNOWN
    partner_id: int | None = None
    about_id: int | None = None
    restricted: bool = False
    bundle_id: int | None = None
    follows_id: int | None = None
    client_id: str = ""
    client_at: datetime | None = None


@transaction.atomic
def receive(*, actor: Actor, report: Report, at: datetime, quiet: bool = False) -> Case:
    """Register what a colleague heard; she stays its first receiver for life.

    `quiet` leaves it to the act that follows in the same breath to tell the owner.
    Errors: NotFound, Forbidden, E-TEXT-*, E-REF. A case to which no level applies has no promises.
    """
    with company_scope(actor.company_id):
        project_for(actor, report.place.project_id, Verb.TAKE_CASES)
        _must_see(actor, report.follows_id)
        return _receive(actor.company_id, report, by=actor.account_id, at=at, quiet=quiet)


@transaction.atomic
def receive_from_owner(*, company_id: int, report: Report, at: datetime) -> Case:
    """Register what an owner sent from a page, a mail or a program; nobody received it yet.

    The caller has found the place by the link that the owner holds. Errors: as `receive`.
    """
    with company_scope(company_id):
        return _receive(company_id, report, by=None, at=at)


def _must_see(actor: Actor, follows_id: int | None) -> None:
    """Refuse a case that she may not see in the very words for one that is not there."""
    if follows_id is not None and not visible_cases(actor).filter(id=follows_id).exists():
        raise missing("follows")


def _receive(
    company_id: int, report: Report, *, by: int | None, at: datetime, quiet: bool = False
) -> Case:
    known = _already(report.client_id)
    if known is not None:
        return known
    give_defaults(company_id=company_id, at=at)
    case = _drafted(company_id, report, by, at)
    case.level_id = _level_of(case)
    case.number = next_number(company_id)
    case.token_hash = link_hash(case)
    if by is not None:
        case.acknowledge_met = at
    case.save()
    change(case, None, **_promised(case, at))
    said = {
        "channel": case.channel, "kind": case.kind, "severity": case.severity,
        "client_at": report.client_at.isoformat() if report.client_at else "",
    }  # fmt: skip
    tell(case, "received", by=by, at=at, payload={k: v for k, v in said.items() if v})
    group(case, at=at)
    tell_of_new(case, at=at, owner=not quiet)
    return case


def _level_of(case: Case) -> int | None:
    """Return the level that holds; none is no reason to turn an owner's word away."""
    try:
        return find_level(case).id
    except Problem as fault:
        log.warning("case_without_level", company=case.company_id, code=fault.code)
        return None


def _promised(case: Case, at: datetime) -> dict[str, object]:
    """Return the promises of a new case; where no calendar gives one, it is registered without."""
    try:
        return set_clocks(case, at=at, first=True)
    except Problem as fault:
        log.warning("case_without_promise", company=case.company_id, code=fault.code)
        return {}


def _already(client_id: str) -> Case | None:
    """Return the case that a phone sent before under this name."""
    if not client_id:
        return None
    found: Case | None = (
        Case.objects.across_parts().filter(filled("client_id"), client_id=client_id).first()
    )
    return found


def _drafted(company_id: int, report: Report, by: int | None, at: datetime) -> Case:
    project, building, unit = _place(report.place)
    words = clean_body(report.words, "words", WORDS_MOST)
    case = Case(
        company_id=company_id, project=project, building=building, unit=unit,
        spot=clean_line(report.place.spot, "spot", most=LINE) if report.place.spot else "",
        kind=report.kind.value, category=_category(report.category_id),
        severity=severity_of(report, words).value, channel=report.channel.value, words=words,
        wished=clean_line(report.wished, "wished", most=LINE) if report.wished else "",
        party=report.party.value, first_receiver_id=by, restricted=report.restricted,
        client_id=report.client_id, client_at=report.client_at, received_at=at, clock_from=at,
    )  # fmt: skip
    _point(case, report)
    _teller(case, report.teller, at)
    return case


def severity_of(report: Report, words: str) -> Severity:
    """Return how severe a matter is: as told, and never less than an emergency that its words name."""
    if report.severity in {Severity.EMERGENCY, Severity.CRISIS}:
        return report.severity
    return Severity.EMERGENCY if emergencies(words, EMERGENCY_WORDS) else report.severity


def missing(field: str) -> Problem:
    """Return the refusal of something chosen that is not there, or not hers."""
    return Problem("E-REF", field, "Not found. Choose again.", "未找到，请重新选择。")


def _place(place: Place) -> tuple[Project, Building | None, Unit | None]:
    project = Project.objects.filter(id=place.project_id).first()
    if project is None:
        raise missing("place")
    unit = building = None
    if place.unit_id is not None:
        rows = Unit.objects.select_related("building").filter(id=place.unit_id)
        unit = rows.filter(building__project=project).first()
        if unit is None:
            raise missing("unit")
        building = unit.building
    elif place.building_id is not None:
        building = Building.objects.filter(id=place.building_id, project=project).first()
        if building is None:
            raise missing("building")
    return project, building, unit


def _category(category_id: int | None) -> Category | None:
    if category_id is None:
        return None
    found: Category | None = Category.objects.filter(id=category_id, retired_at=None).first()
    if found is None:
        raise missing("category")
    return found


def _point(case: Case, report: Report) -> None:
    """Set what a case points to besides, each looked up among the company's own."""
    if report.partner_id is not None:
        case.partner = Partner.objects.filter(id=report.partner_id).first()
        if case.partner is None:
            raise missing("partner")
    if report.about_id is not None:
        must_be_nameable(report.about_id, case.project_id, "about", sees=False)
        case.about_id = report.about_id
    if report.bundle_id is not None:
        rows = Bundle.objects.filter(id=report.bundle_id, project_id=case.project_id)
        case.bundle = rows.filter(ended_at=None).first()
        if case.bundle is None:
            raise missing("bundle")
    if report.follows_id is not None:
        case.follows = Case.objects.filter(id=report.follows_id).first()
        if case.follows is None:
            raise missing("follows")


def _teller(case: Case, teller: Teller, at: datetime) -> None:
    """Set who told it; somebody anonymous leaves no name, no phone and no person.

    A phone is its home's alone; at a common place that of anybody who lives in the project.
    """
    case.anonymous, case.language = teller.anonymous, teller.language
    if teller.anonymous:
        return
    case.caller = clean_line(teller.name, "caller", most=80) if teller.name else ""
    case.phone = teller.phone
    if teller.person_id is not None:
        rows = Person.objects.filter(id=teller.person_id, project_id=case.project_id)
        case.reporter = rows.first()
        if case.reporter is None:
            raise missing("person")
    elif teller.phone:
        today = at.astimezone(usual_calendar(at=at).zone).date()
        ties = Tie.objects.filter(unit__building__project=case.project, person__phone=teller.phone)
        here = ties.filter(unit=case.unit) if case.unit is not None else ties.order_by("id")
        now = here.exclude(until__lte=today).select_related("person").first()
        case.reporter = now.person if now is not None else None
