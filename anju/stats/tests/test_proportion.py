"""Intervals of shares: published limits, finite populations, whole people, properties."""
# ruff: noqa: N803, N806 - N is the population and n the answers, as in every textbook

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, hypergeom

from anju.stats.proportion import (
    hypergeometric_limits,
    people_from_share,
    proportion_ci,
    weighted_proportion_ci,
    wilson_limits,
)
from anju.stats.results import BadArgument, BadCounts, Method, NoAnswers, NotWhole
from anju.stats.tests.cast import known


@st.composite
def draws(draw, most=400):
    N = draw(st.integers(1, most))
    n = draw(st.integers(1, N))
    return draw(st.integers(0, n)), n, N


def width(found):
    return known(found.ci_high) - known(found.ci_low)


def codes(found):
    return [caution.code for caution in found.warnings]


def test_nineteen_of_twenty_of_twenty_five_prints_88_to_96():
    found = proportion_ci(19, 20, 25)

    assert (found.estimate, found.ci_low, found.ci_high) == (0.95, 0.88, 0.96)
    assert (known(found.bounds).low, known(found.bounds).high) == (0.76, 0.96)
    assert (found.numerator, found.denominator, found.population) == (19, 20, 25)
    assert found.method is Method.HYPERGEOMETRIC
    assert codes(found) == ["silent-as-random"]
    assert found.has_interval


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (81, 263, 0.255289, 0.366210),
        (15, 148, 0.062386, 0.160487),
        (0, 20, 0, 0.161125),
        (1, 29, 0.006113, 0.171755),
    ],
)
def test_wilson_limits_equal_the_published_ones(x, n, low, high):
    found = proportion_ci(x, n)

    assert (found.ci_low, found.ci_high) == pytest.approx((low, high), abs=5e-7)
    assert found.method is Method.WILSON
    assert found.bounds is None
    assert codes(found) == ["population-unknown"]


def test_the_response_rate_of_twenty_of_twenty_five_lies_between_61_and_91():
    found = proportion_ci(20, 25)

    assert round(known(found.ci_low), 3) == 0.609
    assert round(known(found.ci_high), 3) == 0.911


def test_twenty_people_leave_wide_limits_even_when_all_are_satisfied():
    assert round(known(proportion_ci(20, 20).ci_low), 3) == 0.839
    nineteen = proportion_ci(19, 20)
    assert (round(known(nineteen.ci_low), 3), round(known(nineteen.ci_high), 3)) == (0.764, 0.991)


def test_two_thousand_answers_of_twenty_people_would_be_the_wrong_base():
    wrong = proportion_ci(1920, 2000)

    assert (round(known(wrong.ci_low), 3), round(known(wrong.ci_high), 3)) == (0.950, 0.968)
    assert wrong.n != 20


def test_a_census_has_no_sampling_error():
    found = proportion_ci(17, 20, 20, method="wilson")

    assert (found.ci_low, found.ci_high, found.se) == (0.85, 0.85, 0)
    assert found.method is Method.CENSUS
    assert found.warnings == ()


def test_a_nearly_complete_building_has_a_narrow_interval():
    finite, endless = proportion_ci(170, 200, 250), proportion_ci(170, 200)

    assert 1.96 * known(finite.se) == pytest.approx(0.022, abs=5e-4)
    assert 1.96 * known(endless.se) == pytest.approx(0.0496, abs=5e-4)
    assert width(finite) < 0.5 * width(endless)


def test_beyond_two_thousand_people_wilson_takes_over():
    assert proportion_ci(80, 100, 2000).method is Method.HYPERGEOMETRIC
    found = proportion_ci(80, 100, 2001)

    assert found.method is Method.WILSON_FPC
    assert (found.ci_low, found.ci_high) == wilson_limits(0.8, 100 * 2000 / 1901)


@pytest.mark.parametrize("x", [0, 1, 19, 20])
def test_clopper_pearson_is_offered_by_name(x):
    found = proportion_ci(x, 20, method="clopper_pearson")
    exact = binomtest(x, 20).proportion_ci(method="exact")

    assert found.method is Method.CLOPPER_PEARSON
    assert (found.ci_low, found.ci_high) == pytest.approx((exact.low, exact.high), abs=1e-9)


@pytest.mark.parametrize("method", ["wald", "census", "hypergeometric", "wilson_fpc"])
def test_a_method_that_cannot_be_used_is_refused(method):
    with pytest.raises(BadArgument, match="Choose"):
        proportion_ci(1, 2, method=method)


@pytest.mark.parametrize("level", [0.2, 1.0, nan])
def test_a_strange_level_is_refused(level):
    with pytest.raises(BadArgument):
        proportion_ci(1, 2, level=level)


@pytest.mark.parametrize(
    ("x", "n", "N", "error"),
    [
        (3, 2, None, BadCounts),
        (-1, 2, None, BadCounts),
        (1, -2, None, BadCounts),
        (1, 3, 2, BadCounts),
        (1, 3, -2, BadCounts),
        (0, 0, None, NoAnswers),
        (19.2, 20, 25, NotWhole),
        (nan, 20, 25, NotWhole),
    ],
)
def test_counts_that_cannot_be_are_refused(x, n, N, error):
    with pytest.raises(error):
        proportion_ci(x, n, N)


