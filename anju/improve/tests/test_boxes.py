"""The four boxes, the people in them, the day, the evidence: each refusal by its code."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.improve.rules.boxes import (
    Box,
    Filled,
    Origin,
    Person,
    check_due,
    check_evidence,
    check_not_self,
    check_people,
    missing,
    needs_parts,
    ready_for_measure,
)
from anju.improve.rules.gaps import Figure, ItemFigure, first_state, is_low, is_repeat
from anju.improve.rules.states import FindingState
from anju.kernel.pure.problems import Problem

HERE = Person(1, active=True, sees=True)
OTHER = Person(2, active=True, sees=True)
TODAY = date(2026, 11, 22)
flags = st.booleans()


@given(flags, flags, flags, flags)
def test_what_is_missing_is_what_is_not_filled_in_their_order(gap, cause, responsible, measure):
    found = missing(Filled(gap=gap, cause=cause, responsible=responsible, measure=measure))

    given_ = dict(zip(Box, (gap, cause, responsible, measure), strict=True))
    assert found == tuple(box for box in Box if not given_[box])


@pytest.mark.parametrize(
    ("gap", "cause", "people", "code"),
    [
        (False, True, True, "E-MEASURE-GAP"),
        (True, False, True, "E-MEASURE-CAUSE"),
        (True, True, False, "E-MEASURE-NOBODY"),
    ],
)
def test_a_measure_waits_for_the_boxes_before_it(gap, cause, people, code):
    filled = Filled(gap=gap, cause=cause, responsible=people, measure=False)
    with pytest.raises(Problem) as refused:
        ready_for_measure(filled, Origin.LOW_ITEM, is_part=False)

    assert refused.value.code == code


def test_a_measure_may_be_set_where_only_its_own_box_is_empty():
    filled = Filled(gap=True, cause=True, responsible=True, measure=False)

    ready_for_measure(filled, Origin.LOW_ITEM, is_part=False)
    ready_for_measure(filled, Origin.THIRD_PARTY, is_part=True)


def test_an_imported_problem_is_split_before_it_gets_a_measure():
    filled = Filled(gap=True, cause=True, responsible=True, measure=False)
    with pytest.raises(Problem) as refused:
        ready_for_measure(filled, Origin.THIRD_PARTY, is_part=False)

    assert refused.value.code == "E-MEASURE-PART"
    assert needs_parts(Origin.THIRD_PARTY, is_part=False)
    assert not needs_parts(Origin.THIRD_PARTY, is_part=True)


@pytest.mark.parametrize(
    ("responsible", "checker", "code", "field"),
    [
        (None, OTHER, "E-MEASURE-NOBODY", "responsible"),
        (HERE, None, "E-MEASURE-NOBODY", "checker"),
        (Person(1, active=False, sees=True), OTHER, "E-MEASURE-LEFT", "responsible"),
        (HERE, Person(2, active=False, sees=True), "E-MEASURE-LEFT", "checker"),
        (HERE, Person(2, active=True, sees=False), "E-MEASURE-RIGHT", "checker"),
        (HERE, HERE, "E-MEASURE-SELF", "checker"),
    ],
)
def test_two_people_who_are_here_and_can_see_it_are_named(responsible, checker, code, field):
    with pytest.raises(Problem) as refused:
        check_people(responsible, checker)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_two_different_colleagues_may_be_named():
    check_people(HERE, OTHER)
    check_not_self(1, 2, "words")


@pytest.mark.parametrize("days", [-1, -400, 3 * 366 + 1])
def test_a_deadline_in_the_past_or_years_away_is_refused(days):
    with pytest.raises(Problem) as refused:
        check_due(TODAY + timedelta(days=days), TODAY)

    assert refused.value.code == "E-MEASURE-DUE"


@given(st.integers(min_value=0, max_value=3 * 366))
def test_a_deadline_from_today_on_is_taken(days):
    check_due(TODAY + timedelta(days=days), TODAY)


def test_evidence_is_words_or_a_file():
    check_evidence(words="seen", has_file=False)
    check_evidence(words="", has_file=True)
    with pytest.raises(Problem) as refused:
        check_evidence(words="  ", has_file=False)

    assert refused.value.code == "E-MEASURE-EVIDENCE"


def figure(value, high=None, *, low=None, certain=False):
    return Figure(value, low, high, 100, None, "share_top[vs]@1", certain=certain)


@pytest.mark.parametrize(
    ("shown", "low", "state"),
    [
        (figure(80, 88), True, FindingState.OPEN),
        (figure(88, 91), True, FindingState.CANDIDATE),
        (figure(88), True, FindingState.CANDIDATE),
        (figure(88, certain=True), True, FindingState.OPEN),
        (figure(90, 95), False, FindingState.CANDIDATE),
        (figure(None, 20, low=0), True, FindingState.OPEN),
        (figure(None, 100, low=80), False, FindingState.CANDIDATE),
        (figure(None), False, FindingState.CANDIDATE),
    ],
)
def test_a_figure_below_the_threshold_opens_and_one_that_cannot_be_told_waits(shown, low, state):
    assert is_low(ItemFigure(1, Origin.LOW_ITEM, shown), 90) is low
    assert first_state(shown, 90) is state


def test_one_owner_who_met_a_fault_in_our_own_process_is_enough():
    assert is_low(ItemFigure(1, Origin.PROCESS, figure(99, 100)), 90)
    assert is_low(ItemFigure(1, Origin.PROCESS, figure(None, 100)), 90)
    assert not is_low(ItemFigure(1, Origin.PROCESS, figure(100, 100)), 90)


def test_a_gap_recurs_within_a_year_and_not_later():
    opened = datetime(2025, 11, 20, tzinfo=UTC)

    assert is_repeat(opened, opened + timedelta(days=365))
    assert not is_repeat(opened, opened + timedelta(days=366))
    assert not is_repeat(opened, opened - timedelta(days=1))
