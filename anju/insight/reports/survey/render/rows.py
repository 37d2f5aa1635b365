"""Figures as CSV: the whole report as one tidy table, or one section as it is printed."""

from __future__ import annotations

from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.tidy import headers, rows
from anju.kernel.pure.problems import Problem
from anju.sheets.write import csv_lines


def made(found: SurveyFigures, language: str) -> bytes:
    """Return the tidy table as CSV with a byte order mark, safe to open in a spreadsheet."""
    return "".join(csv_lines(headers(language), rows(found, language))).encode()


def section(found: SurveyFigures, key: str, language: str) -> bytes:
    """Return the table of one chart as CSV, as it stands in the report.

    Errors: E-CHART where the report has no such section.
    """
    for one in document(found, language).sections:
        if one.key == key:
            head = [one.subject, *(column.label for column in one.columns)]
            lines = [
                [" ".join(part for part in (row.label, row.sub) if part), *row.cells]
                for row in one.rows
            ]
            return "".join(csv_lines(head, lines)).encode()
    raise Problem(
        "E-CHART",
        "chart",
        "This report has no chart {key}.",
        "本报告没有图表 {key}。",
        key=key[:60],
    )
