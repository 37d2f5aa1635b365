"""Means of scores: the owners' own variance, the cut to the bounds, refusals, merging."""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from math import inf, nan, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from anju.stats.results import BadArgument, BadCounts, Method, NoAnswers, Unit
from anju.stats.scores import Sums, mean_score, sums_of_counts, sums_of_rows, totals_only
from anju.stats.silence import Frame, bounds_nonresponse, frame
from anju.stats.tests.cast import known

SCORES = st.lists(st.integers(0, 100).map(float), min_size=2, max_size=40)


def codes(found):
    return [caution.code for caution in found.warnings]


def test_sixteen_with_100_and_four_with_80_print_94_3_to_96_8():
    found = mean_score(Sums.plain(20, 1920, 16 * 100**2 + 4 * 80**2), (0, 100), 25)

    assert found.estimate == 96
    assert found.se == pytest.approx(0.820783)
    assert found.df == 19
    assert (round(known(found.ci_low), 1), round(known(found.ci_high), 1)) == (94.3, 96.8)
    assert (known(found.bounds).low, known(found.bounds).high) == (76.8, 96.8)
    assert found.method is Method.T_OWN


def test_one_answer_gives_no_interval_and_says_why():
    found = mean_score(Sums.plain(1, 80, 6400), (0, 100), 25)

    assert (found.se, found.ci_low, found.has_interval) == (None, None, False)
    assert codes(found) == ["one-answer", "silent-as-random"]


def test_equal_answers_give_no_interval_unless_everybody_answered():
    some = mean_score(Sums.plain(3, 300, 30000), (0, 100), 25)
    everybody = mean_score(Sums.plain(3, 300, 30000), (0, 100), 3)

    assert codes(some) == ["no-spread", "silent-as-random"]
    assert some.method is Method.NONE
    assert (everybody.ci_low, everybody.ci_high, everybody.method) == (100, 100, Method.CENSUS)


def test_without_a_population_the_interval_is_cut_to_the_scale():
    found = mean_score(Sums.plain(2, 199, 100**2 + 99**2), (0, 100))

    assert found.ci_high == 100
    assert codes(found) == ["population-unknown"]


def test_nps_has_the_published_variance():
    answers = sums_of_counts([-100, 0, 100], [50, 100, 150])
    found = mean_score(answers, (-100, 100), unit=Unit.NPS)

    assert found.estimate == pytest.approx(100 / 3)
    assert answers.variance * 299 / 300 / 100**2 == pytest.approx(0.5556, abs=5e-5)
    assert known(found.se) * sqrt(299 / 300) == pytest.approx(4.30, abs=0.005)


def test_totals_have_bounds_and_no_interval():
    found = totals_only(0.96, 20, (0, 1), 25)

    assert known(found.bounds).low == pytest.approx(0.768)
    assert known(found.bounds).high == pytest.approx(0.968)
    assert (found.se, found.ci_low, found.method) == (None, None, Method.NONE)
    assert codes(found) == ["totals-only"]
    assert codes(totals_only(0.96, 20, (0, 1))) == ["totals-only", "population-unknown"]


@pytest.mark.parametrize(
    ("sums", "span", "N", "error"),
    [
        (Sums.plain(0, 0, 0), (0, 100), None, NoAnswers),
        (Sums.plain(3, 300, 30000), (0, 100), 2, BadCounts),
        (Sums.plain(3, 330, 30000), (0, 100), None, BadArgument),
        (Sums.plain(3, nan, 30000), (0, 100), None, BadArgument),
        (Sums.plain(3, 300, inf), (0, 100), None, BadArgument),
    ],
)
def test_sums_that_cannot_be_are_refused(sums, span, N, error):
    with pytest.raises(error):
        mean_score(sums, span, N)


@pytest.mark.parametrize(
    ("value", "n", "N", "error"),
    [(1.2, 20, 25, BadArgument), (0.5, 0, 25, NoAnswers), (0.5, 26, 25, BadCounts)],
)
def test_totals_that_cannot_be_are_refused(value, n, N, error):
    with pytest.raises(error):
        totals_only(value, n, (0, 1), N)


def test_the_number_issued_stands_in_for_an_unknown_population_and_says_so():
    assert frame(250, 100) == Frame(250)
    assert frame(None, None) == Frame(None)
    asked = frame(None, 25)
    assert asked.N == 25
    assert [caution.code for caution in asked.warnings] == ["issued-as-population"]


