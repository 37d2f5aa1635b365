"""The words in which owners answer: families, synonyms, what is no answer."""

from __future__ import annotations

import pytest

from anju.answers.rules.answers import MISSING, ItemDef, not_applicable_index, with_not_applicable
from anju.answers.rules.vocabulary import (
    FAMILIES,
    family_of,
    folded,
    is_blank,
    is_not_applicable,
    same_level,
)
from anju.stats.scales import Level, scale

FORM = scale(
    "sat3",
    [Level("vs", 3, "很满意", "very satisfied"), Level("bs", 2, "大体满意", "broadly satisfied"), Level("ds", 1, "不满意", "dissatisfied")],
    top=["vs", "bs"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["非常满意", "满意", "一般", "不满意", "非常不满意"], "sat5"),
        (["很满意", "满意", "一般", "不满意", "很不满意"], "sat5"),
        (["Very satisfied", "satisfied", "Neutral", "DISSATISFIED", "very dissatisfied"], "sat5"),
        (["满意", "较满意", "较不满意", "不满意"], "sat4"),
        (["很满意", "满意", "不满意", "很不满意"], "sat4n"),
        (["满意", "基本满意", "不满意"], "sat3"),
        (["满意", "一般", "不满意"], "sat3n"),
        (["满意", "不满意"], "sat2"),
        (["Low", "Medium", "High"], "amount3"),
        (["很差", "差", "一般", "好", "很好"], "good5"),
        (["是", "否"], "yesno"),
        (["及时", "不及时"], "denied"),
        (["A. 满意", "B. 不满意"], "sat2"),
    ],
)
def test_a_family_is_known_by_its_words(texts: list[str], code: str) -> None:
    family = family_of(texts)

    assert family is not None
    assert family.code == code


@pytest.mark.parametrize(
    "texts", [[], ["红", "绿"], ["很满意", "非常满意", "满意", "不满意"], ["a", "b", "不c"]]
)
def test_other_words_are_no_family(texts: list[str]) -> None:
    assert family_of(texts) is None


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.code)
def test_every_family_makes_a_scale_from_worst_to_best(family) -> None:
    made = family.as_scale()

    assert made.values == tuple(float(n) for n in range(1, len(family.words) + 1))
    assert made.top
    assert all(level.zh and level.en for level in made.levels)
    assert len({text for word in family.words for text in word.same}) == sum(
        len(w.same) for w in family.words
    )


def test_levels_are_called_as_they_were_seen() -> None:
    family = family_of(["很满意", "满意", "一般", "不满意", "很不满意"])
    assert family is not None

    assert family.as_scale(["很满意", "High", "satisfied"]).level("vs").zh == "很满意"
    assert family.as_scale(["很满意", "Satisfied"]).level("s").en == "Satisfied"
    assert family.as_scale(["Satisfied"]).level("s").zh == "满意"


@pytest.mark.parametrize(
    ("text", "plain"),
    [(" 很满意 ", "很满意"), ("A、很满意", "很满意"), ("①很满意", "很满意"), ("很满意（5分）", "很满意"), ("5分", "5"), ("５", "5"), ("1.5", "1.5"), ("Very  Satisfied!", "verysatisfied")],
)  # fmt: skip
def test_a_text_is_compared_without_its_trimmings(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_no_answer_and_not_applicable_are_kept_apart() -> None:
    assert all(is_blank(text) for text in ("", "-", "未回答", "NaN", "/"))
    assert all(
        is_not_applicable(text) for text in ("不适用", "N/A", "n/a", "没接触过", "Don't know")
    )
    assert not is_blank("0")
    assert not is_not_applicable("满意")


@pytest.mark.parametrize(
    ("text", "code"),
    [("vs", "vs"), ("很满意", "vs"), ("Very Satisfied", "vs"), ("非常满意", "vs"), ("基本满意", "bs"), ("满意", "vs"), ("一般", None), ("5", None), ("", None)],
)  # fmt: skip
def test_a_text_names_a_level_by_code_name_or_synonym(text: str, code: str | None) -> None:
    assert same_level(FORM, text) == code


def test_a_synonym_is_not_borrowed_from_another_kind_of_scale() -> None:
    lopsided = scale("x", [Level("a", 1, "不满意", ""), Level("b", 2, "还行", "")])

    assert same_level(lopsided, "较不满意") is None


def test_a_level_without_a_value_is_added_only_where_there_is_none() -> None:
    item = ItemDef("Q1", "保洁", "cleaning", FORM)

    wide = with_not_applicable(item)

    assert [level.code for level in wide.scale.levels] == ["ds", "bs", "vs", "na"]
    assert with_not_applicable(wide) == wide
    assert not_applicable_index(wide.scale) == 3
    assert not_applicable_index(FORM) == MISSING
    other = scale(
        "y",
        [
            Level("n", 0, "否", "no"),
            Level("y", 1, "是", "yes"),
            Level("x", None, "无所谓", "either"),
        ],
    )
    assert not_applicable_index(other) == 2
