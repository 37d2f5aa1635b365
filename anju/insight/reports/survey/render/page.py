"""The report as one HTML file that asks for nothing and runs nothing."""

from __future__ import annotations

from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.pictures import drawn
from anju.paper.page import page


def made(found: SurveyFigures, language: str) -> bytes:
    """Return the whole page as bytes."""
    return page(document(found, language), drawn(found, language))