def test_bounds_over_nobody_are_refused():
    with pytest.raises(BadCounts):
        bounds_nonresponse(0.5, 0, 0)
    with pytest.raises(BadArgument):
        bounds_nonresponse(1.5, 1, 2)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (([1, 2], [3]), BadArgument),
        (([1], [3], [3.0]), BadArgument),
        (([1], [3], None, [3.0]), BadArgument),
        (([1, 2], [3, -1]), BadCounts),
    ],
)
def test_a_histogram_that_does_not_fit_is_refused(arguments, error):
    with pytest.raises(error):
        sums_of_counts(*arguments)


def test_weights_make_the_interval_wider_and_say_so():
    plain = sums_of_counts([0, 100], [10, 30])
    weighted = sums_of_counts([0, 100], [10, 30], [20.0, 60.0], [80.0, 160.0])
    found = mean_score(weighted, (0, 100), 100)

    assert not plain.weighted
    assert weighted.size == pytest.approx(80**2 / 240)
    assert found.method is Method.T_KISH
    assert codes(found) == ["weights-kish", "silent-as-random"]
    assert known(found.se) > known(mean_score(plain, (0, 100), 100).se)


def test_a_row_can_stand_for_several_owners():
    rows = sums_of_rows(np.array([50.0, nan, 100.0]), count=np.array([2, 7, 3]))

    assert rows == Sums.plain(5, 400, 2 * 2500 + 3 * 10000)
    assert sums_of_rows(np.array([50.0, 100.0]), weight=np.array([1.0, 3.0])).w2 == 10


@given(SCORES, SCORES)
def test_parts_merge_to_the_whole(one, other):
    parts = sums_of_rows(np.array(one)) + sums_of_rows(np.array(other))

    assert parts == sums_of_rows(np.array(one + other))


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_owners_changes_nothing(scores, random):
    mixed = list(scores)
    random.shuffle(mixed)

    assert mean_score(sums_of_rows(np.array(mixed)), (0, 100)) == mean_score(
        sums_of_rows(np.array(scores)), (0, 100)
    )


@given(SCORES, st.floats(0.5, 20), st.floats(-50, 50))
def test_another_unit_moves_the_interval_with_the_scores(scores, factor, shift):
    assume(len(set(scores)) > 1)
    sums = sums_of_rows(np.array(scores))
    plain = mean_score(sums, (0, 100), 60)
    moved = mean_score(sums.scaled(factor, shift), (shift, shift + 100 * factor), 60)

    assert moved.ci_low == pytest.approx(factor * plain.ci_low + shift, abs=1e-5)
    assert moved.ci_high == pytest.approx(factor * plain.ci_high + shift, abs=1e-5)


@given(SCORES, st.integers(40, 200))
def test_the_interval_stays_inside_the_bounds_and_holds_the_mean(scores, N):
    found = mean_score(sums_of_rows(np.array(scores)), (0, 100), N)

    if found.has_interval:
        assert known(found.bounds).low - 1e-9 <= known(found.ci_low) <= found.estimate
        assert found.estimate <= known(found.ci_high) <= known(found.bounds).high + 1e-9
    else:
        assert len(set(scores)) == 1


def test_equal_weights_of_any_size_are_no_weights_and_unequal_ones_have_an_effect():
    values = np.linspace(1.0, 5.0, 1000)
    for weight in (123456.789, 1e-7 / 3):
        assert not sums_of_rows(values, None, np.full(1000, weight)).weighted
    uneven = sums_of_rows(np.array([60.0, 70.0, 90.0]), None, np.array([1.0, 1.0, 4.0]))
    assert uneven.weighted
    assert mean_score(uneven, (0, 100)).deff == pytest.approx(3 / 2)


def test_equal_answers_have_no_variance_and_small_or_many_ones_keep_theirs():
    assert sums_of_rows(np.full(7, 1e6 + 0.1)).variance == 0
    assert sums_of_rows(np.array([1e-8, 3e-8])).variance == pytest.approx(2e-16)
    half = 500_000
    many = Sums.plain(2 * half, half * 201.0, half * (100.0**2 + 101.0**2))
    assert many.variance == pytest.approx(0.25, rel=1e-5)


def test_a_full_count_has_no_error_and_a_score_beside_its_scale_names_the_scale():
    full = Sums.plain(2, 130.0, 60.0**2 + 70.0**2)
    assert mean_score(full, (0, 100), 2).se == 0
    with pytest.raises(BadArgument) as refused:
        mean_score(full, (1, 5))
    assert "from 1 to 5" in refused.value.en
    assert "1 至 5" in refused.value.zh


def test_scores_on_a_tiny_scale_spread_as_those_on_a_large_one():
    plain = Sums.plain(4, 10.0, 30.0)

    assert plain.variance == pytest.approx(5 / 3)
    assert plain.scaled(1e-8).variance == pytest.approx(5 / 3 * 1e-16, rel=1e-9, abs=0)
