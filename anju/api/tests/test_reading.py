"""A program's body is read strictly, and no body makes the parser fall over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.api.reading import BODY_MOST, Shape, read
from anju.kernel.pure.problems import Problem

SHAPE = Shape({"project": int, "words": str, "anonymous": bool}, ("words",))


def test_known_fields_of_their_kinds_are_read():
    body = '{"project": 3, "words": "灯 \\"不\\" 亮 [{", "anonymous": true}'.encode()

    assert read(body, SHAPE) == {"project": 3, "words": '灯 "不" 亮 [{', "anonymous": True}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[" * 10_000 + b"]" * 10_000, "E-JSON-DEEP"),
        (b'{"words": "a", "words": "b"}', "E-JSON-TWICE"),
        (b"{" + b",".join(b'"k%d":1' % n for n in range(99)) + b"}", "E-JSON-MANY"),
        (b'{"words": ["a"]}', "E-JSON-KIND"),
        (b'{"words": "a", "project": true}', "E-JSON-KIND"),
        (b'{"words": "a", "project": 3.0}', "E-JSON-KIND"),
        (b'{"words": "a", "project": NaN}', "E-JSON"),
        (b'{"words": "a", "project": 99999999999999999999}', "E-NUM-RANGE"),
        (b'{"words": "\\ud800"}', "E-TEXT-ENCODING"),
        (b'{"words": "a\\u0000b"}', "E-TEXT-CONTROL"),
        (b'{"words": "\xff"}', "E-TEXT-ENCODING"),
        (b'{"words": "a", "role": "head"}', "E-JSON-FIELD"),
        (b'{"project": 3}', "E-JSON-MISSING"),
        (b'"words"', "E-JSON-KIND"),
        (b'{"words": "a"', "E-JSON "),
        (b"", "E-JSON "),
        (b" " * (BODY_MOST + 1), "E-FORM-LONG"),
        (b'{"project": ' + b"9" * 5000 + b', "words": "a"}', "E-"),
    ],
)
def test_what_is_no_body_of_ours_is_refused_with_its_code(body, code):
    with pytest.raises(Problem) as raised:
        read(body, SHAPE)
    assert str(raised.value).startswith(code)
    assert raised.value.text("zh") != raised.value.text("en")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    try:
        found = read(body, SHAPE)
    except Problem:
        return
    assert "words" in found
