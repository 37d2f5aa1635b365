"""What a questionnaire is and when it may be published; pure. Not how it is stored or shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from anju.kernel.pure.problems import Problem

MOST_ITEMS = 120
MOST_OPTIONS = 30
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
SECONDS_AN_ITEM = 8
SECONDS_A_TEXT = 40
_JOINED = re.compile(r"以及|并且|[、且]|\band\b|;", re.IGNORECASE)


class Purpose(StrEnum):
    """Why an item is asked; only `satisfaction` enters an index."""

    SATISFACTION = "satisfaction"
    AWARENESS = "awareness"
    NEED = "need"
    ACCEPTANCE = "acceptance"
    FREQUENCY_FIT = "frequency_fit"
    PROCESS_CHECK = "process_check"
    SERVICE_PROMISE = "service_promise"
    CONSENT = "consent"
    EXPECTATION = "expectation"
    IMPORTANCE = "importance"
    TASK_FEEDBACK = "task_feedback"
    OPEN = "open"


class Dimension(StrEnum):
    """有形度、专业度、信赖度、反应度、同理度: the five dimensions of service."""

    TANGIBLES = "tangibles"
    PROFESSIONALISM = "professionalism"
    TRUST = "trust"
    RESPONSIVENESS = "responsiveness"
    EMPATHY = "empathy"


class ServiceLine(StrEnum):
    """Which service an item is about."""

    CUSTOMER_SERVICE = "customer_service"
    REPAIR = "repair"
    CLEANING = "cleaning"
    GREENING = "greening"
    ORDER = "order"
    PARKING = "parking"
    EQUIPMENT = "equipment"
    COMMUNITY = "community"


class Side(StrEnum):
    """Which side of a pair an item is."""

    EXPECTATION = "expectation"
    PERCEPTION = "perception"
    IMPORTANCE = "importance"


class VersionState(StrEnum):
    """Where a version of a questionnaire stands; a published one never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; an empty string means that the language is not used."""

    zh: str = ""
    en: str = ""

    def text(self, language: str) -> str:
        """Return the text in the reader's language, else in the other one."""
        return (self.zh or self.en) if language.startswith("zh") else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class OptionPlan:
    """One answer of a scale; value None is shown and never enters a denominator."""

    code: str
    words: Words
    value: float | None
    top: bool = False


@dataclass(frozen=True, slots=True)
class ScalePlan:
    """A named set of answers in printed order."""

    code: str
    words: Words
    options: tuple[OptionPlan, ...]
    choose_any: bool = False

    @property
    def direction(self) -> int:
        """Return 1 where values rise as printed, -1 where they fall, 0 where they do neither."""
        values = [option.value for option in self.options if option.value is not None]
        steps = list(pairwise(values))
        if all(a <= b for a, b in steps):
            return 1 if values[:1] != values[-1:] else 0
        return -1 if all(a >= b for a, b in steps) else 0


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """One question; scale None asks for free text."""

    code: str
    words: Words
    scale: ScalePlan | None
    purpose: Purpose
    dimension: Dimension | None = None
    service_line: ServiceLine | None = None
    department: str = ""
    pair: str = ""
    side: Side | None = None
    double_barrelled: bool = False


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A heading with its items."""

    code: str
    words: Words
    items: tuple[ItemPlan, ...]


@dataclass(frozen=True, slots=True)
class FormTexts:
    """What stands before and after the items."""

    title: Words
    purpose: Words = Words()
    intro: Words = Words()
    outro: Words = Words()


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A whole questionnaire as data: what the library ships, what a copy copies."""

    code: str
    texts: FormTexts
    sections: tuple[SectionPlan, ...]

    @property
    def items(self) -> tuple[ItemPlan, ...]:
        """Return all items in the order in which they are asked."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which at least one item is worded."""
        found = [name for name in ("zh", "en") if any(getattr(i.words, name) for i in self.items)]
        return tuple(found)


def design_problems(form: FormPlan) -> tuple[Problem, ...]:
    """Return everything that keeps a form from being published, each an E-DESIGN with its cure."""
    return (*_size(form), *_codes(form), *_wording(form), *_scales(form), *_pairs(form))


def _refusal(field: str, en: str, zh: str, **params: str | int) -> Problem:
    return Problem("E-DESIGN", field, en, zh, **params)


def _size(form: FormPlan) -> Iterator[Problem]:
    count = len(form.items)
    if not any(item.scale is not None for item in form.items):
        yield _refusal(
            "items",
            "There is nothing to rate in this questionnaire. Add at least one item with a scale.",
            "问卷中没有可评价的题目。请至少添加一道带量表的题目。",
        )
    if count > MOST_ITEMS:
        yield _refusal(
            "items",
            "There are {count} items; at most {most} are allowed. Take some out.",
            "共有 {count} 道题目，最多允许 {most} 道。请删减题目。",
            count=count,
            most=MOST_ITEMS,
        )


def _codes(form: FormPlan) -> Iterator[Problem]:
    for code, count in Counter(item.code for item in form.items).items():
        if count > 1 or not CODE.fullmatch(code):
            yield _refusal(
                f"item.{code}",
                "The item code “{item}” must be used once and consist of letters and digits.",
                "题目编号“{item}”只能使用一次，且只能由字母和数字组成。请修改。",
                item=code,
            )


