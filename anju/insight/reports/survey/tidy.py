"""Every figure of a report as one row of a tidy table: one header row, plain numbers.

What is kept back stands there with its state and without numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from anju.insight.measured.model import Breakdown, Item, Shown, SurveyFigures, TickList
from anju.insight.measured.words import DIMENSIONS, of
from anju.insight.reports.survey.labels import text
from anju.insight.reports.survey.tables import group_label
from anju.stats.results import Estimate, Words
from anju.stats.suppress import State

Value = str | int | float | datetime | None

_HEADERS: tuple[Words, ...] = (
    Words("部分", "section"),
    Words("代码", "code"),
    Words("名称", "name"),
    Words("分组方式", "group_by"),
    Words("组", "group"),
    Words("公式", "formula"),
    Words("单位", "unit"),
    Words("数值", "estimate"),
    Words("区间下限", "ci_low"),
    Words("区间上限", "ci_high"),
    Words("下界", "bound_low"),
    Words("上界", "bound_high"),
    Words("n", "n"),
    Words("总数", "population"),
    Words("分子", "numerator"),
    Words("分母", "denominator"),
    Words("区间方法", "method"),
    Words("显示状态", "state"),
    Words("判断", "verdict"),
    Words("调查", "wave"),
    Words("数据截至", "as_of"),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about."""

    section: str
    code: str
    name: Words
    kind: str = ""
    group: str = ""


def headers(language: str) -> tuple[str, ...]:
    """Return the header row."""
    return tuple(text(words, language) for words in _HEADERS)


def rows(found: SurveyFigures, language: str) -> Iterator[tuple[Value, ...]]:
    """Yield one row a figure, in the order of the report, each with its wave and date."""
    as_of = found.head.as_of.replace(tzinfo=None, microsecond=0)
    for row in _rows(found, language):
        yield (*row, found.head.title, as_of)


def _rows(found: SurveyFigures, language: str) -> Iterator[tuple[Value, ...]]:
    head = Subject("overall", "overall", found.overall.label)
    yield _row(head, found.overall.primary, language, found.overall.target_verdict)
    for other in found.under:
        yield _row(Subject("formulas", other.key, other.label), other.shown, language)
    for item in found.items:
        yield from _item_rows(item, language)
    for item in found.others:
        yield from _level_rows("other", item, language)
    for listed in found.lists:
        yield from _tick_rows(listed, language)
    for row in found.dimensions:
        yield _row(Subject("dimension", row.code, row.label), row.index, language)
    for cut in found.breakdowns:
        yield from _group_rows(cut, found, language)
    for one in (*found.external, *found.parts):
        shown = Shown(State.SHOWN, one.figure, n=one.figure.n)
        yield _row(Subject("published", one.kind, Words(one.label, one.label)), shown, language)
    yield from _gap_rows(found, language)


def _gap_rows(found: SurveyFigures, language: str) -> Iterator[tuple[Value, ...]]:
    for row in found.gaps.rows if found.gaps else ():
        yield _row(Subject("gap", row.code, row.label), row.gap, language)
    for point in found.plane.points if found.plane else ():
        for name, figure in (("importance", point.importance), ("performance", point.performance)):
            shown = Shown(State.SHOWN, figure, n=figure.n)
            yield _row(Subject(name, point.code, point.label), shown, language, point.quadrant)


def _item_rows(item: Item, language: str) -> Iterator[tuple[Value, ...]]:
    yield _row(Subject("item", item.code, item.label), item.share, language)
    yield _row(Subject("item", item.code, item.label), item.index, language)
    yield from _level_rows("answers", item, language)


def _level_rows(section: str, item: Item, language: str) -> Iterator[tuple[Value, ...]]:
    for level in item.levels:
        name = f"{text(item.label, language)}：{text(level.words, language)}"
        plain: list[Value] = [section, f"{item.code}={level.code}", name, "", "", "", "share"]
        numbers: list[Value] = [level.share, None, None, None, None, level.n, None, None, None]
        yield (*plain, *numbers, "", State.SHOWN.value, "")


def _tick_rows(found: TickList, language: str) -> Iterator[tuple[Value, ...]]:
    """Yield a row an option; one row with the state alone where no option may be shown."""
    if not found.ticks:
        shown = Shown(found.state, n=found.answered, note=found.note)
        yield _row(Subject("ticked", found.code, found.label), shown, language)
        return
    for tick in found.ticks:
        zh, en = f"{found.label.zh}：{tick.label.zh}", f"{found.label.en}: {tick.label.en}"
        subject = Subject("ticked", f"{found.code}={tick.code}", Words(zh, en))
        yield _row(subject, tick.share, language)
    shown = Shown(State.SHOWN, n=found.nothing)
    yield _row(Subject("ticked-nothing", found.code, found.label), shown, language)


def _group_rows(cut: Breakdown, found: SurveyFigures, language: str) -> Iterator[tuple[Value, ...]]:
    kind = text(cut.label, language)
    for row in cut.rows:
        group = group_label(cut.kind, row.label, language)
        subject = Subject("group", cut.kind, found.overall.label, kind, group)
        yield _row(subject, row.shown, language, row.verdict)
    names = {item.code: item.label for item in found.items}
    for cell in cut.cells:
        code = cell.what.removeprefix("dim:")
        name = names.get(cell.what) or of(DIMENSIONS, code)
        section = "group-dimension" if cell.what.startswith("dim:") else "group-item"
        group = group_label(cut.kind, cell.group, language)
        yield _row(Subject(section, code, name, kind, group), cell.shown, language)


def _row(subject: Subject, shown: Shown, language: str, verdict: str = "") -> tuple[Value, ...]:
    lead: list[Value] = [
        subject.section,
        subject.code,
        text(subject.name, language),
        subject.kind,
        subject.group,
    ]
    if shown.figure is None:
        low = shown.band.low if shown.band else None
        high = shown.band.high if shown.band else None
        gone: list[Value] = ["", "", None, None, None, low, high, shown.n, None, None, None, ""]
        return (*lead, *gone, shown.state.value, verdict)
    return (*lead, *_numbers(shown.figure), shown.state.value, verdict)


def _numbers(found: Estimate) -> list[Value]:
    bounds = found.bounds
    return [
        found.formula,
        found.unit.value,
        found.estimate,
        found.ci_low,
        found.ci_high,
        bounds.low if bounds else None,
        bounds.high if bounds else None,
        found.n,
        found.population,
        found.numerator,
        found.denominator,
        found.method.value,
    ]
