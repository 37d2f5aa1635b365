"""Small files for the tests, good ones and evil ones, made by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from anju.kernel.pure.tables import Table
from anju.sheets.book import read_book
from anju.sheets.heads import as_table
from anju.sheets.limits import Limits

TYPES = "[Content_Types].xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_LINK}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
ROOT = LINKS.replace("/worksheet", "/officeDocument").replace(
    "worksheets/sheet1.xml", "xl/workbook.xml"
)
DATES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m"/>'
    '<numFmt numFmtId="201" formatCode="0.00&quot;day&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="200"/><xf numFmtId="201"/></cellXfs></styleSheet>'
)


def sheet_xml(cells: str, *, before: str = "", after: str = "") -> str:
    """Return the markup of a sheet around its rows."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def package(path: Path, sheet: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a workbook from its markup; `parts` add to it or replace parts."""
    whole: dict[str, str | bytes] = {
        TYPES: "<Types/>",
        "_rels/.rels": ROOT,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (whole | dict(parts or {})).items():
            made.writestr(name, content)
    return path


def workbook(
    path: Path, rows: Sequence[Sequence[Any]], options: Mapping[str, Any] | None = None
) -> Path:
    """Write a plain workbook by rows."""
    with xlsxwriter.Workbook(str(path), dict(options or {})) as book:
        page = book.add_worksheet("答卷")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    page.write(number, column, value)
    return path


def table_of(path: Path, *, header_row: int | None = None, hidden_rows: bool = False) -> Table:
    """Read a workbook here, without the child process."""
    return as_table(read_book(path, None, Limits(), hidden_rows=hidden_rows), header_row)
