"""What the desk is told while an owner speaks: likely topic, person, time, duty; how her matters stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from anju.casework.defaults import EMERGENCY_WORDS, FIRE_WORDS
from anju.casework.kinds import EMERGENCY, CaseKind, Severity
from anju.casework.promises import Promised, instants
from anju.casework.states import OPEN, STAGES, TURNS, Stage, State, Turn
from anju.casework.triage import Keyed, emergencies, guesses, kind_said
from anju.intake.callers import Caller
from anju.kernel.pure.months import months_later
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor
from anju.register.areas import zone_of
from anju.register.calendars import usual_calendar
from anju.register.models import Unit
from anju.voice.access import visible_cases
from anju.voice.learned import guessed_code
from anju.voice.models import Case, Category
from anju.voice.people import can_be_named
from anju.voice.promised import find_level
from anju.worktime.deadlines import Due

LATELY = timedelta(days=30)
OPEN_STATES = tuple(one.value for one in OPEN)


@dataclass(frozen=True, slots=True)
class Topic:
    """A category as the desk chooses it."""

    id: int
    code: str
    zh: str
    en: str
    kind: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands, for the answer to “how far is my repair?”."""

    id: int
    number: int
    zh: str
    en: str
    kind: str
    state: State
    stage: Stage
    turn: Turn
    person: str
    due_at: datetime | None
    late: bool
    reopened: int
    received_at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Warranty:
    """Whether a home's part lies in the builder's duty, and until which day."""

    until: date
    holds: bool


