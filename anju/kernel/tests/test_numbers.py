"""Numbers as written: what is taken, and the exact refusals of the catalogue."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.pure import numbers
from anju.kernel.pure.problems import Problem


def code_of(call, *args, **kwargs) -> str:
    with pytest.raises(Problem) as caught:
        call(*args, **kwargs)
    assert caught.value.text("zh") != caught.value.text("en")
    return caught.value.code


def a_decimal(value: str | float) -> Decimal:
    return numbers.decimal(value, "x", low=Decimal(0), high=Decimal(100), places=2)


@pytest.mark.parametrize(
    ("written", "meant"), [("12", 12), (" １２ ", 12), ("+7", 7), (3.0, 3), (5, 5), ("007", 7)]
)
def test_a_whole_number_is_taken(written: str | float, meant: int) -> None:
    assert numbers.whole(written, "x") == meant


@pytest.mark.parametrize(
    "written", ["1e3", "0x10", "1_000", "", "1.5", 2.5, "NaN", "٣", "1,000", float("nan"), "--1"]
)
def test_what_is_no_whole_number_is_refused(written: str | float) -> None:
    assert code_of(numbers.whole, written, "x") == "E-NUM-FORMAT"


@pytest.mark.parametrize("written", ["9" * 30, "-1", "2147483648", -1])
def test_a_number_out_of_range_is_refused(written: str | int) -> None:
    assert code_of(numbers.whole, written, "x") == "E-NUM-RANGE"


@pytest.mark.parametrize("written", ["1.38E+10", "1E+15", 1.38e17, float(10**15)])
def test_lost_digits_are_named_as_such(written: str | float) -> None:
    assert code_of(numbers.whole, written, "x") == "E-NUM-SCI"
    assert code_of(a_decimal, written) == "E-NUM-SCI"


@pytest.mark.parametrize(
    ("written", "meant"), [("0.85", "0.85"), ("９９．５", "99.5"), (0.5, "0.5"), (7, "7")]
)
def test_a_decimal_is_taken(written: str | float, meant: str) -> None:
    assert a_decimal(written) == Decimal(meant)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NaN", "E-NUM-FORMAT"),
        ("Infinity", "E-NUM-FORMAT"),
        ("1e400", "E-NUM-FORMAT"),
        (float("inf"), "E-NUM-FORMAT"),
        ("-0.01", "E-NUM-RANGE"),
        ("100.01", "E-NUM-RANGE"),
        ("1.234", "E-NUM-DECIMALS"),
        ("x" * 80, "E-NUM-FORMAT"),
    ],
)
def test_what_is_no_such_decimal_is_refused(written: str | float, code: str) -> None:
    assert code_of(a_decimal, written) == code


def test_a_tiny_float_is_written_without_an_exponent() -> None:
    assert numbers.as_text(1e-05) == "0.00001"
    assert numbers.as_text(1201.0) == "1201"
    assert numbers.as_text("1201") == "1201"


@given(st.integers(min_value=0, max_value=numbers.WHOLE_MOST))
def test_every_number_in_range_comes_back(number: int) -> None:
    assert numbers.whole(str(number), "x") == number == numbers.whole(float(number), "x")