def _wording(form: FormPlan) -> Iterator[Problem]:
    names = {"zh": ("Chinese", "中文"), "en": ("English", "英文")}
    for language in form.languages:
        en, zh = names[language]
        if not getattr(form.texts.purpose, language):
            yield _refusal(
                f"purpose_{language}",
                "Say in {language_en} what the answers are used for, before anybody is asked.",
                "请先用{language_zh}写明答卷的用途，再发布问卷。",
                language_en=en,
                language_zh=zh,
            )
        for item in form.items:
            if not getattr(item.words, language):
                yield _refusal(
                    f"item.{item.code}",
                    "Item {item} has no {language_en} text. Write it, or take that language out everywhere.",
                    "题目 {item} 没有{language_zh}文字。请补写，或全部去掉该语言。",
                    item=item.code,
                    language_en=en,
                    language_zh=zh,
                )


ORDERED = frozenset({Purpose.SATISFACTION, Purpose.EXPECTATION, Purpose.IMPORTANCE})


def _scales(form: FormPlan) -> Iterator[Problem]:
    scales = {item.scale.code: item.scale for item in form.items if item.scale is not None}
    rated = {i.scale.code for i in form.items if i.scale is not None and i.purpose in ORDERED}
    for scale in scales.values():
        yield from scale_problems(scale, ordered=scale.code in rated)


def scale_problems(scale: ScalePlan, *, ordered: bool) -> Iterator[Problem]:
    """Yield what is wrong with a scale: options missing, too many, twice, or running both ways.

    Only an ordered scale must run one way as printed: “know it / do not know it / know half of it”
    is a list of answers, not a ladder.
    """
    field = f"scale.{scale.code}"
    count = len(scale.options)
    if not 2 <= count <= MOST_OPTIONS:
        yield _refusal(
            field,
            "The scale “{scale}” has {count} options; between 2 and {most} are allowed.",
            "量表“{scale}”有 {count} 个选项，允许 2 到 {most} 个。请增减选项。",
            scale=scale.code,
            count=count,
            most=MOST_OPTIONS,
        )
    for twice in _twice(scale):
        yield _refusal(
            field,
            "The scale “{scale}” offers “{twice}” twice. Remove one of them.",
            "量表“{scale}”中“{twice}”出现了两次。请删去一个。",
            scale=scale.code,
            twice=twice,
        )
    values = [option.value for option in scale.options if option.value is not None]
    if not scale.choose_any and (len(set(values)) < 2 or (ordered and not scale.direction)):
        yield _refusal(
            field,
            "The values of the scale “{scale}” must run one way, up or down, in printed order.",
            "量表“{scale}”的分值须按印刷顺序单向递增或递减。请调整选项顺序或分值。",
            scale=scale.code,
        )


def _twice(scale: ScalePlan) -> list[str]:
    found: list[str] = []
    for texts in (
        [option.code for option in scale.options],
        [option.words.zh for option in scale.options if option.words.zh],
        [option.words.en for option in scale.options if option.words.en],
    ):
        found += [text for text, count in Counter(texts).items() if count > 1]
    return sorted(set(found))


def _pairs(form: FormPlan) -> Iterator[Problem]:
    for pair in sorted({item.pair for item in form.items if item.pair}):
        members = [item for item in form.items if item.pair == pair]
        sides = [member.side for member in members]
        compared = [m for m in members if m.side in (Side.EXPECTATION, Side.PERCEPTION)]
        scales = {m.scale.code if m.scale else "" for m in compared}
        if Side.PERCEPTION not in sides or len(set(sides)) != len(sides) or len(scales) > 1:
            yield _refusal(
                f"pair.{pair}",
                "The pair “{pair}” needs one perception item, each side once, on one scale.",
                "配对“{pair}”须有一道感知题，每侧一题，期望与感知使用同一量表。请修改。",
                pair=pair,
            )


@dataclass(frozen=True, slots=True)
class Advice:
    """Something worth changing that does not keep a form from being published."""

    code: str
    item: str


def minutes(form: FormPlan) -> int:
    """Return about how many minutes it takes to answer, at least one."""
    seconds = sum(SECONDS_A_TEXT if i.scale is None else SECONDS_AN_ITEM for i in form.items)
    return max(1, round(seconds / 60))


def advice(form: FormPlan) -> tuple[Advice, ...]:
    """Return plain advice before launch: two questions in one, lopsided or mixed scales."""
    found: list[Advice] = []
    directions = {i.scale.direction for i in form.items if i.scale and i.scale.direction}
    if len(directions) > 1:
        found.append(Advice("mixed_direction", ""))
    for item in form.items:
        if item.double_barrelled or (item.scale is not None and _two_in_one(item)):
            found.append(Advice("double_barrelled", item.code))
        if item.purpose is Purpose.SATISFACTION and item.scale is not None and lopsided(item.scale):
            found.append(Advice("lopsided_scale", item.code))
    return tuple(found)


def _two_in_one(item: ItemPlan) -> bool:
    if item.purpose is not Purpose.SATISFACTION or item.side is not None:
        return False
    return bool(_JOINED.search(item.words.zh) or _JOINED.search(item.words.en))


def lopsided(scale: ScalePlan) -> bool:
    """Say whether more of the valued answers count as satisfied than as dissatisfied.

    A single level between the two sides is a middle and does not count.
    """
    valued = [option for option in scale.options if option.value is not None]
    top = sum(option.top for option in valued)
    rest = len(valued) - top
    middle = 1 if len(valued) % 2 and len(valued) > 3 else 0
    return top > rest - middle
