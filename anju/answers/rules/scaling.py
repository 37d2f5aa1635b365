"""A scale proposed for a column of answers when no questionnaire says it.

The order comes from known words or from numbers; where neither is known, the order is alphabetical
and marked as not sure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from anju.answers.rules.columns import (
    FEW,
    Look,
    listed_scale,
    numeric_ends,
    numeric_scale,
    points_scale,
    typical,
)
from anju.answers.rules.headers import asks_satisfaction, is_question
from anju.answers.rules.vocabulary import (
    FAMILIES,
    Family,
    family_of,
    folded,
    is_not_applicable,
)
from anju.stats.scales import Scale

_JUDGING = frozenset({"satisfaction", "quality"})
_KNOWN_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Proposed:
    """A scale for a column with the reason; `neutral` answers need not be about satisfaction."""

    scale: Scale
    purpose: str
    en: str
    zh: str
    confidence: float
    sure: bool
    neutral: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What the columns of one file have in common.

    `families` are word families that cover several columns at once, `widest` the highest number
    on a numeric scale, `satisfaction` whether some column asks about satisfaction by its heading
    or its words, `complete` the codes of families of which the columns together show every word.
    """

    families: tuple[Family, ...]
    widest: int
    satisfaction: bool
    complete: frozenset[str] = frozenset()

    @staticmethod
    def of(looks: Sequence[Look], *, explicit: bool) -> Setting:
        """Return what the columns have in common; wished items say themselves what they are."""
        families: dict[str, set[str]] = {}
        widest = 0
        asked = explicit
        for look in looks:
            family = family_of(_words(look))
            if family is not None:
                families.setdefault(family.about, set()).update(map(folded, _words(look)))
            numbers = look.numbers
            if numbers is not None and typical(numbers)[1] <= 10:
                widest = max(widest, typical(numbers)[1])
            asked = asked or asks_satisfaction(look.header)
            asked = asked or (family is not None and family.about in _JUDGING)
        joint = [family_of(texts) for texts in families.values()]
        known = tuple(f for f in joint if f is not None)
        texts = list(families.values())
        full = frozenset(
            f.code for f, said in zip(joint, texts, strict=True) if f and len(said) == len(f.words)
        )
        return Setting(known, widest, asked, full)


def propose(look: Look, setting: Setting, *, forced: bool) -> Proposed | None:
    """Return a scale for the column, or None when its cells do not look like answers.

    `forced` is for a column that a person has called an item: then any few texts make a scale.
    """
    numbers = look.numbers
    if numbers is not None:
        return _numeric(look, setting, numbers)
    words = _words(look)
    joint = next((family for family in setting.families if family.fits(words)), None)
    family = joint or family_of(words)
    if family is not None:
        seen = [text for text, _ in reversed(look.texts)]
        return _worded(family, words, seen, elsewhere=family.code in setting.complete)
    if look.lettered or (forced and 2 <= len(words) <= FEW) or _questions(look, words):
        return _alphabetical(words)
    return None


def wished(levels: Sequence[str]) -> Proposed:
    """Return the scale that a person named, worst first; known words keep their known top."""
    family = family_of(levels)
    known = family is not None and len(family.words) == len(levels) and _same_order(family, levels)
    if family is not None and known:
        scale = family.as_scale(levels)
    else:
        scale = listed_scale(tuple(levels))
    order = " < ".join(levels)
    return Proposed(
        scale,
        "satisfaction",
        f"levels as asked: {order}",
        f"按您给出的选项：{order}",
        1.0,
        sure=True,
        neutral=False,
    )


def _same_order(family: Family, levels: Sequence[str]) -> bool:
    codes = [word.code for text in levels if (word := family.word(text)) is not None]
    return codes == [word.code for word in family.words]


