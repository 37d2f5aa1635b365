"""Weighting for silence: sums, joining, variance, and bias that shrinks where cells explain it."""

import numpy as np
import pytest

from anju.stats.design import design, second_stage
from anju.stats.estimate import mean
from anju.stats.results import BadArgument, NoAnswers, NotIdentified
from anju.stats.sampling.nonresponse import (
    effort_curve,
    nonresponse_cells,
    propensities,
    r_indicator,
)
from anju.stats.tests.cast import known


def asked(homes: int = 400):
    return design([2.0] * homes, clusters=[home // 10 for home in range(homes)], population=80)


def test_those_who_answered_stand_for_all_who_were_asked():
    cells = ["owner"] * 200 + ["tenant"] * 200
    spoke = [place % 2 == 0 for place in range(200)] + [place % 4 == 0 for place in range(200)]

    found = nonresponse_cells(asked(), spoke, cells)

    assert [(cell.keys, cell.asked, cell.answered, cell.factor) for cell in found.cells] == [
        (("owner",), 200, 100, 2.0),
        (("tenant",), 200, 50, 4.0),
    ]
    assert found.design.weights.sum() == pytest.approx(800)
    assert found.design.n == 150
    assert known(found.design.calibration).ratio == (2.0, 4.0)


def test_a_cell_with_few_answers_joins_the_one_with_the_nearest_rate_and_the_record_says_so():
    cells = ["a"] * 100 + ["b"] * 100 + ["c"] * 100 + ["d"] * 100
    rates = {"a": 2, "b": 5, "c": 6, "d": 1}
    spoke = [place % rates[cell] == 0 for place, cell in enumerate(cells)]

    found = nonresponse_cells(asked(), spoke, cells, floor=20)

    assert [cell.keys for cell in found.cells] == [("a",), ("b", "c"), ("d",)]
    assert min(cell.answered for cell in found.cells) >= 20
    assert found.design.weights.sum() == pytest.approx(800)


def test_silence_that_a_cell_explains_leaves_no_bias_and_the_naive_mean_keeps_it():
    chance = np.random.default_rng(11)
    off, naive_off = [], []
    for _ in range(200):
        tenant = np.arange(400) % 2
        y = 80 - 20 * tenant + chance.normal(0, 5, 400)
        spoke = chance.random(400) < np.where(tenant == 1, 0.3, 0.7)
        found = nonresponse_cells(asked(), list(spoke), list(tenant))
        off.append(mean(found.design, y[spoke]).estimate - 70)
        naive_off.append(float(y[spoke].mean()) - 70)

    assert abs(np.mean(off)) < 0.2
    assert np.mean(naive_off) > 3


def test_the_error_follows_the_cells_as_it_does_in_calibration():
    chance = np.random.default_rng(5)
    tenant = np.arange(400) % 2
    y = 80 - 30 * tenant + chance.normal(0, 3, 400)
    spoke = chance.random(400) < 0.5
    found = nonresponse_cells(asked(), list(spoke), list(tenant))

    fixed = design(
        found.design.weights,
        clusters=[int(one) for one in np.arange(400)[spoke] // 10],
        population=80,
    )

    assert known(mean(found.design, y[spoke]).se) < 0.8 * known(mean(fixed, y[spoke]).se)


@pytest.mark.parametrize(
    ("spoke", "cells", "floor", "field"),
    [
        ([True] * 3, ["a"] * 400, 1, "spoke"),
        ([True] * 400, ["a"] * 3, 1, "spoke"),
        ([True] * 400, ["a"] * 400, 0, "floor"),
    ],
)
def test_cells_that_cannot_be_are_refused_by_name(spoke, cells, floor, field):
    with pytest.raises(BadArgument) as refused:
        nonresponse_cells(asked(), spoke, cells, floor=floor)
    assert refused.value.field == field


def test_nobody_and_a_sample_of_two_stages_are_refused():
    made = design(
        [1.0] * 4, clusters=[1, 1, 2, 2], population=9, second=second_stage([1, 1, 2, 2], None, 8)
    )

    with pytest.raises(NoAnswers):
        nonresponse_cells(asked(), [False] * 400, ["a"] * 400)
    with pytest.raises(BadArgument):
        nonresponse_cells(made, [True] * 4, ["a"] * 4)


def test_propensities_of_two_groups_are_their_response_rates():
    tenant = np.repeat([0.0, 1.0], 200)
    spoke = np.concatenate([np.arange(200) % 2 == 0, np.arange(200) % 4 == 0])

    found = propensities(tenant[:, None], list(spoke))

    assert found[:200] == pytest.approx([0.5] * 200)
    assert found[200:] == pytest.approx([0.25] * 200)


def test_a_response_of_one_rate_is_wholly_representative_and_an_unlike_one_is_less():
    even = r_indicator([0.4] * 50)
    uneven = r_indicator([0.2] * 25 + [0.6] * 25, [1.0] * 50)

    assert (even.r, even.most_bias, even.response, even.lowest) == pytest.approx((1, 0, 0.4, 0.4))
    assert uneven.r == pytest.approx(1 - 2 * 0.2 * np.sqrt(50 / 49))
    assert uneven.most_bias == pytest.approx(0.2 * np.sqrt(50 / 49) / 0.4)


@pytest.mark.parametrize("wrong", [[0.5], [0.5, 1.5], [0.0, 0.0], [-0.1, 0.5]])
def test_propensities_that_cannot_be_are_refused(wrong):
    with pytest.raises(BadArgument):
        r_indicator(wrong)


@pytest.mark.parametrize(
    ("columns", "spoke"),
    [
        (np.ones((6, 1)), [True, False] * 3),
        (np.arange(6.0)[:, None], [True] * 6),
        (np.arange(6.0)[:, None], [False] * 3 + [True] * 3),
        (np.arange(200.0)[:, None], [False] * 100 + [True] * 100),
    ],
)
def test_columns_that_decide_nothing_or_everything_are_refused(columns, spoke):
    with pytest.raises(NotIdentified), np.errstate(over="ignore"):
        propensities(columns, spoke)


def test_a_gap_in_a_column_is_refused():
    with pytest.raises(BadArgument):
        propensities([[np.nan], [1.0]], [True, False])


def test_the_curve_of_effort_ends_at_the_whole_estimate_and_starts_at_the_willing():
    made = asked()
    reminders = [place % 3 for place in range(400)]
    y = np.array([90.0 - 10 * many for many in reminders])

    found = effort_curve(made, y, reminders)

    assert [(one.reminders, one.n) for one in found] == [(0, 134), (1, 267), (2, 400)]
    assert found[0].estimate.estimate == pytest.approx(90)
    assert found[-1].estimate == mean(made, y)


def test_a_curve_without_answers_or_with_a_negative_reminder_is_refused():
    with pytest.raises(NoAnswers):
        effort_curve(asked(), [np.nan] * 400, [0] * 400)
    with pytest.raises(BadArgument):
        effort_curve(asked(), [1.0] * 400, [-1] * 400)


def test_propensities_that_do_not_settle_are_refused(monkeypatch):
    monkeypatch.setattr("anju.stats.sampling.nonresponse.STEPS", 1)

    with pytest.raises(NotIdentified):
        propensities(np.arange(6.0)[:, None], [True, False, False, True, False, True])
