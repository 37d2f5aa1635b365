"""Return visits as a caller sees them: whom to call next, and what to know before she does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from anju.casework.calls import next_try, owner_of
from anju.casework.kinds import CaseKind, Mode, Shown, VisitState
from anju.casework.states import OPEN, Outcome
from anju.casework.visits import Attempt
from anju.kernel.at_once import Part, count_of
from anju.kernel.paging import COUNTED
from anju.kernel.planned import Planned
from anju.notify.rules.hours import next_allowed, own_hours
from anju.register.access import Actor, Verb
from anju.register.queries import names_of
from anju.register.rules.masking import mask_phone
from anju.voice.access import visible_cases, visible_visits, visit_for
from anju.voice.labels import label
from anju.voice.models import Case, CaseNote, ReturnVisit, VisitAttempt
from anju.voice.workers import doers_of_many

MOST = 300
FEW = 6
OPEN_STATES = tuple(one.value for one in OPEN)
NEEDED = ("project", "building", "unit", "category", "reporter")


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit that is owed; `doers` worked on the case, `blocked` says that the reader did."""

    id: int
    version: int
    case_id: int
    number: int
    kind: CaseKind
    zh: str
    en: str
    outcome: Outcome
    second: bool
    due_at: datetime
    closed_at: datetime | None
    tries: int
    doers: tuple[str, ...]
    blocked: bool

    @property
    def last_day(self) -> date:
        """The last day on which the visit is in time."""
        return last_day(self.due_at)


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """One owner with all that she is to be asked, so that she gets one call.

    `from_at` is when she may or should be called again, None for now.
    """

    key: str
    name: str
    phone: str
    place: str
    project: str
    quiet_from: time | None
    quiet_until: time | None
    from_at: datetime | None
    quiet: bool
    visits: tuple[VisitLine, ...]

    @property
    def due_at(self) -> datetime:
        """When the first of her visits is due."""
        return min(one.due_at for one in self.visits)

    @property
    def last_day(self) -> date:
        """The last day on which she is called in time."""
        return last_day(self.due_at)

    @property
    def blocked(self) -> bool:
        """Whether the reader worked on all of it and so cannot call."""
        return all(one.blocked for one in self.visits)

    @property
    def first(self) -> VisitLine:
        """The visit to begin with: the earliest that the reader may make."""
        return min(self.visits, key=lambda one: (one.blocked, one.due_at, one.id))


@dataclass(frozen=True, slots=True)
class Queue:
    """Whom to call now, whom later, and how many visits there are in all."""

    now: tuple[OwnerLine, ...]
    later: tuple[OwnerLine, ...]
    blocked: tuple[OwnerLine, ...]
    visits: int
    late: int

    @property
    def every(self) -> tuple[OwnerLine, ...]:
        """All owners in the order in which they are shown."""
        return (*self.now, *self.later, *self.blocked)


