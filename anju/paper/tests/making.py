"""A document of no room in particular, and what can be read back from its forms."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from pypdf import PdfReader

from anju.paper.layout import Column, Document, Key, Mark, Row, Section, Tick

AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
CANARY = '=cmd|"/c calc"!A1<script>alert(1)</script>#let x = 1 $ [ ] *_`\\ & 甲'
WORDS = {"number": "No.", "as_of": "as of", "says": "In short", "page_of": "page {0} of {1}"}
MARKS = (
    Mark("seg", 0.0, 0.5, "q1", "12"),
    Mark("seg", 0.5, 0.2, "silent"),
    Mark("ci", 0.3, 0.2),
    Mark("bound", 0.2, 0.5, "tie"),
    Mark("dot", 0.4, tone="tie"),
    Mark("dot", 0.6, tone="high"),
    Mark("line", 0.5, tone="ref"),
    Mark("line", 0.5, tone="axis"),
)
DRAWN = Section(
    key="drawn",
    title="Bars",
    subject="thing",
    columns=(Column("value"), Column("verdict", number=False)),
    rows=(
        Row("first", ("1.0", "above"), sub="small", marks=MARKS, sign="high"),
        Row("second", ("2.0", "below"), marks=MARKS[:1], sign="low"),
        Row("third", ("–", "–"), said="too few to show"),
    ),
    lead="What it is.",
    legend=(("q1", "worst"), ("silent", "silent")),
    ticks=(Tick(0.0, "0%"), Tick(1.0, "100%", left=True)),
    grid=(Mark("line", 0.5, tone="grid"),),
    notes=("A note.",),
    drawing=0.4,
)
ALONE = Section("alone", "One bar", "", (), (Row("", marks=MARKS[:2]),), drawing=1.0,
                legend=(("q1", "worst 12"),))  # fmt: skip
PAIRS = Section("pairs", "Pairs", "", (Column("", number=False),),
                (Row("a", ("b",)), Row("composite[a+b]@1", ("key",))), aside=True)  # fmt: skip
LISTED = Section("listed", "List", "", (), (Row("one sentence"),), aside=True)
EMPTY = Section("empty", "Nothing here", "", (), (), chart="missing")


def a_document(**changes: object) -> Document:
    """Return a document that holds one section of every kind."""
    kept: dict[str, object] = {
        "language": "en",
        "kind": "Paper",
        "title": "A paper",
        "subtitle": "of no room",
        "company": "Anhe",
        "number": "7-1",
        "as_of": "2026-11-20 09:30",
        "keys": (Key("index", "74.8", "70–79"), Key("change", "+2.0", "n = 9", "high", "better")),
        "says": ("First.", "Second."),
        "sections": (DRAWN, ALONE, EMPTY, PAIRS, LISTED),
        "signatures": ("lead", "date"),
        "words": WORDS,
    }
    return Document(**{**kept, **changes})  # type: ignore[arg-type]


def pdf_text(raw: bytes) -> str:
    """Return what a PDF says, without spaces and breaks."""
    pages = PdfReader(io.BytesIO(raw)).pages
    return re.sub(r"[\s\u200b]+", "", "".join(page.extract_text() for page in pages))
