"""Which promise holds, when it is due, and whether it was kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anju.casework.promises import Level, Matter, Promised, hastened, instants, kept, level_for
from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import Pause
from anju.worktime.tests.test_deadlines import CHINA, local, wall

DAY = date(2026, 3, 2)
BOTH = {Promised.ACKNOWLEDGE: 30, Promised.RESOLVE: 600}
SINCE = date(2026, 1, 1)
LEAK = Matter("repair", ("pipe", "water"), "urgent", 7)
USUAL = Level(1, "repair", BOTH, SINCE)
WATER = Level(2, "repair", BOTH, SINCE, category="water")
PIPE = Level(3, "repair", BOTH, SINCE, category="pipe")
URGENT = Level(4, "repair", BOTH, SINCE, severity="urgent")
HERE = Level(5, "repair", BOTH, SINCE, project_id=7)
FIRE = Level(6, "repair", {Promised.ON_SITE: 2}, SINCE, real_time=True)


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ([USUAL], USUAL),
        ([USUAL, URGENT], URGENT),
        ([URGENT, WATER], WATER),
        ([WATER, PIPE, URGENT], PIPE),
        ([PIPE, HERE], HERE),
    ],
)
def test_the_nearer_row_holds(levels, found):
    assert level_for(levels, LEAK, DAY) is found
    assert level_for(levels[::-1], LEAK, DAY) is found


def test_of_equal_rows_the_younger_holds_from_its_day_on():
    younger = Level(9, "repair", BOTH, DAY)
    assert level_for([USUAL, younger], LEAK, DAY) is younger
    assert level_for([USUAL, younger], LEAK, DAY - timedelta(days=1)) is USUAL


@pytest.mark.parametrize(
    "level",
    [
        Level(1, "complaint", BOTH, SINCE),
        Level(1, "repair", BOTH, SINCE, category="lift"),
        Level(1, "repair", BOTH, SINCE, severity="calm"),
        Level(1, "repair", BOTH, SINCE, project_id=8),
        Level(1, "repair", BOTH, DAY + timedelta(days=1)),
        Level(1, "repair", BOTH, SINCE, until=DAY),
    ],
)
def test_a_row_for_something_else_or_for_another_day_does_not_hold(level):
    with pytest.raises(Problem, match="E-SLA-NONE"):
        level_for([level], LEAK, DAY)
    assert level_for([level, USUAL], LEAK, DAY) is USUAL


def test_promises_count_working_minutes_and_stand_still_in_a_pause():
    start = local("2026-03-02T10:00")
    found = instants(USUAL, start, CHINA)
    assert set(found) == set(BOTH)
    assert wall(found[Promised.ACKNOWLEDGE].instant) == "2026-03-02 10:30"
    assert wall(found[Promised.RESOLVE].instant) == "2026-03-03 12:00"
    owner_away = Pause(local("2026-03-02T14:00"), local("2026-03-03T14:00"), "owner")
    later = instants(USUAL, start, CHINA, [owner_away])
    assert wall(later[Promised.RESOLVE].instant) == "2026-03-04 12:00"


def test_an_emergency_counts_real_minutes_whatever_the_hour_and_stops_for_no_pause():
    start = local("2026-02-17T03:00")
    night = Pause(start, None, "owner")
    assert instants(FIRE, start, CHINA, [night])[Promised.ON_SITE].instant == start + timedelta(
        seconds=120
    )


@pytest.mark.parametrize(("limit", "late"), [(180, 181), (120, 121)])
def test_the_last_second_of_a_promise_is_still_in_time(limit, late):
    start = local("2026-03-02T10:00")
    due = start + timedelta(seconds=limit)
    assert kept(due, start + timedelta(seconds=limit), start + timedelta(days=1)) is True
    assert kept(due, start + timedelta(seconds=late), start + timedelta(days=1)) is False


def test_a_promise_that_nobody_kept_is_open_until_it_has_passed_and_broken_afterwards():
    due = local("2026-03-02T10:00")
    assert kept(None, None, due) is None
    assert kept(due, None, due) is None
    assert kept(due, None, due + timedelta(seconds=1)) is False


def test_an_important_matter_has_a_share_of_the_time_and_a_minute_at_least():
    quick = hastened(
        Level(1, "complaint", {Promised.ACKNOWLEDGE: 1, Promised.RESOLVE: 90}, SINCE), 0.5
    )
    assert quick.minutes == {Promised.ACKNOWLEDGE: 1, Promised.RESOLVE: 45}
    for share in (0.0, -0.5, 1.5):
        with pytest.raises(Problem, match="E-SLA-SHARE"):
            hastened(USUAL, share)
