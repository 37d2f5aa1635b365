"""Unit numbers in every spelling come to one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.answers.rules.units import nearest, normalise


@pytest.mark.parametrize(
    "text",
    ["3-2-1201", "3栋2单元1201", "03-02-1201", "3幢2单元1201室", "３－２－１２０１", "3#2-1201", "3号楼2单元1201", "Building 3, entrance 2, room 1201", "3/2/1201", " 3 - 2 - 1201 "],
)  # fmt: skip
def test_one_home_has_one_spelling(text: str) -> None:
    assert normalise(text) == "3-2-1201"


@pytest.mark.parametrize(
    ("text", "plain"), [("A座1201", "A-1201"), ("a-1201", "A-1201"), ("Bldg 3 Apt 7", "3-7"), ("", ""), ("室", ""), ("0", "0"), ("B2", "B2")]
)  # fmt: skip
def test_letters_and_odd_ends_are_kept(text: str, plain: str) -> None:
    assert normalise(text) == plain


@given(st.text(max_size=30))
def test_a_normal_spelling_stays(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_the_nearest_unit_is_proposed_only_when_it_is_near() -> None:
    assert nearest("3-2-1210", ["3-2-1201", "8-1-101"]) == "3-2-1201"
    assert nearest("X", ["3-2-1201"]) == ""
