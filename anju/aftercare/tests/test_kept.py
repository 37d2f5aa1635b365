"""Promises kept and broken are counted with their bases, by any key, and add up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.aftercare.actions import visiting
from anju.aftercare.kept import By, Span, counts
from anju.casework.kinds import CaseKind
from anju.casework.promises import Promised, kept
from anju.casework.states import CaseVerb
from anju.casework.visits import Solved
from anju.register.access import Role
from anju.voice.actions import closing
from anju.voice.actions.storing import Edition
from anju.voice.models import Case
from anju.voice.tests.making import AT, HOUR, a_case, closed, taken
from tests.cast import Cast, a_person, the_cast

DAY = timedelta(days=1)
SPAN = Span(AT - DAY, AT + DAY)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def slowly(cases, at):
    """Return how many promises to solve were kept and how many decided, case by case."""
    said = [kept(one.resolve_first, one.resolve_met, at) for one in cases]
    return said.count(True), len(said) - said.count(None)


def test_counts_of_a_period_are_those_of_its_cases_one_by_one(cast, worker):
    closed(cast, worker, kind=CaseKind.COMPLAINT)
    unhappy = closed(cast, worker, kind=CaseKind.COMPLAINT)
    visiting.answer_by_owner(
        company_id=cast.company.id,
        case_id=unhappy.pk,
        answer=visiting.Answer(Solved.NO),
        at=AT + 6 * HOUR,
    )
    taken(cast, worker)
    a_case(cast, at=AT - 30 * DAY)
    later = AT + 40 * DAY
    with cast.inside():
        (all_of_it,) = counts(SPAN, at=later)
        slow = slowly(Case.objects.filter(received_at__gte=SPAN.since), later)
        before = counts(SPAN, at=AT + 7 * HOUR)[0].first[Promised.RESOLVE]
    assert (all_of_it.received, all_of_it.open_of, all_of_it.closed_of) == (3, 2, 1)
    assert (all_of_it.came_back, all_of_it.times) == (1, 1)
    assert (all_of_it.ended_solved, all_of_it.fixed_first, all_of_it.closed) == (2, 1, 1)
    solve = all_of_it.first[Promised.RESOLVE]
    assert (solve.kept, solve.decided, solve.made) == (*slow, 3) == (1, 3, 3)
    assert (before.kept, before.decided) == (1, 1)


@pytest.mark.parametrize("by", [one for one in By if one is not By.COMPANY])
def test_the_parts_of_a_period_add_up_to_the_whole(cast, worker, by):
    closed(cast, worker, kind=CaseKind.COMPLAINT)
    a_case(cast, kind=CaseKind.ENQUIRY)
    with cast.inside():
        (whole,) = counts(SPAN, at=AT + DAY)
        parts = counts(SPAN, at=AT + DAY, by=by)
    assert sum(one.received for one in parts) == whole.received == 2
    assert sum(one.closed for one in parts) == whole.closed == 1


def test_a_case_that_was_withdrawn_breaks_nothing_after_its_end(cast):
    case = a_case(cast, kind=CaseKind.COMPLAINT)
    closing.end(
        actor=cast.desk,
        edition=Edition(case.pk),
        verb=CaseVerb.WITHDRAW,
        why="业主撤回",
        at=AT + HOUR,
    )
    with cast.inside():
        (late,) = counts(SPAN, at=AT + 40 * DAY)
    assert (late.first[Promised.RESOLVE].decided, late.first[Promised.RESOLVE].made) == (0, 1)
    assert late.ended_solved == 0
