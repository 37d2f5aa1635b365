"""What a company writes over the announced calendar: days as lines, checked as a whole; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

from anju.kernel.pure import dates
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.worktime.hours import (
    Day,
    DayKind,
    Week,
    hours_text,
    read_shifts,
    week_of,
)

ZONE = "Asia/Shanghai"
USUAL = (*["08:30-12:00, 13:30-18:00"] * 5, "", "")
NEVER_CLOSED = ("00:00-24:00",) * 7
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_DAYS = 400
_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8}"
_LINE = re.compile(rf"({_DATE})(?:\s*(?:to|\.\.|-|–|—|~|～|至|到)\s*({_DATE}))?\s*(.*)")
_HOURS = re.compile(r"[\d:：,，、\s\-–—~～至]*\d[:：]\d\d")
_OFF = re.compile(r"(?:off|holiday|closed|休息|放假|休)(?![a-z])", re.IGNORECASE)
_WORK = re.compile(r"(?:work(?:day)?|make-up|调休上班|上班|班)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day that a company writes, and the line of its list on which it stands."""

    line: int
    day: Day


def read_week(hours: Sequence[str]) -> Week:
    """Return the week that seven texts describe, Monday first.

    Errors: those of `read_shifts` with the weekday as field; E-SLA-EMPTY if no day has any hours.
    """
    week = week_of([read_shifts(text, day) for text, day in zip(hours, WEEKDAYS, strict=True)])
    if not any(week):
        raise Problem(
            "E-SLA-EMPTY",
            WEEKDAYS[0],
            "A calendar without any working time would make nothing due. Give one day hours.",
            "没有任何工作时间的日历无法计算期限。请至少为一天填写工作时段。",
        )
    return week


def read_zone(name: str) -> ZoneInfo:
    """Return the time zone of that name, as in Asia/Shanghai; E-CAL-ZONE for any other word."""
    wanted = name.strip()
    if wanted not in available_timezones():
        raise Problem(
            "E-CAL-ZONE",
            "zone",
            "“{value}” is no time zone. Write it like {like}.",
            "“{value}”不是时区名称。请写成 {like}。",
            value=wanted[:40],
            like=ZONE,
        )
    return ZoneInfo(wanted)


def read_days(text: str) -> tuple[Entry, ...]:
    """Return the days of a list: one a line, a date or two, then off, work or hours, then a name.

    Example: “2027-02-05 to 2027-02-11 off Spring Festival”, “2027-02-20 班 春节调休”.
    Errors: E-CAL-LINE and those of dates and hours, each naming its line; E-CAL-CONFLICT.
    """
    found: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found += _entries(line.strip(), number)
    return checked(found)


