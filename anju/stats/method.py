"""The method statement: everything a reader needs to judge a result, in both languages.

Not a judgement: what nobody recorded is printed as unknown, never left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anju.stats.outcome import UNKNOWN, response_rate
from anju.stats.results import METHOD_WORDS, Method, Words
from anju.stats.rounding import rounded
from anju.stats.suppress import K


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One line of the statement; `known` is False where the value is the word for unknown."""

    key: str
    label: Words
    value: Words
    known: bool

    @property
    def zh(self) -> str:
        """Give the line in Chinese."""
        return f"{self.label.zh}：{self.value.zh}"

    @property
    def en(self) -> str:
        """Give the line in English."""
        return f"{self.label.en}: {self.value.en}"


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """What is known of a survey; None, empty or () is unknown. Free text may be one language."""

    title: Words | str | None = None
    purpose: Words | str | None = None
    population_described: Words | str | None = None
    population: int | None = None
    planned: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    refused: int | None = None
    unreachable: int | None = None
    unit: Words | str | None = None
    period: Words | str | None = None
    fieldwork_from: date | None = None
    fieldwork_to: date | None = None
    modes: tuple[Words | str, ...] = ()
    sampling: Words | str | None = None
    representativeness: Words | str | None = None
    weighting: Words | str | None = None
    contractor: Words | str | None = None
    exclusions: Words | str | None = None
    shortfall: Words | str | None = None
    incentives: Words | str | None = None
    anonymity: Words | str | None = None
    scales: tuple[Words | str, ...] = ()
    formulas: tuple[str, ...] = ()
    intervals: tuple[Method, ...] = ()
    least: int = K
    method: Words | str | None = None
    limits: Words | str | None = None


_LABELS: dict[str, Words] = {
    "title": Words("调查名称", "Survey"),
    "purpose": Words("目的", "Purpose"),
    "population_described": Words("调查对象", "Population"),
    "population": Words("总体户数", "Size of the population"),
    "unit": Words("计数单位", "Unit of counting"),
    "planned": Words("计划样本量", "Planned answers"),
    "issued": Words("发放数", "Issued"),
    "returned": Words("收回数", "Returned"),
    "valid": Words("有效数", "Valid"),
    "refused": Words("拒答数", "Refused"),
    "unreachable": Words("未联系上", "Not reached"),
    "response": Words("回收率", "Response rate"),
    "period": Words("期间", "Period"),
    "fieldwork": Words("实地调查日期", "Fieldwork"),
    "modes": Words("调查方式", "Collection method"),
    "method": Words("调查方法", "How people were chosen and asked"),
    "sampling": Words("抽样方法", "Sampling method"),
    "representativeness": Words("代表性评估", "Representativeness"),
    "weighting": Words("加权", "Weighting"),
    "contractor": Words("执行单位", "Contractor"),
    "exclusions": Words("排除对象及原因", "Exclusions and reasons"),
    "shortfall": Words("未达计划样本量的原因", "Reason for missing the planned size"),
    "incentives": Words("奖励", "Incentives"),
    "anonymity": Words("是否记名", "Named or anonymous"),
    "scales": Words("量表", "Scales"),
    "formulas": Words("公式", "Formulas"),
    "intervals": Words("区间方法", "Intervals"),
    "least": Words("最小显示户数", "Smallest group shown"),
    "limits": Words("局限", "Limits"),
}


def method_statement(facts: SurveyFacts) -> tuple[MethodRow, ...]:
    """Write the statement line by line, in a fixed order, unknown values included.

    Errors: BadCounts where more were returned than issued.
    Source: the summary of approach asked of landlords in England.
    """
    values: dict[str, Words | None] = {
        **_texts(facts),
        **_counts(facts),
        "response": _response(facts),
        "fieldwork": _fieldwork(facts),
        "modes": _list(facts.modes),
        "scales": _list(facts.scales),
        "formulas": _list(facts.formulas),
        "intervals": _list(tuple(METHOD_WORDS[method] for method in facts.intervals)),
        "least": Words(f"{facts.least} 户", f"{facts.least} households"),
    }
    return tuple(_row(key, label, values[key]) for key, label in _LABELS.items())


def missing(rows: tuple[MethodRow, ...]) -> tuple[str, ...]:
    """Name the lines that are unknown."""
    return tuple(row.key for row in rows if not row.known)


def days_after(period_end: date, fieldwork_from: date, fieldwork_to: date) -> tuple[int, int]:
    """Give the days of fieldwork, both ends counted, and those after the end of the period.

    Example:
        >>> days_after(date(2012, 6, 30), date(2012, 6, 18), date(2012, 7, 12))
        (25, 12)
    """
    days = max(0, (fieldwork_to - fieldwork_from).days + 1)
    late = (fieldwork_to - max(period_end, fieldwork_from)).days
    if fieldwork_from > period_end:
        return days, days
    return days, max(0, late)


def _row(key: str, label: Words, value: Words | None) -> MethodRow:
    return MethodRow(key, label, UNKNOWN if value is None else value, value is not None)


def _both(text: Words | str | None) -> Words | None:
    if text is None or text == "":
        return None
    return Words(text, text) if isinstance(text, str) else text


def _texts(facts: SurveyFacts) -> dict[str, Words | None]:
    return {
        "title": _both(facts.title),
        "purpose": _both(facts.purpose),
        "population_described": _both(facts.population_described),
        "unit": _both(facts.unit),
        "period": _both(facts.period),
        "method": _both(facts.method),
        "sampling": _both(facts.sampling),
        "representativeness": _both(facts.representativeness),
        "weighting": _both(facts.weighting),
        "contractor": _both(facts.contractor),
        "exclusions": _both(facts.exclusions),
        "shortfall": _both(facts.shortfall),
        "incentives": _both(facts.incentives),
        "anonymity": _both(facts.anonymity),
        "limits": _both(facts.limits),
    }


def _counts(facts: SurveyFacts) -> dict[str, Words | None]:
    counts = {
        "population": facts.population,
        "planned": facts.planned,
        "issued": facts.issued,
        "returned": facts.returned,
        "valid": facts.valid,
        "refused": facts.refused,
        "unreachable": facts.unreachable,
    }
    return {
        key: None if value is None else Words(f"{value:,}", f"{value:,}")
        for key, value in counts.items()
    }


def _response(facts: SurveyFacts) -> Words | None:
    rate = response_rate(facts.returned, facts.issued)
    if rate.value is None:
        return None
    share = f"{rounded(100 * rate.value, 1)} %"
    return Words(
        f"{share}（收回 {facts.returned:,} 份，发放 {facts.issued:,} 份）",
        f"{share} ({facts.returned:,} of {facts.issued:,})",
    )


def _fieldwork(facts: SurveyFacts) -> Words | None:
    start, end = facts.fieldwork_from, facts.fieldwork_to
    if start is None and end is None:
        return None
    return Words(
        f"{start or UNKNOWN.zh} 至 {end or UNKNOWN.zh}",
        f"{start or UNKNOWN.en} to {end or UNKNOWN.en}",
    )


def _list(items: tuple[Words | str, ...]) -> Words | None:
    both = [words for words in map(_both, items) if words is not None]
    if not both:
        return None
    return Words("、".join(item.zh for item in both), ", ".join(item.en for item in both))