@dataclass(frozen=True, slots=True)
class TryLine:
    """One attempt: when, how, by whom, and whether she was reached."""

    at: datetime
    mode: Mode
    by: str
    reached: bool
    words: str


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Another case of this owner or home that is not closed."""

    id: int
    number: int
    zh: str
    en: str
    kind: CaseKind
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class VisitPage:
    """What a caller needs beside her telephone."""

    owner: OwnerLine
    visit: VisitLine
    words: str
    did: str
    said: tuple[tuple[datetime, str, str], ...]
    tries: tuple[TryLine, ...]
    open: tuple[OpenItem, ...]
    project_id: int
    unit_id: int | None
    person_id: int | None
    has_phone: bool
    over: bool
    early: bool


def owed(actor: Actor, *, at: datetime, second: bool = False) -> QuerySet[ReturnVisit]:
    """Return the visits that can be made now, in no order."""
    rows = visible_visits(actor).filter(state=VisitState.DUE.value, from_at__lte=at)
    return rows.filter(second=second)


def _owed(actor: Actor, at: datetime) -> QuerySet[ReturnVisit, tuple[int]]:
    return owed(actor, at=at).order_by().values_list("id")[: COUNTED + 1]


_OWED = Planned(_owed)


def owed_count(actor: Actor, *, at: datetime) -> Part[int]:
    """Return the count of the visits that can be made now, to 1,000 and one more."""
    return count_of(_OWED, actor, given=(at,))


def queue(
    actor: Actor, *, at: datetime, second: bool = False, project_id: int | None = None
) -> Queue:
    """Return whom to call, the earliest due first; who must not be called now stands apart.

    Reads the 300 visits that are due first; `visits` counts all.
    """
    rows = owed(actor, at=at, second=second)
    if project_id is not None:
        rows = rows.filter(case__project_id=project_id)
    held = list(_with_cases(rows).order_by("due_at", "id")[:MOST])
    owners = sorted(_owners(actor, held, at), key=lambda one: (one.due_at, one.first.id))
    later = [one for one in owners if one.from_at is not None and not one.blocked]
    return Queue(
        now=tuple(one for one in owners if one.from_at is None and not one.blocked),
        later=tuple(sorted(later, key=lambda one: one.from_at or one.due_at)),
        blocked=tuple(one for one in owners if one.blocked),
        visits=rows.count(),
        late=rows.filter(due_at__lt=at).count(),
    )


def _with_cases(rows: QuerySet[ReturnVisit]) -> QuerySet[ReturnVisit]:
    return rows.select_related(*(f"case__{one}" for one in NEEDED))


def _owners(actor: Actor, held: Sequence[ReturnVisit], at: datetime) -> list[OwnerLine]:
    tries: defaultdict[int, list[Attempt]] = defaultdict(list)
    for one in VisitAttempt.objects.filter(visit__in=held):
        tries[one.visit_id].append(Attempt(one.at, one.reached))
    doers = doers_of_many(one.case for one in held)
    names = names_of({key for found in doers.values() for key in found})
    groups: defaultdict[str, list[ReturnVisit]] = defaultdict(list)
    for one in held:
        case = one.case
        groups[owner_of(case.reporter_id, case.phone, case.unit_id, one.pk)].append(one)
    found = []
    for key, visits in groups.items():
        lines = tuple(
            _line(one, len(tries[one.pk]), doers[one.case_id], names, actor) for one in visits
        )
        every = [attempt for one in visits for attempt in tries[one.pk]]
        found.append(_owner(key, visits[0].case, lines, every, at))
    return found


def _line(
    row: ReturnVisit,
    tries: int,
    doers: frozenset[int],
    names: dict[int, str],
    actor: Actor,
) -> VisitLine:
    case = row.case
    return VisitLine(
        id=row.pk, version=row.version, case_id=case.pk, number=case.number,
        kind=CaseKind(case.kind), zh=titles(case)[0], en=titles(case)[1],
        outcome=Outcome(case.outcome) if case.outcome else Outcome.UNCONFIRMED,
        second=row.second, due_at=row.due_at, closed_at=case.closed_at, tries=tries,
        doers=tuple(names.get(one, "") for one in sorted(doers)),
        blocked=actor.account_id in doers,
    )  # fmt: skip


def _owner(
    key: str, case: Case, lines: tuple[VisitLine, ...], tries: Sequence[Attempt], at: datetime
) -> OwnerLine:
    person, zone = case.reporter, ZoneInfo(settings.TIME_ZONE)
    hours = own_hours(person.quiet_from, person.quiet_until) if person else ()
    again = next_try(tries, zone)
    best = next_allowed(max(at, again) if again else at, zone=settings.TIME_ZONE, quiet=hours)
    return OwnerLine(
        key=key,
        name=person.name if person else case.caller,
        phone=mask_phone(person.phone if person else case.phone),
        place=where(case),
        project=case.project.name,
        quiet_from=person.quiet_from if person and hours else None,
        quiet_until=person.quiet_until if person and hours else None,
        from_at=best if best > at else None,
        quiet=any(one.covers(at.astimezone(zone).time()) for one in hours),
        visits=tuple(sorted(lines, key=lambda one: (one.due_at, one.id))),
    )


def last_day(due_at: datetime) -> date:
    """Return the last day before a deadline, which is the midnight at the end of it."""
    local = (due_at - timedelta(microseconds=1)).astimezone(ZoneInfo(settings.TIME_ZONE))
    return local.date()


def titles(case: Case) -> tuple[str, str]:
    """Return what a case is about in Chinese and English: its category, or else its kind's word."""
    if case.category is None:
        word = str(label(CaseKind(case.kind)))
        return word, word
    return case.category.zh, case.category.en


def where(case: Case) -> str:
    """Return where a case lies inside its project: building, unit, a spot in words."""
    parts = [case.building.name if case.building else "", case.unit.number if case.unit else ""]
    return " ".join(one for one in (*parts, case.spot) if one)


