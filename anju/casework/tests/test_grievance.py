"""The good fades sooner than the bad."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.casework.grievance import HalfLives, Moment, balance
from anju.kernel.pure.problems import Problem

NOW = datetime(2026, 3, 2, tzinfo=UTC)
AGO = NOW - timedelta(days=60)


def test_one_good_and_one_bad_moment_sixty_days_ago_leave_a_grievance():
    left = balance([Moment(AGO, 1.0), Moment(AGO, -1.0)], NOW, HalfLives())
    assert (round(left.good, 3), round(left.bad, 3), round(left.total, 3)) == (0.25, 0.794, -0.544)
    assert left.half_lives == HalfLives(30, 180)


def test_what_has_not_happened_yet_does_not_count():
    assert balance([Moment(NOW + timedelta(seconds=1), -1.0)], NOW, HalfLives()).total == 0


@given(st.floats(0, 2_000), st.floats(0.1, 5))
def test_a_bad_moment_never_fades_sooner_than_a_good_one_of_the_same_day(days, weight):
    at = NOW - timedelta(days=days)
    left = balance([Moment(at, weight), Moment(at, -weight)], NOW, HalfLives())
    assert 0 <= left.good <= left.bad <= weight


@pytest.mark.parametrize("wrong", [HalfLives(0, 180), HalfLives(30, -1)])
def test_a_half_life_of_nothing_is_refused(wrong):
    with pytest.raises(Problem, match="E-GRIEVANCE-HALF"):
        balance([], NOW, wrong)
