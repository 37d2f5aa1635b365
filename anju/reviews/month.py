"""Complaints and return visits of a month: counts with their bases, warnings, hot topics; reads alone.

Everybody who reaches a project reads the same figures. They are computed when they are read, from
cases as they stand: a paper says as of when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncMonth

from anju.aftercare.coverage import Covered, coverage
from anju.aftercare.kept import By, Counts, Span, counts
from anju.casework.kinds import CaseKind, Party
from anju.casework.visits import Solved
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb, demand, visible_projects, within
from anju.register.models import Building, Unit
from anju.reviews.rules.warning import Topic, Warned, limits_of, month_before, warnings
from anju.stats.control import Limits
from anju.stats.proportion import proportion_ci
from anju.stats.results import Estimate
from anju.voice.models import Case, Category, Verdict

FORMULA = "return_visit_share@1"
MONTHS, HOT, TOP = 24, 5, 8
FEW = 5  # below so many answers a share is not given


@dataclass(frozen=True, slots=True)
class Scope:
    """Which projects a report is of, all that the reader reaches or one; `month` is its first day."""

    projects: Mapping[int, str]
    month: date
    chosen: int | None = None

    @property
    def span(self) -> Span:
        """The month as two instants."""
        return span_of(self.month)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of owners: how many gave it, of how many; `share` with its interval where enough did."""

    solved: Solved
    count: int
    n: int
    share: Estimate | None


@dataclass(frozen=True, slots=True)
class Hot:
    """A topic of the month: its count, where it lies, who causes it and why, in people's words."""

    topic: Topic
    count: int
    places: tuple[tuple[str, int], ...]
    parties: tuple[tuple[Party, int], ...]
    causes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five stages: how many got so far, and the median hours from the stage before."""

    count: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Hands:
    """Answers on one person's work: those who said that it is solved, of all; never ranked."""

    name: str
    count: int
    n: int
    share: Estimate | None


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of a month; `topics` name the ids, `table` is topic × place.

    `faults`: how many faults that many report, and how many of the complaints tell of them.
    """

    scope: Scope
    at: datetime
    complaints: int
    faults: tuple[int, int]
    homes: int
    kept: Counts
    visits: Covered
    verdicts: tuple[Said, ...]
    topics: Mapping[int, tuple[str, str]]
    places: Mapping[int, str]
    table: Mapping[Topic, Mapping[int | None, int]]
    pareto: tuple[tuple[Topic, int], ...]
    hot: tuple[Hot, ...]
    warnings: tuple[Warned, ...]
    series: tuple[tuple[date, int], ...]
    limits: Limits | None
    heat: tuple[tuple[int | None, tuple[int, ...]], ...]
    funnel: tuple[Step, ...]
    hands: tuple[Hands, ...]

    @property
    def per_thousand(self) -> float | None:
        """Complaints per thousand homes; None where no home is on record."""
        return 1000 * self.complaints / self.homes if self.homes else None


def span_of(month: date, many: int = 1) -> Span:
    """Return so many months from a first day on as two instants, on the company's clock."""
    zone = ZoneInfo(settings.TIME_ZONE)
    until = month_before(month, -many)
    return Span(datetime.combine(month, time(), zone), datetime.combine(until, time(), zone))


def scope_of(actor: Actor, project: str, month: str, *, at: datetime) -> Scope:
    """Return what an address asks for: the month before where it names none.

    Errors: E-FILTER for a project that the actor does not reach or a month that lies ahead; Forbidden.
    """
    demand(actor, Verb.REVIEW_CASES)
    names = dict(visible_projects(actor).order_by("name", "id").values_list("id", "name"))
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().replace(day=1)
    first = _month_in(month) if month else month_before(today)
    chosen = int(project) if project.isascii() and project.isdigit() else None
    known = chosen in names if project else True
    if first is None or first > today or not known:
        raise Problem(
            "E-FILTER", "month" if known else "project",
            "This filter does not exist here. Choose one of the list.",
            "没有这个筛选值。请从列表中选择。",
        )  # fmt: skip
    return Scope(names if chosen is None else {chosen: names[chosen]}, first, chosen)


def _month_in(value: str) -> date | None:
    try:
        return datetime.strptime(value, "%Y-%m").date()  # noqa: DTZ007 # a month has no zone
    except ValueError:
        return None


