"""The report as a workbook: every figure as a tidy row, the report to print, the definitions."""

from __future__ import annotations

from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.labels import say
from anju.insight.reports.survey.tidy import headers, rows
from anju.paper.book import Data, Names, workbook

_WIDTHS = (12, 20, 30, 10, 14, 30, 8, *(11,) * 12, 20, 20)


def made(found: SurveyFigures, language: str) -> bytes:
    """Return the workbook as bytes."""
    names = Names(*(say(key, language) for key in ("tidy", "printed", "definitions")))
    data = Data(headers(language), rows(found, language), _WIDTHS)
    return workbook(document(found, language), data, names)
