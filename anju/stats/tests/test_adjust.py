"""Adjusted p values of four tests, worked out by hand for each way of adjusting."""

import pytest

from anju.stats.adjust import Adjust, adjust_p
from anju.stats.results import BadArgument

FOUR = (0.01, 0.04, 0.03, 0.005)


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        (Adjust.BONFERRONI, (0.04, 0.16, 0.12, 0.02)),
        (Adjust.HOLM, (0.03, 0.06, 0.06, 0.02)),
        # From the largest: 0.04 x 1, 0.03 x 2 held down by it, 0.01 x 3, 0.005 x 4.
        (Adjust.HOCHBERG, (0.03, 0.04, 0.04, 0.02)),
        # From the largest: 0.04 x 4/4, 0.03 x 4/3, 0.01 x 4/2, 0.005 x 4/1.
        (Adjust.BENJAMINI_HOCHBERG, (0.02, 0.04, 0.04, 0.02)),
        # The same times 1 + 1/2 + 1/3 + 1/4.
        (Adjust.BENJAMINI_YEKUTIELI, (0.5 / 12, 1 / 12, 1 / 12, 0.5 / 12)),
    ],
)
def test_four_tests_are_adjusted_as_by_hand(how, wanted):
    assert adjust_p(FOUR, how) == pytest.approx(wanted)


@pytest.mark.parametrize("how", [Adjust.BONFERRONI, Adjust.BENJAMINI_YEKUTIELI])
def test_no_adjusted_value_is_above_one(how):
    assert adjust_p([0.6, 0.9], how) == (1.0, 1.0)


def test_nought_and_one_are_p_values_and_nothing_beyond_them_is():
    assert adjust_p([0.0, 1.0]) == (0.0, 1.0)
    for outside in (-0.01, 1.01):
        with pytest.raises(BadArgument):
            adjust_p([0.5, outside])
