"""The words in which owners answer, each family from worst to best, in Chinese and English.

A family is a proposal for a scale; it never overrides the scale of a questionnaire.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from anju.stats.scales import Level, Scale, scale

_CIRCLED = re.compile(r"^\s*[①-⑳]\s*")
_NOISE = re.compile(r"[\s\W_]+")
_LEAD = re.compile(r"^\s*(?:[(（]?[A-Ha-h\d]{1,2}[)）.、:：]\s*)(?=\D)")
_POINTS = re.compile(r"\s*[(（]\s*\d+(?:\.\d+)?\s*分?\s*[)）]\s*$")
_SCORE = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:分|points?|stars?|星)$", re.IGNORECASE)

_BLANK = frozenset(
    {
        "",
        "未回答",
        "未填",
        "未作答",
        "缺失",
        "空",
        "空白",
        "missing",
        "noanswer",
        "null",
        "none",
        "nan",
    }
)
_NOT_APPLICABLE = frozenset(
    {
        "不适用", "不清楚", "不了解", "没接触过", "未接触", "未接触过", "没有接触", "没有接触过", "说不清",
        "无法评价", "未使用", "没用过", "未用过", "不涉及", "弃权", "无所谓", "无", "不知道", "na", "dk",
        "notapplicable", "dontknow", "noopinion", "notused", "noexperience", "notsure", "unsure",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One level of a family: its code, its name in both languages, and other ways to say it."""

    code: str
    zh: str
    en: str
    same: frozenset[str]


@dataclass(frozen=True, slots=True)
class Family:
    """Levels from worst to best; `about` says what they judge, `top` which count as satisfied."""

    code: str
    about: str
    words: tuple[Word, ...]
    top: frozenset[str]

    def word(self, text: str) -> Word | None:
        """Return the level that the text names, or None."""
        key = folded(text)
        return next((word for word in self.words if key in word.same), None)

    def fits(self, texts: Collection[str]) -> bool:
        """Say whether each text names a level of its own."""
        found = [self.word(text) for text in texts]
        return None not in found and len({word.code for word in found if word}) == len(texts)

    def as_scale(self, seen: Iterable[str] = ()) -> Scale:
        """Return the family as a scale with the values 1, 2, 3 … from worst to best.

        Levels are called as they were `seen` in the file, in the language of the text.
        """
        called = {word.code: text for text in seen if (word := self.word(text)) is not None}
        levels: list[Level] = []
        for place, word in enumerate(self.words, start=1):
            text = called.get(word.code, "")
            zh, en = (word.zh, text or word.en) if text.isascii() else (text, word.en)
            levels.append(Level(word.code, float(place), zh, en))
        return scale(self.code, levels, top=self.top)


def folded(text: str) -> str:
    """Return a text without numbering, points, spaces, signs and width, for comparing."""
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub("", text)).strip()
    plain = _POINTS.sub("", _LEAD.sub("", plain))
    score = _SCORE.match(plain)
    if score:
        return score[1]
    return _NOISE.sub("", plain).lower() if not _is_number(plain) else plain


def is_blank(text: str) -> bool:
    """Say whether a text means that nobody answered."""
    return folded(text) in _BLANK


def is_not_applicable(text: str) -> bool:
    """Say whether a text means that the item does not apply or that there is no opinion."""
    return folded(text) in _NOT_APPLICABLE


def family_of(texts: Collection[str]) -> Family | None:
    """Return the shortest family in which each text names a level of its own, or None.

    Two texts of which one says no to the other, such as 及时 and 不及时, make a family of two.
    """
    if not texts:
        return None
    fitting = [family for family in FAMILIES if family.fits(texts)]
    if fitting:
        return min(fitting, key=lambda family: len(family.words))
    return _denied(sorted(texts, key=len))


def same_level(scale_: Scale, text: str) -> str | None:
    """Return the code of the level that the text names by code, name or a known synonym."""
    key = folded(text)
    for level in scale_.levels:
        if key in {folded(level.code), folded(level.zh), folded(level.en)} - {""}:
            return level.code
    names = {level.code: {level.zh, level.en} - {""} for level in scale_.levels}
    for family in FAMILIES:
        word = family.word(text)
        found = [code for code, texts in names.items() if word and _names(family, word, texts)]
        if len(found) == 1 and _covers(family, scale_):
            return found[0]
    return None


def _names(family: Family, word: Word, texts: Iterable[str]) -> bool:
    return any(family.word(text) == word for text in texts)


def _covers(family: Family, scale_: Scale) -> bool:
    """Say whether the family names every valued level of the scale, each by a word of its own."""
    for language in ("zh", "en"):
        texts = [getattr(level, language) for level in scale_.valued]
        if all(texts) and family.fits(texts):
            return True
    return False


