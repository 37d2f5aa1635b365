"""What a home still holds against us: a model with two half-lives, never a measurement; reads alone.

Verdicts and promises of its cases, as the half-lives in force weigh them. Restricted cases have no
part in it, so that nobody can read off it what was told to the heads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from anju.aftercare.kept import LET_GO
from anju.aftercare.visits import titles
from anju.casework.grievance import Balance, Cause, HalfLives, Moment, balance
from anju.casework.kinds import CaseKind
from anju.casework.promises import Promised
from anju.casework.states import OPEN, State
from anju.casework.visits import Solved
from anju.register.access import Actor
from anju.register.models import ZonePlace
from anju.voice.access import visible_cases
from anju.voice.models import Case, Verdict
from anju.voice.promised import rule

HORIZON = 4  # half-lives: after them a sixteenth is left, and nobody would say it still hurts
LOW_SCORE = 2
OPEN_STATES = tuple(one.value for one in OPEN)
COLUMNS = (
    "company_id", "number", "kind", "state", "outcome", "reopened", "clock_from", "received_at",
    "closed_at", "next_due_at", "unit__number", "building__name", "project__name",
    "category__zh", "category__en",
    *(f"{one.value}_{which}" for one in Promised for which in ("first", "met")),
)  # fmt: skip
# What a verdict weighs; an ordinary matter weighs 1.
WEIGHTS = {Solved.YES: 1.0, Solved.PARTLY: -0.5, Solved.NO: -1.0}


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict as it bears on a grievance."""

    at: datetime
    solved: Solved
    score: int | None

    @property
    def low(self) -> bool:
        """Whether the owner was not content."""
        return self.solved is not Solved.YES or (self.score is not None and self.score <= LOW_SCORE)


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that a home holds against us: why, since when, and by which case."""

    cause: Cause
    case_id: int
    number: int
    since: datetime
    zh: str
    en: str
    kind: CaseKind


@dataclass(frozen=True, slots=True)
class HomeGrievance:
    """What a home holds against us now, and its balance by the half-lives in force."""

    unit_id: int
    place: str
    project: str
    held: tuple[Held, ...]
    balance: Balance
    content: bool

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Each cause once, in the order of the enumeration."""
        there = {one.cause for one in self.held}
        return tuple(one for one in Cause if one in there)

    @property
    def content_all_the_same(self) -> bool:
        """Whether the last verdict was good although something is still open."""
        return self.content and bool(self.held)


def half_lives() -> HalfLives:
    """Return the half-lives that the company has set."""
    held = rule()
    return HalfLives(held.half_life_satisfied, held.half_life_dissatisfied)


def of_unit(unit_id: int, *, at: datetime) -> HomeGrievance | None:
    """Return what one home holds against us; None where nothing was heard of it in the time."""
    return next(iter(_of_cases(Case.objects.filter(unit_id=unit_id), at)), None)


def of_project(
    actor: Actor, project_id: int, *, at: datetime, zone_id: int | None = None
) -> tuple[HomeGrievance, ...]:
    """Return the homes of a project with an open grievance that an actor sees, the worst first."""
    rows = visible_cases(actor).filter(project_id=project_id, unit__isnull=False)
    if zone_id is not None:
        rows = rows.filter(_in_zone(zone_id))
    found = [one for one in _of_cases(rows, at) if one.held]
    return tuple(sorted(found, key=lambda one: (one.balance.total, one.unit_id)))


def _in_zone(zone_id: int) -> Q:
    """Return what finds the cases of a zone: its units, and its buildings save others' units."""
    places = list(ZonePlace.objects.filter(zone_id=zone_id).values_list("building_id", "unit_id"))
    units = [unit for _building, unit in places if unit is not None]
    whole = [building for building, unit in places if unit is None]
    others = ZonePlace.objects.filter(unit__isnull=False).exclude(zone_id=zone_id)
    taken = Q(unit_id__in=others.values("unit_id"))
    return Q(unit_id__in=units) | (Q(building_id__in=whole) & ~taken)


def _of_cases(rows: QuerySet[Case], at: datetime) -> tuple[HomeGrievance, ...]:
    lives = half_lives()
    since = at - timedelta(days=HORIZON * max(lives.satisfied, lives.dissatisfied))
    recent = rows.filter(restricted=False, received_at__lte=at).filter(
        Q(received_at__gte=since) | Q(closed_at__gte=since) | Q(state__in=OPEN_STATES)
    )
    felt = recent.filter(_bearing(at)).select_related("project", "building", "unit", "category")
    homes: defaultdict[int, list[Case]] = defaultdict(list)
    for case in felt.only(*COLUMNS).order_by("id"):
        if case.unit_id is not None:
            homes[case.unit_id].append(case)
    verdicts = _verdicts(recent, at)
    return tuple(_home(cases, verdicts, lives, at) for cases in homes.values())


