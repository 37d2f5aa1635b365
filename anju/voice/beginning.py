"""How far a company is with its first case: for the first steps. Counts stop at one."""

from __future__ import annotations

from dataclasses import dataclass

from anju.casework.kinds import VisitState
from anju.voice.models import Case, CaseLink, ReturnVisit


@dataclass(frozen=True, slots=True)
class FirstCases:
    """Whether there is a poster, a case, a closed one, a visit made: nought or one of each."""

    posters: int
    came: int
    closed: int
    visited: int


def first_cases(without: frozenset[int]) -> FirstCases:
    """Return how far the company in force is, leaving out projects such as the sample."""
    cases = Case.objects.exclude(project_id__in=without)
    links = CaseLink.objects.exclude(project_id__in=without)
    visits = ReturnVisit.objects.exclude(case__project_id__in=without)
    made = visits.filter(state__in=(VisitState.REACHED.value, VisitState.NOT_REACHED.value))
    came = cases[:1].count()
    closed = cases.filter(closed_at__isnull=False)[:1].count() if came else 0
    return FirstCases(links[:1].count(), came, closed, made[:1].count() if closed else 0)
