"""Dates and local times as people and spreadsheets write them; refuses what could be read twice.

It is not a calendar of working days and never asks what day it is.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from anju.kernel.pure.numbers import narrow
from anju.kernel.pure.problems import Problem

FIRST = date(1900, 1, 1)
LAST = date(2199, 12, 31)

_YEAR_FIRST = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?")


def day(value: str | date, field: str, *, first: date = FIRST, last: date = LAST) -> date:
    """Return the day that was meant; the year comes first, as in 2026-04-03 or 2026年4月3日.

    Errors: E-DATE (no such day), E-DATE-RANGE, E-DATE-FORMAT (with the spelling to use).
    """
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    else:
        found = _parsed(narrow(value), value, field)
    if not first <= found <= last:
        raise _range(found.isoformat(), field, first, last)
    return found


def from_serial(serial: float, field: str, *, system_1904: bool = False) -> date:
    """Return the day of a spreadsheet's day number.

    Errors: E-DATE for the day 60 of the 1900 system, 29 February 1900, which never was;
    E-DATE-RANGE beyond the years we keep.
    """
    number = int(serial) if abs(serial) < 10**7 else 10**7
    if number == 60 and not system_1904:
        raise _no_such_day("1900-02-29", field)
    origin = date(1904, 1, 1) if system_1904 else date(1899, 12, 31 if number < 60 else 30)
    if not 0 < number < 109_575:
        raise _range(str(serial), field, FIRST, LAST)
    return origin + timedelta(days=number)


def local(value: str, field: str) -> datetime:
    """Return a local date, with a time or midnight, as written; it has no zone.

    Errors: those of `day`; E-DATE-FORMAT for a time that is none.
    """
    written, _, clock = narrow(value).replace("T", " ").partition(" ")
    parts = _CLOCK.fullmatch(clock.strip() or "00:00")
    found = day(written, field)
    if parts is None:
        raise _time_format(value, field)
    hour, minute, second = int(parts[1]), int(parts[2]), int(parts[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise _time_format(value, field)
    return datetime.combine(found, time(hour, minute, second))


def instant(value: str, field: str, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """Return a local date and time in the zone as an instant in UTC.

    Errors: E-TIME-GAP for a time that the clocks skipped (offers the next one), E-TIME-FOLD for
    one that came twice while `fold` (0 first, 1 second) does not say which, and those of `local`.
    """
    plain = local(value, field)
    early, late = plain.replace(tzinfo=zone, fold=0), plain.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    after = early.astimezone(UTC).astimezone(zone)
    if after.replace(tzinfo=None) != plain:
        raise _gap(value, field, after)
    if fold is None:
        raise _fold(value, field, early, late)
    return plain.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _parsed(text: str, value: str, field: str) -> date:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _real(found[1], found[3], found[5], field)
    eight = _EIGHT.fullmatch(text)
    if eight:
        return _real(eight[1], eight[2], eight[3], field)
    raise _format(value, _spelling(text), field)


def _real(year: str, month: str, day_: str, field: str) -> date:
    try:
        return date(int(year), int(month), int(day_))
    except ValueError:
        if int(year) == 0:
            raise _range(f"{year}-{month}-{day_}", field, FIRST, LAST) from None
        raise _no_such_day(f"{int(year):04d}-{int(month):02d}-{int(day_):02d}", field) from None


def _spelling(text: str) -> str:
    """Return the spelling we would understand: the day first unless it cannot be one."""
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return "2026-04-03"
    one, two = int(found[1]), int(found[2])
    day_, month = (one, two) if two <= 12 else (two, one)
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    return f"{year:04d}-{month:02d}-{day_:02d}"


def _no_such_day(written: str, field: str) -> Problem:
    return Problem(
        "E-DATE",
        field,
        "There is no such day: {value}. Check the day and the month.",
        "没有这一天：{value}。请核对月份和日期。",
        value=written,
    )


def _range(written: str, field: str, first: date, last: date) -> Problem:
    return Problem(
        "E-DATE-RANGE",
        field,
        "{value} is out of range; allowed is {low} to {high}.",
        "{value} 超出范围，允许的日期是 {low} 到 {high}。",
        value=written,
        low=first.isoformat(),
        high=last.isoformat(),
    )


def _format(value: str, spelling: str, field: str) -> Problem:
    return Problem(
        "E-DATE-FORMAT",
        field,
        "“{value}” can be read in more than one way or not at all; write {spelling}.",
        "“{value}”无法确定是哪一天，请写成 {spelling}。",
        value=value[:40],
        spelling=spelling,
    )


def _time_format(value: str, field: str) -> Problem:
    return Problem(
        "E-DATE-FORMAT",
        field,
        "“{value}” is not a date with a time; write {spelling}.",
        "“{value}”不是日期和时间，请写成 {spelling}。",
        value=value[:40],
        spelling="2026-04-03 17:30",
    )


def _gap(value: str, field: str, after: datetime) -> Problem:
    return Problem(
        "E-TIME-GAP",
        field,
        "The clocks skipped {value}; the next time there was is {next}.",
        "当天时钟拨快，没有 {value} 这个时刻；下一个有效时刻是 {next}。",
        value=value[:40],
        next=f"{after:%Y-%m-%d %H:%M}",
    )


def _fold(value: str, field: str, early: datetime, late: datetime) -> Problem:
    return Problem(
        "E-TIME-FOLD",
        field,
        "{value} came twice that day; say which: UTC{early} or UTC{late}.",
        "当天 {value} 出现了两次，请说明是 UTC{early} 还是 UTC{late}。",
        value=value[:40],
        early=f"{early:%z}",
        late=f"{late:%z}",
    )
