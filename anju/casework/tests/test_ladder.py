"""Who hears of a late case, and when: once each, in order, and not while a pause holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.casework.ladder import Course, Rung, ladder, long_open, next_at, passed_on, reached
from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import Pause
from anju.worktime.tests.test_deadlines import CHINA, local, wall

START = local("2026-03-02T10:00")  # a Monday
COURSE = Course(START, 240, CHINA)
WARN, LATE, VERY = (
    Rung(1, "assignee", share=0.5),
    Rung(2, "manager", share=1.0),
    Rung(3, "quality", over=120),
)


def test_each_rung_has_its_instant_in_working_time():
    told = ladder([VERY, LATE, WARN], COURSE)
    assert [one.rung for one in told] == [WARN, LATE, VERY]
    assert [wall(one.at) for one in told] == [
        "2026-03-02 12:00", "2026-03-02 15:30", "2026-03-02 17:30",
    ]  # fmt: skip


def test_a_rung_is_told_once_and_the_next_one_is_known():
    told = ladder([WARN, LATE, VERY], COURSE)
    noon = local("2026-03-02T12:00")
    assert reached(told, 0, noon - timedelta(seconds=1)) == ()
    assert reached(told, 0, noon) == (WARN,)
    assert reached(told, 1, noon) == ()
    assert reached(told, 1, local("2026-03-03T09:00")) == (LATE, VERY)
    assert next_at(told, 1) == local("2026-03-02T15:30")
    assert next_at(told, 3) is None


def test_a_case_open_for_three_months_is_told_of_three_times():
    told = ladder(list(long_open("manager", 4)), COURSE)
    assert [one.rung.number for one in told] == [4, 5, 6]
    assert len(reached(told, 0, START + timedelta(days=90))) == 3
    assert [(one.at - START).days for one in told if one.at] == [7, 15, 30]


def test_an_open_pause_holds_the_rungs_that_count_minutes_but_not_the_days():
    held = Course(START, 240, CHINA, (Pause(START, None, "owner"),))
    told = ladder([LATE, *long_open("manager", 4)], held)
    assert [one.rung.number for one in told] == [4, 5, 6, 2]
    assert told[-1].at is None
    assert reached(told, 6, START + timedelta(days=400)) == ()


def test_the_third_hand_over_goes_to_the_manager():
    assert [passed_on(times) for times in (1, 2, 3, 4)] == [False, False, True, True]


@pytest.mark.parametrize(
    "rung",
    [Rung(1, "x"), Rung(1, "x", share=0.5, over=3), Rung(1, "x", days=0), Rung(1, "x", over=-1)],
)
def test_a_rung_without_one_measure_is_refused(rung):
    with pytest.raises(Problem, match="E-LADDER-RUNG"):
        ladder([rung], COURSE)
