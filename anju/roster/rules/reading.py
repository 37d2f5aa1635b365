"""One sheet read column by column: each distinct cell is judged once, its faults at every row."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from datetime import date
from decimal import Decimal
from typing import TypeVar

from anju.answers.rules.headers import plain
from anju.answers.rules.reading import written
from anju.kernel.pure.dates import day
from anju.kernel.pure.numbers import decimal, whole
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Table
from anju.kernel.pure.text import clean_line, well_formed
from anju.roster.rules.shape import Column, SheetPlan

T = TypeVar("T")
_LISTED_MOST = 12


class SheetReader:
    """Reads the columns of a sheet as it was decided; keeps the faults in `found`."""

    def __init__(self, table: Table, plan: SheetPlan) -> None:
        self.table = table
        self.plan = plan
        kept = {header for header, column in plan.columns if column is not Column.IGNORED}
        self.found = [fault for fault in table.problems if fault.column in kept]
        self._known = {(fault.row, fault.column) for fault in self.found}

    def each(self, column: Column, read: Callable[[Cell, str], T], instead: T) -> list[T]:
        """Return a column read cell by cell; `instead` where there is no such column, or a fault."""
        header = self.plan.header(column)
        if header is None:
            return [instead] * self.table.height
        cells = self.table.column(header)
        meant: dict[Cell, T] = {}
        wrong: dict[Cell, Problem] = {}
        for cell in set(cells):
            try:
                if isinstance(cell, str):
                    well_formed(cell, header)
                meant[cell] = read(cell, header)
            except Problem as problem:
                meant[cell], wrong[cell] = instead, problem
        faulty = [place for place, cell in enumerate(cells) if cell in wrong] if wrong else []
        for place in faulty:
            self.fault(self.table.row_numbers[place], column, wrong[cells[place]], cells[place])
        return [meant[cell] for cell in cells]

    def fault(self, row: int, column: Column, problem: Problem, cell: Cell = "") -> None:
        """Keep a fault at a row; a cell that the reader refused already is not said twice."""
        header = self.plan.header(column) or ""
        if (row, header) not in self._known:
            self.found.append(CellProblem(row, header, written(cell)[:80], problem))

    def texts(self, column: Column) -> list[str]:
        """Return a column as it is written."""
        return self.each(column, lambda cell, _: written(cell), "")

    def lines(self, column: Column, *, most: int, needed: bool) -> list[str]:
        """Return a column of names; E-TEXT-EMPTY where one is needed and missing."""

        def read(cell: Cell, header: str) -> str:
            text = written(cell)
            return clean_line(text, header, most=most) if text or needed else ""

        return self.each(column, read, "")

    def days(self, column: Column) -> list[date | None]:
        """Return a column of days; blank is None."""

        def read(cell: Cell, header: str) -> date | None:
            if cell is None or not written(cell):
                return None
            return day(cell if isinstance(cell, date) else written(cell), header)

        return self.each(column, read, None)

    def numbers(self, column: Column, *, low: int, high: int) -> list[int | None]:
        """Return a column of whole numbers; blank is None."""

        def read(cell: Cell, header: str) -> int | None:
            text = written(cell)
            return whole(text, header, low=low, high=high) if text else None

        return self.each(column, read, None)

    def decimals(self, column: Column, *, high: Decimal) -> list[Decimal | None]:
        """Return a column of decimals with at most two places; blank is None."""

        def read(cell: Cell, header: str) -> Decimal | None:
            text = written(cell)
            if not text:
                return None
            return decimal(text, header, low=Decimal(0), high=high, places=2)

        return self.each(column, read, None)

    def words(self, column: Column, known: Lookup[str, str], blank: str) -> list[str]:
        """Return a column of words that stand for codes; E-CHOICE names what may be written."""

        def read(cell: Cell, header: str) -> str:
            text = written(cell)
            if not text:
                return blank
            code = known.get(plain(text))
            if code is None:
                raise _unknown_word(text, header, known)
            return code

        return self.each(column, read, blank)


def _unknown_word(text: str, header: str, known: Lookup[str, str]) -> Problem:
    allowed = list(known)
    return Problem(
        "E-CHOICE",
        header,
        "“{value}” is not one of the words we know; write: {words}.",
        "“{value}”无法识别；可填：{words_zh}。",
        value=text[:40],
        words=", ".join([word for word in allowed if word.isascii()][:_LISTED_MOST]),
        words_zh="、".join([word for word in allowed if not word.isascii()][:_LISTED_MOST]),
    )