def _words(look: Look) -> tuple[str, ...]:
    """Return the answers once each, however they are spelled; all texts when all are answers."""
    every = tuple(dict.fromkeys(folded(text) for text, _ in look.texts))
    if len(every) <= FEW and family_of(every) is not None:
        return every
    words = tuple(dict.fromkeys(folded(text) for text in look.answers))
    return words if family_of(words) is not None else _without_strays(look, words)


def _without_strays(look: Look, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the known words of a column where hardly any other text stands in it, else all.

    A slip of the pen in three rows must not hide that the other hundred say 满意 or 不满意.
    """
    counts: Counter[str] = Counter()
    for text, count in look.texts:
        counts[folded(text)] += count
    best: tuple[str, ...] = ()
    for family in FAMILIES:
        known = tuple(word for word in words if family.word(word) is not None)
        if len(known) > len(best) and family.fits(known):
            best = known
    total = sum(counts[word] for word in words)
    enough = sum(counts[word] for word in best) >= _KNOWN_SHARE * total
    return best if len(best) > 1 and enough else words


def _questions(look: Look, words: Sequence[str]) -> bool:
    asks = is_question(look.header) or asks_satisfaction(look.header)
    return asks and 2 <= len(words) <= 7


def _worded(
    family: Family, words: Sequence[str], seen: Sequence[str], *, elsewhere: bool
) -> Proposed:
    """Return the scale of known words; one that nobody chose here may stand in other columns."""
    scale = family.as_scale(seen)
    order = " < ".join(level.zh for level in scale.levels)
    order_en = " < ".join(level.en for level in scale.levels)
    complete = elsewhere or len(words) == len(family.words)
    strange = [t for t in reversed(seen) if family.word(t) is None and not is_not_applicable(t)]
    part = "" if complete else f"; only {len(words)} of {len(family.words)} were chosen"
    part_zh = "" if complete else f"；只出现了其中 {len(words)} 个"
    if strange:
        part += f"; not among them: {', '.join(strange[:5])}"
        part_zh += f"；不在其中的：{'、'.join(strange[:5])}"
    return Proposed(
        scale=scale,
        purpose="process_check" if family.about == "fact" else "satisfaction",
        en=f"known answers: {order_en}{part}",
        zh=f"已知的选项：{order}{part_zh}",
        confidence=0.95 if complete else 0.7,
        sure=complete and not strange,
        neutral=family.about not in _JUDGING,
    )


def _numeric(look: Look, setting: Setting, numbers: tuple[tuple[int, int], ...]) -> Proposed | None:
    low, high = typical(numbers)
    asks = is_question(look.header) or asks_satisfaction(look.header)
    ends = numeric_ends(low, high, max(setting.widest, high) if high <= 10 else high)
    if ends is not None and (len(numbers) > 1 or asks):
        scale = numeric_scale(*ends)
        # Three numbers may be a scale of three, or one of five that nobody praised.
        sure = (low, high) == ends and asks and ends != (1, 3)
        return Proposed(
            scale,
            "process_check" if ends == (0, 1) else "satisfaction",
            f"whole numbers from {low} to {high}, read as a scale {ends[0]} to {ends[1]}, best last",
            f"整数 {low} 到 {high}，按 {ends[0]} 到 {ends[1]} 分量表理解，分数越高越满意",
            0.9 if sure else 0.6,
            sure,
            neutral=True,
        )
    points = points_scale(numbers)
    if points is None or not (asks or len(points.levels) <= 21):
        return None
    return Proposed(
        points,
        "satisfaction",
        f"points from {low} to {high}, read as 0 to 100",
        f"{low} 到 {high} 的分数，按 0–100 分理解",
        0.6,
        sure=False,
        neutral=True,
    )


def _alphabetical(words: Sequence[str]) -> Proposed:
    ordered = tuple(sorted(words))
    order = " < ".join(ordered)
    return Proposed(
        listed_scale(ordered),
        "satisfaction",
        f"the order of these answers is not known; put them right: {order}",
        f"不知道这些选项的好坏顺序，请调整：{order}",
        0.3,
        sure=False,
        neutral=True,
    )
