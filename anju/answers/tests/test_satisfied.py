"""Which answers count as satisfied: one choice for the same answers, never none and never all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.columns import listed_scale, numeric_scale
from anju.answers.rules.satisfied import same_answers, with_tops
from anju.kernel.pure.problems import Problem
from anju.stats.scales import Level, scale

WORDS = listed_scale(("不满意", "一般", "满意", "很满意"))
NUMBERS = numeric_scale(1, 5)


def items(*scales) -> tuple[ItemDef, ...]:
    return tuple(ItemDef(f"I{n}", f"题{n}", f"item {n}", one) for n, one in enumerate(scales, 1))


def test_items_with_the_same_answers_are_asked_once_in_the_order_of_the_first():
    groups = same_answers(items(WORDS, NUMBERS, WORDS))
    assert [[item.code for item in group.items] for group in groups] == [["I1", "I3"], ["I2"]]
    assert [level.zh for level in groups[0].counted] == ["满意", "很满意"]
    assert [level.zh for level in groups[0].beginnings] == ["一般", "满意", "很满意"]


def test_the_field_of_a_group_changes_with_its_answers_alone():
    plain = same_answers(items(WORDS))[0]
    raised = same_answers(with_tops(items(WORDS), {plain.key: "L4"}))[0]
    other = same_answers(items(listed_scale(("差", "一般", "满意", "很满意"))))[0]
    assert plain.field == raised.field != other.field


def test_a_choice_reaches_every_item_of_its_group_and_no_other():
    made = items(WORDS, NUMBERS, WORDS)
    key = same_answers(made)[0].key
    chosen = with_tops(made, {key: "L2"})
    assert [item.scale.top for item in chosen] == [
        frozenset({"L2", "L3", "L4"}),
        NUMBERS.top,
        frozenset({"L2", "L3", "L4"}),
    ]
    assert [item.scale.signature for item in chosen] == [item.scale.signature for item in made]


def test_the_order_of_the_form_and_answers_without_a_value_are_kept():
    levels = [
        Level("y", 3, "好", "good"),
        Level("m", 2, "中", "fair"),
        Level("n", 1, "差", "bad"),
        Level("na", None, "不适用", "n/a"),
    ]
    made = items(scale("form", levels, words=("表", "form")))
    chosen = with_tops(made, {same_answers(made)[0].key: "m"})[0].scale
    assert chosen.printed == ("y", "m", "n", "na")
    assert (chosen.zh, chosen.en, chosen.top) == ("表", "form", frozenset({"m", "y"}))


def test_a_choice_for_answers_that_are_gone_is_left_aside():
    assert with_tops(items(WORDS), {"0123456789": "L1"}) == items(WORDS)


@pytest.mark.parametrize(
    ("code", "refused"), [("L1", "E-TOP"), ("", "E-ANSWER"), ("L9", "E-ANSWER")]
)
def test_none_and_all_are_refused_at_their_field(code, refused):
    group = same_answers(items(WORDS))[0]
    with pytest.raises(Problem) as caught:
        with_tops(items(WORDS), {group.key: code})
    assert (caught.value.code, caught.value.field) == (refused, group.field)
    assert caught.value.text("zh-hans").endswith("。")


@given(st.integers(2, 12), st.data())
def test_what_counts_is_always_the_upper_end_and_never_all(count, data):
    made = items(listed_scale(tuple(f"词{n}" for n in range(count))))
    group = same_answers(made)[0]
    begin = data.draw(st.sampled_from(group.beginnings))
    chosen = same_answers(with_tops(made, {group.key: begin.code}))[0]
    assert chosen.counted == chosen.scale.valued[chosen.scale.valued.index(begin) :]
    assert 0 < len(chosen.counted) < count
