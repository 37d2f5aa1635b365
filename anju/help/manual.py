"""The manual: which pages there are, and their Markdown made into HTML once. Reads only our files.

A page of the manual exists in both languages or not at all. Its links are written as files
(`results.md`) or as pages of the product (`anju://surveys`); a formula is named as
`{{formula:share_top}}` and taken from the registry, so that the manual cannot say another thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.safestring import SafeString

from anju.help.contents import PAGES, Entry
from anju.kernel.pure.later import later
from anju.stats.formulas import FORMULAS

markdown = later("markdown")  # most processes serve no page of the manual

FOLDER = Path(__file__).parent / "text"
LANGUAGES = ("zh", "en")
_FORMULA = re.compile(r"\{\{formula:(\w+)\}\}")
_LINK = re.compile(r'href="([a-z-]+)\.md(#[\w-]+)?"')
_PRODUCT = re.compile(r'href="anju://([a-z-]+)"')
_TITLE = re.compile(r"\A# (.+)\n")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading inside a page, for the outline beside it."""

    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the manual in one language, ready to be shown."""

    entry: Entry
    title: str
    lead: str
    body: SafeString
    outline: tuple[Heading, ...]


def tongue(language: str) -> str:
    """Return which of the manual's languages a reader gets."""
    return "zh" if language.startswith("zh") else "en"


def source(slug: str, language: str) -> str:
    """Return the text of a page as it was written."""
    return (FOLDER / tongue(language) / f"{slug}.md").read_text(encoding="utf-8")


def title_of(slug: str, language: str) -> str:
    """Return the title of a page: its first line."""
    found = _TITLE.match(source(slug, language))
    return found.group(1) if found else slug


@cache
def page_of(slug: str, language: str) -> Page | None:
    """Return a page in a language, made once; None where the manual has no such page."""
    entry = next((entry for entry in PAGES if entry.slug == slug), None)
    if entry is None:
        return None
    told = tongue(language)
    text = _TITLE.sub("", source(slug, language), count=1).strip()
    lead, _, rest = text.partition("\n\n")
    maker = markdown.Markdown(extensions=["tables", "toc", "fenced_code", "sane_lists"])
    made = maker.convert(_FORMULA.sub(lambda m: _formula(m[1], told), rest))
    # Written by us and shipped with the product: nobody else's text ever comes through here.
    body = SafeString(_linked(made).replace("<table>", '<table class="table cards">'))
    heads = tuple(Heading(str(one["id"]), str(one["name"])) for one in maker.toc_tokens)
    return Page(entry, title_of(slug, language), lead, body, heads)


def _formula(key: str, language: str) -> str:
    found = FORMULAS[key]
    return f"{found.zh if language == 'zh' else found.en} (`{found.key}`)"


def _linked(made: str) -> str:
    """Turn links to files of the manual and to pages of the product into addresses."""
    here = _LINK.sub(lambda m: f'href="{reverse("help-page", args=[m[1]])}{m[2] or ""}"', made)
    return _PRODUCT.sub(lambda m: f'href="{reverse(m[1])}"', here)
