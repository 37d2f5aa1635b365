"""Stamps: another state has another stamp, and only who saw the present one may write."""

from __future__ import annotations

import pytest

from anju.kernel.pure.problems import Problem
from anju.survey.rules.questionnaire import Words
from anju.survey.rules.stamps import refuse_stale, stamp


def test_the_same_words_have_the_same_stamp_and_others_another():
    assert stamp(Words("东门", "gate")) == stamp(Words("东门", "gate"))
    assert stamp(Words("东门", "gate")) != stamp(Words("西门", "gate"))


def test_who_saw_something_else_is_told_and_who_looked_at_nothing_is_not():
    refuse_stale("", "now")
    refuse_stale(stamp("now"), "now")
    with pytest.raises(Problem) as caught:
        refuse_stale(stamp("before"), "now")
    assert caught.value.code == "E-STALE"
