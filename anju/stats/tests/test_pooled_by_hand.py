"""Pooling against what is written out: balanced designs in closed form, others by whole matrices and integrals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from anju.stats.pooled import Area, random_intercepts, small_area
from anju.stats.results import BadArgument

Y = np.array([62.0, 71.0, 68.0, 80.0, 74.0, 66.0, 77.0])
KEYS = [f"{number}栋" for number in range(1, 8)]


def averaged(lost, error, best: float, top: float) -> float:
    """Return the mean of an error over every spread, each by its likelihood: plain integrals."""
    least = min(lost(one) for one in np.linspace(0, top, 4_000))

    def weight(one):
        return np.exp((least - lost(one)) / 2)

    def integral(of):
        parts = [(0, best or 1.0), (best or 1.0, 10 * (best or 1.0)), (10 * (best or 1.0), np.inf)]
        return sum(quad(of, low, high, limit=400)[0] for low, high in parts)

    return float(integral(lambda one: weight(one) * error(one)) / integral(weight))


def restricted(between, y, d, x):
    """Return twice the negative restricted log likelihood by whole matrices."""
    v = np.diag(between + d)
    inverse = np.linalg.inv(v)
    inner = x.T @ inverse @ x
    left = y - x @ np.linalg.inv(inner) @ x.T @ inverse @ y
    return np.linalg.slogdet(v)[1] + np.linalg.slogdet(inner)[1] + left @ inverse @ left


def test_equal_variances_have_the_closed_form():
    d = 9.0

    found = small_area(KEYS, Y, [d] * 7)

    between = Y.var(ddof=1) - d
    own = between / (between + d)
    assert found.between == pytest.approx(between, rel=1e-6)
    assert found.centre == pytest.approx((Y.mean(),))
    assert [one.direct for one in found.areas] == Y.tolist()
    assert [one.own for one in found.areas] == pytest.approx([own] * 7, rel=1e-6)
    assert [one.pooled for one in found.areas] == pytest.approx(own * Y + (1 - own) * Y.mean(), rel=1e-6)  # fmt: skip


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_errors_are_averaged_over_the_spreads_that_may_be(level):
    d = np.array([9.0, 4.0, 16.0, 9.0, 25.0, 4.0, 9.0])
    x = np.column_stack([np.ones(7), [1.0, 0, 1, 0, 1, 0, 0]])

    found = small_area(KEYS, Y, d, x, level=level)

    best = minimize_scalar(
        restricted, args=(Y, d, x), bounds=(0, 400), method="bounded", options={"xatol": 1e-9}
    ).x
    assert found.between == pytest.approx(best, rel=1e-5)

    def fitted(between):
        weight = 1 / (between + d)
        inner = np.linalg.inv(x.T @ np.diag(weight) @ x)
        centre = inner @ x.T @ (weight * Y)
        own = between * weight
        error = own * d + (1 - own) ** 2 * np.diag(x @ inner @ x.T)
        return own * Y + (1 - own) * (x @ centre), error, centre

    pooled, _, centre = fitted(best)
    assert found.centre == pytest.approx(tuple(centre), rel=1e-6)
    for at, one in enumerate(found.areas):
        square = averaged(
            lambda s: restricted(s, Y, d, x),
            lambda s, at=at: fitted(s)[1][at] + (fitted(s)[0][at] - pooled[at]) ** 2,
            best, 400.0,
        )  # fmt: skip
        assert one.pooled == pytest.approx(pooled[at], rel=1e-6)
        assert one.se == pytest.approx(square**0.5, rel=2e-3)
        wide = norm.ppf((1 + level) / 2)
        assert one.ci_low == pytest.approx(one.pooled - wide * one.se)
        assert one.ci_high == pytest.approx(one.pooled + wide * one.se)


def test_buildings_of_one_size_have_the_variances_of_the_textbook():
    """Searle, Casella and McCulloch: with equal sizes the analysis of variance is the likelihood's."""
    squares = [120.0, 80.0, 150.0, 90.0, 110.0, 70.0, 130.0]

    found = random_intercepts([Area(k, 6, m, s) for k, m, s in zip(KEYS, Y, squares, strict=True)])

    within = sum(squares) / (7 * 5)
    between = Y.var(ddof=1) - within / 6
    own = between / (between + within / 6)
    assert found.within == pytest.approx(within, rel=1e-6)
    assert found.between == pytest.approx(between, rel=1e-6)
    assert [one.own for one in found.areas] == pytest.approx([own] * 7, rel=1e-6)
    assert found.centre == pytest.approx((Y.mean(),))