@dataclass(frozen=True, slots=True)
class Hints:
    """What is proposed; each is None where nothing is clear."""

    topic: Topic | None
    person: tuple[int, str] | None
    due: Due | None
    warranty: Warranty | None
    emergency: tuple[str, ...]
    fire: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the form so far."""

    words: str = ""
    category_id: int | None = None
    kind: str = ""
    severity: str = ""


def topics() -> tuple[Topic, ...]:
    """Return the categories in use, in their order."""
    rows = Category.objects.filter(retired_at=None).order_by("position", "id")
    return tuple(Topic(row.pk, row.code, row.zh, row.en, row.kind) for row in rows)


def guessed(words: str, *, today: date) -> Topic | None:
    """Return the category that the words speak for most; None where they speak for none.

    The words of the categories come first; where they are silent, what the company's own cases teach.
    """
    rows = {row.code: row for row in Category.objects.filter(retired_at=None)}
    found = guesses(words, [Keyed(code, row.words) for code, row in rows.items()])
    code = found[0].code if found else guessed_code(words, today=today) if words.strip() else None
    if code not in rows:
        return None
    row = rows[code]
    return Topic(row.pk, row.code, row.zh, row.en, row.kind)


def kind_of(asked: Asked, *, today: date) -> CaseKind:
    """Return the kind of a matter: as chosen, as the words say, of its category; else an enquiry.

    What endangers somebody is put right first, whatever its category is for on other days.
    """
    if asked.kind in set(CaseKind):
        return CaseKind(asked.kind)
    if emergencies(asked.words, EMERGENCY_WORDS):
        return CaseKind.REPAIR
    if (said := kind_said(asked.words)) is not None:
        return said
    chosen = Category.objects.filter(id=asked.category_id).first() if asked.category_id else None
    likely = guessed(asked.words, today=today) if chosen is None else None
    kind = chosen.kind if chosen is not None else likely.kind if likely is not None else ""
    return CaseKind(kind) if kind else CaseKind.ENQUIRY


def hints(actor: Actor, asked: Asked, caller: Caller | None, at: datetime) -> Hints:
    """Return what is proposed for what was written so far."""
    chosen = next((one for one in topics() if one.id == asked.category_id), None)
    topic = chosen or guessed(asked.words, today=at.date())
    said = emergencies(asked.words, EMERGENCY_WORDS)
    return Hints(
        topic=topic,
        person=_person(actor, caller, topic, asked, at) if caller is not None else None,
        due=_due(caller, topic, asked, at) if caller is not None else None,
        warranty=_warranty(caller, topic, at) if caller is not None else None,
        emergency=said,
        fire=bool(set(said) & set(FIRE_WORDS)),
    )


def _person(
    actor: Actor, caller: Caller, topic: Topic | None, asked: Asked, at: datetime
) -> tuple[int, str] | None:
    """Return who last answered for this topic here, else the steward of the home's zone.

    A complaint is not proposed to the steward: it may be of her.
    """
    names = {one: name for one, name, _role in can_be_named(caller.project_id)}
    complains = kind_of(asked, today=at.date()) is CaseKind.COMPLAINT
    for one in (_last(actor, caller, topic), 0 if complains else _steward(caller)):
        if one in names:
            return one, names[one]
    return None


def _last(actor: Actor, caller: Caller, topic: Topic | None) -> int:
    if topic is None:
        return 0
    rows = visible_cases(actor).filter(project_id=caller.project_id, category_id=topic.id)
    last = (
        rows.exclude(assignee=None).order_by("-received_at").values_list("assignee_id", flat=True)
    )
    return last.first() or 0


def _steward(caller: Caller) -> int:
    unit = Unit.objects.filter(id=caller.unit_id).first() if caller.unit_id else None
    zone = zone_of(unit) if unit is not None else None
    return zone.steward_id or 0 if zone is not None else 0


def _due(caller: Caller, topic: Topic | None, asked: Asked, at: datetime) -> Due | None:
    """Return by when such a matter would be solved, with its account; None where nothing is promised."""
    severity = asked.severity if asked.severity in set(Severity) else Severity.USUAL.value
    if emergencies(asked.words, EMERGENCY_WORDS):
        severity = Severity.EMERGENCY.value
    drafted = Case(
        project_id=caller.project_id, category_id=topic.id if topic else asked.category_id,
        kind=kind_of(asked, today=at.date()).value, severity=severity, received_at=at, clock_from=at,
    )  # fmt: skip
    try:
        found = instants(find_level(drafted), at, usual_calendar(at=at))
    except Problem:
        return None
    return found.get(Promised.RESOLVE) or found.get(Promised.REPORT_BACK)


def _warranty(caller: Caller, topic: Topic | None, at: datetime) -> Warranty | None:
    months = Category.objects.filter(id=topic.id).first() if topic is not None else None
    unit = Unit.objects.filter(id=caller.unit_id).first() if caller.unit_id else None
    if months is None or not months.warranty_months or unit is None or unit.handover is None:
        return None
    until = months_later(unit.handover, months.warranty_months)
    return Warranty(until, holds=at.date() < until)


def standing(actor: Actor, caller: Caller, at: datetime) -> tuple[Standing, ...]:
    """Return the open matters of a home and those of the last thirty days, open ones first."""
    if caller.unit_id is None:
        return ()
    recent = Q(state__in=OPEN_STATES) | Q(received_at__gte=at - LATELY)
    rows = visible_cases(actor).filter(recent, unit_id=caller.unit_id, restricted=False)
    near = rows.select_related("category", "assignee").order_by("-received_at")[:20]
    return tuple(sorted((_standing(row, at) for row in near), key=lambda one: not one.open))


def _standing(row: Case, at: datetime) -> Standing:
    state = State(row.state)
    zh, en = (row.category.zh, row.category.en) if row.category is not None else ("", "")
    return Standing(
        row.pk, row.number, zh, en, row.kind, state, STAGES[state], TURNS[state],
        row.assignee.name if row.assignee is not None else "",
        row.next_due_at, row.next_due_at is not None and row.next_due_at < at,
        row.reopened, row.received_at, row.state in OPEN_STATES,
    )  # fmt: skip


def grown_old(lines: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return the open complaints among them whose promise has passed."""
    return tuple(one for one in lines if one.open and one.late and one.kind == CaseKind.COMPLAINT)


def taken_today(actor: Actor, at: datetime) -> int:
    """Return how many cases somebody registered herself since midnight."""
    day = at.astimezone(usual_calendar(at=at).zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    rows = visible_cases(actor).filter(first_receiver_id=actor.account_id, received_at__gte=day)
    return rows.count()


@dataclass(frozen=True, slots=True)
class Taken:
    """What is said of a case that was just registered; `other` is the one in which it goes on."""

    id: int
    number: int
    person: str
    due_at: datetime | None
    emergency: bool
    at_once: bool
    restricted: bool
    other: int | None


def taken(case: Case) -> Taken:
    """Return what to say of a case to whoever registered it, also where she may not see it again."""
    return Taken(
        case.pk, case.number, case.assignee.name if case.assignee is not None else "",
        case.next_due_at, case.severity in EMERGENCY, case.closed_at is not None,
        case.restricted, case.merged_into.number if case.merged_into is not None else None,
    )  # fmt: skip
