"""Repairs in homes of a month and what their owners said: one line a repair; reads alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from anju.casework.kinds import CaseKind, Reason
from anju.casework.states import CaseVerb
from anju.casework.visits import Solved
from anju.kernel import history
from anju.register.access import Actor, Verb
from anju.register.queries import names_of
from anju.reviews.month import FEW, Hands, Scope
from anju.stats.proportion import proportion_ci
from anju.voice.access import visible_cases
from anju.voice.actions.storing import KIND
from anju.voice.models import Case, Verdict
from anju.voice.names import place_of

CHECKS = (Reason.CLEAN, Reason.EXPLAINED, Reason.MANNER)


@dataclass(frozen=True, slots=True)
class Repaired:
    """One repair in a home; `who` told it, `said` is what its owner said, `by` wrote it down.

    `hours` lie between the work and the visit. `checks` are True, False or None where unsaid.
    """

    id: int
    number: int
    place: str
    who: str
    worker: str
    done_at: datetime
    asked_at: datetime | None
    hours: float | None
    said: Solved | None
    checks: tuple[bool | None, ...]
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Repairs:
    """The repairs in homes that were done in a month, and the answers on each person's work."""

    scope: Scope
    at: datetime
    lines: tuple[Repaired, ...]
    hands: tuple[Hands, ...]

    @property
    def asked(self) -> int:
        """How many owners gave an answer."""
        return sum(one.said is not None for one in self.lines)

    @property
    def counts(self) -> Mapping[Solved, int]:
        """How many owners gave each answer."""
        given = Counter(one.said for one in self.lines if one.said is not None)
        return {one: given[one] for one in Solved}


def repairs(actor: Actor, scope: Scope, *, at: datetime) -> Repairs:
    """Return the repairs in homes done in a month that an actor sees, in the order of their end.

    One that was opened again stays a line, with what its owner said of it; done again it is another.
    """
    span = scope.span
    in_span = Q(done_at__gte=span.since, done_at__lt=span.until)
    again = Q(reopened__gt=0, received_at__lt=span.until)
    rows = visible_cases(actor).filter(
        in_span | again, project_id__in=list(scope.projects), kind=CaseKind.REPAIR.value,
        unit__isnull=False, restricted=False,
    )  # fmt: skip
    verdicts = Prefetch("verdicts", Verdict.objects.select_related("by").order_by("at", "id"))
    near = ("project", "building", "unit", "reporter", "executor")
    cases = list(rows.select_related(*near).prefetch_related(verdicts))
    names = actor.may(Verb.SEE_OWNERS)
    ends = _ends(actor.company_id, cases)
    found = [_line(end, names=names) for end in ends if span.since <= end.at < span.until]
    lines = tuple(sorted(found, key=lambda one: (one.done_at, one.id)))
    return Repairs(scope, at, lines, hands_of(lines))


@dataclass(frozen=True, slots=True)
class _End:
    """One time that the work at a case was reported done, by whom, and when it was done next."""

    case: Case
    at: datetime
    worker: str
    until: datetime | None = None


def _ends(company_id: int, cases: Sequence[Case]) -> Iterator[_End]:
    """Yield every end of work; of cases opened again by their history, since a row keeps the last."""
    again = {case.pk: list[history.HistoryEntry]() for case in cases if case.reopened}
    told = history.of_subjects(company_id, [(KIND, tuple(again))])
    for entry in told.filter(verb=CaseVerb.FINISH.value).order_by("at", "id"):
        again[entry.subject_id].append(entry)
    doers = names_of({one.actor_id or 0 for ends in again.values() for one in ends})
    for case in cases:
        worker = case.executor.name if case.executor is not None else ""
        if case.pk not in again:
            if case.done_at is not None:
                yield _End(case, case.done_at, worker)
            continue
        ends = again[case.pk]
        for one, following in zip(ends, [*ends[1:], None], strict=True):
            until = following.at if following else None
            yield _End(case, one.at, doers.get(one.actor_id or 0, worker), until)


def _line(end: _End, *, names: bool) -> Repaired:
    row, done = end.case, end.at
    after = (one for one in row.verdicts.all() if one.at >= done)
    first: Verdict | None = next(after, None)
    if first is not None and end.until is not None and first.at >= end.until:
        first = None
    person = row.reporter.name if row.reporter is not None else row.caller
    return Repaired(
        row.pk, row.number, place_of(row), person if names and not row.anonymous else "",
        end.worker, done,
        first.at if first else None,
        (first.at - done).total_seconds() / 3600 if first else None,
        Solved(first.solved) if first else None, _checks(first.reasons if first else ()),
        first.words if first else "", first.by.name if first and first.by else "",
    )  # fmt: skip


def _checks(reasons: Sequence[str]) -> tuple[bool | None, ...]:
    """Return what an owner said of each check: `+clean` is yes, `-clean` is no."""
    said = {f"+{one.value}": True for one in CHECKS} | {f"-{one.value}": False for one in CHECKS}
    given = {reason[1:]: said[reason] for reason in reasons if reason in said}
    return tuple(given.get(one.value) for one in CHECKS)


def hands_of(lines: Sequence[Repaired]) -> tuple[Hands, ...]:
    """Return the answers on each person's work by name, never ranked; no share for few."""
    found: dict[str, list[bool]] = {}
    for one in lines:
        if one.said is not None and one.worker:
            found.setdefault(one.worker, []).append(one.said is Solved.YES)
    return tuple(
        Hands(
            name, sum(said), len(said),
            proportion_ci(sum(said), len(said), method="wilson") if len(said) >= FEW else None,
        )
        for name, said in sorted(found.items())
    )  # fmt: skip
