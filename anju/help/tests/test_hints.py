"""Which hint a page shows, until its deed was done so often."""

from __future__ import annotations

from django.urls import get_resolver

from anju.help.rules.hints import HINTS, KEYS, USES, counted, hint_on
from anju.web.parts.hints import WORDS


def test_a_hint_stands_until_its_deed_was_done_three_times():
    assert hint_on("surveys", {}) == "surveys"
    assert hint_on("surveys", {"surveys": USES - 1, "wave": USES}) == "surveys"
    assert hint_on("surveys", {"surveys": USES}) == ""
    assert hint_on("health", {}) == ""


def test_only_the_deed_of_a_hint_that_still_stands_counts():
    assert counted("wave-new", {"surveys": 1}) == "surveys"
    assert counted("wave-new", {"surveys": USES}) == ""
    assert counted("set_theme", {}) == ""


def test_every_hint_has_words_and_names_pages_and_deeds_that_exist():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert set(WORDS) == KEYS
    assert len(KEYS) == len(HINTS)
    assert [hint.key for hint in HINTS if not (hint.pages and hint.deeds)] == []
    assert {name for hint in HINTS for name in hint.pages | hint.deeds} <= names
