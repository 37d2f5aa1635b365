"""The holidays and make-up workdays (调休) that the State Council has announced, year by year.

The dates come from the library `holidays`, which keeps each notice with its source. Weekend days
inside a holiday are off as well, so that a company with a six-day week rests as announced. For the
first year without a notice the festivals that the law itself fixes are given, no swapped days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from anju.kernel.pure.later import later
from anju.worktime.hours import Day, DayKind

holidays = later("holidays")  # many countries' tables; most processes never ask
FIRST = 2008  # since then every year swaps days by a notice
AHEAD = 3
_SWAPPED = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ADDED = re.compile(r"（[^）]*）|\s*\([^)]*\)")
_SWAPS = {"休息日", "Day off"}
_ALSO = {
    "农历除夕": "春节",
    "Chinese New Year's Eve": "Spring Festival",
    "Chinese New Year": "Spring Festival",
}
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Announced:
    """Days as announced, and the last year that a notice covers."""

    days: tuple[Day, ...]
    known_until: int


@lru_cache(maxsize=8)
def announced(first: int, last: int) -> Announced:
    """Return the announced days from one year to another, and how far notices reach at all.

    Years without a notice bring only what the law fixes. Example: 2026-02-14 is a make-up
    workday for the Spring Festival, 2026-02-15 to 2026-02-23 are off.
    """
    years = range(max(first, FIRST) - 1, max(last, first) + 2)
    zh = holidays.country_holidays("CN", years=years, language="zh_CN")
    en = holidays.country_holidays("CN", years=years, language="en_US")
    until = known_until(last + AHEAD)
    work = {day for day in zh.weekend_workdays if day.year <= until}
    law = {day: name for day, name in zh.items() if day.year <= until or "补假" not in name}
    found: list[Day] = []
    for block in _blocks(law.keys(), work, until):
        names = _names(law, block, "、"), _names(en, block, ", ")
        found += [Day(day, DayKind.OFF, *names) for day in block]
        found += [Day(day, DayKind.WORK, *names) for day in _worked_for(law, block)]
    wanted = (day for day in found if first <= day.day.year <= last)
    return Announced(tuple(sorted(wanted, key=lambda day: day.day)), until)


def around(at: datetime) -> tuple[Day, ...]:
    """Return the days from the year before an instant to the first year without a notice."""
    until = known_until(at.year + AHEAD)
    return announced(at.year - 1, max(until, at.year) + 1).days


@lru_cache(maxsize=8)
def known_until(last: int) -> int:
    """Return the last year, at most the one given, for which days were swapped by a notice."""
    found = holidays.country_holidays("CN", years=range(FIRST, last + 1), language="zh_CN")
    return max(int(day.year) for day in found.weekend_workdays)


def _blocks(days: Iterable[date], work: set[date], until: int) -> list[list[date]]:
    """Return runs of days off; in announced years with the weekend days beside or between them."""
    off = set(days)
    for day in sorted(day for day in off if day.year <= until):
        for step in (_ONE, -_ONE):
            other = day + step
            while other.weekday() >= 5 and other not in work:
                off.add(other)
                other += step
    blocks: list[list[date]] = []
    for day in sorted(off):
        if blocks and day - blocks[-1][-1] == _ONE:
            blocks[-1].append(day)
        else:
            blocks.append([day])
    return blocks


def _names(names: Mapping[date, str], block: list[date], mark: str) -> str:
    """Return the festivals of a block, each once, without what is added in brackets."""
    told: dict[str, None] = {}
    for day in block:
        name = _ADDED.sub("", names.get(day, ""))
        if name and name not in _SWAPS:
            told[_ALSO.get(name, name)] = None
    return mark.join(told)


def _worked_for(names: Mapping[date, str], block: list[date]) -> list[date]:
    """Return the weekend days that are worked in exchange for days of a block."""
    found = (_SWAPPED.search(names.get(day, "")) for day in block)
    return [date(int(one[1]), int(one[2]), int(one[3])) for one in found if one]
