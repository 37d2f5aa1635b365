"""The text policy: every refusal of the catalogue, and what must be taken."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.pure.graphemes import graphemes
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import body, clean_body, clean_line, clean_search, decoded

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


def refused(call, *args, **kwargs) -> Problem:
    with pytest.raises(Problem) as caught:
        call(*args, **kwargs)
    return caught.value


@pytest.mark.parametrize("bad", ["a\x00", "a\x01b", "a\x1f", "a\x7f", "a\ufffe", "a\x9f"])
def test_a_control_character_is_refused_with_its_position(bad: str) -> None:
    problem = refused(clean_line, bad, "name")

    assert problem.code == "E-TEXT-CONTROL"
    assert "position 2" in problem.text("en")
    assert "第 2 个字符" in problem.text("zh-hans")


@pytest.mark.parametrize(
    "blank", ["", "   ", "\u200b\u200b", "\u3164", "\u2800", "\ufeff\u00ad", "\ufe0f", "\u2060"]
)
def test_a_name_without_a_visible_character_is_refused(blank: str) -> None:
    assert refused(clean_line, blank, "name").code == "E-TEXT-EMPTY"


def test_a_direction_mark_is_refused_in_a_name_and_taken_out_of_a_body() -> None:
    assert refused(clean_line, "photo\u202egpj.exe", "name").code == "E-TEXT-BIDI"
    cleaned = body("safe\u202e text", "body")
    assert (cleaned.text, cleaned.removed) == ("safe text", 1)


def test_a_lone_surrogate_and_broken_bytes_are_refused() -> None:
    assert refused(clean_body, "a\ud800", "body").code == "E-TEXT-ENCODING"
    assert "position 3" in refused(decoded, b"ab\xff", "body").text("en")
    assert decoded("好".encode(), "body") == "好"


def test_a_long_body_is_refused_with_both_numbers() -> None:
    problem = refused(clean_body, "x" * 1_048_576, "body")

    assert problem.code == "E-TEXT-LONG"
    assert "5,000" in problem.text("en")
    assert "1,048,576" in problem.text("zh-hans")


def test_joined_emoji_count_as_they_are_shown() -> None:
    text = FAMILY * 4_999

    assert clean_body(text, "body") == text
    assert graphemes(text) == 4_999
    assert refused(clean_body, FAMILY * 5_001, "body").params["sent"] == 5_001


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", 0),
        ("abc", 3),
        ("好房子，安居。", 7),
        ("a\u0301", 1),
        ("\U0001f1e8\U0001f1f3\U0001f1eb\U0001f1f7", 2),
        ("\U0001f44d\U0001f3fd!", 2),
        ("1\ufe0f\u20e3", 1),
        ("\u1112\u1161\u11ab", 1),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", 1),
        ("\u200dx", 1),
    ],
)
def test_characters_are_counted_as_seen(text: str, shown: int) -> None:
    assert graphemes(text) == shown


def test_a_heap_of_marks_is_not_one_character() -> None:
    assert graphemes("a" + "\u0301" * 31_999) == 1_001


@pytest.mark.parametrize(
    "name", ["𠮷野家", "䶮", "<script>alert(1)</script>", "{{7*7}}", "${x}", "\U00031350"]
)
def test_rare_and_suspicious_letters_are_taken_as_they_are(name: str) -> None:
    assert clean_line(name, "name") == name


def test_a_line_is_one_line_in_normal_form() -> None:
    assert clean_line("  Cafe\u0301\t3\n栋\u200b ", "name") == "Café 3 栋"
    assert clean_body("one\r\ntwo\u2028three", "body") == "one\ntwo\nthree"


def test_a_search_is_words_and_never_too_long() -> None:
    assert clean_search(' "NEAR(a b) %%%% \x00 ') == '"NEAR(a b) %%%%'
    assert refused(clean_search, "长" * 10_240).code == "E-SEARCH"
    assert refused(clean_search, "长" * 201).code == "E-SEARCH"


@given(st.text(max_size=300))
def test_what_passes_once_passes_again_unchanged(text: str) -> None:
    try:
        once = clean_line(text, "name")
    except Problem:
        return
    assert clean_line(once, "name") == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(max_size=100))
def test_nobody_sees_more_characters_than_there_are(text: str) -> None:
    assert graphemes(text) <= len(text)