def visit_page(actor: Actor, visit_id: int, *, at: datetime) -> VisitPage:
    """Return one visit with its owner's others and what was said; raises NotFound or Forbidden."""
    visit_for(actor, visit_id, Verb.VISIT_CASES)
    row = _with_cases(visible_visits(actor).filter(id=visit_id)).get()
    case = row.case
    mine = owner_of(case.reporter_id, case.phone, case.unit_id, row.pk)
    near = _near(case) & Q(state=VisitState.DUE.value, from_at__lte=at) | Q(id=row.pk)
    held = list(_with_cases(visible_visits(actor).filter(near)).order_by("due_at", "id")[:MOST])
    owner = next(one for one in _owners(actor, held, at) if one.key == mine)
    return VisitPage(
        owner=owner,
        visit=next(one for one in owner.visits if one.id == row.pk),
        words=case.words,
        did=case.cause,
        said=_said(case),
        tries=tries_of(row),
        open=_open(actor, case),
        project_id=case.project_id,
        unit_id=case.unit_id,
        person_id=case.reporter_id,
        has_phone=bool(case.reporter.phone if case.reporter else case.phone),
        over=row.state != VisitState.DUE,
        early=row.from_at > at,
    )


def _near(case: Case) -> Q:
    """Return what finds the visits of the same owner."""
    if case.reporter_id is not None:
        return Q(case__reporter_id=case.reporter_id)
    if case.phone:
        return Q(case__phone=case.phone, case__reporter_id=None)
    return Q(case__unit_id=case.unit_id, case__reporter_id=None) if case.unit_id else Q(pk__in=())


def tries_of(visit: ReturnVisit) -> tuple[TryLine, ...]:
    """Return the attempts of a visit in their order."""
    rows = list(VisitAttempt.objects.filter(visit=visit).order_by("at", "id"))
    names = names_of({one.by_id for one in rows if one.by_id is not None})
    return tuple(
        TryLine(one.at, Mode(one.mode), names.get(one.by_id or 0, ""), one.reached, one.words)
        for one in rows
    )


def _said(case: Case) -> tuple[tuple[datetime, str, str], ...]:
    """Return the last words that the owner reads too: when, who (empty for the owner), what."""
    rows = CaseNote.objects.filter(case=case, shown=Shown.ALL.value).order_by("-at", "-id")[:FEW]
    names = names_of({one.by_id for one in rows if one.by_id is not None})
    return tuple((one.at, names.get(one.by_id or 0, ""), one.words) for one in rows)


def _open(actor: Actor, case: Case) -> tuple[OpenItem, ...]:
    same = Q(unit_id=case.unit_id) if case.unit_id is not None else Q(pk__in=())
    if case.reporter_id is not None:
        same |= Q(reporter_id=case.reporter_id)
    rows = visible_cases(actor).filter(same, state__in=OPEN_STATES).exclude(id=case.pk)
    return tuple(
        OpenItem(
            one.pk, one.number, *titles(one), CaseKind(one.kind), one.next_due_at,
        )
        for one in rows.select_related("category").order_by("received_at", "id")[:FEW]
    )  # fmt: skip


def next_visit(actor: Actor, visit_id: int, *, at: datetime) -> int | None:
    """Return which visit comes after one that was made: the same owner's, else the queue's first."""
    made = visible_visits(actor).filter(id=visit_id).select_related("case").first()
    if made is None:
        return None
    own = _near(made.case) & Q(state=VisitState.DUE.value, from_at__lte=at)
    held = list(_with_cases(visible_visits(actor).filter(own).exclude(id=visit_id))[:MOST])
    for owner in _owners(actor, held, at):
        if not owner.blocked and made.state == VisitState.REACHED:
            return owner.first.id
    waiting = queue(actor, at=at, second=made.second).now
    return next((one.first.id for one in waiting if one.first.id != visit_id), None)


def visit_owed(actor: Actor, case_id: int, *, at: datetime) -> int | None:
    """Return the visit of a case that an actor may make now; None where there is none."""
    if not actor.may(Verb.VISIT_CASES):
        return None
    rows = visible_visits(actor).filter(
        case_id=case_id, state=VisitState.DUE.value, from_at__lte=at
    )
    found: int | None = rows.order_by("number").values_list("id", flat=True).first()
    return found