def figures(actor: Actor, scope: Scope, *, at: datetime) -> Month:
    """Return the figures of a month for the projects of a scope."""
    every = _cases(actor, scope)
    rows = every.filter(kind=CaseKind.COMPLAINT.value)
    came = _between(rows, scope.span)
    months = _by_month(rows, scope.month)
    table = _table(came, scope)
    pareto = _pareto(table)
    return Month(
        scope=scope, at=at, complaints=sum(many for _topic, many in pareto), faults=_faults(came),
        homes=Unit.objects.filter(building__project_id__in=list(scope.projects)).count(),
        kept=counts(scope.span, at=at, by=By.COMPANY, rows=rows)[0],
        visits=coverage(actor, scope.span, at=at, project_id=scope.chosen)[-1],
        verdicts=_verdicts(_answers(every, scope)),
        topics={one.pk: (one.zh, one.en) for one in Category.objects.all()},
        places=_places(scope), table=table, pareto=pareto, hot=_hot(came, scope, pareto),
        warnings=_warnings(months, scope, _first(every)),
        series=_series(months, scope), limits=_limits(months, scope, _first(every)),
        heat=_heat(rows, scope), funnel=_funnel(came), hands=_hands(_answers(every, scope)),
    )  # fmt: skip


def _cases(actor: Actor, scope: Scope) -> QuerySet[Case]:
    return within(actor, Case.objects.filter(project_id__in=list(scope.projects)), "project_id")


def _between(rows: QuerySet[Case], span: Span) -> QuerySet[Case]:
    return rows.filter(received_at__gte=span.since, received_at__lt=span.until)


ByMonth = Mapping[int, Mapping[Topic, Mapping[date, int]]]


def _by_month(rows: QuerySet[Case], month: date) -> ByMonth:
    """Return project → topic → month → complaints, for the last two years and this month."""
    zone = ZoneInfo(settings.TIME_ZONE)
    begin = span_of(month_before(month, MONTHS)).since
    wide = Span(begin, span_of(month).until)
    keyed = _between(rows, wide).annotate(month=TruncMonth("received_at", tzinfo=zone))
    counted = keyed.order_by().values_list("project_id", "category_id", "month")
    found: dict[int, dict[Topic, dict[date, int]]] = {}
    for project, topic, moment, many in counted.annotate(n=Count("id")):
        found.setdefault(project, {}).setdefault(topic, {})[moment.date()] = many
    return found


def _first(rows: QuerySet[Case]) -> Mapping[int, date]:
    """Return project → the first whole month on record: the one after its first case."""
    zone = ZoneInfo(settings.TIME_ZONE)
    firsts = rows.order_by().values_list("project_id").annotate(first=Min("received_at"))
    return {
        project: month_before(moment.astimezone(zone).date().replace(day=1), -1)
        for project, moment in firsts
    }


def _warnings(months: ByMonth, scope: Scope, first: Mapping[int, date]) -> tuple[Warned, ...]:
    return tuple(
        one
        for project, topics in sorted(months.items())
        for one in warnings(project, topics, scope.month, first[project])
    )


def _series(months: ByMonth, scope: Scope) -> tuple[tuple[date, int], ...]:
    """Return the complaints of each month on record, 24 at most, oldest first, this one last."""
    every: Counter[date] = Counter()
    for topics in months.values():
        for counted in topics.values():
            every.update(counted)
    past = [month_before(scope.month, back) for back in range(MONTHS - 1, -1, -1)]
    known = min(every, default=scope.month)
    return tuple((one, every[one]) for one in past if one >= known)


def _limits(months: ByMonth, scope: Scope, first: Mapping[int, date]) -> Limits | None:
    if not first:
        return None
    every = dict(_series(months, scope))
    return limits_of(every, scope.month, max(first.values()))


def _table(came: QuerySet[Case], scope: Scope) -> dict[Topic, dict[int | None, int]]:
    """Return topic → place → complaints: buildings of one project, or projects."""
    place = "building_id" if scope.chosen is not None else "project_id"
    found: dict[Topic, dict[int | None, int]] = {}
    for topic, where, many in (
        came.order_by().values_list("category_id", place).annotate(n=Count("id"))
    ):
        found.setdefault(topic, {})[where] = many
    return found


def _places(scope: Scope) -> Mapping[int, str]:
    if scope.chosen is None:
        return scope.projects
    rows = Building.objects.filter(project_id=scope.chosen).order_by("id")
    return dict(rows.values_list("id", "name"))


def _faults(came: QuerySet[Case]) -> tuple[int, int]:
    """Return how many faults complaints tell of, each once, and how many complaints do."""
    told = list(came.exclude(bundle=None).order_by().values_list("bundle_id", flat=True))
    return len(set(told)), len(told)


