"""One cell of an item read as a level of its scale, or refused with the answers that are allowed."""

from __future__ import annotations

from collections.abc import Iterable

from anju.answers.rules.answers import MISSING, ItemDef, not_applicable_index
from anju.answers.rules.mapping import Answer
from anju.answers.rules.vocabulary import folded, is_blank, is_not_applicable, same_level
from anju.kernel.pure.numbers import as_text, lost, lost_digits
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell
from anju.stats.scales import Level, Scale, number

_LISTED_MOST = 12


class LevelReader:
    """Reads the cells of one column; what the person mapped goes before what we know."""

    def __init__(self, item: ItemDef, header: str, answers: Iterable[Answer]) -> None:
        self.scale = item.scale
        self.header = header
        self.places = {level.code: place for place, level in enumerate(item.scale.levels)}
        self.said = {folded(answer.text): answer.level for answer in answers}

    def read(self, cell: Cell) -> int:
        """Return the place of the level in the scale; -1 for no answer.

        Errors: E-SCORE-RANGE for a number off the scale, E-ANSWER for an unknown text,
        E-NUM-SCI for a number whose digits are lost.
        """
        text = written(cell)
        if is_blank(text):
            return MISSING
        key = folded(text)
        if key in self.said:
            level = self.said[key]
            return MISSING if level is None else self._place(level, text)
        code = same_level(self.scale, text)
        if code is not None:
            return self.places[code]
        if is_not_applicable(text):
            return not_applicable_index(self.scale)
        if lost_digits(cell):
            raise lost(self.header)
        raise self._refusal(text)

    def _place(self, level: str, text: str) -> int:
        if level not in self.places:
            raise self._refusal(text)
        return self.places[level]

    def _refusal(self, text: str) -> Problem:
        if _is_number(text) and _is_numeric(self.scale):
            return Problem(
                "E-SCORE-RANGE",
                self.header,
                "{value} is not on the scale; write {low} to {high}, or leave the cell empty.",
                "{value} 不在量表范围内；请填写 {low} 到 {high}，或留空。",
                value=text[:40],
                low=number(self.scale.minimum),
                high=number(self.scale.maximum),
            )
        return Problem(
            "E-ANSWER",
            self.header,
            "“{value}” is none of the answers; allowed: {en_allowed}.",
            "“{value}”不是该题的选项；可填：{zh_allowed}。",
            value=text[:40],
            en_allowed=", ".join(_both(level) for level in self._listed()),
            zh_allowed="、".join(level.zh or level.code for level in self._listed()),
        )

    def _listed(self) -> tuple[Level, ...]:
        return self.scale.levels[:_LISTED_MOST]


def _both(level: Level) -> str:
    """Return an answer in English with the words of the file, where they are others."""
    name = level.en or level.code
    return f"{name} ({level.zh})" if level.zh and level.zh != name else name


def written(cell: Cell) -> str:
    """Return a cell as a person would write it: a whole number without its point."""
    if cell is None:
        return ""
    if isinstance(cell, (str, int, float)):
        return as_text(cell).strip()
    return cell.isoformat()


def _is_number(text: str) -> bool:
    plain = folded(text)
    return plain.replace(".", "", 1).replace("-", "", 1).isdigit()


def _is_numeric(scale: Scale) -> bool:
    """Say whether the levels are called by their numbers."""
    return all(_is_number(level.en or level.code) for level in scale.valued)
