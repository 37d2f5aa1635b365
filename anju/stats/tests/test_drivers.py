"""Shares of drivers beside the same by every order in which they could come in."""

from itertools import permutations

import numpy as np
import pytest

from anju.stats.drivers import Draws, johnson, johnson_of, lmg, lmg_of, with_limits
from anju.stats.results import BadArgument, NotIdentified

CHANCE = np.random.default_rng(7)
COMMON = CHANCE.normal(size=(120, 1))
X = COMMON + CHANCE.normal(size=(120, 4))
Y = X @ np.array([3.0, 1.0, 0.5, -1.0]) + CHANCE.normal(size=120)


def explained(columns):
    if not columns:
        return 0.0
    made = np.column_stack([np.ones(len(Y)), X[:, columns]])
    left = Y - made @ np.linalg.lstsq(made, Y, rcond=None)[0]
    return 1 - left.var() / Y.var()


@pytest.mark.parametrize("many", [2, 3, 4])
def test_parts_are_the_mean_gain_over_every_order(many):
    gains = np.zeros(many)
    orders = list(permutations(range(many)))
    for order in orders:
        for place, driver in enumerate(order):
            gains[driver] += explained([*order[: place + 1]]) - explained([*order[:place]])
    found = lmg(Y, X[:, :many], list("abcd")[:many])

    assert found.parts == pytest.approx(tuple(gains / len(orders)))
    assert (found.n, found.draws, found.ci) == (120, 0, None)


def test_two_drivers_have_the_same_parts_by_both_ways():
    one, other = (split(Y, X[:, :2], ["a", "b"]) for split in (lmg, johnson))

    assert other.parts == pytest.approx(one.parts)


def test_ten_answers_a_driver_are_enough_and_nine_are_not():
    assert lmg(Y[:20], X[:20, :2], ["a", "b"]).n == 20
    with pytest.raises(BadArgument):
        lmg(Y[:19], X[:19, :2], ["a", "b"])


def test_fifteen_drivers_have_orders_that_can_be_gone_through():
    wide = CHANCE.normal(size=(150, 15))
    y = wide[:, 0] + CHANCE.normal(size=150)
    found = lmg(y, wide, [str(at) for at in range(15)])

    assert sum(found.parts) == pytest.approx(found.r2)


def test_limits_are_quantiles_of_parts_from_whole_clusters():
    clusters = [row // 12 for row in range(120)]
    found = with_limits(lmg, Y, X[:, :2], ["a", "b"], Draws(clusters, seed=3, samples=200))
    chance, parts = np.random.default_rng(3), []
    for _ in range(200):
        rows = np.concatenate([np.arange(12) + 12 * at for at in chance.integers(0, 10, 10)])
        parts.append(lmg(Y[rows], X[rows, :2], ["a", "b"]).parts)
    low, high = np.quantile(parts, (0.025, 0.975), axis=0)

    assert found.ci is not None
    assert np.array(found.ci) == pytest.approx(np.column_stack([low, high]))


def test_fewer_than_half_of_the_draws_are_too_few():
    rare = np.zeros((120, 2))
    rare[:6, 0] = rare[12:18, 1] = 1.0  # each in one of ten clusters: both in four draws of ten
    clusters = [row // 12 for row in range(120)]

    with pytest.raises(NotIdentified):
        with_limits(lmg, Y, rare, ["a", "b"], Draws(clusters, seed=3, samples=400))


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_what_rounding_leaves_of_a_driver_is_no_spread_on_any_scale(size):
    apart = np.array([[1.0, 0.3, 0.0], [0.3, 1.0, 0.0], [0.0, 0.0, 1e-16]]) * size**2

    for found in (lmg_of, johnson_of):
        with pytest.raises(NotIdentified):
            found(apart, 50, ["clean", "safe"])
        assert found(apart + np.diag([0, 0, 1e-10 * size**2]), 50, ["clean", "safe"]).n == 50


def test_columns_that_all_stand_still_are_refused():
    for found in (lmg_of, johnson_of):
        with pytest.raises(NotIdentified):
            found(np.zeros((3, 3)), 50, ["clean", "safe"])


def test_a_driver_named_twice_is_refused_by_its_name():
    for found in (lmg, johnson):
        with pytest.raises(BadArgument, match="“clean” is named twice"):
            found(Y, X[:, :2], ["clean", "clean"])
