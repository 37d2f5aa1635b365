"""Bounds for the silent, and counts that cannot be."""

import pytest

from anju.stats.results import BadCounts, NoAnswers
from anju.stats.silence import bounds_nonresponse, check_counts, require_answers


@pytest.mark.parametrize(("n", "population"), [(-1, None), (-1, 5), (0, -1), (6, 5)])
def test_counts_that_cannot_be_are_refused(n, population):
    with pytest.raises(BadCounts):
        check_counts(n, population)


@pytest.mark.parametrize(("n", "population"), [(0, None), (0, 0), (5, 5)])
def test_nobody_and_everybody_are_counts(n, population):
    check_counts(n, population)


def test_a_negative_count_is_told_as_such():
    with pytest.raises(BadCounts, match="negative"):
        check_counts(0, -1)


def test_one_answer_is_enough_to_compute_and_none_is_not():
    require_answers(1)
    with pytest.raises(NoAnswers):
        require_answers(0)


def test_without_a_scale_a_share_lies_between_nought_and_one():
    found = bounds_nonresponse(0.95, 20, 25)

    assert (found.low, found.high) == pytest.approx((0.76, 0.96))
