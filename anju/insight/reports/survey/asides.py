"""The sections that explain the rest: warnings, method, formulas, what was guessed of the file."""

from __future__ import annotations

from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey import definitions
from anju.insight.reports.survey.labels import say, text
from anju.paper.layout import Column, Row, Section


def warnings(found: SurveyFigures, language: str) -> Section | None:
    """Return what the reader must know, in sentences."""
    said = [warning.zh if language == "zh" else warning.en for warning in found.warnings]
    if not said:
        return None
    return _sentences("warnings", say("warnings", language), said)


def notes(found: SurveyFigures, language: str) -> Section | None:
    """Return what was guessed when the file was read, so that it can be contradicted."""
    if not found.notes:
        return None
    return _sentences("notes", say("said_by_file", language), list(found.notes))


def _sentences(key: str, title: str, said: list[str]) -> Section:
    return Section(
        key=key,
        title=title,
        subject="",
        columns=(),
        rows=tuple(Row(sentence) for sentence in said),
        aside=True,
    )


def method(found: SurveyFigures, language: str) -> Section:
    """Return the method statement, unknown values among it."""
    return Section(
        key="method",
        title=say("method", language),
        subject="",
        columns=(Column("", number=False),),
        rows=tuple(
            Row(text(row.label, language), (text(row.value, language),)) for row in found.method
        ),
        aside=True,
    )


def formulas(found: SurveyFigures, language: str) -> Section | None:
    """Return every formula used: the number that the body gives it, its name, meaning and key."""
    if not found.formulas:
        return None
    return Section(
        key="formulas",
        title=say("formulas", language),
        subject="",
        columns=(Column("", number=False),),
        rows=tuple(Row(name, (words,)) for name, words in definitions.rows(found, language)),
        aside=True,
    )
