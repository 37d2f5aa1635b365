"""What a spreadsheet is to us once read: named columns with the row numbers a person sees.

It is not a reader (`sheets`) and knows nothing of what the columns mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anju.kernel.pure.problems import Param, Problem

Cell = str | int | float | date | None

PROBLEM_HEADS = {"zh": "问题", "en": "Problem"}


def is_problem_head(header: str) -> bool:
    """Say whether a column is the one that an earlier marking added to the file."""
    text = header.strip()
    return text in PROBLEM_HEADS.values() or text.startswith(("问题（共 ", "Problem ("))


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader noticed and the person should know; not a refusal."""

    code: str
    en: str
    zh: str
    params: tuple[tuple[str, Param], ...] = ()

    def text(self, language: str) -> str:
        """Return the sentence in the reader's language (`zh…` is Chinese, all else English)."""
        template = self.zh if language.startswith("zh") else self.en
        return template.format(**dict(self.params))


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell refused: where it stands, what was written, and why it cannot be taken."""

    row: int
    column: str
    value: str
    problem: Problem

    @property
    def code(self) -> str:
        """Return the stable code of the refusal."""
        return self.problem.code

    def text(self, language: str) -> str:
        """Return what was wrong and the cure, in the reader's language."""
        return self.problem.text(language)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet by columns; every column is as long as `row_numbers`.

    `hidden` and `formulas` name headers; `problems` are cells that could not be read, whatever
    their column turns out to mean. `name` is the sheet's name, or the file's for a text file.
    `positions` are the columns' places in the file, counted from 0. `partial` says that more rows
    stand in the file than were read. `title` is the line that stands alone over the head, if any.
    """

    name: str
    headers: tuple[str, ...]
    columns: tuple[tuple[Cell, ...], ...]
    row_numbers: Sequence[int]
    header_row: int = 1
    hidden: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Note, ...] = ()
    encoding: str = ""
    separator: str = ""
    sample: str = ""
    sheets: tuple[str, ...] = ()
    date_1904: bool = False
    positions: tuple[int, ...] = ()
    partial: bool = False
    title: str = ""

    @property
    def height(self) -> int:
        """Return how many rows of answers there are, the head not counted."""
        return len(self.row_numbers)

    def column(self, header: str) -> tuple[Cell, ...]:
        """Return the cells under a header; KeyError when there is no such column."""
        try:
            return self.columns[self.headers.index(header)]
        except ValueError:
            raise KeyError(header) from None

    def head(self, count: int) -> tuple[tuple[Cell, ...], ...]:
        """Return the first rows, for a preview."""
        cut = [column[:count] for column in self.columns]
        return tuple(zip(*cut, strict=True))
