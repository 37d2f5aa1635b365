"""On paper each answer has a digit, and the same digit always means the same answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.fieldwork.rules.digits import by_digit, digits_of, printed_of
from anju.survey.rules.questionnaire import ItemPlan, OptionPlan, Purpose, ScalePlan, Words


def scale(*values, choose_any=False):
    options = tuple(OptionPlan(f"o{n}", Words(f"答{n}"), value) for n, value in enumerate(values))
    return ScalePlan("s", Words("量表"), options, choose_any)


@pytest.mark.parametrize(
    ("values", "digits"),
    [
        ((5, 4, 3, 2, 1), "12345"),
        ((1, 2, 3), "123"),
        ((2, 1, None), "129"),
        ((None, 3, 2, 1), "9123"),
        ((2, 1, None, None), "1298"),
        ((None, None), "12"),
    ],
    ids=["falling", "rising", "not used", "not used first", "two without value", "plain choices"],
)
def test_answers_are_numbered_as_printed_and_no_opinion_is_nine(values, digits):
    assert "".join(digits_of(scale(*values)).values()) == digits


def test_ten_answers_have_no_digits():
    assert digits_of(scale(*range(10))) == {}


@given(st.lists(st.one_of(st.none(), st.integers(1, 10)), min_size=1, max_size=9))
def test_no_two_answers_share_a_digit(values):
    digits = digits_of(scale(*values))

    assert len(set(digits.values())) == len(values)
    assert set(digits.values()) <= set("123456789")


@pytest.mark.parametrize(
    ("plan", "wanted"),
    [(scale(2, 1), True), (scale(2, 1, choose_any=True), False), (None, False)],
    ids=["one answer", "a list to tick", "free text"],
)
def test_an_item_is_entered_by_digit_where_it_has_one_answer_of_a_scale(plan, wanted):
    item = ItemPlan("Q1", Words("题"), plan, Purpose.SATISFACTION)

    assert by_digit(item) is wanted


@pytest.mark.parametrize(
    ("plan", "printed"),
    [
        (scale(2, 1, None), "1 2 9"),
        (scale(2, None, 1, choose_any=True), "1 2 3"),
        (scale(*range(11), choose_any=True), "1 2 3 4 5 6 7 8 9 10 11"),
        (scale(*range(11)), ""),
        (None, ""),
    ],
    ids=["one answer", "a list to tick", "a long list", "too long for digits", "free text"],
)
def test_every_box_on_paper_says_what_is_typed_for_it(plan, printed):
    item = ItemPlan("Q1", Words("题"), plan, Purpose.SATISFACTION)

    assert " ".join(printed_of(item).values()) == printed


def test_a_scale_too_long_for_digits_is_not_entered_by_them():
    assert not by_digit(ItemPlan("Q1", Words("题"), scale(*range(10)), Purpose.SATISFACTION))
