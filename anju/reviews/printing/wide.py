"""A wide table on A4 across and as a workbook of three sheets: what both need, in plain words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.paper.book import Data, Names, Value, workbook
from anju.paper.codes import square_code
from anju.paper.layout import Column, Document, Row, Section
from anju.paper.press import press

TEMPLATE = Path(__file__).with_name("sheet.typ")
PDF_MOST = 500
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WideRow:
    """A row; `bad` are the places of cells that need somebody."""

    cells: tuple[str, ...]
    bad: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wide:
    """A wide table with its head, in the reader's language; `bar` is what each part counts."""

    title: str
    subtitle: str
    company: str
    number: str
    stamp: str
    says: tuple[str, ...]
    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[WideRow, ...]
    signatures: tuple[str, ...]
    none: str
    notes: tuple[str, ...] = ()
    bar: tuple[tuple[str, int], ...] = ()
    zh: bool = True
    page_of: str = "{0} / {1}"
    link: str = field(default="")


def as_pdf(wide: Wide, at: datetime) -> bytes:
    """Return the table as PDF on A4 across, with a square code that leads to the live page."""
    pictures = {"code": square_code(wide.link)} if wide.link else {}
    return press(TEMPLATE, json.dumps(asdict(wide), ensure_ascii=False), pictures, at)


def as_book(wide: Wide, data: Data, definitions: Pairs) -> bytes:
    """Return the table as a workbook: tidy data, a sheet to print, and what the words mean."""
    return workbook(document(wide, definitions), data, names())


def names() -> Names:
    """Return what the three sheets are called."""
    return Names(_p("review", "Data"), _p("review", "Print"), _("What it means"))


def document(wide: Wide, definitions: Pairs) -> Document:
    """Return the table as a document, for the sheet to print and the definitions."""
    first, *rest = wide.head
    rows = tuple(Row(row.cells[0], row.cells[1:]) for row in wide.rows)
    table = Section(
        "table", wide.title, first, tuple(Column(one, number=False) for one in rest), rows
    )
    means = Section(
        "means", _("What it means"), "", (Column("", number=False),),
        tuple(Row(word, (words,)) for word, words in definitions), aside=True,
    )  # fmt: skip
    words = {"number": "", "as_of": _("as of"), "says": "", "page_of": wide.page_of}
    return Document(
        "zh" if wide.zh else "en", "", wide.title, wide.subtitle, wide.company, wide.number,
        wide.stamp, (), wide.says, (table, means), wide.signatures, words,
    )  # fmt: skip


def reads_chinese() -> bool:
    """Say whether the reader's language is Chinese."""
    return (get_language() or "").startswith("zh")


def minute(at: datetime | None) -> str:
    """Return an instant as paper writes it, without its year; nothing for none."""
    return timezone.localtime(at).strftime("%m-%d %H:%M") if at is not None else ""


def dated(at: datetime | None) -> Value:
    """Return an instant as a cell of a workbook holds it: on the wall clock, without a zone."""
    return timezone.localtime(at).replace(tzinfo=None, microsecond=0) if at is not None else None
