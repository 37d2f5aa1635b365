"""The report as a PDF on A4, set by Typst with our own fonts; nothing is fetched."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typst

from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.model import SurveyFigures
from anju.insight.reports.survey.pictures import drawn

PAPER = Path(__file__).parents[2] / "paper"
FONTS = PAPER / "fonts"


def made(found: SurveyFigures, language: str) -> bytes:
    """Return the report as PDF bytes; the same figures give the same bytes.

    Errors: typst.TypstError where the template is broken.
    """
    data = json.dumps(asdict(document(found, language)), ensure_ascii=False)
    inputs = {"data": data, **drawn(found, language)}
    printed = typst.compile(
        str(PAPER / "survey.typ"),
        root=str(PAPER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=not rare(data),
        sys_inputs=inputs,
        timestamp=int(found.head.as_of.timestamp()),
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
