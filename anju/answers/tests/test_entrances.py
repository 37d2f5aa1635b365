"""Homes with and without their entrance: found where one is meant, never the wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.answers.rules.entrances import alike, clear_writings, parted

PARTS = st.sampled_from("123")
KEYS = st.lists(PARTS, min_size=1, max_size=4).map("-".join)


@pytest.mark.parametrize(
    ("key", "keys", "found"),
    [
        ("2-104", ["2-1-104", "2-1-105"], ("2-1-104",)),
        ("2-104", ["2-1-104", "2-2-104"], ("2-1-104", "2-2-104")),
        ("1-1-103", ["1-103", "2-1-103"], ("1-103",)),
        ("1-2-103", ["1-103"], ()),
        ("1-1-103", ["1-103", "1-2-104"], ()),
        ("104", ["2-1-104"], ()),
    ],
)
def test_an_entrance_left_out_or_written_in_vain_finds_the_homes_it_may_mean(key, keys, found):
    assert alike(key, keys) == found


def test_a_key_of_one_or_four_parts_has_neither_building_nor_room():
    assert (parted("1"), parted("1-2-3-4")) == (("", "", ""), ("", "", ""))


@given(st.sets(KEYS, max_size=12))
def test_a_clear_writing_is_no_home_itself_and_means_exactly_one(keys):
    found = clear_writings(keys)

    assert not set(found) & keys
    for text in {f"{a}-{b}" for a in "123" for b in "123"} | {
        f"{a}-{b}-{c}" for a in "123" for b in "123" for c in "123"
    }:
        meant = alike(text, keys)
        clear = len(meant) == 1 and text not in keys
        assert found.get(text) == (meant[0] if clear else None)
