"""What an owner's words tell before anybody has read them: category, severity, emergency; pure.

Rules first: words that belong to a category. It proposes and a person decides; where nothing is
clear it stays silent. Emergencies are looked for in every text and are never decided away silently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anju.casework.kinds import CaseKind

MOST = 3
OPENING = 5  # a wish or a question is told by how it begins
# Things that are called after a danger and are none.
HARMLESS = (
    "漏电保护", "漏电开关", "漏电断路", "灭火器", "防火门", "燃气费", "燃气表", "燃气公司", "煤气费",
    "fire door", "fire drill", "fire extinguisher", "smoke detector", "fireplace",
)  # fmt: skip
PRAISES = (
    "表扬", "感谢", "点赞", "锦旗", "谢谢你们", "praise", "thank you for", "thank you to", "thanks to",
    "grateful", "well done",
)  # fmt: skip
COMPLAINS = ("投诉", "complain")
ASKS = (
    "咨询", "请问", "想问", "问一下", "问问", "怎么办理", "how do i", "how much", "can i pay", "when does",
    "where can i", "i would like to know",
)  # fmt: skip
WISHES = ("建议", "希望增加", "能不能增加", "suggest", "i propose", "please add", "please install")
# How she asks for a matter that runs already.
PROGRESS = (
    "哪一步", "修到哪", "修得怎么样", "处理得怎么样", "进度", "进展", "什么时候能修好", "什么时候修好", "还没修好",
    "还没人来", "how far is", "status of my", "when will my", "any news of", "still not fixed",
)  # fmt: skip
# What may follow an English word in its place: a drain drains, a car is no card.
LATIN_END = r"(?:s|es|d|ed|ing|age)?(?![a-z])"
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
    words = {word for category in categories for word in category.words if _holds(said, word)}
    return frozenset(word for word in words if _stands_alone(said, word, words))


def _stands_alone(said: str, word: str, words: set[str]) -> bool:
    rest = said
    for other in sorted(words, key=len, reverse=True):
        if other != word and folded(word) in folded(other):
            rest = rest.replace(folded(other), " ")
    return _holds(rest, word)


def _holds(said: str, word: str) -> bool:
    """Say whether a text holds a word: a Chinese one anywhere, an English one as a word of its own."""
    wanted = folded(word)
    if not wanted.isascii():
        return wanted in said
    return re.search(rf"(?<![a-z]){re.escape(wanted)}{LATIN_END}", said) is not None


def _guess(category: Keyed, alone: frozenset[str]) -> Guess:
    words = tuple(word for word in category.words if word in alone)
    return Guess(category.code, sum(category.words[word] for word in words), words)


def emergencies(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the emergency words that a text says and does not deny.

    “没有人受伤” is no injury; “电梯困人” is people in a lift. A word denied once and said once counts.
    """
    said = folded(text)
    for word in HARMLESS:
        said = said.replace(word, " " * len(word))
    return tuple(word for word in words if _said(said, folded(word)))


def kind_said(text: str) -> CaseKind | None:
    """Return the kind that a text says of itself: praise, a complaint, a wish, a question; else None.

    Praise and complaint count wherever they stand and are not denied; a wish or a question only near
    the beginning, since “建议” within a complaint asks for its cure. Who praises and complains
    complains. Example: “表扬保安老李” is praise, although the guards are a topic of complaints.
    """
    said = folded(text)
    if any(_said(said, word) for word in COMPLAINS):
        return CaseKind.COMPLAINT
    if any(_said(said, word) for word in PRAISES):
        return CaseKind.PRAISE
    if any(0 <= said.find(word) < OPENING for word in WISHES):
        return CaseKind.SUGGESTION
    if any(0 <= said.find(word) < OPENING for word in ASKS):
        return CaseKind.ENQUIRY
    return None


def asks_progress(text: str) -> bool:
    """Say whether somebody asks how far a matter is that she told before."""
    said = folded(text)
    return any(word in said for word in PROGRESS)


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
