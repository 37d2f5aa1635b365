"""How long owners were asked, and whether that lies within the period the wave is named for; pure."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included."""

    first: date
    last: date


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*(?:[-/.]|年)\s*(\d{1,2})(?!\d)")
_QUARTER = re.compile(r"[Qq]\s*([1-4])|第?\s*([一二三四1-4])\s*季度?")
_FIRST_HALF = re.compile(r"\bH1\b|上半年", re.IGNORECASE)
_SECOND_HALF = re.compile(r"\bH2\b|下半年", re.IGNORECASE)
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4}


def period_of(label: str) -> Period | None:
    """Return the days that a label such as “2012 H1”, 2012年上半年, 2012 Q3 or 2012-06 means."""
    year = _YEAR.search(label)
    if year is None:
        return None
    number = int(year[1])
    quarter, month = _QUARTER.search(label), _MONTH.search(label)
    if _FIRST_HALF.search(label):
        return _months(number, 1, 6)
    if _SECOND_HALF.search(label):
        return _months(number, 7, 12)
    if quarter:
        written = quarter[1] or quarter[2]
        which = _HAN.get(written) or int(written)
        return _months(number, which * 3 - 2, which * 3)
    if month and 1 <= int(month[1]) <= 12:
        return _months(number, int(month[1]), int(month[1]))
    return _months(number, 1, 12)


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """How long fieldwork took and how much of it lies outside the period it is named for."""

    days: int
    after: int = 0
    before: int = 0
    period: Period | None = None

    @property
    def overruns(self) -> bool:
        """Say whether any day lies outside the period."""
        return bool(self.after or self.before)


def fieldwork(first: date | None, last: date | None, label: str) -> Fieldwork | None:
    """Return the length of fieldwork and its days outside the labelled period; None if undated."""
    if first is None or last is None:
        return None
    days = (last - first).days + 1
    period = period_of(label)
    if period is None:
        return Fieldwork(days)
    after = max(0, (last - max(period.last, first - timedelta(days=1))).days)
    before = max(0, (min(period.first, last + timedelta(days=1)) - first).days)
    return Fieldwork(days, after, before, period)
