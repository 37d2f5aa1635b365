"""One home has one key, in whatever writing its rows name building, entrance and room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.register.rules.units import normalise
from anju.roster.rules.forms import Row, whole_keys

WRITINGS = (
    "{e}单元{r}室",
    "{e}-{r}",
    "{r}",
    "0{e}-{r}",
    "{b}栋{e}单元{r}",
    "{b}-{e}-{r}",
    "{b}号楼{r}",
)


def a_row(building, unit, entrance="", use=""):
    return Row(normalise(building), entrance, normalise(unit), unit, use)


def keys_of(rows, known):
    return [key for key, _said in whole_keys(rows, known)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("1234"),
            st.sampled_from(["101", "102", "203"]),
            st.sampled_from(WRITINGS),
        ),
        max_size=20,
    ),
    st.sampled_from(["none", "bare", "entered"]),
)
def test_a_home_has_one_key_whatever_the_writing(rows, held):
    # A row beside each building that says its entrance; buildings with one entrance each.
    named = [a_row(f"{b}栋", f"1单元90{b}") for b in "1234"]
    sheet = [a_row(f"{b}号楼", how.format(b=b, e=1, r=r)) for b, r, how in rows]
    known = {
        "none": (),
        "bare": [f"{b}-{r}" for b in "1234" for r in ("101", "102")],
        "entered": [f"{b}-1-{r}" for b in "1234" for r in ("101", "102")],
    }[held]

    keys = keys_of([*named, *sheet], known)[4:]

    form = "{b}-{r}" if held == "bare" else "{b}-1-{r}"
    assert keys == [form.format(b=b, r=r) for b, r, _how in rows]
    assert keys_of([*named, *sheet], {*known, *keys})[4:] == keys


@pytest.mark.parametrize(
    ("rows", "known", "keys"),
    [
        ([a_row("1栋", "1-103"), a_row("2栋", "1-103")], (), ["1-1-103", "2-1-103"]),
        ([a_row("1栋", "1-103"), a_row("2栋", "2-103")], (), ["1-103", "2-103"]),
        ([a_row("1栋", "1-103")], ("1-103",), ["1-103"]),
        ([a_row("1栋", "1号楼103"), a_row("2栋", "1-103")], (), ["1-103", "2-1-103"]),
        ([a_row("1栋", "1-103", "2")], (), ["1-2-103"]),
        ([a_row("1栋", "1-2-103"), a_row("1栋", "103")], (), ["1-2-103", "1-2-103"]),
        ([a_row("2栋", "1-2-103")], ("2-1-2-103",), ["2-1-2-103"]),
        (
            [a_row("2栋", "1单元103"), a_row("2栋", "2单元103"), a_row("2栋", "104")],
            (),
            ["2-1-103", "2-2-103", "2-104"],
        ),
        ([a_row("2栋", "1单元103"), a_row("2栋", "2单元104")], ("2-103",), ["2-1-103", "2-2-104"]),
        ([a_row("2栋", "1单元103"), a_row("2栋", "S01")], (), ["2-1-103", "2-S01"]),
        ([a_row("", "2-1-103"), a_row("", "")], (), ["2-1-103", ""]),
    ],
)
def test_the_rest_of_the_sheet_and_the_register_say_how_a_room_is_meant(rows, known, keys):
    assert keys_of(rows, known) == keys


def test_shops_keep_their_own_numbers_beside_the_homes_of_an_entrance():
    rows = [a_row("2栋", "1单元101", use="住宅"), a_row("2栋", "101", use="商铺")]

    assert keys_of(rows, ()) == ["2-1-101", "2-101"]
