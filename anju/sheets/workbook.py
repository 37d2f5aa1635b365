"""The workbook's own parts: which sheets there are, which date system, which styles are dates.

It never reads cells; entities are refused by every parser made here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from anju.sheets.refusals import bad_archive, bad_xml, no_sheet

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]

_DATE_FORMATS = frozenset([*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)])
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of the workbook: its name, its part in the package, whether it is shown."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What must be known of a workbook before its cells are read."""

    sheets: tuple[SheetPart, ...]
    date_1904: bool
    date_styles: frozenset[str]

    def chosen(self, wanted: str | None) -> SheetPart:
        """Return the sheet asked for, or the first visible one; E-IMP-SHEET names those present."""
        names = tuple(sheet.name for sheet in self.sheets)
        if wanted is not None:
            for sheet in self.sheets:
                if sheet.name == wanted:
                    return sheet
            raise no_sheet(wanted, names)
        shown = [sheet for sheet in self.sheets if sheet.visible]
        if not shown:
            raise no_sheet("", names)
        return shown[0]


def parser(part: str, start: Start) -> expat.XMLParserType:
    """Return a parser that calls `start` for each element and refuses a document type."""
    made = expat.ParserCreate()
    made.buffer_text = True

    def refuse(*_: object) -> int:
        raise bad_xml(part)

    made.StartDoctypeDeclHandler = refuse
    made.EntityDeclHandler = refuse
    made.ExternalEntityRefHandler = refuse
    made.StartElementHandler = start
    return made


def parse(package: zipfile.ZipFile, part: str, engine: expat.XMLParserType) -> None:
    """Feed a part of the package to a parser; E-XLS-XML when it is no XML."""
    try:
        with package.open(part) as file:
            engine.ParseFile(file)
    except expat.ExpatError:
        raise bad_xml(part) from None
    except KeyError:
        raise bad_archive(f"the part {part} is missing", f"缺少 {part}") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        raise bad_archive("it is cut off or damaged", "文件不完整或已损坏") from None


def local(name: str) -> str:
    """Return an element's name without its prefix."""
    return name.rpartition(":")[2]


def read_workbook(package: zipfile.ZipFile) -> Workbook:
    """Return the sheets, the date system and the date styles.

    Errors: E-XLS-XML, E-FILE-ARCHIVE.
    """
    targets = _targets(package)
    sheets: list[SheetPart] = []
    systems: list[bool] = []

    def start(name: str, attrs: Attributes) -> None:
        kind = local(name)
        if kind == "workbookPr":
            systems.append(attrs.get("date1904", "0") in {"1", "true"})
        if kind == "sheet":
            link = next((v for k, v in attrs.items() if local(k) == "id"), "")
            if link in targets:
                visible = attrs.get("state", "visible") == "visible"
                sheets.append(SheetPart(attrs.get("name", ""), targets[link], visible))

    parse(package, "xl/workbook.xml", parser("xl/workbook.xml", start))
    return Workbook(sheets=tuple(sheets), date_1904=any(systems), date_styles=_date_styles(package))


def _targets(package: zipfile.ZipFile) -> dict[str, str]:
    """Return, for each link of the workbook to a worksheet, the part that it names."""
    part = "xl/_rels/workbook.xml.rels"
    found: dict[str, str] = {}

    def start(name: str, attrs: Attributes) -> None:
        if local(name) == "Relationship" and attrs.get("Type", "").endswith("/worksheet"):
            target = attrs.get("Target", "")
            whole = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            found[attrs.get("Id", "")] = whole

    parse(package, part, parser(part, start))
    return found


def _date_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """Return the numbers of the cell styles that show a date."""
    part = "xl/styles.xml"
    if part not in package.namelist():
        return frozenset()
    formats: set[str] = {str(number) for number in _DATE_FORMATS}
    styles: list[str] = []
    inside = [False]

    def start(name: str, attrs: Attributes) -> None:
        kind = local(name)
        if kind == "numFmt" and _shows_date(attrs.get("formatCode", "")):
            formats.add(attrs.get("numFmtId", ""))
        if kind in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside[0] = kind == "cellXfs"
        if kind == "xf" and inside[0]:
            styles.append(attrs.get("numFmtId", "0"))

    parse(package, part, parser(part, start))
    return frozenset(str(i) for i, number in enumerate(styles) if number in formats)


def _shows_date(code: str) -> bool:
    """Say whether a number format shows a day or a year."""
    bare = _FORMAT_NOISE.sub("", code).lower()
    return "y" in bare or "d" in bare