def test_96_per_cent_of_twenty_people_is_refused_with_the_cure():
    with pytest.raises(NotWhole, match="share of points") as caught:
        people_from_share(0.96, 20)

    assert caught.value.code == "E-STATS-WHOLE"
    assert "19.2" in caught.value.en
    assert "得分率" in caught.value.zh


def test_a_printed_share_finds_its_people():
    assert people_from_share(0.95, 20) == 19
    assert people_from_share(0.667, 30) == 20
    assert people_from_share(0.0, 7) == 0


@pytest.mark.parametrize(("share", "n"), [(1.2, 20), (-0.1, 20), (nan, 20)])
def test_a_share_outside_nought_to_one_is_refused(share, n):
    with pytest.raises(BadArgument):
        people_from_share(share, n)


def test_a_share_that_is_whole_at_another_precision_is_refused_at_the_printed_one():
    with pytest.raises(NotWhole):
        people_from_share(0.6, 3, decimals=1)
    assert people_from_share(0.667, 3, decimals=1) == 2


@given(draws(120))
def test_the_inversion_equals_the_slow_one_of_scipy(case):
    x, n, N = case
    K = np.arange(x, N - n + x + 1)
    low = K[hypergeom.sf(x - 1, N, K, n) >= 0.025 * (1 - 1e-9)].min()
    high = K[hypergeom.cdf(x, N, K, n) >= 0.025 * (1 - 1e-9)].max()

    assert hypergeometric_limits(x, n, N) == (low, high)


@given(draws(3000))
def test_every_interval_holds_the_estimate_and_stays_inside_the_bounds(case):
    found = proportion_ci(*case)

    assert known(found.bounds).low - 1e-12 <= known(found.ci_low) <= found.estimate
    assert found.estimate <= known(found.ci_high) <= known(found.bounds).high + 1e-12


@given(draws(3000))
def test_satisfied_and_dissatisfied_are_mirror_images(case):
    x, n, N = case
    one, other = proportion_ci(x, n, N), proportion_ci(n - x, n, N)

    assert known(one.ci_low) == pytest.approx(1 - known(other.ci_high), abs=1e-9)


@given(draws(3000), st.floats(0.01, 50))
def test_equal_weights_of_any_size_give_the_unweighted_share(case, weight):
    x, n, N = case
    found = weighted_proportion_ci(x * weight, n * weight, n * weight**2, n, N)

    assert found.estimate == pytest.approx(x / n)
    assert found.n_eff == pytest.approx(n)
    assert (
        known(found.bounds).low - 1e-9
        <= known(found.ci_low)
        <= known(found.ci_high)
        <= known(found.bounds).high + 1e-9
    )


def test_unequal_weights_shrink_the_effective_number():
    found = weighted_proportion_ci(6.0, 10.0, 20.0, 8)

    assert found.n_eff == 5
    assert found.deff == pytest.approx(1.6)
    assert found.method is Method.WILSON_KISH
    assert (found.ci_low, found.ci_high) == wilson_limits(0.6, 5)
    assert codes(found) == ["weights-kish", "population-unknown"]


def test_very_unequal_weights_are_warned_of():
    found = weighted_proportion_ci(6.0, 10.0, 30.0, 8)

    assert codes(found)[:2] == ["weights-kish", "few-effective"]


def test_a_weighted_census_has_no_sampling_error():
    found = weighted_proportion_ci(6.0, 10.0, 20.0, 8, 8)

    assert (found.ci_low, found.ci_high, found.method) == (0.6, 0.6, Method.CENSUS)


@pytest.mark.parametrize(
    ("top", "total", "squares"),
    [(11, 10, 20), (-1, 10, 20), (1, 0, 0), (1, 10, 5), (1, nan, 5), (1, 10, -1)],
)
def test_sums_of_weights_that_contradict_each_other_are_refused(top, total, squares):
    with pytest.raises(BadCounts):
        weighted_proportion_ci(top, total, squares, 8)


def test_a_share_has_the_error_of_drawing_without_replacement():
    found = proportion_ci(15, 20, 50)

    assert found.se == pytest.approx((0.75 * 0.25 * (1 - 20 / 50) / 19) ** 0.5)
    assert found.deff == 1.0
    assert proportion_ci(1, 2).se == pytest.approx(0.5)


@pytest.mark.parametrize("method", ["wilson", "clopper_pearson"])
def test_without_a_population_two_methods_may_be_asked_for(method):
    assert proportion_ci(3, 5, method=method).method == method


def test_nobody_of_many_has_a_lower_limit_of_nought():
    found = proportion_ci(0, 20, method="clopper_pearson")

    assert (found.ci_low, found.ci_high) == (0.0, pytest.approx(1 - 0.025 ** (1 / 20)))


@pytest.mark.parametrize("level", [0.5, 0.99999])
def test_both_ends_of_what_a_level_may_be_are_levels(level):
    assert proportion_ci(3, 5, level=level).level == level


def test_five_answers_with_fewer_than_five_effective_ones_are_told():
    found = weighted_proportion_ci(2.0, 6.0, 8.0, 5)

    assert "few-effective" in [caution.code for caution in found.warnings]


def test_more_effective_answers_than_answers_are_refused():
    with pytest.raises(BadCounts):
        weighted_proportion_ci(2.0, 6.0, 5.0, 5)
