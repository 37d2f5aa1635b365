"""The report as a PDF on A4."""

from __future__ import annotations

from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.pictures import drawn
from anju.paper.press import report


def made(found: SurveyFigures, language: str) -> bytes:
    """Return the report as PDF bytes; the same figures give the same bytes."""
    return report(document(found, language), drawn(found, language), found.head.as_of)
