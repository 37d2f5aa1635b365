"""Expectation and perception: paired gaps, ties, points that share out 100."""

from math import nan

import numpy as np
import pytest

from anju.stats.results import BadArgument, BadWeights, NoAnswers, Unit
from anju.stats.scores import Sums, sums_of_rows
from anju.stats.servqual import (
    DIMENSIONS,
    TIE_WORDS,
    GapSigns,
    TieRule,
    gap,
    gap_of_means,
    gap_signs,
    overall_gap,
    overall_gaps_of_people,
    paired_gaps,
)
from anju.stats.tests.cast import FIVE

PUBLISHED = dict(zip(DIMENSIONS, (-0.65, -1.10, -0.83, -0.70, -1.01), strict=True))


def test_the_published_gaps_have_a_mean_of_minus_0_858():
    assert overall_gap(PUBLISHED) == pytest.approx(-0.858)


def test_points_weigh_the_gaps():
    points = dict(zip(DIMENSIONS, (10, 40, 20, 20, 10), strict=True))

    assert overall_gap(PUBLISHED, points) == pytest.approx(-0.912)
    equal = dict.fromkeys(DIMENSIONS, 20)
    assert overall_gap(PUBLISHED, equal) == pytest.approx(-0.858)


@pytest.mark.parametrize("first", [0.2, -20, 120, nan])
def test_points_that_do_not_sum_to_100_are_refused(first):
    points = {**dict.fromkeys(DIMENSIONS, 20), "tangibles": first}

    with pytest.raises(BadWeights, match="100"):
        overall_gap(PUBLISHED, points)


def test_points_that_balance_a_negative_one_are_refused():
    with pytest.raises(BadWeights):
        overall_gap({"a": 1, "b": 2}, {"a": -10, "b": 110})


def test_points_for_other_dimensions_are_refused():
    with pytest.raises(BadWeights):
        overall_gap({"a": 1.0}, {"b": 100})


def test_gaps_that_are_missing_are_refused():
    with pytest.raises(NoAnswers):
        overall_gap({})
    with pytest.raises(BadArgument):
        overall_gap({"a": nan})


def test_a_gap_pairs_the_answers_of_one_person():
    perceived = np.array([[4.0, 5.0], [3.0, nan], [nan, 2.0]])
    expected = np.array([[5.0, 5.0], [5.0, 4.0], [4.0, nan]])

    assert paired_gaps(perceived, expected).tolist() == pytest.approx([-0.5, -2, nan], nan_ok=True)


@pytest.mark.parametrize("expected", [np.zeros((2, 3)), np.zeros(2)])
def test_unpaired_answers_are_refused(expected):
    with pytest.raises(BadArgument):
        paired_gaps(np.zeros((2, 2)), expected)
    with pytest.raises(BadArgument):
        paired_gaps(np.zeros(2), np.zeros(2))


def test_the_interval_uses_the_paired_differences():
    perceived, expected = np.array([[4.0], [3], [5], [2]]), np.array([[5.0], [4], [5], [4]])
    gaps = paired_gaps(perceived, expected)
    found = gap(sums_of_rows(gaps), FIVE, name="empathy")

    assert found.estimate == -1
    assert found.se == pytest.approx(np.std(gaps, ddof=1) / 2)
    assert found.se < np.sqrt(np.var(perceived, ddof=1) / 4 + np.var(expected, ddof=1) / 4)
    assert (found.unit, found.formula) == (Unit.GAP, "gap[empathy]@1")


def test_ties_are_counted_apart():
    signs = gap_signs(np.array([1.0, 0.0, -1.0, nan, -2.0]))

    assert signs == GapSigns(1, 1, 2)
    assert signs.satisfied(TieRule.NOT_SATISFIED) == (1, 4)
    assert signs.satisfied(TieRule.MET) == (2, 4)
    assert set(TIE_WORDS) == set(TieRule)
    with pytest.raises(NoAnswers):
        GapSigns(0, 0, 0).satisfied()


def test_each_person_weighs_the_dimensions_alone():
    gaps = np.array([[-1.0, 0.0], [0.0, -1.0], [nan, 1.0]])
    points = np.array([[80.0, 20.0], [50.0, 50.0], [50.0, 50.0]])

    assert overall_gaps_of_people(gaps).tolist() == pytest.approx([-0.5, -0.5, nan], nan_ok=True)
    assert overall_gaps_of_people(gaps, points).tolist() == pytest.approx(
        [-0.8, -0.5, nan], nan_ok=True
    )


@pytest.mark.parametrize(
    ("points", "error"),
    [
        (np.array([[0.8, 0.2]]), BadWeights),
        (np.array([[110.0, -10.0]]), BadWeights),
        (np.array([[nan, 50.0]]), BadWeights),
        (np.array([80.0, 20.0]), BadArgument),
    ],
)
def test_a_persons_points_that_do_not_sum_to_100_are_refused(points, error):
    with pytest.raises(error):
        overall_gaps_of_people(np.array([[-1.0, 0.0]]), points)


def test_a_published_gap_has_no_interval():
    found = gap_of_means(-0.65, 40, FIVE, name="tangibles")

    assert (found.estimate, found.has_interval) == (-0.65, False)
    with pytest.raises(BadArgument):
        gap_of_means(-4.5, 40, FIVE)
    with pytest.raises(NoAnswers):
        gap(Sums.plain(0, 0, 0), FIVE)


def test_signs_are_told_by_whole_gaps_of_any_size():
    assert gap_signs(np.array([-2.0, -1.0, 0.0, 0.0, 0.0, 1.0, 3.0, nan])) == GapSigns(2, 3, 2)


def test_a_gap_lies_between_the_ends_of_its_scale_both_ways():
    sums = sums_of_rows(np.array([-4.0, -4.0, -3.0]))

    found = gap(sums, FIVE, 5)

    assert found.estimate == pytest.approx(-11 / 3)
    assert found.bounds is not None
    # Of five people three answered: the silent two lie at -4 or at +4, the ends of 1 to 5.
    assert (found.bounds.low, found.bounds.high) == pytest.approx((-19 / 5, -3 / 5))


def test_nought_and_half_points_are_points():
    points = dict(zip(DIMENSIONS, (0, 0.5, 49.5, 50, 0), strict=True))

    assert overall_gap(PUBLISHED, points) == pytest.approx(-0.0055 - 0.41085 - 0.35)
    own = overall_gaps_of_people(np.array([[1.0, 3.0]]), np.array([[99.5, 0.5]]))
    assert own.tolist() == pytest.approx([1.01])
    assert overall_gaps_of_people(np.array([[1.0, 3.0]]), np.array([[100.0, 0.0]])).tolist() == [
        1.0
    ]


@pytest.mark.parametrize("total", [99.5, 100.5])
def test_points_half_a_point_off_are_refused(total):
    points = dict(zip(DIMENSIONS, (total - 80, 20, 20, 20, 20), strict=True))
    with pytest.raises(BadWeights):
        overall_gap(PUBLISHED, points)
    with pytest.raises(BadWeights):
        overall_gaps_of_people(np.array([[1.0, 3.0]]), np.array([[total - 50, 50.0]]))
