"""What words tell: a category where it is clear, an emergency always, silence otherwise."""

from __future__ import annotations

import pytest

from anju.casework.defaults import CATEGORIES, EMERGENCY_WORDS
from anju.casework.triage import Keyed, asks_progress, emergencies, guesses, kind_said

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


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("表扬保安老李，帮我抬东西", "praise"),
        ("Thank you for the new lamp", "praise"),
        ("建议增加充电桩", "suggestion"),
        ("我想咨询装修手续", "enquiry"),
        ("请问物业费怎么交", "enquiry"),
        ("我要投诉管家小周", "complaint"),
        ("表扬完前台，我还要投诉保洁", "complaint"),
        ("楼道太脏了，建议换一家保洁公司来做", None),
        ("厨房漏水", None),
        ("我不是投诉，就说一下", None),
    ],
)
def test_words_say_of_themselves_what_they_are(words, kind):
    assert kind_said(words) == kind


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("我家漏电保护器想问问型号", ()),
        ("漏电保护器跳了，插座漏电手麻", ("漏电",)),
        ("灭火器过期了", ()),
        ("The fire door is open", ()),
        ("There is a fire behind the fire door", ("fire",)),
    ],
)
def test_what_is_called_after_a_danger_is_none(words, found):
    assert emergencies(words, EMERGENCY_WORDS) == found


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("楼上装修半夜还在敲，很吵", "noise"),
        ("下周装修要办证", "decoration"),
        ("绿化带杂草没人管", "greening"),
        ("自来水发黄", "water"),
        ("地下车库很暗", "power"),
        ("阳台顶漏雨，另外楼道灯也不亮", "roof"),
        ("卫生间插座漏电，手麻", "power"),
        ("三楼楼道着火冒烟", "safety"),
        ("狗半夜叫", "noise"),
        ("hello, the water in my kitchen is not hot", "water"),
        ("车位被外来车占了", "parking"),
        ("前台打电话没人接", "conduct"),
    ],
)
def test_the_first_categories_know_what_owners_say(words, code):
    keyed = [Keyed(one.code, one.words) for one in CATEGORIES]

    assert guesses(words, keyed)[0].code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("My access card does not open", "doors"),
        ("A car stands on my place", "parking"),
        ("The cards are lost", None),
        ("The socket is leaking current", "power"),
        ("Pipes leaking in the kitchen", "water"),
        ("How far is my repair", None),
    ],
)
def test_an_english_word_counts_as_a_word_of_its_own(text, code):
    found = guesses(text, [Keyed(one.code, one.words) for one in CATEGORIES])
    assert (found[0].code if found else None) == code


@pytest.mark.parametrize(
    "text",
    [
        "I got an electric shock",
        "There is a smell of gas",
        "the socket is leaking current",
        "A burst pipe",
    ],
)
def test_an_english_caller_in_danger_is_heard(text):
    assert emergencies(text, EMERGENCY_WORDS)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("我家漏水修到哪一步了", True),
        ("How far is my repair?", True),
        ("Any news of the lift", True),
        ("厨房水管漏水", False),
        ("It is far from the gate", False),
    ],
)
def test_who_asks_how_far_a_matter_is_tells_no_new_one(text, asks):
    assert asks_progress(text) is asks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thank you to the guard Li", "praise"),
        ("Please add charging points", "suggestion"),
        ("Can I pay parking with the fee", "enquiry"),
    ],
)
def test_english_words_say_their_kind_as_chinese_ones_do(text, kind):
    said = kind_said(text)
    assert said is not None
    assert said.value == kind
