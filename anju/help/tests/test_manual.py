"""The manual: in both languages or not at all, no dead link, and a page for every address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, reverse

from anju.help.contents import PAGES, TOPICS, Part, explained, topic_of
from anju.help.manual import FOLDER, LANGUAGES, page_of, source, title_of
from anju.stats.formulas import FORMULAS
from anju.web.declare import declared_urls

SLUGS = {entry.slug for entry in PAGES}
WRITTEN = {
    language: {path.stem for path in (FOLDER / language).glob("*.md")} for language in LANGUAGES
}
LINK = re.compile(r"\]\(([^)\s]+)\)")
HAN = re.compile(r"[\u4e00-\u9fff]")
EVERY = [(slug, language) for slug in sorted(SLUGS) for language in LANGUAGES]


def dead(text: str) -> Iterator[str]:
    """Yield each link that leads to no page of the manual and to no page of the product."""
    for target in LINK.findall(text):
        if target.startswith("anju://"):
            try:
                reverse(target.removeprefix("anju://"))
            except NoReverseMatch:
                yield target
        elif target.removesuffix(".md") not in SLUGS or not target.endswith(".md"):
            yield target


def test_every_page_exists_in_both_languages_and_in_the_contents():
    assert WRITTEN["zh"] == WRITTEN["en"] == SLUGS


@pytest.mark.parametrize(("slug", "language"), EVERY)
def test_a_page_has_a_title_a_lead_and_no_dead_link(slug, language):
    page = page_of(slug, language)

    assert page is not None
    assert page.title
    assert page.title != slug
    assert page.lead
    assert not page.lead.startswith(("#", "|", "-", "1."))
    assert list(dead(source(slug, language))) == []
    assert "{{" not in page.body
    assert "anju://" not in page.body
    assert ".md" not in page.body


def test_a_dead_link_is_found():
    assert list(dead("[a](nowhere.md) [b](anju://nowhere) [c](share-top.md)")) == [
        "nowhere.md",
        "anju://nowhere",
    ]


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_the_two_languages_say_the_same_things(slug):
    told = [
        (len(re.findall(r"(?m)^## ", text)), sorted(LINK.findall(text)), text.count("```"))
        for text in (source(slug, language) for language in LANGUAGES)
    ]

    assert told[0] == told[1]


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_an_english_page_holds_no_chinese_but_the_names_of_things(slug):
    """Room numbers and what a calendar's line may say are shown as people write them."""
    lines = [line for line in source(slug, "en").splitlines() if HAN.search(line)]

    assert len(lines) <= 1
    assert HAN.search(title_of(slug, "zh"))


def test_every_figure_says_definition_formula_example_and_limits():
    for entry in PAGES:
        if entry.part is Part.FIGURES and entry.slug != "figures":
            assert re.findall(r"(?m)^## (.+)$", source(entry.slug, "en")) == [
                "Formula",
                "Example",
                "Limits",
            ]


def test_every_formula_of_the_registry_is_explained_in_the_registrys_own_words():
    told = "".join(source(slug, "zh") for slug in SLUGS)

    assert set(re.findall(r"\{\{formula:(\w+)\}\}", told)) == FORMULAS.keys()
    page = page_of("share-top", "zh")
    assert page is not None
    assert FORMULAS["share_top"].zh in page.body


def test_every_page_of_the_product_has_its_page_of_the_manual():
    pages = {url.name for url in declared_urls() if url.access and url.access.verb is not None}

    assert {name for name in pages if not explained(name)} == set()
    assert {topic_of(name) for name in pages} <= SLUGS


def test_the_longest_beginning_of_a_name_wins_and_a_strange_one_gets_the_first_page():
    assert topic_of("wave") == "surveys"
    assert topic_of("wave-links-draw") == "fieldwork"
    assert topic_of("strange") == "ten-minutes"
    assert not explained("strange")


def test_every_topic_leads_to_a_page():
    assert set(TOPICS.values()) <= SLUGS


def test_a_page_that_is_not_there_is_nothing():
    assert page_of("nowhere", "zh") is None