def _bearing(at: datetime) -> Q:
    """Return what finds the cases that can please or hurt: most have gone as they should."""
    found = Q(reopened__gt=0) | Q(kind=CaseKind.PRAISE.value)
    found |= Q(state__in=OPEN_STATES, next_due_at__lt=at)
    found |= Q(Exists(Verdict.objects.filter(case_id=OuterRef("id"))))
    for one in Promised:
        first, met = f"{one.value}_first", f"{one.value}_met"
        found |= Q(**{f"{met}__gt": F(first)}) | Q(**{f"{met}__isnull": True, f"{first}__lt": at})
    return found


def _verdicts(rows: QuerySet[Case], at: datetime) -> Mapping[int, list[Said]]:
    found: defaultdict[int, list[Said]] = defaultdict(list)
    ids = list(rows.order_by().values_list("id", flat=True))
    held = Verdict.objects.filter(case_id__in=ids, at__lte=at)
    for key, when, solved, score in held.order_by("at", "id").values_list(
        "case_id", "at", "solved", "score"
    ):
        found[key].append(Said(when, Solved(solved), score))
    return found


def _home(
    cases: Sequence[Case], verdicts: Mapping[int, list[Said]], lives: HalfLives, at: datetime
) -> HomeGrievance:
    first = cases[0]
    held = [one for case in cases for one in held_by(case, verdicts.get(case.pk, []), at)]
    felt = [one for case in cases for one in moments(case, verdicts.get(case.pk, []), at)]
    last = max(
        (one for case in cases for one in verdicts.get(case.pk, [])), key=_when, default=None
    )
    building = first.building.name if first.building else ""
    return HomeGrievance(
        unit_id=first.unit_id or 0,
        place=f"{building} {first.unit.number if first.unit else ''}".strip(),
        project=first.project.name,
        held=tuple(sorted(held, key=lambda one: (one.since, one.case_id))),
        balance=balance(felt, at, lives),
        content=last is not None and not last.low,
    )


def _when(one: Said) -> datetime:
    return one.at


def held_by(case: Case, verdicts: Sequence[Said], at: datetime) -> tuple[Held, ...]:
    """Return why a case is still held against us; nothing once its owner says that it is solved."""
    found: dict[Cause, datetime] = {}
    last = verdicts[-1] if verdicts else None
    healed = last is not None and not last.low
    open_ = case.state in OPEN_STATES
    if open_ and case.next_due_at is not None and case.next_due_at < at:
        found[Cause.UNRESOLVED] = case.next_due_at
    if case.reopened and case.state != State.SETTLED:
        found[Cause.REOPENED] = case.clock_from
    if (late := broken_at(case, at)) is not None and not healed:
        found[Cause.BROKEN_PROMISE] = late
    if last is not None and last.low:
        found[Cause.LOW_VERDICT] = last.at
    return tuple(
        Held(cause, case.pk, case.number, since, *titles(case), CaseKind(case.kind))
        for cause, since in found.items()
    )


def broken_at(case: Case, at: datetime) -> datetime | None:
    """Return when a case's first promise was broken, as first made; None where none was."""
    over = case.outcome in LET_GO and case.closed_at is not None
    until = case.closed_at if over and case.closed_at is not None else at
    broken = []
    for one in Promised:
        promised = getattr(case, f"{one.value}_first")
        met = getattr(case, f"{one.value}_met")
        if promised is not None and promised < (met or until):
            broken.append(promised)
    return min(broken, default=None)


def moments(case: Case, verdicts: Iterable[Said], at: datetime) -> tuple[Moment, ...]:
    """Return what pleased or hurt a home in a case: its verdicts, a broken promise, praise."""
    felt = [Moment(one.at, _weight(one)) for one in verdicts]
    if (late := broken_at(case, at)) is not None:
        felt.append(Moment(late, -1.0))
    asked = {one.at for one in felt}
    if case.reopened and case.clock_from not in asked:  # opened again by a word, not by a verdict
        felt.append(Moment(case.clock_from, -1.0))
    if case.kind == CaseKind.PRAISE:
        felt.append(Moment(case.received_at, 1.0))
    return tuple(felt)


def _weight(one: Said) -> float:
    if one.low and one.solved is Solved.YES:  # solved, and yet a low score
        return -1.0
    return WEIGHTS[one.solved]
