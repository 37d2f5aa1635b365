"""What is printed is rounded as people round it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats.rounding import rounded


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [
        (53.25, 1, "53.3"),  # a calculator says so; two halves of an even digit must not differ
        (78.24999999999999, 1, "78.3"),
        (81.2, 1, "81.2"),
        (-0.125, 2, "-0.13"),
        (99.94999, 1, "99.9"),
        (1e-12, 1, "0.0"),
        (2.5, 0, "3"),
        (53.2499999998, 1, "53.3"),  # dust from the tenth place on
        (53.249999998, 1, "53.2"),
    ],
)
def test_an_exact_half_goes_up(value, places, told):
    assert rounded(value, places) == told


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_what_is_printed_lies_within_half_a_step(value, places):
    assert abs(float(rounded(value, places)) - value) <= 0.5 * 10**-places + 1e-8
