"""Edges of shares of people: exact tails by whole numbers, the last digit of a printed share, sums of nothing."""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from anju.stats.proportion import (
    hypergeometric_limits,
    kish,
    people_from_share,
    proportion_ci,
    weighted_proportion_ci,
    wilson_limits,
)
from anju.stats.results import BadCounts, NoAnswers, NotWhole


def chance_up_to(x: int, n: int, K: int, N: int) -> Fraction:
    """Return P(X <= x) exactly: ways to draw by whole numbers, nothing rounded."""
    ways = sum(comb(K, k) * comb(N - K, n - k) for k in range(x + 1))
    return Fraction(ways, comb(N, n))


def largest(x: int, n: int, N: int, tail: Fraction) -> int:
    return max(K for K in range(x, N - n + x + 1) if chance_up_to(x, n, K, N) >= tail)


@pytest.mark.parametrize(("level", "tail"), [(0.95, Fraction(1, 40)), (0.5, Fraction(1, 4))])
@pytest.mark.parametrize("N", [2, 3, 5, 8, 13, 21, 40])
def test_limits_of_every_draw_from_a_building_are_those_of_whole_numbers(N, level, tail):
    """Ties included: nobody of one drawn from forty keeps a chance of exactly 2.5 % at thirty-nine."""
    for n in range(1, min(N, 14)):
        for x in range(n + 1):
            high, low = largest(x, n, N, tail), N - largest(n - x, n, N, tail)
            assert hypergeometric_limits(x, n, N, level) == (low, high), (x, n, N)


def test_a_tail_of_exactly_two_and_a_half_per_cent_belongs_to_the_interval():
    assert hypergeometric_limits(0, 1, 40) == (0, 39)


def test_a_share_is_refused_for_want_of_answers_not_for_its_numerator():
    for ask in (
        lambda: weighted_proportion_ci(0.0, 0.0, 0.0, 0),
        lambda: people_from_share(0.5, 0),
    ):
        with pytest.raises(NoAnswers):
            ask()


@pytest.mark.parametrize(("total", "squares"), [(1.0, 0.0), (3.0, 9 / 7.5), (2.0, 4 / 5.00001)])
def test_weights_cannot_be_worth_more_than_the_answers(total, squares):
    with pytest.raises(BadCounts):
        kish(total, squares, 5)


@pytest.mark.parametrize(
    ("share", "n", "decimals", "people"),
    [(1.0, 20, 1, 20), (0.13, 8, 0, 1), (0.12, 8, 0, 1), (0.556, 9, 1, 5), (0.5556, 9, 2, 5)],
)
def test_the_last_digit_of_a_printed_share_may_have_been_rounded(share, n, decimals, people):
    assert people_from_share(share, n, decimals) == people


@pytest.mark.parametrize(
    ("share", "n", "decimals", "told"),
    [
        (0.951, 20, 1, "19.02 people"),
        (0.5549, 9, 2, "4.9941 people"),
        (1e-10, 1, 12, "0.5 people"),
        (0.5 + 1e-10, 2, 12, "1.5 people"),
    ],
)
def test_a_digit_more_is_refused_with_what_it_would_be(share, n, decimals, told):
    with pytest.raises(NotWhole) as refused:
        people_from_share(share, n, decimals)
    assert refused.value.en.startswith(told)


def test_a_level_of_whole_satisfaction_never_goes_beyond_all():
    assert max(wilson_limits(1.0, size)[1] for size in range(1, 3_000)) == 1.0
    assert min(wilson_limits(0.0, size)[0] for size in range(1, 3_000)) == 0.0


@pytest.mark.parametrize(
    ("top", "total", "squares", "n", "wanted"),
    [(1.0, 2.0, 2.0, 2, 0.25), (1.5, 3.0, 5.0, 2, 0.25), (6.0, 10.0, 20.0, 8, 0.24 / 4)],
)
def test_the_error_divides_by_one_answer_less_and_by_one_at_least(top, total, squares, n, wanted):
    assert weighted_proportion_ci(top, total, squares, n).se == pytest.approx(wanted**0.5)


def test_nobody_has_a_lower_limit_of_nought_and_all_an_upper_of_one():
    assert proportion_ci(0, 7, method="clopper_pearson").ci_low == 0.0
    assert proportion_ci(7, 7, method="clopper_pearson").ci_high == 1.0