def checked(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries by day, each once; refuses a day with two meanings, too many, or none."""
    by_day: dict[date, Entry] = {}
    for entry in entries:
        known = by_day.setdefault(entry.day.day, entry)
        if (known.day.kind, known.day.shifts) != (entry.day.kind, entry.day.shifts):
            raise conflict(f"{known.line}", f"{entry.line}", known.day, entry.day)
    if not 1 <= len(by_day) <= MOST_DAYS:
        raise Problem(
            "E-CAL-LINE",
            "lines",
            "Write 1 to {most} days, one or a span on each line.",
            "请填写 1 至 {most} 天，每行一天或一段。",
            most=MOST_DAYS,
        )
    return tuple(by_day[day] for day in sorted(by_day))


def conflict(line: str, other: str, one: Day, two: Day) -> Problem:
    """Return the refusal of a day that two lines give different meanings, naming both."""
    return Problem(
        "E-CAL-CONFLICT",
        "lines",
        "Line {line} and line {other} disagree about {day}: {one} and {two}. Keep one of them.",
        "第 {line} 行与第 {other} 行对 {day} 的说法不一致：{one_zh}、{two_zh}。请只保留一行。",
        line=line,
        other=other,
        day=one.day.isoformat(),
        one=said(one)[0],
        two=said(two)[0],
        one_zh=said(one)[1],
        two_zh=said(two)[1],
    )


def clash(line: int, new: Day, known: Day) -> Problem:
    """Return the refusal of a line that the company's own table already contradicts."""
    return Problem(
        "E-CAL-CONFLICT",
        "lines",
        "Line {line} says {day} is {one}, the calendar's own entry “{name}” says {two}."
        " Remove that entry first.",
        "第 {line} 行写 {day} {one_zh}，而日历中已有自定义条目“{name}”：{two_zh}。请先删除该条目。",
        line=line,
        day=new.day.isoformat(),
        name=known.zh or known.day.isoformat(),
        one=said(new)[0],
        two=said(known)[0],
        one_zh=said(new)[1],
        two_zh=said(known)[1],
    )


def said(day: Day) -> tuple[str, str]:
    """Return what a day is, in English and Chinese."""
    if day.kind is DayKind.HOURS:
        return (hours_text(day.shifts), hours_text(day.shifts))
    return ("off", "休息") if day.kind is DayKind.OFF else ("worked", "上班")


def over(announced: Iterable[Day], own: Iterable[Day]) -> tuple[Day, ...]:
    """Return the days in force: the company's own entry wins over the announced one."""
    found = {day.day: day for day in (*announced, *own)}
    return tuple(found[day] for day in sorted(found))


def make_day(when: date, kind: str, hours: str, name: str) -> Day:
    """Return one dated exception from what a form asks for.

    Errors: E-CHOICE, E-CAL-HOURS where hours of its own are missing, those of hours and names.
    """
    if kind not in set(DayKind):
        raise Problem("E-CHOICE", "kind", "Choose what the day is.", "请选择当天的性质。")
    shifts = read_shifts(hours, "hours") if kind == DayKind.HOURS else ()
    if kind == DayKind.HOURS and not shifts:
        raise Problem(
            "E-CAL-HOURS",
            "hours",
            "Write the hours of that day, or choose “off”.",
            "请填写当天的工作时段，或选择“休息”。",
        )
    title = clean_line(name, "name", most=40) if name.strip() else ""
    return Day(when, DayKind(kind), title, title, shifts)


def span(first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another, both counted; E-SLA-ORDER if the last comes first."""
    if last < first:
        raise Problem(
            "E-SLA-ORDER",
            "last",
            "{last} lies before {first}. Check the two days.",
            "{last} 早于 {first}。请核对两个日期。",
            first=first.isoformat(),
            last=last.isoformat(),
        )
    for number in range(min((last - first).days, MOST_DAYS) + 1):
        yield first + timedelta(days=number)


def _entries(line: str, number: int) -> list[Entry]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise _unread(line, number)
    try:
        first = dates.day(found[1], "lines")
        last = dates.day(found[2], "lines") if found[2] else first
        day = _meant(first, found[3], line, number)
        return [Entry(number, replace(day, day=when)) for when in span(first, last)]
    except Problem as problem:
        if problem.params.get("line") == number:
            raise
        en, zh = "Line {line}: " + problem.en, "第 {line} 行：" + problem.zh
        told = {**problem.params, "line": number}
        raise Problem(problem.code, "lines", en, zh, **told) from problem


def _meant(first: date, rest: str, line: str, number: int) -> Day:
    for kind, words in ((DayKind.HOURS, _HOURS), (DayKind.OFF, _OFF), (DayKind.WORK, _WORK)):
        found = words.match(rest)
        if found:
            hours = found[0] if kind is DayKind.HOURS else ""
            return make_day(first, kind, hours, rest[found.end() :].lstrip(":：,， "))
    raise _unread(line, number)


def _unread(line: str, number: int) -> Problem:
    return Problem(
        "E-CAL-LINE",
        "lines",
        "Line {line}, “{value}”, was not understood. Write it like {like}.",
        "第 {line} 行“{value}”无法识别。请写成 {like}。",
        line=number,
        value=line[:60],
        like="2027-02-05 off",
    )
