"""What a lobby's visitor must show: the slip's code always, a telephone's end until somebody began."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.fieldwork.rules.codes import Proof, code_from, plain, prove, spaced


@given(st.binary(min_size=8, max_size=32))
def test_a_code_is_six_digits_of_its_secret_alone(secret):
    code = code_from(secret)
    assert len(code) == 6
    assert code.isdigit()
    assert code == code_from(secret)
    assert spaced(code).replace(" ", "") == code


def test_too_short_a_secret_makes_no_code():
    with pytest.raises(ValueError, match="eight bytes"):
        code_from(b"seven77")


@pytest.mark.parametrize(
    "written", ["042917", " 042 917 ", "042-917", "０４２９１７", "042—917", "042·917"]
)
@pytest.mark.parametrize("begun", [False, True])
def test_the_code_opens_in_any_writing_whether_somebody_began_or_not(written, begun):
    assert prove(written, "042917", ["2201"], begun=begun) is Proof.CODE


def test_the_end_of_a_telephone_opens_only_what_nobody_has_begun():
    assert prove("2201", "042917", ["8000", "2201"], begun=False) is Proof.TAIL
    assert prove("2201", "042917", ["8000", "2201"], begun=True) is Proof.TAIL_BEGUN


@pytest.mark.parametrize("written", ["", "2202", "042918", "42917", "1"])
def test_anything_else_opens_nothing(written):
    assert prove(written, "042917", ["2201", "", "1"], begun=False) is Proof.NONE


def test_what_is_typed_is_cut_off():
    assert len(plain("9" * 500)) == 20
