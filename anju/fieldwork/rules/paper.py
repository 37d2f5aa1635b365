"""A paper form at the keyboard: its cells, and what was typed into them; pure. Nothing is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from anju.fieldwork.rules.digits import BLANK, MOST, by_digit, printed_of
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.survey.rules.questionnaire import ItemPlan, OptionPlan, Words

TEXT_MOST = 2000
_BETWEEN = re.compile(r"[\s,;.、/+]+")


class Kind(StrEnum):
    """How a cell is filled."""

    DIGIT = "digit"
    CHOICE = "choice"
    TEXT = "text"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True)
class Cell:
    """One item as it is entered; `digits` says which digit or number stands for which option code."""

    code: str
    number: int
    words: Words
    kind: Kind
    digits: Mapping[str, str] = field(default_factory=dict)
    options: tuple[OptionPlan, ...] = ()

    @property
    def name(self) -> str:
        """The name of its box on a page."""
        return f"d.{self.code}"

    @property
    def rated(self) -> bool:
        """Whether its answer enters figures, and so is entered twice."""
        return self.kind in {Kind.DIGIT, Kind.CHOICE}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one form says, and everything that is wrong with it, each at its cell."""

    answers: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]


def cells_of(items: Sequence[ItemPlan]) -> tuple[Cell, ...]:
    """Return the cells of a form, numbered as its items are printed."""
    return tuple(_cell(item, number) for number, item in enumerate(items, start=1))


def _cell(item: ItemPlan, number: int) -> Cell:
    scale = item.scale
    if scale is None:
        return Cell(item.code, number, item.words, Kind.TEXT)
    digits = {digit: code for code, digit in printed_of(item).items()}
    if scale.choose_any:
        return Cell(item.code, number, item.words, Kind.TICKS, digits, scale.options)
    if not by_digit(item):
        return Cell(item.code, number, item.words, Kind.CHOICE, options=scale.options)
    return Cell(item.code, number, item.words, Kind.DIGIT, digits, scale.options)


def read_form(cells: Sequence[Cell], given: Mapping[str, str]) -> Reading:
    """Return what was typed as answers; a wrong, missing or empty cell is named, none is guessed.

    `given` holds the boxes by cell name. 0 says that the owner left the item empty.
    Errors: none; E-PAPER-DIGIT, E-PAPER-CHOICE, E-PAPER-EMPTY and those of text are in `problems`.
    """
    answers: dict[str, tuple[str, ...]] = {}
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for cell in cells:
        try:
            _read(cell, given.get(cell.name, ""), answers, texts)
        except Problem as problem:
            problems.append(problem)
    if not problems and not any(answers.values()) and not any(texts.values()):
        problems.append(_empty(cells))
    return Reading(answers, texts, tuple(problems))


def _read(
    cell: Cell, typed: str, answers: dict[str, tuple[str, ...]], texts: dict[str, str]
) -> None:
    said = unicodedata.normalize("NFKC", typed).strip()
    if cell.kind is Kind.TEXT:
        texts[cell.code] = clean_body(typed, cell.name, TEXT_MOST) if said else ""
    elif cell.kind is Kind.CHOICE:
        answers[cell.code] = _chosen(cell, said)
    elif cell.kind is Kind.TICKS:
        answers[cell.code] = _ticked(cell, said)
    else:
        answers[cell.code] = (_code(cell, said),) if said != BLANK else ()


def _chosen(cell: Cell, said: str) -> tuple[str, ...]:
    if said and said not in {option.code for option in cell.options}:
        raise Problem(
            "E-PAPER-CHOICE",
            cell.name,
            "Question {number}: this answer is not printed there. Choose from the list.",
            "第 {number} 题：没有这个选项。请从列表中选择。",
            number=cell.number,
        )
    return (said,) if said else ()


def _code(cell: Cell, said: str) -> str:
    found = cell.digits.get(said)
    if found is not None:
        return found
    allowed = " ".join(sorted(cell.digits))
    if not said:
        raise Problem(
            "E-PAPER-DIGIT",
            cell.name,
            "Question {number} has no digit. Type {allowed}, or 0 where the owner left it empty.",
            "第 {number} 题没有录入。请录入 {allowed}；业主未填的录 0。",
            number=cell.number,
            allowed=allowed,
        )
    raise Problem(
        "E-PAPER-DIGIT",
        cell.name,
        "Question {number}: “{said}” is not printed there. Type {allowed}, or 0 if left empty.",
        "第 {number} 题没有“{said}”。请录入 {allowed}；业主未填的录 0。",
        number=cell.number,
        said=said[:3],
        allowed=allowed,
    )


def _ticked(cell: Cell, said: str) -> tuple[str, ...]:
    """Return the codes of the numbers typed, in printed order; 0 alone says that none is ticked."""
    if said == BLANK:
        return ()
    parts = [part for part in _BETWEEN.split(said) if part]
    typed = parts if len(cell.digits) > MOST else [digit for part in parts for digit in part]
    wrong = next((one for one in typed if one not in cell.digits), None)
    if not typed or wrong is not None or len(set(typed)) < len(typed):
        raise _refused_ticks(cell)
    return tuple(code for digit, code in cell.digits.items() if digit in typed)


def _refused_ticks(cell: Cell) -> Problem:
    last = len(cell.digits)
    if last > MOST:
        return Problem(
            "E-PAPER-DIGIT",
            cell.name,
            "Question {number} is empty or has a number that is not printed there. Type each number"
            " ticked once, 1 to {last}, with a space between, or 0 for none.",
            "第 {number} 题没有录入，或有未印的序号。请录入所勾选的序号（1–{last}），每个一次，"
            "用空格隔开；一个也没勾的录 0。",
            number=cell.number,
            last=last,
        )
    return Problem(
        "E-PAPER-DIGIT",
        cell.name,
        "Question {number} is empty or has a digit that is not printed there. Type each digit"
        " ticked once, 1 to {last}, such as 12, or 0 for none.",
        "第 {number} 题没有录入，或有未印的数字。请录入所勾选的数字（1–{last}），每个一次，如 12；"
        "一个也没勾的录 0。",
        number=cell.number,
        last=last,
    )


def _empty(cells: Sequence[Cell]) -> Problem:
    return Problem(
        "E-PAPER-EMPTY",
        cells[0].name if cells else "room",
        "Nothing is answered on this form. Do not enter it; count it as returned for its building.",
        "这份问卷没有任何答案。无需录入，请计入该楼栋的收回数。",
    )
