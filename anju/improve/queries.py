"""Reads of findings: frozen rows for lists, for one page, and for what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anju.improve.access import visible_findings
from anju.improve.models import Checkpoint, Finding, Measure
from anju.improve.people import gone
from anju.improve.rules.boxes import Box, Filled, Origin, Party, missing, needs_parts
from anju.improve.rules.gaps import Figure
from anju.improve.rules.states import FindingState, MeasureState, MeasureVerb
from anju.kernel import history
from anju.register.access import Actor
from anju.register.rules.masking import mask_numbers
from anju.survey.models import OpenAnswer, Wave
from anju.survey.rules.questionnaire import Words
from anju.survey.rules.wave import Source

LIVE = (MeasureState.SET, MeasureState.RUNNING)
SETTLED = (FindingState.VERIFIED, FindingState.WAIVED)
TO_DECIDE = (FindingState.CANDIDATE, FindingState.OPEN, FindingState.NOT_EFFECTIVE)


@dataclass(frozen=True, slots=True)
class Named:
    """A colleague at a finding; `left` where she is no longer active."""

    account_id: int
    name: str
    left: bool


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One look at a measure."""

    at: datetime
    who: str
    verb: MeasureVerb
    words: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its checks, oldest first; `overdue` on the day that was asked for."""

    id: int
    number: int
    state: MeasureState
    text: str
    due: date
    metric: str
    target: str
    started_at: datetime | None
    done_at: datetime | None
    done_by: str
    evidence: str
    has_file: bool
    for_owners: bool
    owner_words: str
    told_at: datetime | None
    overdue: bool
    checks: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another finding that this one points to."""

    id: int
    number: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as lists and its page show it; `empty` are the boxes that make it red."""

    id: int
    number: int
    version: int
    project_id: int
    project: str
    wave_id: int | None
    wave: str
    title: Words
    origin: Origin
    state: FindingState
    gap: str
    figure: Figure | None
    threshold: float | None
    cause: str
    party: Party | None
    responsible: Named | None
    checker: Named | None
    measures: tuple[MeasureLine, ...]
    empty: tuple[Box, ...]
    wants_parts: bool
    is_part: bool
    repeats: Related | None
    whole: Related | None
    parts: int
    parts_settled: int
    reason: str
    decided_by: str
    opened_at: datetime

    @property
    def measure(self) -> MeasureLine | None:
        """The measure that counts now: the last that was not withdrawn."""
        live = [one for one in self.measures if one.state is not MeasureState.WITHDRAWN]
        return live[-1] if live else None

    @property
    def overdue(self) -> bool:
        """Whether a measure should have been done by now."""
        return any(one.overdue for one in self.measures)

    @property
    def red(self) -> bool:
        """Whether something that must be there is not."""
        open_ = self.state in (FindingState.OPEN, FindingState.NOT_EFFECTIVE)
        return open_ and (bool(self.empty) or self.wants_parts)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the findings is wanted; None and False want all."""

    project_id: int | None = None
    wave_id: int | None = None
    person_id: int | None = None
    state: FindingState | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class CommentLine:
    """What an owner wrote, without who it was, and the finding that was made of it."""

    id: int
    heading: str
    text: str
    finding_id: int | None
    number: int | None


def overdue(today: date) -> Exists:
    """Return what finds a finding one of whose measures is late on a day."""
    late = Measure.objects.filter(finding=OuterRef("pk"), state__in=LIVE, due__lt=today)
    return Exists(late)


def chosen(actor: Actor, wanted: Filter, today: date) -> QuerySet[Finding]:
    """Return the findings that an actor sees and a filter lets through, in no declared order."""
    rows = visible_findings(actor)
    if wanted.project_id is not None:
        rows = rows.filter(project_id=wanted.project_id)
    if wanted.wave_id is not None:
        rows = rows.filter(wave_id=wanted.wave_id)
    if wanted.person_id is not None:
        rows = rows.filter(Q(responsible_id=wanted.person_id) | Q(checker_id=wanted.person_id))
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state.value)
    return rows.filter(overdue(today)) if wanted.overdue else rows


def counts(rows: QuerySet[Finding]) -> dict[FindingState, int]:
    """Return how many findings stand in each state; a state without any is not among them."""
    found = rows.order_by().values_list("state").annotate(n=Count("id"))
    return {FindingState(state): n for state, n in found}


