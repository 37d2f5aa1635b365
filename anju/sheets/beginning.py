"""The first rows of a large sheet as a workbook of their own, so that a look at them is quick.

It judges nothing and reads no values: the package was inspected before, and what is cut here is
read by the same scan and the same reader as a whole one. Where cutting is not certain, it does
not cut.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import IO
from xml.parsers import expat

from anju.kernel.pure.problems import Problem
from anju.sheets.workbook import Attributes, local, parser

_CHUNK = 1 << 18
_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_END_MOST = 200
# What holds no cells of the sheet and is not needed to read them.
_LEFT_OUT = ("xl/worksheets/", "xl/media/", "xl/drawings/", "xl/charts/", "xl/pivotCache/")


class _Enough(Exception):
    """The row after the last one wanted begins, at this byte of the sheet."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def beginning_of(package: zipfile.ZipFile, part: str, rows: int) -> BytesIO | None:
    """Return the workbook with no more than so many rows of one sheet.

    What stands behind the rows is kept: merged heads are told there. None where the sheet has no
    more rows than that, or is written in a way that cannot be cut safely; then read all of it.
    """
    try:
        with package.open(part) as file:
            sheet = _cut(file, part, rows)
    except (KeyError, Problem, expat.ExpatError, zipfile.BadZipFile, EOFError):
        return None  # whoever reads all of it says what is wrong
    return _packed(package, part, sheet) if sheet is not None else None


def _cut(file: IO[bytes], part: str, rows: int) -> bytes | None:
    """Return the markup up to the rows wanted, with what follows after the last row of all."""
    seen = bytearray()
    engine = _counting(part, rows)
    while chunk := file.read(_CHUNK):
        seen += chunk
        if b"\x00" in seen[:64] or seen.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None  # two bytes a letter: the end cannot be found by its bytes
        try:
            engine.Parse(chunk)
        except _Enough as enough:
            after = _after_rows(file, bytes(seen[enough.place :]))
            return bytes(seen[: enough.place]) + after if after is not None else None
    return None


def _counting(part: str, most: int) -> expat.XMLParserType:
    """Return a parser that stops at the first row that is too many."""
    count = [0]

    def start(name: str, _: Attributes) -> None:
        if local(name) == "row":
            count[0] += 1
            if count[0] > most:
                raise _Enough(engine.CurrentByteIndex)

    engine = parser(part, start)
    return engine


def _after_rows(file: IO[bytes], window: bytes) -> bytes | None:
    """Return the markup from the end of the rows on; None where it does not end."""
    while True:
        found = _END.search(window)
        if found is not None:
            return window[found.start() :] + file.read()
        chunk = file.read(_CHUNK)
        if not chunk:
            return None
        window = window[-_END_MOST:] + chunk


def _packed(package: zipfile.ZipFile, part: str, sheet: bytes) -> BytesIO:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for entry in package.infolist():
            if entry.filename != part and not entry.filename.startswith(_LEFT_OUT):
                new.writestr(entry.filename, package.read(entry))
        new.writestr(part, sheet)
    made.seek(0)
    return made
