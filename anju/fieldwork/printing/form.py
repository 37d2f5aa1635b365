"""A questionnaire as it is printed: what stands where, in one language. Typst sets it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

from anju.fieldwork.printing.words import FormWords, words_in
from anju.fieldwork.rules.digits import digits_of, printed_of
from anju.paper.codes import square_code
from anju.paper.press import press
from anju.survey.rules.questionnaire import FormPlan, ItemPlan, ScalePlan, SectionPlan

TEMPLATE = Path(__file__).with_name("form.typ")
MOST_COLUMNS = 6
OPEN_LINES = 3
SAID_ALREADY = ("多选", "several", "all that apply")  # in the item's own words


@dataclass(frozen=True, slots=True)
class Home:
    """The home that a sheet is for; empty texts leave lines to write on.

    `link` is printed as a square code; `own` says that the link is this home's alone.
    """

    building: str = ""
    unit: str = ""
    link: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below the questions: who asks, what is promised, until when.

    Only who answers by name signs: a signature would break the promise of secrecy.
    """

    company: str
    survey: str
    seen_by: str
    return_by: date | None = None
    phone: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick, with the digit that the keyboard enters for it."""

    digit: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item as printed; `lines` are for free text, `many` says so where its words do not."""

    number: int
    words: str
    choices: tuple[Choice, ...] = ()
    lines: int = 0
    many: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Items under one heading; `heads` are the answers of a table where all share one scale."""

    title: str
    questions: tuple[Question, ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed for one home."""

    language: str
    title: str
    purpose: str
    intro: str
    outro: str
    heading: Heading
    words: FormWords
    homes: tuple[Home, ...]
    blocks: tuple[Block, ...]
    minutes: int


def printed(
    plan: FormPlan,
    heading: Heading,
    homes: Sequence[Home],
    *,
    language: str,
    minutes: int,
    at: datetime,
) -> bytes:
    """Return a questionnaire as PDF bytes, one copy for each home; none prints one to copy.

    The same input gives the same bytes. Errors: typst.TypstError where our template is broken.
    """
    short = "zh" if language.startswith("zh") else "en"
    sheet = Sheet(
        language=short,
        title=plan.texts.title.text(short),
        purpose=plan.texts.purpose.text(short),
        intro=plan.texts.intro.text(short),
        outro=plan.texts.outro.text(short),
        heading=heading,
        words=words_for(plan, short) if heading.signed else unsigned(words_for(plan, short)),
        homes=tuple(homes) or (Home(),),
        blocks=blocks_of(plan, short),
        minutes=minutes,
    )
    told = json.dumps(asdict(sheet), ensure_ascii=False, default=date.isoformat)
    codes = {
        f"code{place}": square_code(home.link)
        for place, home in enumerate(sheet.homes)
        if home.link
    }
    return press(TEMPLATE, told, codes, at)


def unsigned(words: FormWords) -> FormWords:
    """Return the standing words without the line to sign on."""
    return replace(words, signature="")


def words_for(plan: FormPlan, language: str) -> FormWords:
    """Return the standing words; the last answer is offered only where it is “not met” everywhere.

    Elsewhere the last answer is the worst one, and who had met nothing would tick that.
    """
    words = words_in(language)
    scales = [item.scale for item in plan.items if item.scale and not item.scale.choose_any]
    everywhere = all(scale.options[-1].value is None for scale in scales)
    return words if everywhere else replace(words, how=words.how_empty)


def blocks_of(plan: FormPlan, language: str) -> tuple[Block, ...]:
    """Return the sections of a form as printed, items numbered through all of them."""
    blocks, number = [], 0
    for section in plan.sections:
        questions = []
        for item in section.items:
            number += 1
            questions.append(_question(item, number, language))
        heads = _heads(section, language)
        blocks.append(Block(section.words.text(language), tuple(questions), heads))
    return tuple(blocks)


def _question(item: ItemPlan, number: int, language: str) -> Question:
    words = item.words.text(language)
    if item.scale is None:
        return Question(number, words, lines=OPEN_LINES)
    digits = printed_of(item)
    choices = tuple(
        Choice(digits.get(option.code, ""), option.words.text(language))
        for option in item.scale.options
    )
    many = item.scale.choose_any and not any(said in words for said in SAID_ALREADY)
    return Question(number, words, choices, many=many)


def _heads(section: SectionPlan, language: str) -> tuple[str, ...]:
    """Return the answers as heads of a table where every item shares one short scale."""
    scales = {item.code: item.scale for item in section.items}
    first: ScalePlan | None = next(iter(scales.values()), None)
    alike = first is not None and all(scale == first for scale in scales.values())
    if first is None or not alike or first.choose_any or len(section.items) < 2:
        return ()
    if len(first.options) > MOST_COLUMNS or not digits_of(first):
        return ()
    return tuple(option.words.text(language) for option in first.options)
