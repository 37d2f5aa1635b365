"""By what somebody is recognised in words and files, and how she is taken out of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anju.privacy.rules.marks import GONE, Marks, marks_of, plain

LI = marks_of(name="李秀兰", phone="+8613800132201", written="138-0013-2201", alone=True)


def test_a_phone_marks_in_each_writing_and_a_name_where_it_is_hers_alone():
    shared = marks_of(name="王芳", phone="+8613800132201", written="", alone=False)

    for text in ("13800132201", "+8613800132201", "138 0013 2201", "138-0013-2201"):
        assert LI.inside(f"电话{text}。")
        assert shared.inside(text)
    assert LI.inside("李秀兰家")
    assert not shared.inside("王芳")
    assert not marks_of(name="王", phone="", written="", alone=True)
    assert not marks_of(name="", phone="123", written="123", alone=True)


def test_a_landline_marks_by_its_digits():
    found = marks_of(name="", phone="+862164000000", written="", alone=True)

    assert found.words == ("+862164000000", "2164000000")


def test_data_is_cleaned_in_texts_names_and_numbers_and_keeps_its_shape():
    told = {"李秀兰": ["打 13800132201", 5, None, True, 1.5, 13800132201]}

    assert LI.clean(told) == {GONE: [f"打 {GONE}", 5, None, True, 1.5, GONE]}


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_is_cleaned_holds_no_mark_any_more(before, after):
    assert not LI.inside(LI.without(f"{before}李秀兰{after}13800132201"))


def test_bytes_are_searched_in_the_encodings_of_offices():
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        assert LI.in_bytes("姓名,李秀兰".encode(encoding))
    assert LI.in_bytes(b'{"n": "\\u674e\\u79c0\\u5170"}')
    assert not LI.in_bytes("姓名,王芳".encode())
    assert not Marks(()).in_bytes(b"x")


def test_columns_come_out_as_plain_data():
    assert plain({1: (1.5, None, b"x")}) == {"1": [1.5, None, "b'x'"]}
