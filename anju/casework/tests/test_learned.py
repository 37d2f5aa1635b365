"""A learned guess is heard only where it was measured to be right often enough."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from anju.casework.learned import LEAST_CASES, Example, guess, learn, likeliest, train

WORDS = {
    "water": ("厨房漏水", "水管滴水", "下水堵了", "卫生间反水"),
    "power": ("楼道灯不亮", "家里跳闸", "插座没电", "路灯坏了"),
    "lift": ("电梯停了", "电梯有异响", "电梯门关不上", "电梯抖动"),
}


def cases(many: int, *, noise: float, seed: int = 7) -> list[Example]:
    """Return cases whose category is wrong for a share of them."""
    drawn = random.Random(seed)
    found = []
    for _ in range(many):
        code = drawn.choice(list(WORDS))
        said = drawn.choice(WORDS[code]) + drawn.choice(["，请来看", "了两天", "，麻烦快点", ""])
        given_ = drawn.choice(list(WORDS)) if drawn.random() < noise else code
        found.append(Example(said, given_))
    return found


def test_what_is_told_apart_by_its_words_is_heard_with_its_precision_and_base():
    learned = learn(cases(600, noise=0.02))

    assert learned is not None
    assert learned.speaks
    assert learned.precision is not None
    assert 0.85 <= learned.low <= learned.precision <= learned.high
    assert (learned.trained, learned.held) == (420, 90)
    assert guess(learned, "电梯又停了，请来看") == "lift"


def test_categories_given_by_chance_keep_it_silent():
    learned = learn(cases(600, noise=1.0))

    assert learned is not None
    assert not learned.speaks
    assert guess(learned, "电梯又停了") is None


def test_a_young_company_has_taught_nothing():
    assert learn(cases(LEAST_CASES - 1, noise=0)) is None
    assert guess(None, "电梯") is None


def test_right_guesses_of_too_few_cases_are_not_heard():
    learned = learn(cases(LEAST_CASES, noise=0))

    assert learned is not None
    assert learned.held < 50
    assert not learned.speaks


@given(st.lists(st.sampled_from(cases(60, noise=0.1)), min_size=3, max_size=40), st.text())
def test_how_sure_it_is_is_a_share_and_the_order_of_cases_does_not_matter(examples, words):
    code, sure = likeliest(train(examples), words)

    assert 0 <= sure <= 1
    assert (code, round(sure, 9)) == (
        (other := likeliest(train(examples[::-1]), words))[0],
        round(other[1], 9),
    )


def test_words_that_it_never_met_are_no_guess():
    learned = learn(cases(600, noise=0.02))

    assert guess(learned, "三楼着火冒烟") is None
    assert guess(learned, "你们经理是谁，我要找他") is None
    assert guess(learned, "") is None


ENGLISH = {
    "water": ("Kitchen tap drips", "Pipe leaks under the sink", "Toilet runs all night"),
    "parking": ("A scooter blocks the ramp", "Stranger parks on my place", "Barrier stays closed"),
    "noise": ("Neighbour drills at night", "Dog barks for hours", "Square dance is loud"),
}


def english(many: int, seed: int = 5) -> list[Example]:
    drawn = random.Random(seed)
    codes = [drawn.choice(list(ENGLISH)) for _ in range(many)]
    return [
        Example(drawn.choice(ENGLISH[code]) + drawn.choice(["", ", please", " again"]), code)
        for code in codes
    ]


def test_of_english_words_that_it_never_met_it_is_silent_though_it_knows_their_letters():
    learned = learn(english(600))

    assert learned is not None
    assert learned.speaks
    assert guess(learned, "The tap drips again") == "water"
    for unknown in ("How far is my repair", "nevermind", "Please add charging points"):
        assert guess(learned, unknown) is None


def test_words_of_both_languages_in_one_text_are_known_by_both():
    model = train([Example("厨房 tap 漏水", "water"), Example("电梯 lift 停了", "lift")])

    assert likeliest(model, "tap 漏水")[0] == "water"
    assert likeliest(model, "the of")[1] == 0.0
