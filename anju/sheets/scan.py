"""One pass over a sheet's markup before its values are read.

It finds what a value reader hides: formulas and whether their results were stored, hidden columns
and rows, merged cells, errors, the day 60, and how far the cells really reach. It keeps no values.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from anju.sheets.limits import Limits
from anju.sheets.refusals import bad_xml, out_of_range
from anju.sheets.workbook import Attributes, local, parse, parser

_KEEP_MOST = 1_000
_DIGITS = "0123456789"
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")

Place = tuple[int, int]


@dataclass(slots=True)
class Scan:
    """What stands in the markup of one sheet. Rows count from 1, columns from 0."""

    rows: int = 0
    columns: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    formula_columns: set[int] = field(default_factory=set)
    unstored: list[Place] = field(default_factory=list)
    failed: list[Place] = field(default_factory=list)
    no_days: list[Place] = field(default_factory=list)


def scan_sheet(
    package: zipfile.ZipFile, part: str, *, date_styles: frozenset[str], limits: Limits
) -> Scan:
    """Return what the sheet's markup holds.

    Errors: E-XLS-RANGE when the cells reach too far, E-XLS-XML, E-FILE-ARCHIVE.
    """
    walk = _Walk(part, date_styles, limits)
    parse(package, part, walk.engine)
    walk.finish()
    found = walk.found
    if found.rows * found.columns > limits.cells:
        raise _too_far(found, limits)
    return found


def letters(column: int) -> str:
    """Return a column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def index_of(name: str) -> int:
    """Return the column of its letters: A is 0."""
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number - 1


class _Walk:
    """The state of one pass: the cell that is open, and what was found."""

    def __init__(self, part: str, date_styles: frozenset[str], limits: Limits) -> None:
        self.part = part
        self.found = Scan()
        self.limits = limits
        self.date_styles = date_styles
        self.engine = parser(part, self._start)
        self.steps: dict[str, Callable[[Attributes], None] | None] = {}
        self.known = {
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "f": self._formula,
            "row": self._row,
            "col": self._column,
            "mergeCell": self._merge,
        }
        self.columns_of: dict[str, int] = {}
        self.row, self.next_column = 0, 0
        self.cell: Attributes = {}
        self.place: Place | None = None
        self.formula = False
        self.valued = False
        self.text: list[str] | None = None

    def _start(self, name: str, attrs: Attributes) -> None:
        try:
            step = self.steps[name]
        except KeyError:
            step = self.steps[name] = self.known.get(local(name))
        if step is not None:
            step(attrs)

    def _row(self, attrs: Attributes) -> None:
        self.row = _number(attrs.get("r"), self.row + 1, self.part)
        self.next_column = 0
        if attrs.get("hidden") in {"1", "true"}:
            self.found.hidden_rows.add(self.row)
            if len(self.found.hidden_rows) > self.limits.rows:
                raise out_of_range(self.row, 1, self.limits)

    def _cell(self, attrs: Attributes) -> None:
        self.finish()
        self.cell = attrs
        self.place = None
        self.next_column += 1

    def _placed(self) -> Place:
        """Return where the open cell stands, and stretch the extent to it."""
        if self.place is not None:
            return self.place
        ref = self.cell.get("r")
        if ref:
            name = ref.rstrip(_DIGITS)
            column = self.columns_of.get(name)
            if column is None:
                column = self._learn(name)
            row = _number(ref[len(name) :], 0, self.part)
            self.next_column = column + 1
        else:
            row, column = self.row, self.next_column - 1
        found = self.found
        if row > found.rows or column >= found.columns:
            found.rows, found.columns = max(found.rows, row), max(found.columns, column + 1)
            if found.rows > self.limits.rows or found.columns > self.limits.columns:
                raise _too_far(found, self.limits)
        self.place = (row, column)
        return self.place

    def _learn(self, name: str) -> int:
        if not name.isascii() or not name.isalpha() or not name.isupper() or len(name) > 3:
            raise bad_xml(self.part)
        column = self.columns_of[name] = index_of(name)
        return column

    def _formula(self, _: Attributes) -> None:
        self.formula, self.valued = True, False
        self.found.formula_columns.add(self._placed()[1])

    def _value(self, _: Attributes) -> None:
        place = self._placed()
        self.valued = True
        if self.cell.get("t") == "e":
            _keep(self.found.failed, place)
        if self.formula or self.cell.get("s") in self.date_styles:
            self.text = []
            self.engine.CharacterDataHandler = self.text.append

    def finish(self) -> None:
        """Judge the cell that was open: was its formula's result stored, is it the day 60?"""
        if not self.formula and self.text is None:
            return
        place = self._placed()
        written = "".join(self.text or ()).strip()
        empty_text = self.valued and self.cell.get("t") == "str"
        if self.formula and not written and not empty_text:
            _keep(self.found.unstored, place)
        dated = not self.cell.get("t") and self.cell.get("s") in self.date_styles
        if dated and written.partition(".")[0] == "60":
            _keep(self.found.no_days, place)
        self.formula, self.valued, self.text = False, False, None
        self.engine.CharacterDataHandler = None

    def _column(self, attrs: Attributes) -> None:
        if attrs.get("hidden") in {"1", "true"}:
            first = _number(attrs.get("min"), 1, self.part)
            last = _number(attrs.get("max"), 1, self.part)
            most = self.limits.columns
            self.found.hidden_columns.update(range(first - 1, min(last, most)))

    def _merge(self, attrs: Attributes) -> None:
        parts = _RANGE.fullmatch(attrs.get("ref", ""))
        if parts and len(self.found.merges) < _KEEP_MOST:
            corners = (int(parts[2]), index_of(parts[1]), int(parts[4]), index_of(parts[3]))
            self.found.merges.append(corners)


def _keep(places: list[Place], place: Place) -> None:
    if len(places) < _KEEP_MOST:
        places.append(place)


def _number(text: str | None, otherwise: int, part: str) -> int:
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise bad_xml(part)
    return int(text)


def _too_far(found: Scan, limits: Limits) -> Exception:
    return out_of_range(found.rows, found.columns, limits)
