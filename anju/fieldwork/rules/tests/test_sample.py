"""Samples: the same for the same seed, proportional, and never too few or too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.fieldwork.rules.sample import SEED_MOST, FrameHome, Method, Sample, draw, lot, shares
from anju.kernel.pure.problems import Problem

SIZES = st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 9), min_size=1)
SEEDS = st.integers(0, SEED_MOST)


def frame(sizes: dict[str, int]) -> list[FrameHome]:
    names = [(name, n) for name, size in sizes.items() for n in range(size)]
    return [FrameHome(key, name, str(n)) for key, (name, n) in enumerate(names)]


@given(SIZES, SEEDS, st.sampled_from(Method), st.data())
def test_exactly_as_many_are_drawn_and_the_order_of_the_list_does_not_matter(
    sizes, seed, method, data
):
    homes = frame(sizes)
    size = data.draw(st.integers(1, max(1, len(homes))))
    if size > len(homes):
        return
    drawn = draw(homes, Sample(size, seed, method))
    assert len(drawn) == size
    assert drawn <= {home.id for home in homes}
    assert drawn == draw(list(reversed(homes)), Sample(size, seed, method))


@given(SIZES, SEEDS, st.sampled_from(Method))
def test_a_larger_sample_holds_the_smaller_one(sizes, seed, method):
    homes = frame(sizes)
    before: frozenset[int] = frozenset()
    for size in range(1, len(homes) + 1, 3):
        drawn = draw(homes, Sample(size, seed, method))
        assert before < drawn
        before = drawn


@given(SIZES, st.data())
def test_shares_sum_up_stay_within_each_building_and_near_its_quota(sizes, data):
    whole = sum(sizes.values())
    size = data.draw(st.integers(0, whole))
    given_ = shares(sizes, size)
    assert sum(given_.values()) == size
    for name, homes in sizes.items():
        assert 0 <= given_[name] <= homes
    for one, its in sizes.items():
        for other, theirs in sizes.items():
            if its > theirs:
                assert given_[one] >= given_[other]


def test_a_sample_by_buildings_takes_of_each_in_proportion():
    homes = frame({"A": 100, "B": 50, "C": 50})
    drawn = draw(homes, Sample(20, 7, Method.BUILDINGS))
    taken = [home.building for home in homes if home.id in drawn]
    assert (taken.count("A"), taken.count("B"), taken.count("C")) == (10, 5, 5)


def test_every_home_has_the_same_chance_over_the_seeds():
    homes = frame({"A": 10})
    times = [0] * 10
    for seed in range(1_000):
        for key in draw(homes, Sample(3, seed)):
            times[key] += 1
    assert all(240 < n < 360 for n in times)  # 300 each, four standard errors are 58


def test_another_seed_draws_other_homes():
    homes = frame({"A": 100})
    assert draw(homes, Sample(10, 1)) != draw(homes, Sample(10, 2))


def test_the_lot_is_what_anybody_can_compute():
    assert lot(2026, FrameHome(1, "3", "502")) == lot(2026, FrameHome(99, "3", "502"))
    assert len(lot(0, FrameHome(1, "", ""))) == 64


@pytest.mark.parametrize(
    ("size", "seed", "field"),
    [(0, 1, "size"), (11, 1, "size"), (3, -1, "seed"), (3, SEED_MOST + 1, "seed")],
)
def test_a_sample_that_cannot_be_drawn_is_refused(size, seed, field):
    with pytest.raises(Problem) as caught:
        draw(frame({"A": 10}), Sample(size, seed))
    assert (caught.value.code, caught.value.field) == ("E-NUM-RANGE", field)


@pytest.mark.parametrize("size", [-1, 4])
def test_shares_of_more_than_there_is_are_no_shares(size):
    with pytest.raises(ValueError, match="between none and all"):
        shares({"A": 3}, size)
