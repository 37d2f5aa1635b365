"""Products of items by group say what the rows say, in any order and in any parts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats.columns.grams import grams, merge_grams
from anju.stats.drivers import johnson, johnson_of, lmg, lmg_of
from anju.stats.reliability import alpha, alpha_of
from anju.stats.results import BadArgument, NoAnswers, NotIdentified

ITEMS = ("whole", "repairs", "cleaning", "safety")
CENTRE = (3.0, 3.0, 3.0, 3.0)


def answers(seed: int, n: int = 300, *, gaps: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    felt = chance.normal(3.5, 0.8, n)[:, None]
    levels = np.clip(np.round(felt + chance.normal(0, 0.7, (n, 4))), 1, 5)
    levels[chance.random(levels.shape) < gaps] = np.nan
    return levels, chance.integers(0, 3, n)


@given(st.integers(0, 10_000))
def test_covariances_of_each_group_are_those_of_its_whole_rows(seed):
    levels, by = answers(seed)
    found = grams(list(levels.T), ITEMS, by)
    for place, group in enumerate(found.groups):
        rows = levels[by == group]
        rows = rows[~np.isnan(rows).any(axis=1)]
        assert found.n[place] == len(rows)
        assert found.covariances()[place] == pytest.approx(np.cov(rows, rowvar=False), rel=1e-9)


@given(st.integers(0, 10_000))
def test_order_and_parts_change_no_sum(seed):
    levels, by = answers(seed)
    whole = grams(list(levels.T), ITEMS, by, centre=CENTRE)
    order = np.random.default_rng(seed + 1).permutation(len(by))
    half = [order[:140], order[140:]]
    parts = [grams(list(levels[at].T), ITEMS, by[at], centre=CENTRE) for at in half]
    again = merge_grams(parts)
    assert again.groups == whole.groups
    assert again.n == pytest.approx(whole.n)
    assert again.products == pytest.approx(whole.products, rel=1e-12)
    assert again.sums == pytest.approx(whole.sums, rel=1e-12, abs=1e-9)


@pytest.mark.parametrize("rows", [1, 7, 64])
def test_blocks_of_any_size_add_up_to_the_same(rows, monkeypatch):
    levels, by = answers(11)
    whole = grams(list(levels.T), ITEMS, np.sort(by))
    monkeypatch.setattr("anju.stats.columns.grams.ROWS", rows)

    again = grams(list(levels.T), ITEMS, np.sort(by))

    assert again.products == pytest.approx(whole.products, rel=1e-12)
    assert again.n.tolist() == whole.n.tolist()


def test_rows_in_order_and_rows_in_none_give_the_same():
    levels, by = answers(12, gaps=0.0)
    whole = levels.astype(np.int16)
    order = np.argsort(by, kind="stable")

    one = grams(list(whole.T), ITEMS, by)
    two = grams(list(whole[order].T), ITEMS, by[order])

    assert (one.products == two.products).all()  # whole numbers add up without any rounding
    assert (one.centre == 0).all()
    assert one.products[0, 0, 0] == (whole[by == 0, 0].astype(int) ** 2).sum()


def test_a_group_of_one_or_none_has_no_covariance_and_a_group_of_two_has():
    found = grams([[1, 4, 2, 3], [2.0, 1.0, 5.0, np.nan]], ("a", "b"), ["x", "x", "y", "z"])

    assert found.n.tolist() == [2, 1, 0]
    assert found.covariances()[0].tolist() == [[4.5, -1.5], [-1.5, 0.5]]
    assert np.isnan(found.covariances()[1:]).all()


def test_one_part_alone_is_the_whole():
    levels, by = answers(13)
    whole = grams(list(levels.T), ITEMS, by, centre=CENTRE)

    again = merge_grams([whole])

    assert (again.n == whole.n).all()
    assert (again.products == whole.products).all()


def test_alpha_and_drivers_of_products_are_those_of_the_rows():
    levels, by = answers(7)
    found = grams(list(levels.T), ITEMS, by)
    for place, group in enumerate(found.groups):
        rows, covariances, n = levels[by == group], found.covariances()[place], int(found.n[place])
        ours, theirs = alpha_of(covariances, n), alpha(rows)
        assert (ours.value, ours.ci_low, *ours.without) == pytest.approx(
            (theirs.value, theirs.ci_low, *theirs.without), rel=1e-9
        )
        for direct, summed in ((lmg, lmg_of), (johnson, johnson_of)):
            one = direct(rows[:, 0], rows[:, 1:], ITEMS[1:])
            two = summed(covariances, n, ITEMS[1:])
            assert two.parts == pytest.approx(one.parts, rel=1e-9)
            assert two.n == one.n


def test_whole_numbers_far_from_nought_keep_their_digits():
    chance = np.random.default_rng(3)
    near = chance.integers(0, 5, (3, 70_000)).astype(np.int64)
    far = near + 10_000_000
    by = np.zeros(70_000, dtype=np.int64)
    found = grams(list(far), ITEMS[:3], by).covariances()[0]
    assert found == pytest.approx(np.cov(near), rel=1e-10)


def test_an_item_that_everybody_answered_alike_is_refused_and_not_divided_by():
    levels, by = answers(5, gaps=0.0)
    levels[:, 2] = 4
    covariances = grams(list(levels.T), ITEMS, np.zeros_like(by)).covariances()[0]
    with pytest.raises(NotIdentified):
        alpha_of(covariances, 300)
    with pytest.raises(NotIdentified):
        johnson_of(covariances, 300, ITEMS[1:])


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        (lambda: grams([], (), []), BadArgument),
        (lambda: grams([[1.0, 2.0]], ("a",), [1]), BadArgument),
        (lambda: grams([["good", "bad"]], ("a",), [1, 1]), BadArgument),
        (lambda: grams([[1.0, np.inf]], ("a",), [1, 1]), BadArgument),
        (lambda: grams([[]], ("a",), []), NoAnswers),
        (lambda: merge_grams([]), NoAnswers),
        (lambda: merge_grams([grams([[1, 2]], (name,), [1, 1]) for name in "ab"]), BadArgument),
        (lambda: alpha_of([[1.0]], 9), BadArgument),
        (lambda: alpha_of([[1.0, 0.5], [0.5, 1.0]], 2), BadArgument),
        (lambda: alpha_of([1.0, 0.5], 20), BadArgument),
        (lambda: johnson_of([[1.0, 0.5], [0.5, 1.0]], 9, ("a",)), BadArgument),
        (lambda: johnson_of([[1.0, 0.5], [0.5, 1.0]], 90, ("a", "b")), BadArgument),
        (lambda: lmg_of(np.eye(17), 900, tuple("abcdefghijklmnop")), BadArgument),
    ],
)
def test_what_cannot_be_added_up_is_refused_in_words(call, refused):
    with pytest.raises(refused) as told:
        call()
    assert told.value.en
    assert told.value.zh


def test_an_item_that_nobody_answered_leaves_no_whole_row():
    found = grams([[1.0, 2.0], [np.nan, np.nan]], ("a", "b"), [1, 1])
    assert found.n[0] == 0
    assert np.isnan(found.covariances()).all()
    with pytest.raises(BadArgument):
        alpha_of(found.covariances()[0], 0)
