"""Who may call, when to try again, and what a “no” leads to."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.casework.calls import HOURS, Entry, Then, check_then, doers, next_try, owner_of
from anju.casework.visits import Attempt, Solved
from anju.kernel.pure.problems import Problem
from anju.voice.tests.making import AT

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_who_began_or_ended_the_work_and_was_named_for_it_did_it():
    entries = [
        Entry("accept", 1, {"assignee": 2, "executor": 3}),
        Entry("start", 3, {}),
        Entry("hand_over", 2, {"assignee": 2, "executor": 4}),
        Entry("finish", 9, {}),
    ]
    assert doers(4, entries) == {3, 4}
    assert doers(None, []) == frozenset()


def test_a_no_is_not_taken_without_saying_who_goes_on_with_it():
    with pytest.raises(Problem, match="E-VISIT-NEXT"):
        check_then(Solved.NO, None)
    assert check_then(Solved.PARTLY, None) is Then.AGAIN
    assert check_then(Solved.NO, Then.MANAGER) is Then.MANAGER


def test_calls_to_one_owner_go_together():
    assert owner_of(7, "+8613800000000", 1, 5) == owner_of(7, "", 2, 6)
    assert owner_of(None, "+8613800000000", 1, 5) == owner_of(None, "+8613800000000", 2, 6)
    assert owner_of(None, "", 1, 5) == owner_of(None, "", 1, 6)
    assert owner_of(None, "", None, 5) != owner_of(None, "", None, 6)


def test_nobody_is_waited_for_before_the_first_try_or_after_she_was_reached():
    assert next_try([], SHANGHAI) is None
    assert next_try([Attempt(AT, reached=True)], SHANGHAI) is None


@given(st.lists(st.datetimes(timezones=st.just(SHANGHAI)), min_size=1, max_size=6))
def test_the_next_try_comes_later_and_at_another_part_of_the_day_while_one_is_left(whens):
    found = next_try([Attempt(one, reached=False) for one in whens], SHANGHAI)
    assert found is not None
    assert found > max(whens)
    parts = {max((hour for hour in HOURS if hour <= one.hour), default=HOURS[-1]) for one in whens}
    assert found.hour not in parts or parts == set(HOURS)
