"""Sets documents on A4 with Typst and our own fonts; nothing is fetched, no clock is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typst

from anju.paper import fonts
from anju.paper.layout import Document

PRODUCT = Path(__file__).parents[1]
REPORT = Path(__file__).parent / "report.typ"


def report(doc: Document, pictures: Mapping[str, str], at: datetime) -> bytes:
    """Return a document as PDF bytes; `pictures` are SVG by the names that its sections give."""
    return press(REPORT, json.dumps(asdict(doc), ensure_ascii=False), pictures, at)


def press(template: Path, data: str, pictures: Mapping[str, str], at: datetime) -> bytes:
    """Return a template of the product as PDF bytes; the same input gives the same bytes.

    The template reads `data` as `sys.inputs.data`, each picture by its name, and may import
    `/paper/frame.typ`. Text of strangers belongs in `data`, where it can only be printed.

    Errors: typst.TypstError where the template is broken.
    """
    printed = typst.compile(
        str(template),
        root=str(PRODUCT),
        font_paths=[str(fonts.FOLDER)],
        ignore_system_fonts=not rare(data),
        sys_inputs={**pictures, "data": data},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(printed, bytes)
    return printed


def rare(text: str) -> bool:
    """Say whether a text holds characters that our subset may lack: then the machine's help."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return True
    return False
