"""A sheet as it lies in the file, before anybody decides which row is its head."""

from __future__ import annotations

from dataclasses import dataclass, field

from anju.kernel.pure.tables import Cell, CellProblem, Note


@dataclass(slots=True)
class RawSheet:
    """Rows with the numbers a person sees; `columns` are counted from 0 by `width`."""

    name: str
    rows: list[list[Cell]]
    row_numbers: list[int]
    width: int
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    formula_columns: set[int] = field(default_factory=set)
    problems: list[tuple[int, int, CellProblem]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    sample: str = ""
    sheets: tuple[str, ...] = ()
    date_1904: bool = False
    partial: bool = False
