"""Tables in text files: separator found out, quotes and line lengths checked, rows all one width.

Cells stay text: what a column means decides later how they are read.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, Note
from anju.sheets.decoding import Decoded, decode
from anju.sheets.guard import unguarded
from anju.sheets.limits import Limits
from anju.sheets.raw import RawSheet
from anju.sheets.refusals import bad_line, out_of_range

SEPARATORS = ",;\t|"
_LOOK_AT = 50
_SEPARATOR_NAMES = {",": ("comma", "逗号"), ";": ("semicolon", "分号"), "\t": ("tab", "制表符")}


def read_delimited(path: Path, name: str, limits: Limits) -> RawSheet:
    """Return a text file's table, or no more than its first rows; the encoding is that of all.

    Errors: E-TEXT-ENCODING (line, column), E-CSV (line), E-XLS-RANGE for too many rows.
    """
    decoded = decode(path.read_bytes())
    _check_lines(decoded.text, limits)
    separator = sniff(decoded.text)
    rows, numbers = _rows(decoded.text, separator, limits)
    first = limits.first
    width = len(rows[0]) if rows else 0
    return RawSheet(
        name=name,
        rows=rows[:first],
        row_numbers=numbers[:first],
        width=width,
        notes=_notes(decoded, separator),
        encoding=decoded.encoding,
        separator=separator,
        sample=decoded.sample,
        partial=first is not None and len(rows) > first,
    )


def sniff(text: str) -> str:
    """Return the separator that cuts the first lines most evenly into most fields."""
    lines = [line for line in text[:200_000].splitlines()[:_LOOK_AT] if line.strip()]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        counts = [_outside_quotes(line, separator) for line in lines]
        if not counts or not counts[0]:
            continue
        score = counts.count(counts[0]) / len(counts) * min(counts[0], 20)
        if score > best_score:
            best, best_score = separator, score
    return best


def _outside_quotes(line: str, separator: str) -> int:
    return sum(part.count(separator) for part in line.split('"')[::2])


def _check_lines(text: str, limits: Limits) -> None:
    """Refuse a line of megabytes before the parser takes it apart; offsets, no copies."""
    start, line = 0, 1
    while True:
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        if stop - start > limits.line_bytes:
            raise bad_line(
                line,
                f"it is longer than {limits.line_bytes:,} characters; is a quote left open?",
                f"长度超过 {limits.line_bytes:,} 个字符，请检查引号是否没有成对",
            )
        if end < 0:
            return
        start, line = end + 1, line + 1


def _rows(text: str, separator: str, limits: Limits) -> tuple[list[list[Cell]], list[int]]:
    """Return the rows with their lines; one more than the first wanted, where there are more."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    width, line = 0, 1
    try:
        for fields in reader:
            first, line = line, reader.line_num + 1
            if not any(fields):
                continue
            width = width or len(fields)
            if len(fields) != width:
                raise _ragged(first, len(fields), width)
            rows.append([_cell(field) for field in fields])
            numbers.append(first)
            if len(rows) > limits.rows + 1 or width > limits.columns:
                raise out_of_range(len(rows), width, limits)
            if limits.first is not None and len(rows) > limits.first:
                break
    except csv.Error as error:
        raise _broken(line, str(error)) from None
    return rows, numbers


def _cell(field: str) -> Cell:
    return unguarded(field) if field.strip() else None


def _ragged(line: int, have: int, width: int) -> Problem:
    return bad_line(
        line,
        f"it has {have} fields, the head has {width}; put quotes around texts that hold the "
        "separator or a line break",
        f"有 {have} 个字段，表头有 {width} 个；含分隔符或换行的文字请用双引号括起来",
    )


def _broken(line: int, reason: str) -> Problem:
    if "end of data" in reason:
        return bad_line(
            line, "a quote is opened here and never closed; close it", "双引号没有配对，请补上"
        )
    if "field larger" in reason:
        return bad_line(
            line, "a field is too long; is a quote left open?", "某个字段过长，请检查双引号是否配对"
        )
    return bad_line(
        line,
        "text stands after a closing quote; write a quote inside a text twice",
        "双引号后面还有文字；文字中的双引号请写两次",
    )


def _notes(decoded: Decoded, separator: str) -> list[Note]:
    en, zh = _SEPARATOR_NAMES.get(separator, ("vertical bar", "竖线"))
    told = (("encoding", decoded.encoding), ("sample", decoded.sample), ("en", en), ("zh", zh))
    if decoded.sample:
        return [
            Note(
                "N-TEXT",
                "Read as {encoding} with {en} between fields; a sample: “{sample}”.",
                "按 {encoding} 编码、以{zh}分隔读取；示例：“{sample}”。",
                told,
            )
        ]
    return [
        Note(
            "N-TEXT",
            "Read as {encoding} with {en} between fields.",
            "按 {encoding} 编码、以{zh}分隔读取。",
            told,
        )
    ]
