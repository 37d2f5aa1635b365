"""The same matter told twice, and one matter told by many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.casework.likeness import Cluster, Told, clusters, same_matter, words_alike

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NEW = Told(100, "water", "厨房水管漏水了", NOW, home_id=1, building_id=10, zone_id=5)
DAY = timedelta(days=1)


def earlier(days: float, **changes: Any) -> Told:
    return replace(NEW, id=1, at=NOW - days * DAY, **changes)


@pytest.mark.parametrize(
    ("old", "own"),
    [
        (earlier(1), True),
        (earlier(29, words="别的事"), True),
        (earlier(5, category="wall", words="厨房水管漏水"), True),
        (earlier(5, category="wall", words="墙上裂缝"), None),
        (earlier(31), None),
        (earlier(-1), None),
        (earlier(2, home_id=2), False),
        (earlier(4, home_id=2), None),
        (earlier(1, home_id=2, category="lift"), None),
        (earlier(1, home_id=2, building_id=11), None),
        (earlier(1, home_id=None, building_id=None), None),
    ],
)
def test_an_earlier_case_is_offered_where_it_may_be_the_same(old, own):
    assert [one.own for one in same_matter(NEW, [old])] == ([] if own is None else [own])


def test_a_case_is_not_like_itself_and_the_own_home_comes_first():
    others = [earlier(1, home_id=2), replace(earlier(2), id=2), NEW]
    assert [one.id for one in same_matter(NEW, others)] == [2, 1]


def test_at_most_five_are_offered():
    assert len(same_matter(NEW, [replace(earlier(1), id=number) for number in range(9)])) == 5


@given(st.text(max_size=30), st.text(max_size=30))
def test_words_are_alike_both_ways_and_wholly_like_themselves(one, two):
    alike = words_alike(one, two)
    assert 0 <= alike <= 1
    assert alike == words_alike(two, one)
    assert words_alike(one, one) in {0.0, 1.0}


def test_three_homes_of_a_zone_within_a_week_are_a_cluster_and_one_loud_home_is_none():
    homes = [
        replace(NEW, id=number, home_id=number, at=NOW - number * DAY) for number in range(1, 4)
    ]
    assert clusters(homes, NOW) == (Cluster("water", 5, (1, 2, 3)),)
    assert clusters([replace(one, home_id=1) for one in homes], NOW) == ()
    assert clusters([replace(one, zone_id=None) for one in homes], NOW) == ()
    assert clusters([*homes[:2], replace(homes[2], at=NOW - 8 * DAY)], NOW) == ()
    assert clusters([replace(one, home_id=None) for one in homes], NOW) != ()
