"""The summary of a refused form names the field where the sentence itself cannot."""

from __future__ import annotations

import pytest

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.web.parts.ask import Group
from anju.web.parts.form import Field, with_problem

FIELDS = (Field("title", "标题"), Field("cause", "根源"))


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "根源："), ("en", "根源: ")])
def test_a_sentence_that_knows_no_field_is_led_by_its_label(language, said):
    with pytest.raises(Problem) as refused:
        clean_body(" ", "cause")
    fields, (refusal,) = with_problem(FIELDS, refused.value, language)
    assert refusal.sentence == said + refused.value.text(language)
    assert fields[1].error == refused.value.text(language)
    assert fields[0].error == ""


def test_a_sentence_of_a_room_or_of_no_field_stands_as_it_is():
    for problem in (Problem("E-COUNT", "cause", "e", "z"), Problem("E-TEXT-EMPTY", "x", "e", "z")):
        _fields, (refusal,) = with_problem(FIELDS, problem, "en")
        assert refusal.sentence == "e"


def test_a_group_of_nothing_but_hidden_fields_has_no_card_around_it():
    version = Field("version", "", "3", kind="hidden")

    assert Group((version,)).bare
    assert not Group((version, Field("reason", "Why"))).bare
    assert not Group((version,), hint="Nothing to fill in").bare
