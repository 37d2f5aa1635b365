"""Reliability beside the same worked out by hand: alpha, its limits, alpha without each item, omega."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f

from anju.stats.reliability import alpha, alpha_of, omega
from anju.stats.results import BadArgument, NotIdentified

COVARIANCES = np.array([[2.0, 1.0, 0.5], [1.0, 3.0, 0.8], [0.5, 0.8, 1.5]])


def exactly(correlations, n=60):
    """Answers whose correlations are these to the last digit."""
    drawn = np.random.default_rng(3).normal(size=(n, len(correlations)))
    drawn = drawn - drawn.mean(axis=0)
    white = drawn @ np.linalg.inv(np.linalg.cholesky(np.cov(drawn, rowvar=False))).T
    return white @ np.linalg.cholesky(correlations).T


def test_alpha_is_one_and_a_half_times_what_the_items_share():
    found = alpha_of(COVARIANCES, 40)

    assert found.value == pytest.approx(1.5 * (1 - 6.5 / 11.1))
    assert found.n == 40


@pytest.mark.parametrize(("n", "level"), [(3, 0.95), (40, 0.95), (40, 0.8)])
def test_limits_of_alpha_are_those_of_feldt(n, level):
    found = alpha_of(COVARIANCES, n, level=level)

    tail, left = (1 - level) / 2, 1 - found.value
    limits = [1 - left * f.ppf(p, n - 1, 2 * (n - 1)) for p in (1 - tail, tail)]
    assert [found.ci_low, found.ci_high] == pytest.approx(limits)


def test_alpha_without_an_item_is_alpha_of_the_others():
    found = alpha_of(COVARIANCES, 40)

    others = [(1, 2), (0, 2), (0, 1)]
    wanted = [alpha_of(COVARIANCES[np.ix_(pair, pair)], 40).value for pair in others]
    assert found.without == pytest.approx(wanted)
    assert wanted[0] == pytest.approx(2 * (1 - 4.5 / 6.1))
    four = np.eye(4) + 1
    assert alpha_of(four, 40).without == pytest.approx([1.5 * (1 - 6 / 12)] * 4)


def test_two_items_have_no_alpha_without_one_of_them():
    assert alpha_of(COVARIANCES[:2, :2], 40).without == ()


def test_items_counted_alike_have_the_alpha_of_their_mean_correlation():
    found = alpha_of(COVARIANCES, 40)

    pairs = [1 / np.sqrt(6), 0.5 / np.sqrt(3), 0.8 / np.sqrt(4.5)]
    mean = np.mean(pairs)
    assert found.average == pytest.approx(mean)
    assert found.standardised == pytest.approx(3 * mean / (1 + 2 * mean))


def test_omega_finds_the_loadings_that_made_the_answers():
    loadings = np.array([0.8, 0.7, 0.6, 0.5])
    correlations = np.outer(loadings, loadings) + np.diag(1 - loadings**2)

    found = omega(exactly(correlations))

    assert found.loadings == pytest.approx(loadings, abs=1e-9)
    assert found.value == pytest.approx(1 - (1 - loadings**2).sum() / correlations.sum(), abs=1e-9)
    assert not found.heywood


def test_items_that_leave_nothing_of_their_own_are_told():
    correlations = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, 0.7], [0.9, 0.7, 1.0]])

    assert omega(exactly(correlations)).heywood


def test_three_whole_rows_are_enough_and_two_are_not():
    three = [[1, 2], [2, 4], [4, 3]]

    assert alpha(three).n == 3
    for call in (lambda: alpha([*three[:2], [np.nan, 1]]), lambda: alpha_of(COVARIANCES, 2)):
        with pytest.raises(BadArgument, match="2 people answered every item"):
            call()


def test_an_item_that_never_varies_is_named_by_its_place():
    rows = np.array([[1, 4, 3], [2, 4, 1], [5, 4, 2]])
    for call in (lambda: alpha(rows), lambda: alpha_of(np.diag([2.0, 0.0, 1.0]), 9)):
        with pytest.raises(NotIdentified) as told:
            call()
        assert "item 2 alike" in told.value.en
        assert "第 2 题" in told.value.zh


def test_an_item_of_a_much_wider_scale_makes_no_other_one_constant():
    found = alpha_of(np.diag([1.0, 10_000.0]), 9)

    assert found.average == 0.0


@pytest.mark.parametrize("wrong", [[1.0, 2.0, 3.0], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[1.0]]])
def test_what_is_no_square_of_two_items_is_refused(wrong):
    with pytest.raises(BadArgument, match="two items"):
        alpha_of(wrong, 9)


@pytest.mark.parametrize("wrong", [[1.0, 2.0, 3.0], [[1.0], [2.0], [3.0]]])
def test_one_item_has_no_alpha(wrong):
    with pytest.raises(BadArgument, match="two items"):
        alpha(wrong)


def test_answers_of_yes_and_no_have_the_alpha_of_kuder_and_richardson():
    """By hand (KR-20): four people, three items; p(1 - p) 3/16, 1/4, 3/16; totals 3, 2, 1, 0."""
    items = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]

    found = alpha(items)

    assert found.value == pytest.approx(3 / 2 * (1 - (3 / 16 + 1 / 4 + 3 / 16) / (5 / 4)))


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_what_rounding_leaves_of_an_item_is_no_spread_on_any_scale(size):
    apart = np.array([[1.0, 0.3, 0.0], [0.3, 1.0, 0.0], [0.0, 0.0, 1e-16]]) * size**2

    with pytest.raises(NotIdentified):
        alpha_of(apart, 50)
    assert alpha_of(apart + np.diag([0, 0, 1e-10 * size**2]), 50).n == 50