def test_buildings_of_unlike_size_are_those_of_the_written_likelihood():
    n = np.array([2.0, 9.0, 4.0, 6.0, 3.0, 12.0, 1.0])
    squares = [40.0, 300.0, 90.0, 150.0, 60.0, 420.0, 0.0]
    apart, people = sum(squares), n.sum()

    def parts(ratio):
        weight = n / (1 + n * ratio)
        centre = (weight * Y).sum() / weight.sum()
        within = (apart + (weight * (Y - centre) ** 2).sum()) / (people - 1)
        return weight, centre, within

    def lost(ratio):
        weight, _, within = parts(ratio)
        return (people - 1) * np.log(within) + np.log1p(n * ratio).sum() + np.log(weight.sum())

    def fitted(ratio):
        weight, centre, within = parts(ratio)
        own = n * ratio / (1 + n * ratio)
        error = own * within / n + (1 - own) ** 2 * within / weight.sum()
        return own, own * Y + (1 - own) * centre, error

    areas = [Area(k, int(a), m, s) for k, a, m, s in zip(KEYS, n, Y, squares, strict=True)]
    found = random_intercepts(areas)

    best = minimize_scalar(lost, (0, 0.5, 3), options={"xtol": 1e-12}).x
    own, pooled, _ = fitted(best)
    assert found.between == pytest.approx(best * parts(best)[2], rel=1e-5)
    assert found.within == pytest.approx(parts(best)[2], rel=1e-5)
    for at, one in enumerate(found.areas):
        square = averaged(
            lost, lambda r, at=at: fitted(r)[2][at] + (fitted(r)[1][at] - pooled[at]) ** 2, best, 40
        )
        assert (one.own, one.pooled) == pytest.approx((own[at], pooled[at]), rel=1e-5)
        assert one.se == pytest.approx(square**0.5, rel=2e-3)


def test_the_search_finds_spreads_far_from_its_middle():
    near = small_area(KEYS, Y, [1e-4] * 7)
    far = small_area(KEYS, 100 * Y, [1.0] * 7)

    assert near.between == pytest.approx(Y.var(ddof=1) - 1e-4, rel=1e-6)
    assert far.between == pytest.approx(1e4 * Y.var(ddof=1) - 1, rel=1e-6)


def test_five_buildings_are_enough_and_one_of_them_with_two_answers():
    five = [Area(key, 1, mean, 0.0) for key, mean in zip("abcd", Y[:4], strict=True)]

    assert len(random_intercepts([*five, Area("e", 2, 70.0, 8.0)]).areas) == 5
    with pytest.raises(BadArgument, match="4 buildings"):
        random_intercepts([*five[:3], Area("e", 2, 70.0, 8.0)])
    with pytest.raises(BadArgument):
        random_intercepts([*five, Area("f", 0, 0.0, 0.0), Area("e", 2, 70.0, 8.0)])
    assert len(small_area(KEYS[:5], Y[:5], [4.0] * 5).areas) == 5


@pytest.mark.parametrize(
    ("direct", "variance", "columns"),
    [
        (Y, [4.0] * 6 + [np.inf], None),
        (Y, [4.0] * 6 + [-1.0], None),
        ([*Y[:6], np.nan], [4.0] * 7, None),
        (Y, [4.0] * 6, None),
        (Y, [4.0] * 7, np.ones(7)),
        (Y, [4.0] * 7, np.ones((6, 1))),
    ],
)
def test_what_belongs_to_no_building_is_refused(direct, variance, columns):
    with pytest.raises(BadArgument):
        small_area(KEYS, direct, variance, columns)


@pytest.mark.parametrize("wrong", [Area("x", 3, np.nan, 1.0), Area("x", 3, 70.0, np.inf)])
def test_a_building_without_a_finite_mean_or_spread_is_refused(wrong):
    others = [Area(key, 3, mean, 5.0) for key, mean in zip(KEYS, Y, strict=True)]

    with pytest.raises(BadArgument):
        random_intercepts([*others, wrong])


def test_one_building_of_which_little_is_known_does_not_hide_that_others_differ():
    d = np.array([1.0, 1, 1, 1, 1, 1, 4_000.0])
    x = np.ones((7, 1))

    found = small_area(KEYS, Y, d)

    best = minimize_scalar(
        restricted, args=(Y, d, x), bounds=(0, 400), method="bounded", options={"xatol": 1e-9}
    ).x
    assert found.between == pytest.approx(best, rel=1e-5)
    assert best > 20


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_buildings_that_differ_a_hundred_times_more_than_their_owners_are_found_on_any_scale(size):
    areas = [Area(key, 6, size * mean, size**2 * 1.0) for key, mean in zip(KEYS, Y, strict=True)]

    found = random_intercepts(areas)

    within = 7 / 35
    assert found.within == pytest.approx(size**2 * within, rel=1e-6)
    assert found.between == pytest.approx(size**2 * (Y.var(ddof=1) - within / 6), rel=1e-6)
