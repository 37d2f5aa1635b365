"""A planted spike warns once, a steady series never; months that nobody kept are not noughts."""

from __future__ import annotations

from datetime import date
from random import Random

from anju.reviews.rules.warning import days_in, limits_of, month_before, warnings

MONTH = date(2026, 10, 1)
PAST = [month_before(MONTH, back) for back in range(24, 0, -1)]


def series(now, usual=4):
    return {**dict.fromkeys(PAST, usual), MONTH: now}


def found(topics, first=PAST[0]):
    return warnings(7, topics, MONTH, first)


def test_a_planted_spike_raises_one_warning_and_a_steady_series_none():
    (one,) = found({3: series(15), 4: series(4)})
    assert (one.topic, one.count, one.limits.months, one.whole) == (3, 15, 12, False)
    assert found({3: series(4), 4: series(5)}) == ()


def test_a_rise_of_everything_a_little_is_told_once_for_the_whole():
    (one,) = found({topic: series(9) for topic in range(6)})
    assert (one.topic, one.whole, one.count) == (None, True, 54)


def test_the_topic_that_is_furthest_above_its_limit_stands_first():
    assert [one.topic for one in found({1: series(15), 2: series(40)})] == [2, 1]


def test_fewer_than_six_months_on_record_warn_of_nothing():
    assert found({3: series(40)}, first=month_before(MONTH, 5)) == ()
    assert len(found({3: series(40)}, first=month_before(MONTH, 6))) == 1


def test_a_topic_that_never_came_before_warns_from_its_limit_on():
    assert limits_of({MONTH: 3}, MONTH, PAST[0]).high < 3


def test_steady_chance_warns_about_as_seldom_as_it_says():
    random, alarms = Random(7), 0
    for _run in range(400):
        drawn = {one: sum(random.random() < 0.04 for _ in range(100)) for one in [*PAST, MONTH]}
        alarms += len(found({1: drawn}))
    assert alarms <= 4  # expected about one: 400 × 0.00135 and the estimate's own play


def test_months_count_back_over_the_turn_of_the_year():
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert month_before(date(2025, 12, 1), -1) == date(2026, 1, 1)
    assert days_in(date(2028, 2, 1)) == 29
