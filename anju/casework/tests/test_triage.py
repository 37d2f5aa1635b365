"""What words tell: a category where it is clear, an emergency always, silence otherwise."""

from __future__ import annotations

import pytest

from anju.casework.triage import Keyed, emergencies, guesses

WATER = Keyed("water", {"漏水": 2.0, "水": 0.5, "leak": 2.0})
DRAIN = Keyed("drain", {"下水道": 2.0, "堵": 1.0, "blocked": 1.0})
LIFT = Keyed("lift", {"电梯": 2.0, "lift": 2.0})
ALL = (WATER, DRAIN, LIFT)
DANGER = ("着火", "漏电", "困人", "受伤", "fire", "trapped")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("厨房下水道堵了", ["drain"]),
        ("下水道漏水，地上都是水", ["water", "drain"]),
        ("The LIFT is blocked", ["lift", "drain"]),
        ("ＬＥＡＫ in the kitchen", ["water"]),
        ("邻居太吵", []),
        ("", []),
    ],
)
def test_the_longest_words_speak_and_the_strongest_comes_first(text, codes):
    assert [guess.code for guess in guesses(text, ALL)] == codes


def test_a_guess_says_by_which_words():
    assert guesses("卫生间漏水", ALL)[0].words == ("漏水",)


def test_at_most_three_are_offered():
    many = [Keyed(str(number), {"坏": 1.0}) for number in range(5)]
    assert [guess.code for guess in guesses("坏了", many)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电梯困人了，快来", ("困人",)),
        ("配电箱漏电，已经着火", ("着火", "漏电")),
        ("没有人受伤，也没着火", ()),
        ("没有着火，后来又着火了", ("着火",)),
        ("不是水的问题，是漏电", ("漏电",)),
        ("a FIRE in the cellar", ("fire",)),
        ("there is no fire", ()),
        ("nobody knows whether somebody is trapped", ("trapped",)),
        ("路灯不亮", ()),
    ],
)
def test_an_emergency_is_heard_unless_it_is_denied(text, found):
    assert emergencies(text, DANGER) == found
