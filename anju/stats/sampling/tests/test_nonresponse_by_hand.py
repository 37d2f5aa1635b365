"""Weighting for silence with unlike weights, worked out by hand; edges of cells, curves and indicators."""

from __future__ import annotations

import numpy as np
import pytest

from anju.stats.design import design
from anju.stats.results import BadArgument, NotIdentified
from anju.stats.sampling.nonresponse import (
    effort_curve,
    nonresponse_cells,
    propensities,
    r_indicator,
)
from anju.stats.tests.cast import known

# Eight people of two cells; weights 1 to 8. "a" speaks by 1 + 3 of 10, "b" by 5 + 6 + 7 of 26.
WEIGHTS = [1.0, 2, 3, 4, 5, 6, 7, 8]
CELLS = list("aaaabbbb")
SPOKE = [True, False, True, False, True, True, True, False]


def test_factors_are_ratios_of_weights_and_not_of_heads():
    found = nonresponse_cells(design(WEIGHTS), SPOKE, CELLS, floor=2)

    assert [cell.factor for cell in found.cells] == pytest.approx([10 / 4, 26 / 18])
    assert [cell.rate for cell in found.cells] == pytest.approx([4 / 10, 18 / 26])
    assert [(cell.asked, cell.answered) for cell in found.cells] == [(4, 2), (4, 3)]
    assert found.design.weights == pytest.approx([2.5, 7.5, 5 * 26 / 18, 6 * 26 / 18, 7 * 26 / 18])
    assert found.design.weights.sum() == pytest.approx(36)
    held = known(found.design.calibration)
    assert held.base.tolist() == [1.0, 3, 5, 6, 7]
    assert held.ratio == pytest.approx((26 / 18, 2.5))
    assert held.rounds == 1
    assert held.columns.tolist() == [[1, 0], [1, 0], [0, 1], [0, 1], [0, 1]]
    assert found.spoke == tuple(SPOKE)


@pytest.mark.parametrize(("floor", "cells"), [(2, [("a",), ("b",)]), (3, [("a", "b")]), (9, [("a", "b")])])  # fmt: skip
def test_a_cell_at_the_floor_stands_alone_and_the_last_one_stands_whatever_it_has(floor, cells):
    found = nonresponse_cells(design(WEIGHTS), SPOKE, CELLS, floor=floor)

    assert [cell.keys for cell in found.cells] == cells


def test_the_nearest_rate_is_that_of_weights():
    """By heads "c" (1 of 2) is as near to "b" (1 of 2) as can be; by weights (0.8 of 1) it is near "a"."""
    weights = [2.0, 2, 2, 2, 1, 1, 0.8, 0.2]
    cells, spoke = list("aaaabbcc"), [True, True, True, False, True, False, True, False]

    found = nonresponse_cells(design(weights), spoke, cells, floor=1)
    joined = nonresponse_cells(design([*weights, 1, 1]), [*spoke, True, False], [*cells, "b", "b"], floor=2)  # fmt: skip

    assert len(found.cells) == 3
    assert [cell.keys for cell in joined.cells] == [("a", "c"), ("b",)]


def test_a_floor_of_one_is_a_floor():
    assert len(nonresponse_cells(design(WEIGHTS), SPOKE, CELLS, floor=1).cells) == 2


def test_clusters_in_which_nobody_answered_leave_and_their_stratum_keeps_its_size():
    made = design([1.0] * 6, clusters=[1, 1, 2, 2, 3, 3], population=9)

    found = nonresponse_cells(made, [True, True, False, False, True, False], ["all"] * 6, floor=1)

    assert found.design.first.units.tolist() == [0, 0, 1]
    assert known(found.design.first.population).tolist() == [9.0]


def test_propensities_are_rates_of_weights_in_each_group():
    tenant = np.array([0.0] * 4 + [1.0] * 4)

    found = propensities(tenant[:, None], SPOKE, WEIGHTS)

    assert found == pytest.approx([4 / 10] * 4 + [18 / 26] * 4)