def _pareto(table: Mapping[Topic, Mapping[int | None, int]]) -> tuple[tuple[Topic, int], ...]:
    sums = [(topic, sum(places.values())) for topic, places in table.items()]
    return tuple(sorted(sums, key=lambda pair: (-pair[1], pair[0] or 0)))


def _hot(
    came: QuerySet[Case], scope: Scope, pareto: tuple[tuple[Topic, int], ...]
) -> tuple[Hot, ...]:
    """Return the five greatest topics; causes are quoted of cases that everybody may read."""
    top = [topic for topic, _many in pareto[:HOT]]
    read = came.filter(restricted=False, about=None)
    rows = list(read.values_list("category_id", "building_id", "project_id", "party", "cause"))
    names = _places(scope)
    found = []
    for topic, many in pareto[:HOT]:
        mine = [row for row in rows if row[0] == topic]
        places = Counter(row[1] if scope.chosen is not None else row[2] for row in mine)
        parties = Counter(Party(row[3]) for row in mine)
        causes = Counter(row[4].strip() for row in mine if row[4].strip())
        where = tuple((names.get(key, ""), n) for key, n in places.most_common(3) if key)
        found.append(
            Hot(topic, many, where, tuple(parties.most_common(2)), tuple(causes.most_common(3)))
        )
    assert len(found) == len(top)
    return tuple(found)


def _answers(rows: QuerySet[Case], scope: Scope) -> list[Verdict]:
    """Return the first verdict of the month on each case."""
    given = Verdict.objects.filter(
        case_id__in=list(rows.order_by().values_list("id", flat=True)),
        at__gte=scope.span.since,
        at__lt=scope.span.until,
    )
    found: dict[int, Verdict] = {}
    for one in given.select_related("case__executor").order_by("at", "id"):
        found.setdefault(one.case_id, one)
    return list(found.values())


def _verdicts(answers: list[Verdict]) -> tuple[Said, ...]:
    n = len(answers)
    given = Counter(one.solved for one in answers)
    return tuple(Said(one, given[one.value], n, _share(given[one.value], n)) for one in Solved)


def _share(count: int, n: int) -> Estimate | None:
    return proportion_ci(count, n, method="wilson") if n >= FEW else None


def _hands(answers: list[Verdict]) -> tuple[Hands, ...]:
    """Return the answers on each person's repairs in homes, by name."""
    found: dict[str, list[bool]] = {}
    for one in answers:
        at_home = one.case.kind == CaseKind.REPAIR and one.case.unit_id is not None
        if at_home and one.case.executor is not None:
            found.setdefault(one.case.executor.name, []).append(one.solved == Solved.YES)
    return tuple(
        Hands(name, sum(said), len(said), _share(sum(said), len(said)))
        for name, said in sorted(found.items())
    )


def _heat(rows: QuerySet[Case], scope: Scope) -> tuple[tuple[int | None, tuple[int, ...]], ...]:
    """Return place → complaints of each of the last twelve months, oldest first."""
    zone = ZoneInfo(settings.TIME_ZONE)
    past = [month_before(scope.month, back) for back in range(11, -1, -1)]
    wide = Span(span_of(past[0]).since, scope.span.until)
    place = "building_id" if scope.chosen is not None else "project_id"
    keyed = _between(rows, wide).annotate(month=TruncMonth("received_at", tzinfo=zone))
    counted = keyed.order_by().values_list(place, "month").annotate(n=Count("id"))
    found: dict[int | None, Counter[date]] = {}
    for where, moment, many in counted:
        found.setdefault(where, Counter())[moment.date()] = many
    order = [*_places(scope), None]
    return tuple((key, tuple(found[key][one] for one in past)) for key in order if key in found)


def _funnel(came: QuerySet[Case]) -> tuple[Step, ...]:
    """Return how far the complaints of the month got, stage by stage."""
    names = ("received_at", "acknowledge_met", "done_at", "closed_at", "settled_at")
    rows = list(came.values_list(*names))
    return tuple(
        Step(
            sum(1 for row in rows if row[place] is not None),
            _hours([(row[place - 1], row[place]) for row in rows]) if place else None,
        )
        for place in range(len(names))
    )


def _hours(pairs: list[tuple[datetime | None, datetime | None]]) -> float | None:
    both = [(b - a).total_seconds() / 3600 for a, b in pairs if a is not None and b is not None]
    return median(both) if both else None
