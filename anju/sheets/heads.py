"""From rows to a table: which row is the head, what the columns are called, what was noticed.

It decides nothing about what a column means.
"""

from __future__ import annotations

from dataclasses import dataclass

from anju.kernel.pure.numbers import lost, lost_digits
from anju.kernel.pure.problems import Param
from anju.kernel.pure.tables import Cell, CellProblem, Note, Table
from anju.sheets.raw import RawSheet
from anju.sheets.refusals import no_rows
from anju.sheets.scan import letters

_TITLE_ROWS_MOST = 10
_TITLE_MOST = 80
_HEADER_MOST = 300


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the head stands among the rows, how many rows it takes, and its texts."""

    first: int
    height: int
    texts: list[str]


def as_table(raw: RawSheet, header_row: int | None) -> Table:
    """Return the rows as named columns.

    Errors: E-IMP-EMPTY when nothing stands below the head.
    """
    _square(raw)
    head = _find_head(raw, header_row)
    body = raw.rows[head.first + head.height :]
    if not body:
        raise no_rows()
    columns = list(zip(*body, strict=True))
    kept = [
        index
        for index, column in enumerate(columns)
        if head.texts[index] or any(cell is not None for cell in column)
    ]
    names = [head.texts[index] or letters(index) for index in kept]
    numbers = raw.row_numbers[head.first + head.height :]
    by_index = dict(zip(kept, names, strict=True))
    return Table(
        name=raw.name,
        headers=tuple(names),
        columns=tuple(columns[index] for index in kept),
        row_numbers=numbers,
        header_row=raw.row_numbers[head.first + head.height - 1],
        hidden=frozenset(by_index[i] for i in raw.hidden_columns if i in by_index),
        formulas=frozenset(by_index[i] for i in raw.formula_columns if i in by_index),
        problems=_problems(raw, by_index, frozenset(numbers)) + _lost(columns, by_index, numbers),
        notes=tuple(raw.notes) + _notes(raw, head, by_index),
        encoding=raw.encoding,
        separator=raw.separator,
        sample=raw.sample,
        sheets=raw.sheets,
        date_1904=raw.date_1904,
        positions=tuple(kept),
        partial=raw.partial,
        title=_title(raw, head.first),
    )


def _title(raw: RawSheet, first: int) -> str:
    """Return the line that stands alone over the head, where it is short enough to be a title."""
    above = [_text(cell) for row in raw.rows[:first] for cell in row if cell is not None]
    text = " ".join(above[0].split()) if above else ""
    return text if len(text) <= _TITLE_MOST else ""


def _square(raw: RawSheet) -> None:
    """Make every row as wide as the widest."""
    for row in raw.rows:
        row.extend([None] * (raw.width - len(row)))


def _find_head(raw: RawSheet, header_row: int | None) -> _Head:
    """Return the head: the row asked for, or the first that is more than a title."""
    if not raw.rows:
        raise no_rows()
    first = 0
    if header_row is not None:
        below = [i for i, number in enumerate(raw.row_numbers) if number >= header_row]
        first = below[0] if below else len(raw.rows) - 1
    else:
        first = _skip_titles(raw)
    above = _spread(raw, first)
    if above is None or first + 1 >= len(raw.rows):
        return _Head(first, 1, [_text(cell) for cell in raw.rows[first]])
    below_row = [_text(cell) for cell in raw.rows[first + 1]]
    texts = [_joined(high, low) for high, low in zip(above, below_row, strict=True)]
    return _Head(first, 2, texts)


def _skip_titles(raw: RawSheet) -> int:
    """Return the first row that holds more than one text, unless the table has one column."""
    for index, row in enumerate(raw.rows[:_TITLE_ROWS_MOST]):
        filled = sum(cell is not None for cell in row)
        if filled > 1 or raw.width == 1:
            return index
    return 0


def _spread(raw: RawSheet, first: int) -> list[str] | None:
    """Return the upper head texts spread over their merged cells, or None for a simple head."""
    number = raw.row_numbers[first]
    wide = [m for m in raw.merges if m[0] == number == m[2] and m[3] > m[1]]
    if not wide:
        return None
    texts = [_text(cell) for cell in raw.rows[first]]
    for _, left, _, right in wide:
        for column in range(left, min(right + 1, raw.width)):
            texts[column] = texts[left]
    return texts


def _joined(high: str, low: str) -> str:
    return f"{high} · {low}" if high and low and high != low else high or low


def _text(cell: Cell) -> str:
    return " ".join(str(cell).split())[:_HEADER_MOST] if cell is not None else ""


def _problems(
    raw: RawSheet, names: dict[int, str], numbers: frozenset[int]
) -> tuple[CellProblem, ...]:
    return tuple(
        CellProblem(row, names[column], found.value, found.problem)
        for row, column, found in raw.problems
        if column in names and row in numbers
    )


def _lost(
    columns: list[tuple[Cell, ...]], names: dict[int, str], numbers: list[int]
) -> tuple[CellProblem, ...]:
    """Return a problem for each cell whose digits the spreadsheet has dropped."""
    found: list[CellProblem] = []
    for index, name in names.items():
        bad = {cell for cell in set(columns[index]) if lost_digits(cell)}
        if bad:
            refusal = lost(name)
            found += [
                CellProblem(number, name, str(cell), refusal)
                for number, cell in zip(numbers, columns[index], strict=True)
                if cell in bad
            ]
    return tuple(found)


def _notes(raw: RawSheet, head: _Head, names: dict[int, str]) -> tuple[Note, ...]:
    said: list[Note] = []
    number = raw.row_numbers[head.first]
    if number > 1:
        said.append(
            _note(
                "N-HEAD",
                (
                    "The head is row {row}; what stands above was left out.",
                    "表头在第 {row} 行，其上的内容未读取。",
                ),
                row=number,
            )
        )
    if head.height == 2:
        said.append(
            _note(
                "N-HEADS",
                ("Two head rows were joined into one name a column.", "两行表头已合并为一行列名。"),
            )
        )
    for code, sentences, wanted in (
        ("N-FORMULA", _FORMULA, raw.formula_columns),
        ("N-HIDDEN", _HIDDEN, raw.hidden_columns),
    ):
        present = [names[index] for index in sorted(wanted) if index in names]
        if present:
            said.append(_note(code, sentences, columns=", ".join(present)))
    return tuple(said)


_FORMULA = (
    "These columns hold formulas; the stored results were used: {columns}.",
    "以下列含有公式，已采用其保存的结果：{columns}。",
)
_HIDDEN = (
    "These columns are hidden and are not imported unless you choose them: {columns}.",
    "以下列在表格中被隐藏，除非您选择，否则不会导入：{columns}。",
)


def _note(code: str, sentences: tuple[str, str], **told: Param) -> Note:
    return Note(code, sentences[0], sentences[1], tuple(told.items()))
