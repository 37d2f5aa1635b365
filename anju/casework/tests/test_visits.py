"""Which cases are visited, by when and by whom, and what a verdict makes of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.casework import visits
from anju.casework.states import CaseVerb, Outcome
from anju.casework.visits import Attempt, Ended, Policy, Solved
from anju.kernel.pure.problems import Problem
from anju.worktime.tests.test_deadlines import CHINA, SHANGHAI, local, wall

POLICY = Policy("2026-anju")
AT = local("2026-02-13T16:00")
COMPLAINT = Ended("C-1", "complaint", at_home=False, outcome=Outcome.UNCONFIRMED, closed_at=AT)
AT_HOME = Ended("C-2", "repair", at_home=True, outcome=Outcome.UNCONFIRMED, closed_at=AT)
LAMP = Ended("C-3", "repair", at_home=False, outcome=Outcome.UNCONFIRMED, closed_at=AT)


def test_every_complaint_and_every_repair_inside_a_home_is_visited():
    nobody = Policy("2026-anju", rate=0.0)
    assert visits.needs_visit(COMPLAINT, nobody)
    assert visits.needs_visit(AT_HOME, nobody)
    assert not visits.needs_visit(LAMP, nobody)
    assert visits.needs_visit(LAMP, Policy("2026-anju", rate=1.0))


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.WITHDRAWN])
def test_what_was_merged_or_taken_back_is_not_visited(outcome):
    ended = Ended("C-1", "complaint", at_home=False, outcome=outcome, closed_at=AT)
    assert not visits.needs_visit(ended, Policy("2026-anju", rate=1.0))


def test_the_draw_is_the_same_for_everybody_and_as_large_as_said():
    numbers = [f"C-{number}" for number in range(20_000)]
    drawn = {number for number in numbers if visits.drawn(number, POLICY)}
    assert drawn == {number for number in numbers if visits.drawn(number, Policy("2026-anju"))}
    assert abs(len(drawn) / 20_000 - 0.2) < 0.01
    assert drawn != {number for number in numbers if visits.drawn(number, Policy("other"))}


@pytest.mark.parametrize("rate", [-0.1, 1.1])
def test_a_share_outside_nought_to_one_is_refused(rate):
    with pytest.raises(Problem, match="E-VISIT-RATE"):
        visits.drawn("C-1", Policy("x", rate=rate))


def test_a_home_repair_is_visited_by_the_end_of_the_next_working_day_make_up_days_included():
    assert wall(visits.visit_due(AT_HOME, POLICY, CHINA).instant) == "2026-02-15 00:00"
    assert wall(visits.visit_due(COMPLAINT, POLICY, CHINA).instant) == "2026-02-26 00:00"
    assert wall(visits.visit_due(LAMP, POLICY, CHINA).instant) == "2026-02-26 00:00"
    assert visits.second_due(AT) - AT == timedelta(days=28)


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        ("2026-01-09T16:00", "2026-01-13 00:00"),  # over a weekend, the end of Monday
        ("2026-02-13T16:00", "2026-02-15 00:00"),  # the end of a Saturday that is worked
        ("2026-02-14T16:00", "2026-02-25 00:00"),  # over the Spring Festival
        ("2026-09-30T16:00", "2026-10-09 00:00"),  # over the National Day
    ],
)
def test_the_next_working_day_of_each_published_example_is_met(closed, due):
    ended = Ended(
        "C-2", "repair", at_home=True, outcome=Outcome.UNCONFIRMED, closed_at=local(closed)
    )
    assert wall(visits.visit_due(ended, POLICY, CHINA).instant) == due


@pytest.mark.parametrize(
    ("hours", "over"),
    [
        (["2026-03-02T09:10", "2026-03-02T13:00"], False),
        (["2026-03-02T09:10", "2026-03-03T09:40", "2026-03-04T09:05"], False),
        (["2026-03-02T09:10", "2026-03-02T13:00", "2026-03-03T18:30"], True),
    ],
)
def test_three_hours_of_the_day_must_have_been_tried_in_vain(hours, over):
    attempts = [Attempt(local(hour), reached=False) for hour in hours]
    assert visits.used_up(attempts, SHANGHAI) is over
    assert not visits.used_up([*attempts, Attempt(AT, reached=True)], SHANGHAI)


def test_whoever_did_the_work_is_named_and_may_not_call():
    with pytest.raises(Problem, match="E-VISIT-DOER") as refused:
        visits.check_caller(3, frozenset({3, 4}), "刘师傅")
    assert "刘师傅" in refused.value.text("zh-hans")
    visits.check_caller(5, frozenset({3, 4}), "王芳")


@pytest.mark.parametrize(
    ("solved", "verb", "outcome"),
    [
        (Solved.YES, CaseVerb.CONFIRM, Outcome.CONFIRMED),
        (Solved.PARTLY, CaseVerb.REOPEN, Outcome.PARTLY),
        (Solved.NO, CaseVerb.REOPEN, Outcome.UNCONFIRMED),
    ],
)
def test_anything_but_a_yes_opens_the_case_again(solved, verb, outcome):
    assert visits.led_to(solved) == (verb, outcome)