def test_propensities_of_a_number_solve_the_plain_equations():
    """At the maximum, observed and fitted sums agree: of all, and weighted by the number."""
    age = np.array([20.0, 25, 31, 40, 44, 52, 60, 71, 75, 33])
    spoke = np.array([0, 1, 0, 0, 1, 0, 1, 1, 1, 0])
    weights = np.arange(1.0, 11.0)

    found = propensities(age[:, None], list(spoke == 1), weights)

    assert (weights * found).sum() == pytest.approx((weights * spoke).sum(), rel=1e-9)
    assert (weights * found * age).sum() == pytest.approx((weights * spoke * age).sum(), rel=1e-9)
    odds = np.log(found / (1 - found))
    slopes = np.diff(odds[np.argsort(age)]) / np.diff(np.sort(age))
    assert slopes == pytest.approx([slopes[0]] * 9, rel=1e-6)


def test_the_scale_and_place_of_a_column_do_not_move_propensities():
    age = np.array([20.0, 25, 31, 40, 44, 52, 60, 71, 75, 33])
    spoke = [False, True, False, False, True, False, True, True, True, False]

    plain = propensities(age[:, None], spoke)

    for moved in (age * 1e9, age / 1e9, age + 1e6, -age):
        assert propensities(moved[:, None], spoke) == pytest.approx(plain, rel=1e-6)


@pytest.mark.parametrize(
    ("columns", "weights"),
    [
        (np.ones((3, 1)), None),
        (np.ones(8), None),
        (np.arange(8.0)[:, None], [1.0] * 7),
        (np.arange(8.0)[:, None], [1.0] * 7 + [0.0]),
        (np.array([[np.inf]] + [[1.0]] * 7), None),
    ],
)
def test_columns_and_weights_that_do_not_fit_are_refused(columns, weights):
    with pytest.raises(BadArgument):
        propensities(columns, SPOKE, weights)


def test_a_column_that_stands_still_says_the_same_as_the_intercept():
    with pytest.raises(NotIdentified, match="same"):
        propensities(np.full((8, 1), 3.0), SPOKE)


def test_the_indicator_weighs_people_as_the_design_does():
    """By hand: weights 1, 1, 2 and propensities 0.2, 0.4, 0.5; mean 0.4, spread² = 0.06/4 × 3/2."""
    found = r_indicator([0.2, 0.4, 0.5], [1.0, 1.0, 2.0])

    spread = (0.06 / 4 * 3 / 2) ** 0.5
    assert found.response == pytest.approx(0.4)
    assert found.r == pytest.approx(1 - 2 * spread)
    assert found.most_bias == pytest.approx(spread / 0.4)
    assert found.lowest == 0.2


def test_propensities_of_nought_and_one_are_propensities_and_two_people_are_enough():
    found = r_indicator([0.0, 1.0])

    assert (found.response, found.lowest) == (0.5, 0.0)
    assert found.r == pytest.approx(1 - 2 * 0.5**0.5)


@pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0], [1.0, -1.0]])
def test_weights_of_an_indicator_are_above_nought_for_each(weights):
    with pytest.raises(BadArgument):
        r_indicator([0.4, 0.5], weights)


def test_the_curve_counts_those_with_an_answer_and_begins_with_the_first_of_them():
    y = [np.nan, 90.0, 80.0, np.nan, 70.0, 60.0, 50.0, np.nan]
    reminders = [0, 1, 1, 2, 3, 3, 1, 5]

    found = effort_curve(design(WEIGHTS), y, reminders)

    assert [(one.reminders, one.n) for one in found] == [(1, 3), (3, 5)]
    assert found[0].estimate.estimate == pytest.approx((2 * 90 + 3 * 80 + 7 * 50) / 12)


@pytest.mark.parametrize(("y", "reminders"), [([1.0] * 7, [0] * 8), ([1.0] * 8, [0] * 7)])
def test_a_curve_of_other_lengths_is_refused(y, reminders):
    with pytest.raises(BadArgument):
        effort_curve(design(WEIGHTS), y, reminders)


def test_twenty_answers_are_a_cell_where_no_floor_is_given_and_nineteen_are_not():
    cells = ["a"] * 60 + ["b"] * 60
    twenty = [place % 2 == 0 for place in range(60)] + [place % 3 == 0 for place in range(60)]
    nineteen = [*twenty[:60], False, *twenty[61:]]

    assert len(nonresponse_cells(design([1.0] * 120), twenty, cells).cells) == 2
    assert len(nonresponse_cells(design([1.0] * 120), nineteen, cells).cells) == 1


@pytest.mark.parametrize("all_alike", [True, False])
def test_where_all_or_none_answered_that_is_what_is_said(all_alike):
    with pytest.raises(NotIdentified, match="Everybody or nobody answered"):
        propensities(np.arange(8.0)[:, None], [all_alike] * 8)
