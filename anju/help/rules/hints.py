"""Hints for who uses something for the first times: where each stands, and which act ends it. Pure.

The hints are data, so that the page, the count and a test read one list. Their words are the page's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# So often somebody does a thing before its hint is gone.
USES = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: its key, the names of the pages that show it, and of the acts that show it works."""

    key: str
    pages: frozenset[str]
    deeds: frozenset[str]


def _hint(key: str, pages: str, deeds: str) -> Hint:
    return Hint(key, frozenset(pages.split()), frozenset(deeds.split()))


HINTS: tuple[Hint, ...] = (
    _hint("surveys", "surveys", "wave-new"),
    _hint("wave", "wave", "wave-open import-start field-send wave-links-draw wave-close"),
    _hint("columns", "import-columns", "import-start"),
    _hint("finding", "finding", "finding-gap finding-cause finding-people measure-new"),
    _hint("results", "results", "report"),
    _hint("outbox", "outbox", "message-handed"),
    _hint("file", "home-file", "resident-phone resident-care"),
    _hint("roster", "roster", "roster-start"),
    _hint("people", "people", "person-new"),
)
KEYS = frozenset(hint.key for hint in HINTS)


def hint_on(page: str, done: Mapping[str, int]) -> str:
    """Return the key of the hint that a page still shows, or nothing."""
    for hint in HINTS:
        if page in hint.pages and done.get(hint.key, 0) < USES:
            return hint.key
    return ""


def counted(deed: str, done: Mapping[str, int]) -> str:
    """Return the key of the hint that an act counts for, or nothing once its hint is gone."""
    for hint in HINTS:
        if deed in hint.deeds and done.get(hint.key, 0) < USES:
            return hint.key
    return ""
