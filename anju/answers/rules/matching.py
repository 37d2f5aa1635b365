"""Columns matched to the items of a questionnaire, and answer texts to the levels of its scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from anju.answers.rules.answers import MISSING, NA_CODE, ItemDef, not_applicable_index
from anju.answers.rules.columns import Look
from anju.answers.rules.headers import plain, wording
from anju.answers.rules.mapping import Answer
from anju.answers.rules.vocabulary import folded, is_not_applicable, same_level
from anju.stats.scales import Scale

_CLOSE = 0.72
_SURE = 0.9
_ANSWERS_MOST = 120


@dataclass(frozen=True, slots=True)
class Match:
    """An item that a column seems to hold. Units: `closeness` 0 to 1, 1 is the same text."""

    item: ItemDef
    closeness: float

    def reason(self, look: Look) -> tuple[str, str, bool]:
        """Return why in English and Chinese, and whether nobody needs to look at it."""
        numbers = _by_value(look, self.item.scale)
        en = f"the heading is item {self.item.code}" + self._how("en")
        zh = f"列名对应题目 {self.item.code}" + self._how("zh")
        if numbers:
            en += "; numbers are read as the values of its answers, so check their direction"
            zh += "；数字按选项分值理解，请核对方向"
        strange = unmatched(look, self.item)
        if strange:
            en += f"; not among its answers: {', '.join(strange[:5])}"
            zh += f"；不在选项中的答案：{'、'.join(strange[:5])}"
        return en, zh, self.closeness >= _SURE and not numbers and not strange

    def _how(self, language: str) -> str:
        if self.closeness >= _SURE:
            return ""
        share = f"{self.closeness:.0%}"
        return f"（相似度 {share}）" if language == "zh" else f" ({share} alike)"


def match_items(looks: Sequence[Look], items: Sequence[ItemDef]) -> dict[str, Match]:
    """Return for each heading the item it names; every item at most once, the closest first."""
    pairs = [
        (closeness(look.header, item), -place, look.header, item)
        for look in looks
        for place, item in enumerate(items)
    ]
    found: dict[str, Match] = {}
    taken: set[str] = set()
    for score, _, header, item in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if score < _CLOSE:
            break
        if header not in found and item.code not in taken:
            found[header] = Match(item, score)
            taken.add(item.code)
    return found


def closeness(header: str, item: ItemDef) -> float:
    """Return how much a heading is like an item's code or wording: 0 to 1."""
    key = plain(header)
    if key == plain(item.code):
        return 1.0
    words = wording(header)
    texts = [wording(text) for text in (item.zh, item.en) if text]
    if words and words in texts:
        return 0.98
    if key.startswith(plain(item.code)) and words and any(t in key for t in texts):
        return 0.98
    return max((_ratio(words, text) for text in texts), default=0.0)


def _ratio(one: str, two: str) -> float:
    """Return how alike two wordings are; a cheap bound spares the long comparison."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.real_quick_ratio() < _CLOSE or matcher.quick_ratio() < _CLOSE:
        return 0.0
    return matcher.ratio() * 0.97


def answers_of(look: Look, item: ItemDef) -> tuple[Answer, ...]:
    """Return what each text of the column means on the item's scale; unknown texts are left out.

    Texts that say "does not apply" go to the level without a value, `na` where there is none.
    """
    values = _by_value(look, item.scale)
    none = not_applicable_index(item.scale)
    na = item.scale.levels[none].code if none != MISSING else NA_CODE
    found: list[Answer] = [Answer(text, code) for text, code in values.items()]
    for text, _ in look.texts[:_ANSWERS_MOST]:
        if text in values:
            continue
        code = same_level(item.scale, text)
        if code is None and is_not_applicable(text):
            code = na
        if code is not None:
            found.append(Answer(text, code))
    return tuple(found)


def _by_value(look: Look, scale: Scale) -> dict[str, str]:
    """Return numbers to levels when a worded scale was filled in with its values."""
    numbers = look.numbers
    if numbers is None or any(same_level(scale, str(number)) for number, _ in numbers):
        return {}
    values = {level.value: level.code for level in scale.valued}
    if not any(float(number) in values for number, _ in numbers):
        return {}
    return {f"{value:g}": code for value, code in values.items() if value is not None}


def unmatched(look: Look, item: ItemDef) -> tuple[str, ...]:
    """Return the texts of the column for which no level is known, most frequent first."""
    known = {folded(answer.text) for answer in answers_of(look, item)}
    return tuple(text for text, _ in look.texts if folded(text) not in known)
