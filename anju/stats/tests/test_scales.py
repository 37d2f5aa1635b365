"""Scales: direction by value, the declared top set, balance, refusals."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats.results import BadScale
from anju.stats.scales import Level, scale
from anju.stats.tests.cast import FIVE, THREE, YES_NO

DOWN = [Level("c4", 4, "很干净", "very clean"), Level("c1", 1, "很脏", "very unclean")]


def test_levels_run_from_worst_to_best_whatever_the_form_prints():
    best_first = scale("clean", DOWN)

    assert [level.code for level in best_first.levels] == ["c1", "c4"]
    assert best_first.printed == ("c4", "c1")
    assert best_first.minimum == 1
    assert best_first.maximum == 4


def test_a_level_without_a_value_comes_last_and_leaves_the_values():
    shuffled = scale("s", [YES_NO.level("x"), YES_NO.level("y"), YES_NO.level("n")])

    assert [level.code for level in shuffled.levels] == ["n", "y", "x"]
    assert list(shuffled.values) == [0, 1]
    assert shuffled.signature == "n=0/y=1"


def test_the_position_of_a_code_is_its_place_in_the_levels():
    assert THREE.position("ds") == 0
    assert THREE.level("vs").value == 3


def test_an_unknown_code_is_refused_with_the_known_ones():
    with pytest.raises(BadScale, match="ds, bs, vs") as caught:
        THREE.position("A")

    assert caught.value.code == "E-STATS-SCALE-DEF"
    assert "ds, bs, vs" in caught.value.zh


def test_two_of_three_favourable_levels_are_unbalanced():
    assert not THREE.balanced
    assert not THREE.has_middle
    assert [caution.code for caution in THREE.warnings] == ["scale-unbalanced"]


def test_five_levels_with_a_middle_are_balanced():
    assert FIVE.balanced
    assert FIVE.has_middle
    assert FIVE.top == {"c4", "c5"}
    assert FIVE.unfavourable == {"c1", "c2"}
    assert FIVE.warnings == ()


def test_words_on_the_good_side_can_be_declared_beyond_the_top():
    narrow = scale("s", THREE.levels, top={"vs"}, favourable={"bs"})

    assert narrow.top == {"vs"}
    assert narrow.favourable == {"vs", "bs"}
    assert not narrow.balanced


@pytest.mark.parametrize(
    ("levels", "options", "said"),
    [
        ([DOWN[0], DOWN[0]], {}, "twice"),
        ([DOWN[0], Level("c9", nan, "坏", "bad")], {}, "finite"),
        ([DOWN[0], Level("x", None, "无", "none")], {}, "two levels"),
        ([DOWN[0], Level("c5", 4, "同", "same")], {}, "two levels"),
        ([], {}, "two levels"),
        (DOWN, {"top": ["c7"]}, "c7"),
        (DOWN, {"top": []}, "top"),
        (DOWN, {"favourable": ["c7"]}, "favourable"),
        (YES_NO.levels, {"top": ["x"]}, "x"),
    ],
)
def test_a_scale_that_cannot_be_used_is_refused(levels, options, said):
    with pytest.raises(BadScale, match=said):
        scale("s", levels, **options)


@given(st.permutations(range(5)))
def test_the_printed_order_never_changes_the_scale(order):
    built = scale("clean5", [FIVE.levels[place] for place in order])

    assert built.levels == FIVE.levels
    assert built.top == FIVE.top


def test_a_scale_has_its_name_in_both_languages():
    found = scale("clean", DOWN, words=("干净程度", "how clean"))

    assert (found.zh, found.en) == ("干净程度", "how clean")


@pytest.mark.parametrize(("top", "zh", "en"), [((), "空", "-"), (("c9",), "c9", "c9")])
def test_a_top_set_of_nothing_or_of_strangers_is_named_in_both_languages(top, zh, en):
    with pytest.raises(BadScale) as told:
        scale("clean", DOWN, top=top)

    assert told.value.zh.endswith(f"有误：{zh}。")
    assert told.value.en.endswith(f"not: {en}.")
