"""Outcome rates: the test vector, unknown counts, refusals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats.outcome import Outcomes, outcome_rates, response_rate
from anju.stats.results import BadArgument, BadCounts
from anju.stats.tests.cast import known

VECTOR = Outcomes(200, 20, 60, 90, 10, 40, 0, 30)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rr1", 0.476190),
        ("rr2", 0.523810),
        ("e", 0.926829),
        ("rr3", 0.479532),
        ("rr4", 0.527485),
        ("rr5", 0.526316),
        ("rr6", 0.578947),
        ("coop1", 0.689655),
        ("ref1", 0.142857),
        ("con1", 0.690476),
    ],
)
def test_the_rates_equal_the_test_vector(name, value):
    assert getattr(outcome_rates(VECTOR), name).value == pytest.approx(value, abs=5e-7)


def test_a_rate_that_needs_an_uncounted_number_is_unknown_and_says_which():
    found = outcome_rates(replace(VECTOR, refusal=None))

    assert found.rr1.value is None
    assert known(found.rr1.why).zh == "未知：没有记录拒答"
    assert known(found.ref1.why).en == "unknown: refusals not recorded"
    assert found.rr3.value is None


def test_rates_that_do_not_need_the_uncounted_number_stay_known():
    found = outcome_rates(replace(VECTOR, unknown_household=None))

    assert found.rr5.value == pytest.approx(0.526316, abs=5e-7)
    assert found.rr1.value is None
    assert known(found.rr3.why).zh == "未知：没有记录是否有住户不明"


def test_e_can_be_declared():
    found = outcome_rates(replace(VECTOR, ineligible=None), e=0.5)

    assert found.rr3.value == pytest.approx(200 / 400)
    assert found.e.value == 0.5
    uncounted = outcome_rates(replace(VECTOR, refusal=None), e=0.5).rr3
    assert known(uncounted.why).zh.endswith("拒答")


def test_nobody_at_all_gives_no_rate():
    found = outcome_rates(Outcomes(0, 0, 0, 0, 0, 0, 0, 0), e=1)

    assert found.rr1.value is None
    assert known(found.rr1.why).zh == "分母为零"
    assert known(found.rr3.why).en == "the base is zero"


@pytest.mark.parametrize("e", [-0.1, 1.1, float("nan")])
def test_e_outside_nought_to_one_is_refused(e):
    with pytest.raises(BadArgument):
        outcome_rates(VECTOR, e)


def test_a_negative_count_is_refused():
    with pytest.raises(BadCounts):
        outcome_rates(replace(VECTOR, refusal=-1))
    with pytest.raises(BadCounts):
        response_rate(-1, 25)


def test_more_returned_than_issued_is_refused_with_the_cure():
    with pytest.raises(BadCounts, match="correct one") as caught:
        response_rate(26, 25)

    assert caught.value.zh == "发放 25 份却收回 26 份，请更正其中之一。"


@pytest.mark.parametrize(("returned", "issued"), [(None, 25), (20, None), (None, None), (0, 0)])
def test_an_unknown_response_rate_is_a_state_with_words(returned, issued):
    found = response_rate(returned, issued)

    assert found.value is None
    assert known(found.why).zh


@given(st.lists(st.integers(0, 500), min_size=8, max_size=8))
def test_the_rates_keep_their_order(counts):
    found = outcome_rates(Outcomes(*counts))
    known = [rate.value for rate in (found.rr1, found.rr3, found.rr5) if rate.value is not None]

    assert known == sorted(known)
    assert all(0 <= value <= 1 for value in known)


def test_nobody_of_unknown_fate_may_be_eligible():
    assert outcome_rates(VECTOR, e=0.0).rr3.value == pytest.approx(200 / 380)


def test_one_form_alone_has_rates():
    assert outcome_rates(Outcomes(1, 0, 0, 0, 0, 0, 0, 0)).rr1.value == 1
