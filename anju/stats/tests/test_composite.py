"""One composite a person: weights by dimension, and half of the items answered."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats.composite import composite_scores, index_values, item_weights
from anju.stats.formulas import composite
from anju.stats.results import BadArgument, BadWeights
from anju.stats.scores import mean_score, sums_of_rows

WEIGHTS = item_weights(composite({"t": 0.4, "e": 0.6}), ["t", "t", "e"])


def test_a_dimension_shares_its_weight_among_its_items():
    assert WEIGHTS.tolist() == [0.2, 0.2, 0.6]


def test_a_dimension_of_no_weight_needs_no_items():
    assert item_weights(composite({"t": 1, "e": 0}), ["t"]).tolist() == [1]


@pytest.mark.parametrize("dimensions", [["t"], ["t", "e", "x"], []])
def test_weights_and_items_must_name_the_same_dimensions(dimensions):
    with pytest.raises(BadWeights):
        item_weights(composite({"t": 0.4, "e": 0.6}), dimensions)


def test_missing_items_renormalise_the_weights():
    scores = np.array([[100, 50, 0], [100, nan, 0], [nan, nan, 80], [nan, nan, nan]])

    assert composite_scores(scores, WEIGHTS).tolist() == pytest.approx(
        [30, 25, nan, nan], nan_ok=True
    )


def test_the_least_answered_is_an_argument():
    scores = np.array([[nan, nan, 80.0]])

    assert composite_scores(scores, WEIGHTS, 0.3).tolist() == [80]


def test_only_answers_without_weight_give_no_composite():
    weights = item_weights(composite({"t": 1, "e": 0}), ["t", "e"])

    assert np.isnan(composite_scores(np.array([[nan, 80.0]]), weights)).all()


@pytest.mark.parametrize(
    ("scores", "least"), [(np.zeros((2, 2)), 0.5), (np.zeros(3), 0.5), (np.zeros((2, 3)), 1.5)]
)
def test_shapes_that_do_not_fit_are_refused(scores, least):
    with pytest.raises(BadArgument):
        composite_scores(scores, WEIGHTS, least)


def test_the_standard_error_follows_from_the_persons():
    scores = np.array([[100.0, 0.0, 50.0], [0.0, 100.0, 50.0], [50.0, 50.0, 50.0]])
    each = composite_scores(scores, WEIGHTS)

    assert each.tolist() == [50, 50, 50]
    assert mean_score(sums_of_rows(each), (0, 100), 3).se == 0
    assert not mean_score(sums_of_rows(each), (0, 100), 9).has_interval


def test_codes_become_0_to_100_and_valueless_ones_are_missing():
    values = {"c1": 1, "c3": 3, "c5": 5, "x": None}

    assert index_values(values, ["c5", "c1", "x", "?", "c3"]).tolist() == pytest.approx(
        [100, 0, nan, nan, 50], nan_ok=True
    )


def test_an_index_of_one_value_is_refused():
    with pytest.raises(BadArgument):
        index_values({"a": 1, "b": None}, ["a"])


@given(st.lists(st.tuples(*[st.floats(0, 100)] * 3), min_size=1, max_size=20))
def test_a_composite_lies_between_the_worst_and_the_best_item(rows):
    scores = np.array(rows)
    each = composite_scores(scores, WEIGHTS)

    assert (each >= scores.min(axis=1) - 1e-9).all()
    assert (each <= scores.max(axis=1) + 1e-9).all()


@pytest.mark.parametrize(
    ("least", "known"), [(0.0, [True, True, False]), (1.0, [True, False, False])]
)
def test_from_none_to_all_items_may_be_asked_for(least, known):
    scores = np.array([[80.0, 60.0, 70.0], [80.0, nan, nan], [nan, nan, nan]])

    assert np.isfinite(composite_scores(scores, WEIGHTS, least)).tolist() == known


def test_two_values_make_an_index():
    assert index_values({"a": 1, "b": 3}, ["a", "b"]).tolist() == [0, 100]
