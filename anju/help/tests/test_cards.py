"""Role cards: one for each role, five tasks, one sheet, both languages, keys that exist."""

from __future__ import annotations

import io

import pypdf
import pytest

from anju.help.cards.data import CARDS
from anju.help.cards.printing import ROLES, card_pdf, plain
from anju.register.rules.rights import Role

LANGUAGES = ("zh", "en")


def test_every_role_has_a_card_with_five_tasks():
    assert CARDS.keys() == set(Role) == ROLES.keys()
    assert {len(card.tasks) for card in CARDS.values()} == {5}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(Role))
def test_a_card_is_one_sheet_and_says_every_task(role, language):
    printed = pypdf.PdfReader(io.BytesIO(card_pdf(role, language)))
    text = printed.pages[0].extract_text().replace("\n", "").replace(" ", "")
    told = plain(CARDS[role], language)

    assert len(printed.pages) == 1
    for task in told["tasks"]:
        assert task["name"].replace(" ", "") in text
    assert str(told["role"]).replace(" ", "") in text


def test_the_same_card_has_the_same_bytes():
    card_pdf.cache_clear()
    first = card_pdf(Role.DESK, "zh")
    card_pdf.cache_clear()

    assert card_pdf(Role.DESK, "zh") == first


def test_every_text_is_there_in_both_languages():
    for card in CARDS.values():
        words = [card.motto, *(w for task in card.tasks for w in (task.name, *task.steps))]
        assert all(one.zh and one.en and one.zh != one.en for one in words)
