"""What says nothing is no opinion, in whatever way it is written; an opinion is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.answers.rules.remarks import LONGEST, NOTHING, says_nothing


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "无", "无。", "没有", "没", "暂无", "没有 意见！", "无无无", "none", "None.", "N/A", "ｎ／ａ", "n.a.",
     "/", "-", "——", "…", "。", "No comment", "nothing to add"],
)  # fmt: skip
def test_a_remark_without_an_opinion_is_known(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["没有电梯", "无障碍通道没有", "没人管", "no lift", "好", "👍", "5", "电梯" * 20, "无" + "。" * LONGEST],
)  # fmt: skip
def test_an_opinion_is_never_taken_for_nothing(text):
    assert not says_nothing(text)


@given(st.sampled_from(sorted(NOTHING)), st.sampled_from(["", " ", "。", "!", "、"]))
def test_every_word_of_the_list_is_found_with_any_stop_behind_it(word, stop):
    assert says_nothing(word.upper() + stop)