def overdue_count(rows: QuerySet[Finding], today: date) -> int:
    """Return how many findings have a measure whose day is over."""
    return rows.filter(overdue(today)).count()


def lines(rows: QuerySet[Finding], today: date) -> tuple[FindingLine, ...]:
    """Return findings as frozen lines, oldest number first, in a fixed number of queries."""
    found = list(
        rows.select_related(
            "project", "wave", "item", "responsible", "checker", "decided_by", "ancestor", "parent"
        ).order_by("number")
    )
    ids = [row.pk for row in found]
    measures = _measures(ids, today)
    parts = _parts(ids)
    people = {x for row in found for x in (row.responsible_id, row.checker_id) if x is not None}
    left = gone(people)
    return tuple(
        _line(row, measures.get(row.pk, ()), parts.get(row.pk, (0, 0)), left) for row in found
    )


def _measures(ids: Iterable[int], today: date) -> Mapping[int, tuple[MeasureLine, ...]]:
    rows = Measure.objects.filter(finding_id__in=list(ids)).select_related("done_by")
    ordered = list(rows.order_by("finding_id", "number"))
    checks: dict[int, list[CheckLine]] = {}
    looked = Checkpoint.objects.filter(measure_id__in=[row.pk for row in ordered])
    for one in looked.select_related("checker").order_by("number"):
        line = CheckLine(one.at, one.checker.name, MeasureVerb(one.verb), one.words)
        checks.setdefault(one.measure_id, []).append(line)
    found: dict[int, tuple[MeasureLine, ...]] = {}
    for row in ordered:
        line_ = _measure(row, tuple(checks.get(row.pk, ())), today)
        found[row.finding_id] = (*found.get(row.finding_id, ()), line_)
    return found


def _measure(row: Measure, checks: tuple[CheckLine, ...], today: date) -> MeasureLine:
    state = MeasureState(row.state)
    return MeasureLine(
        id=row.pk,
        number=row.number,
        state=state,
        text=row.text,
        due=row.due,
        metric=row.metric,
        target=row.target,
        started_at=row.started_at,
        done_at=row.done_at,
        done_by=row.done_by.name if row.done_by else "",
        evidence=row.evidence,
        has_file=row.evidence_file_id is not None,
        for_owners=row.for_owners,
        owner_words=row.owner_words,
        told_at=row.told_at,
        overdue=state in LIVE and row.due < today,
        checks=checks,
    )


def _parts(ids: Iterable[int]) -> Mapping[int, tuple[int, int]]:
    rows = Finding.objects.filter(parent_id__in=list(ids)).order_by().values_list("parent_id")
    counted = rows.annotate(n=Count("id"), settled=Count("id", filter=Q(state__in=SETTLED)))
    return {parent: (n, settled) for parent, n, settled in counted}


def _named(account_id: int | None, name: str, left: frozenset[int]) -> Named | None:
    return None if account_id is None else Named(account_id, name, account_id in left)


def _related(row: Finding | None) -> Related | None:
    return None if row is None else Related(row.pk, row.number, row.opened_at)


def title_of(row: Finding) -> Words:
    """Return what a finding is called: its question in both languages, or its own title."""
    if row.title or row.item is None:
        return Words(row.title, row.title)
    return Words(row.item.zh or row.item.en, row.item.en or row.item.zh)


def _figure(row: Finding) -> Figure | None:
    if row.n is None:
        return None
    return Figure(row.figure, row.low, row.high, row.n, row.rate, row.formula, certain=row.certain)


