"""The box of what was done with the cells of the files, line by line, so that it can be contradicted."""

from __future__ import annotations

from collections.abc import Iterable

from anju.insight.measured.cells import MOST_ROWS, Cells, Reading, Remarks
from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.labels import say, text
from anju.paper.layout import Column, Row, Section
from anju.stats.results import Words

_LINES = {
    "blanks": Words("空着的单元格", "Empty cells"),
    "na": Words("读作不适用，不计入", "Read as not applicable, not counted"),
    "read": Words("读作另一个选项", "Read as another answer"),
    "none": Words("没有回答", "no answer"),
    "twice": Words("一户交来不止一份", "Homes that came more than once"),
    "remarks": Words("业主写的意见", "What owners wrote"),
}


def cells(found: SurveyFigures, language: str) -> Section | None:
    """Return the box, or None where nothing had to be done with any cell."""
    if found.cells is None or found.cells.empty:
        return None
    return Section(
        key="cells",
        title=say("cells", language),
        subject="",
        columns=(Column("", number=False),),
        rows=tuple(Row(label, (words,)) for label, words in lines(found.cells, language)),
        aside=True,
    )


def lines(done: Cells, language: str) -> list[tuple[str, str]]:
    """Return what was done as pairs of a heading and what happened under it."""
    found = [
        ("na", [_reading(one, language) for one in done.not_applicable]),
        ("read", [_reading(one, language, to=True) for one in done.reworded]),
        ("blanks", [f"{text(b.column, language)} {b.count:,}" for b in done.blanks]),
        ("twice", _twice(done, language)),
        ("remarks", _remarks(done, language)),
    ]
    stop = "；" if language == "zh" else "; "
    return [(text(_LINES[key], language), stop.join(said)) for key, said in found if said]


def _listed(parts: Iterable[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def _reading(one: Reading, language: str, *, to: bool = False) -> str:
    """Return one text: what it was read as, how often, in which rows and columns, who said so."""
    zh = language == "zh"
    told = f"“{one.text}”"
    if to:
        told += f" → {text(one.level or _LINES['none'], language)}"
    if one.count is not None:
        told += f" {one.count:,}次" if zh else f" {one.count:,}×"
    more = [_listed(one.columns[:MOST_ROWS], language)] if one.columns else []
    if one.rows:
        rows = _listed(one.rows[:MOST_ROWS], language)
        rest = "……" if len(one.rows) > MOST_ROWS else ""
        more.append(f"第{rows}{rest}行" if zh else f"row {rows}{rest}")
    if one.who:
        more.append(f"由{one.who}确认" if zh else f"confirmed by {one.who}")
    joint = "，" if zh else ", "
    return f"{told}{'（' if zh else ' ('}{joint.join(more)}{'）' if zh else ')'}" if more else told


def _twice(done: Cells, language: str) -> list[str]:
    if not done.twice:
        return []
    zh = language == "zh"
    runs = [
        f"第{'、'.join(rows)}行" if zh else f"rows {' and '.join(rows)}"
        for rows in done.twice[:MOST_ROWS]
    ]
    more = max(done.homes_twice, len(done.twice)) - len(runs)
    if more > 0:
        runs.append(f"另有{more:,}户" if zh else f"{more:,} more homes")
    runs.append("每份都计入" if zh else "every form is counted")
    return runs


def _remarks(done: Cells, language: str) -> list[str]:
    told = [_written(one, language) for one in done.remarks]
    wrote = any(one.count for one in done.remarks)
    return [*told, text(done.remarks_at, language)] if wrote and done.remarks_at else told


def _written(one: Remarks, language: str) -> str:
    """Return how many wrote an opinion in a column, and how many had none; nobody is left out."""
    if language == "zh":
        rest = f"（另有{one.nothing:,}份空着或只写“无”）" if one.nothing else ""
        return f"“{one.column}”{one.count:,}条{rest}"
    rest = f" ({one.nothing:,} more left blank or said none)" if one.nothing else ""
    return f"“{one.column}” {one.count:,}{rest}"
