"""How many return visits were owed and made: by kind and by way, in time, with their bases; reads.

A visit belongs to the day on which its case was closed. Not reached is counted apart from made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from anju.aftercare.kept import Span
from anju.aftercare.visits import last_day, where
from anju.casework.kinds import CaseKind, Mode, VisitState
from anju.casework.states import Outcome
from anju.casework.visits import NEVER_VISITED, Policy, Solved, drawn
from anju.register.access import Actor
from anju.voice.access import visible_cases, visible_visits
from anju.voice.models import Case, ReturnVisit, Verdict, VisitAttempt
from anju.voice.promised import policy

MOST = 200
MOST_DRAWN = 1_000


@dataclass(frozen=True, slots=True)
class Covered:
    """Visits of one kind of case: `owed` = `reached` + `not_reached` + `waiting`.

    `late` of those waiting are overdue; `in_time` counts among the reached. Dropped visits, whose
    case was opened again before anybody asked, are owed no more and stand apart.
    """

    kind: CaseKind | None
    owed: int = 0
    reached: int = 0
    not_reached: int = 0
    waiting: int = 0
    late: int = 0
    in_time: int = 0
    dropped: int = 0
    modes: Mapping[Mode, int] = field(default_factory=dict)

    @property
    def percent(self) -> int | None:
        """How much of what is owed was reached, in whole percent; None where nothing is owed."""
        return round(100 * self.reached / self.owed) if self.owed else None


@dataclass(frozen=True, slots=True)
class Missing:
    """A visit that is overdue, or whose owner nobody reached."""

    visit_id: int
    case_id: int
    number: int
    kind: CaseKind
    place: str
    project: str
    last_day: date
    waiting: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """By which seed and share cases are drawn, which were, and from how many."""

    policy: Policy
    pool: tuple[int, ...]
    drawn: tuple[int, ...]
    cut: bool


def covered(rows: QuerySet[ReturnVisit], span: Span, *, at: datetime) -> tuple[Covered, ...]:
    """Return one line a kind and, last, their sum, for first visits of cases closed in a period."""
    held = rows.filter(second=False, from_at__gte=span.since, from_at__lt=span.until)
    state = {one: Q(state=one.value) for one in VisitState}
    due, reached = state[VisitState.DUE], state[VisitState.REACHED]
    asked = {
        "reached": Count("id", filter=reached),
        "not_reached": Count("id", filter=state[VisitState.NOT_REACHED]),
        "waiting": Count("id", filter=due),
        "late": Count("id", filter=due & Q(due_at__lt=at)),
        "in_time": Count("id", filter=reached & Q(ended_at__lte=F("due_at"))),
        "dropped": Count("id", filter=state[VisitState.DROPPED]),
    }
    found = held.order_by().values(kind=F("case__kind")).annotate(**asked)
    modes = _modes(held.filter(reached))
    lines = [_covered(one, modes[one["kind"]]) for one in sorted(found, key=_place)]
    return (*lines, _sum(lines))


def _place(row: Mapping[str, object]) -> int:
    return list(CaseKind).index(CaseKind(str(row["kind"])))


def _modes(reached: QuerySet[ReturnVisit]) -> defaultdict[str, dict[Mode, int]]:
    """Return by which way the owners of each kind of case were reached.

    Joined here, not in the database: one that has not yet counted its new rows takes hours over it.
    """
    kinds = dict(reached.order_by().values_list("id", "case__kind"))
    tries = VisitAttempt.objects.filter(reached=True, visit_id__in=list(kinds)).order_by()
    found: defaultdict[str, dict[Mode, int]] = defaultdict(dict)
    for visit, how in set(tries.values_list("visit_id", "mode")):
        ways = found[kinds[visit]]
        ways[Mode(how)] = ways.get(Mode(how), 0) + 1
    return found


def _covered(row: Mapping[str, object], modes: Mapping[Mode, int]) -> Covered:
    figures = {name: int(str(value)) for name, value in row.items() if name != "kind"}
    owed = figures["reached"] + figures["not_reached"] + figures["waiting"]
    return Covered(kind=CaseKind(str(row["kind"])), owed=owed, modes=modes, **figures)


def _sum(lines: list[Covered]) -> Covered:
    names = ("owed", "reached", "not_reached", "waiting", "late", "in_time", "dropped")
    modes = {one: sum(line.modes.get(one, 0) for line in lines) for one in Mode}
    return Covered(
        kind=None,
        modes=modes,
        **{name: sum(getattr(line, name) for line in lines) for name in names},
    )


def coverage(
    actor: Actor, span: Span, *, at: datetime, project_id: int | None = None
) -> tuple[Covered, ...]:
    """Return what was owed and made of what an actor sees; see `covered`."""
    return covered(_seen(actor, project_id), span, at=at)


def _seen(actor: Actor, project_id: int | None) -> QuerySet[ReturnVisit]:
    rows = visible_visits(actor)
    return rows if project_id is None else rows.filter(case__project_id=project_id)


@dataclass(frozen=True, slots=True)
class Again:
    """The second question of a period: how many fell due, were asked, and what owners said then."""

    due: int
    asked: int
    not_reached: int
    said: Mapping[Solved, int]


def again(actor: Actor, span: Span, *, project_id: int | None = None) -> Again:
    """Return how the second questions stand that could first be asked in a period."""
    rows = _seen(actor, project_id).filter(second=True)
    held = rows.filter(from_at__gte=span.since, from_at__lt=span.until)
    ids = list(held.order_by().values_list("id", flat=True))
    verdicts = Verdict.objects.filter(visit_id__in=ids)
    said = dict(verdicts.order_by().values_list("solved").annotate(n=Count("id")))
    return Again(
        held.exclude(state=VisitState.DROPPED.value).count(),
        held.filter(state=VisitState.REACHED.value).count(),
        held.filter(state=VisitState.NOT_REACHED.value).count(),
        {one: said.get(one.value, 0) for one in Solved},
    )


def missing(
    actor: Actor, span: Span, *, at: datetime, project_id: int | None = None
) -> tuple[Missing, ...]:
    """Return the visits of a period that are overdue or were given up, the oldest first, 200 at most."""
    rows = _seen(actor, project_id).filter(
        Q(state=VisitState.DUE.value, due_at__lt=at) | Q(state=VisitState.NOT_REACHED.value),
        second=False, from_at__gte=span.since, from_at__lt=span.until,
    )  # fmt: skip
    needed = ("case__project", "case__building", "case__unit")
    return tuple(
        Missing(
            one.pk, one.case_id, one.case.number, CaseKind(one.case.kind), where(one.case),
            one.case.project.name, last_day(one.due_at), one.state == VisitState.DUE,
        )
        for one in rows.select_related(*needed).order_by("due_at", "id")[:MOST]
    )  # fmt: skip


def draw(actor: Actor, span: Span, *, project_id: int | None = None) -> Draw:
    """Return which closed cases of a period were in the draw and which are drawn by today's rule.

    Complaints and home repairs are all visited, so they are not drawn.
    """
    rows = visible_cases(actor).filter(closed_at__gte=span.since, closed_at__lt=span.until)
    if project_id is not None:
        rows = rows.filter(project_id=project_id)
    numbers = list(
        _pool(rows).order_by("number").values_list("number", flat=True)[: MOST_DRAWN + 1]
    )
    held, pool = policy(), tuple(numbers[:MOST_DRAWN])
    taken = tuple(one for one in pool if drawn(str(one), held))
    return Draw(held, pool, taken, len(numbers) > MOST_DRAWN)


def _pool(rows: QuerySet[Case]) -> QuerySet[Case]:
    every = Q(kind=CaseKind.COMPLAINT.value)
    every |= Q(kind=CaseKind.REPAIR.value, unit__isnull=False)
    never = [Outcome(one).value for one in NEVER_VISITED]
    return rows.exclude(every).exclude(outcome__in=never)