def _line(
    row: Finding,
    measures: tuple[MeasureLine, ...],
    parts: tuple[int, int],
    left: frozenset[int],
) -> FindingLine:
    over = (MeasureState.WITHDRAWN, MeasureState.NOT_EFFECTIVE)
    boxes = Filled(
        gap=bool(row.gap) or row.n is not None,
        cause=bool(row.cause) and bool(row.party),
        responsible=row.responsible_id is not None and row.checker_id is not None,
        measure=any(one.state not in over for one in measures),
    )
    origin, is_part = Origin(row.origin), row.parent_id is not None
    return FindingLine(
        id=row.pk,
        number=row.number,
        version=row.version,
        project_id=row.project_id,
        project=row.project.name,
        wave_id=row.wave_id,
        wave=row.wave.title if row.wave else "",
        title=title_of(row),
        origin=origin,
        state=FindingState(row.state),
        gap=row.gap,
        figure=_figure(row),
        threshold=row.threshold,
        cause=row.cause,
        party=Party(row.party) if row.party else None,
        responsible=_named(
            row.responsible_id, row.responsible.name if row.responsible else "", left
        ),
        checker=_named(row.checker_id, row.checker.name if row.checker else "", left),
        measures=measures,
        empty=missing(boxes),
        wants_parts=needs_parts(origin, is_part=is_part) and parts[0] == 0,
        is_part=is_part,
        repeats=_related(row.ancestor),
        whole=_related(row.parent),
        parts=parts[0],
        parts_settled=parts[1],
        reason=row.reason,
        decided_by=row.decided_by.name if row.decided_by else "",
        opened_at=row.opened_at,
    )


def line_of(finding_id: int, today: date) -> FindingLine:
    """Return one finding that was looked up for the actor before."""
    return lines(Finding.objects.filter(id=finding_id), today)[0]


def part_lines(finding_id: int, today: date) -> tuple[FindingLine, ...]:
    """Return the parts of a finding that was looked up for the actor before."""
    return lines(Finding.objects.filter(parent_id=finding_id), today)


def later_of(finding_id: int) -> tuple[Related, ...]:
    """Return the findings that repeat this one, oldest first."""
    rows = Finding.objects.filter(ancestor_id=finding_id).order_by("number")
    return tuple(Related(row.pk, row.number, row.opened_at) for row in rows)


def entries_of(company_id: int, finding_id: int) -> tuple[history.HistoryEntry, ...]:
    """Return the history of a finding, newest first."""
    subject = history.Subject(company_id, "finding", finding_id)
    return tuple(history.entries(subject).order_by("-seq"))


def found_of_wave(wave_id: int, language: str) -> dict[str, int]:
    """Return an item's words → the finding that its figure opened, for one wave."""
    rows = Finding.objects.filter(wave_id=wave_id, item__isnull=False, parent__isnull=True)
    return {title_of(row).text(language): row.pk for row in rows.select_related("item")}


def people_named(actor: Actor) -> dict[int, str]:
    """Return account → name of everybody named at a finding that the actor sees, by name."""
    rows = visible_findings(actor)
    found: dict[int, str] = {}
    for field in ("responsible", "checker"):
        named = rows.filter(**{f"{field}__isnull": False}).order_by()
        found |= dict(named.values_list(f"{field}_id", f"{field}__name").distinct())
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def projects_named(actor: Actor) -> dict[int, str]:
    """Return id → name of the projects whose findings an actor sees, by name."""
    rows = visible_findings(actor).order_by("project__name")
    return dict(rows.values_list("project_id", "project__name").distinct())


def waves_named(actor: Actor) -> dict[int, str]:
    """Return wave → title of every survey with a finding that the actor sees, newest first."""
    rows = visible_findings(actor).filter(wave__isnull=False).order_by("-wave_id")
    return dict(rows.values_list("wave_id", "wave__title").distinct())


def others_waves() -> tuple[tuple[int, int, str], ...]:
    """Return (id, project, title) of the surveys that others made, newest first."""
    rows = Wave.objects.exclude(source=Source.OWN).order_by("-id")
    return tuple(rows.values_list("id", "project_id", "title"))


def comments(wave_id: int) -> QuerySet[OpenAnswer]:
    """Return the comments of a wave that are in force, in no declared order."""
    rows: QuerySet[OpenAnswer] = OpenAnswer.objects.filter(
        response__wave_id=wave_id, response__batch__state="live"
    )
    return rows


def comment_lines(rows: Iterable[OpenAnswer]) -> tuple[CommentLine, ...]:
    """Return comments, telephone numbers in them masked, with the finding that was made of each."""
    every = list(rows)
    found = Finding.objects.filter(open_answer_id__in=[row.pk for row in every])
    made = {
        key: (pk, number) for key, pk, number in found.values_list("open_answer_id", "id", "number")
    }
    return tuple(
        CommentLine(row.pk, row.heading, mask_numbers(row.text), *made.get(row.pk, (None, None)))
        for row in every
    )