def _denied(texts: list[str]) -> Family | None:
    if len(texts) != 2:
        return None
    yes, no = texts
    if folded(no) not in {
        f"{prefix}{folded(yes)}" for prefix in ("不", "没", "未", "没有", "not", "no")
    }:
        return None
    words = (
        Word("n", no, no, frozenset({folded(no)})),
        Word("y", yes, yes, frozenset({folded(yes)})),
    )
    return Family("denied", "fact", words, frozenset({"y"}))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def _family(code: str, about: str, top: str, *lines: str) -> Family:
    """Build a family from lines of "code zh|en|other words", worst first."""
    words = []
    for line in lines:
        name, _, rest = line.partition(" ")
        texts = rest.split("|")
        words.append(Word(name, texts[0], texts[1], frozenset(folded(text) for text in texts)))
    return Family(code, about, tuple(words), frozenset(top.split()))


FAMILIES: tuple[Family, ...] = (
    _family(
        "sat2", "satisfaction", "s",
        "d 不满意|dissatisfied|unsatisfied|not satisfied",
        "s 满意|satisfied",
    ),
    _family(
        "sat3", "satisfaction", "vs bs",
        "ds 不满意|dissatisfied|unsatisfied|not satisfied",
        "bs 大体满意|broadly satisfied|基本满意|mostly satisfied|partly satisfied",
        "vs 很满意|very satisfied|满意|非常满意|satisfied",
    ),
    _family(
        "sat3n", "satisfaction", "s",
        "d 不满意|dissatisfied|unsatisfied|not satisfied",
        "n 一般|neutral|中立|普通|average|neither satisfied nor dissatisfied",
        "s 满意|satisfied",
    ),
    _family(
        "sat4", "satisfaction", "rs s",
        "d 不满意|dissatisfied|unsatisfied",
        "rd 较不满意|rather dissatisfied|比较不满意|不太满意|somewhat dissatisfied",
        "rs 较满意|rather satisfied|比较满意|somewhat satisfied|fairly satisfied",
        "s 满意|satisfied",
    ),
    _family(
        "sat4n", "satisfaction", "s vs",
        "vd 很不满意|very dissatisfied|非常不满意|极不满意|very unsatisfied",
        "d 不满意|dissatisfied|unsatisfied",
        "s 满意|satisfied",
        "vs 很满意|very satisfied|非常满意|极满意",
    ),
    _family(
        "sat5", "satisfaction", "s vs",
        "vd 非常不满意|very dissatisfied|很不满意|极不满意|十分不满意|very unsatisfied|extremely dissatisfied",
        "d 不满意|dissatisfied|较不满意|比较不满意|不太满意|unsatisfied|somewhat dissatisfied|rather dissatisfied",
        "n 一般|neutral|中立|普通|一般满意|neither satisfied nor dissatisfied|neither|average|so so",
        "s 满意|satisfied|比较满意|较满意|基本满意|somewhat satisfied|rather satisfied|fairly satisfied",
        "vs 非常满意|very satisfied|很满意|十分满意|极满意|extremely satisfied|completely satisfied",
    ),
    _family(
        "good3", "quality", "g",
        "b 不好|not good|差|bad|poor",
        "m 一般|average|中|fair|ok|acceptable",
        "g 很好|very good|好|good",
    ),
    _family(
        "good5", "quality", "g vg",
        "vb 很差|very poor|非常差|极差|很不好|非常不好|very bad|terrible",
        "b 差|poor|较差|比较差|不好|bad",
        "m 一般|fair|中|中等|average|ok|acceptable|合格",
        "g 好|good|较好|比较好|良好|良",
        "vg 很好|very good|非常好|优秀|优|excellent",
    ),
    _family(
        "clean5", "quality", "c4 c5",
        "c1 很脏|very unclean|非常脏|very dirty",
        "c2 不干净|unclean|较脏|脏|dirty",
        "c3 一般|average|尚可|fair",
        "c4 干净|clean|较干净|比较干净",
        "c5 很干净|very clean|非常干净",
    ),
    _family(
        "amount3", "amount", "high",
        "low 低|low",
        "medium 中|medium|中等|moderate|middle|mid",
        "high 高|high",
    ),
    _family(
        "amount5", "amount", "high vhigh",
        "vlow 很低|very low|非常低",
        "low 低|low|较低",
        "medium 中|medium|中等|一般|moderate|middle|mid",
        "high 高|high|较高",
        "vhigh 很高|very high|非常高",
    ),
    _family(
        "agree5", "agreement", "a sa",
        "sd 非常不同意|strongly disagree|很不同意|完全不同意|totally disagree",
        "d 不同意|disagree|较不同意|比较不同意|不太同意|somewhat disagree",
        "n 一般|neutral|中立|neither agree nor disagree|undecided",
        "a 同意|agree|比较同意|较同意|somewhat agree",
        "sa 非常同意|strongly agree|很同意|完全同意|totally agree",
    ),
    _family(
        "yesno", "fact", "y",
        "n 否|no|没有|不是|无|n|false",
        "y 是|yes|有|y|true",
    ),
)  # fmt: skip
