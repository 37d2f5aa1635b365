"""Control limits: one warning for a planted spike, none for a steady series, exact at the edge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from anju.stats.control import TAIL, count_limits
from anju.stats.results import BadArgument, BadCounts

YEAR = [30.0] * 12


def test_a_planted_spike_warns_once_and_a_steady_series_never():
    steady = [4, 3, 5, 4, 6, 2, 4, 5, 3, 4, 4, 5, 4, 3, 6, 4]
    spiked = [*steady[:14], 15, *steady[15:]]

    def warned(series):
        return [
            month
            for month in range(12, len(series))
            if count_limits(series[month - 12 : month], YEAR, 30.0).above(series[month])
        ]

    assert warned(steady) == []
    assert warned(spiked) == [14]


@pytest.mark.parametrize("each", [37, 38, 39, 40, 41, 42])
def test_limits_are_those_of_the_binomial_given_the_sum(each):
    found = count_limits([each] * 12, YEAR, 30.0)
    share, earlier = 30 / 390, 12 * each
    assert binom.sf(found.high - 1, earlier + found.high, share) >= TAIL
    assert binom.sf(found.high, earlier + found.high + 1, share) < TAIL
    assert binom.cdf(found.low, earlier + found.low, share) >= TAIL
    assert binom.cdf(found.low - 1, earlier + found.low - 1, share) < TAIL
    assert (found.expected, found.months) == (each, 12)


def test_a_month_twice_as_exposed_may_have_about_twice_as_many():
    single, double = (count_limits([40] * 12, YEAR, days) for days in (30.0, 60.0))
    assert double.expected == 2 * single.expected
    assert double.high > 1.6 * single.high
    assert double.below(40)
    assert not single.below(40)


def test_false_alarms_are_no_more_than_promised():
    chance = np.random.default_rng(20261122)
    draws = chance.poisson(8.0, size=(4_000, 13))
    alarms = sum(
        count_limits([int(c) for c in row[:12]], YEAR, 30.0).above(int(row[12])) for row in draws
    )
    assert alarms <= 4_000 * TAIL * 2.5


def test_without_any_complaint_before_one_is_no_alarm_but_many_are():
    found = count_limits([0] * 12, YEAR, 30.0)
    assert found.low == 0
    assert not found.above(1)
    assert found.above(4)


@given(st.lists(st.integers(0, 300), min_size=6, max_size=24), st.floats(1.0, 90.0))
def test_what_is_expected_lies_within_the_limits(counts, exposure):
    found = count_limits(counts, [30.0] * len(counts), exposure)
    assert found.low <= found.expected + 1
    assert found.expected - 1 <= found.high


@pytest.mark.parametrize(
    ("counts", "exposures", "exposure", "tail", "refused"),
    [
        ([4] * 5, [30.0] * 5, 30.0, TAIL, BadArgument),
        ([4] * 6, [30.0] * 5, 30.0, TAIL, BadArgument),
        ([-1] * 6, [30.0] * 6, 30.0, TAIL, BadCounts),
        ([4] * 6, [0.0] * 6, 30.0, TAIL, BadArgument),
        ([4] * 6, [30.0] * 6, 0.0, TAIL, BadArgument),
        ([4] * 6, [30.0] * 6, 30.0, 0.5, BadArgument),
        ([4] * 6, [30.0] * 6, 30.0, 0.0, BadArgument),
    ],
)
def test_what_cannot_be_is_refused_by_name(counts, exposures, exposure, tail, refused):
    with pytest.raises(refused):
        count_limits(counts, exposures, exposure, tail)


def test_the_limits_themselves_are_no_warning():
    found = count_limits([40] * 12, YEAR, 30.0)

    assert (found.above(found.high), found.above(found.high + 1)) == (False, True)
    assert (found.below(found.low), found.below(found.low - 1)) == (False, True)


def test_without_any_before_the_chance_of_many_is_a_power_of_the_share():
    assert (1 / 13) ** 2 >= TAIL > (1 / 13) ** 3
    assert count_limits([0] * 12, YEAR, 30.0).high == 2


def test_one_in_a_very_short_month_after_none_in_years_warns():
    assert count_limits([0] * 12, [1000.0] * 12, 1.0).above(1)


def test_after_one_in_very_short_months_a_long_one_must_have_many():
    found = count_limits([1, 0, 0, 0, 0, 0], [1.0] * 6, 1e6)
    share = 1e6 / (1e6 + 6)

    assert found.low > 100
    assert 1 - share ** (found.low + 1) >= TAIL > 1 - share**found.low


def test_a_tail_of_two_fifths_is_a_tail():
    assert count_limits([4] * 6, [30.0] * 6, 30.0, 0.4).high < 8
