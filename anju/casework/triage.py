"""What an owner's words tell before anybody has read them: category, severity, emergency; pure.

Rules first: words that belong to a category. It proposes and a person decides; where nothing is
clear it stays silent. Emergencies are looked for in every text and are never decided away silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST = 3
NEGATIONS = ("没有", "没", "不是", "无", "未", "no ", "not ", "without ")
LOOK_BACK = 8


@dataclass(frozen=True, slots=True)
class Keyed:
    """A category and the words that point to it, each with its weight."""

    code: str
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Guess:
    """A category proposed, how strongly, and the words that spoke for it."""

    code: str
    weight: float
    words: tuple[str, ...]


def folded(text: str) -> str:
    """Return a text with full-width letters made narrow and capitals made small."""
    return unicodedata.normalize("NFKC", text).casefold()


def guesses(text: str, categories: Sequence[Keyed]) -> tuple[Guess, ...]:
    """Return at most three categories whose words stand in a text, the strongest first.

    Of words inside one another only the longest counts. Example: “厨房下水道堵了” speaks for the
    drains by 下水道, not for the water by 水.
    """
    said = folded(text)
    alone = _longest(said, categories)
    found = [_guess(category, alone) for category in categories]
    told = [guess for guess in found if guess.words]
    return tuple(sorted(told, key=lambda guess: (-guess.weight, guess.code))[:MOST])


def _longest(said: str, categories: Sequence[Keyed]) -> frozenset[str]:
    """Return the words in a text that stand somewhere not inside a longer one."""
    words = {word for category in categories for word in category.words if folded(word) in said}
    return frozenset(word for word in words if _stands_alone(said, word, words))


def _stands_alone(said: str, word: str, words: set[str]) -> bool:
    rest = said
    for other in sorted(words, key=len, reverse=True):
        if other != word and folded(word) in folded(other):
            rest = rest.replace(folded(other), " ")
    return folded(word) in rest


def _guess(category: Keyed, alone: frozenset[str]) -> Guess:
    words = tuple(word for word in category.words if word in alone)
    return Guess(category.code, sum(category.words[word] for word in words), words)


def emergencies(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the emergency words that a text says and does not deny.

    “没有人受伤” is no injury; “电梯困人” is people in a lift. A word denied once and said once counts.
    """
    said = folded(text)
    return tuple(word for word in words if _said(said, folded(word)))


def _said(said: str, word: str) -> bool:
    at = said.find(word)
    while at >= 0:
        before = said[max(0, at - LOOK_BACK) : at]
        if not any(_denies(before, negation) for negation in NEGATIONS):
            return True
        at = said.find(word, at + len(word))
    return False


def _denies(before: str, negation: str) -> bool:
    """Say whether a denial stands so near before a word that it belongs to it."""
    at = before.rfind(negation)
    if at < 0:
        return False
    between = before[at + len(negation) :]
    return len(between) <= (1 if negation[0] > "z" else 4) and not set(between) & set(
        "，。,.;；！!"
    )
