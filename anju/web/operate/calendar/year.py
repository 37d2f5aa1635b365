"""A year of a calendar as twelve small months, each day marked by a letter as well as a colour."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anju.register.calendars import CalendarFacts
from anju.web.parts.steps import reads_chinese
from anju.worktime.hours import Day, DayKind, hours_text

WEEK = Calendar()  # Monday first


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its number, the letter of its mark, what the mark means, and its looks."""

    number: int
    mark: str = ""
    words: str = ""
    looks: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """One small month; None stands for a day of another month."""

    name: str
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One day that the company wrote, for the list below the months."""

    id: int
    when: str
    what: str
    name: str


def months_of(facts: CalendarFacts, year: int, today: date) -> tuple[Month, ...]:
    """Return the twelve months of a year."""
    own = frozenset(one.day.day for one in facts.own)
    return tuple(
        Month(
            dated(date(year, month, 1), _("F")),
            tuple(
                tuple(_cell(facts, day, today, own) if day.month == month else None for day in week)
                for week in WEEK.monthdatescalendar(year, month)
            ),
        )
        for month in range(1, 13)
    )


def weekday_letters() -> tuple[tuple[str, str], ...]:
    """Return (one letter, full name) of each weekday, Monday first."""
    monday = date(2026, 11, 2).toordinal()
    days = (date.fromordinal(monday + n) for n in range(7))
    names = [dated(day, "l") for day in days]
    return tuple((name[-1] if reads_chinese() else name[0], name) for name in names)


def own_lines(facts: CalendarFacts, year: int) -> tuple[OwnLine, ...]:
    """Return the company's own days of a year."""
    return tuple(
        OwnLine(
            one.id,
            dated(one.day.day, _("D j M Y")),
            what_it_is(one.day),
            one.day.zh,
        )
        for one in facts.own
        if one.day.day.year == year
    )


def what_it_is(day: Day) -> str:
    """Return what a dated exception says, in words."""
    if day.kind is DayKind.HOURS:
        return _("open %(hours)s") % {"hours": hours_text(day.shifts)}
    return _("day off") if day.kind is DayKind.OFF else _("make-up workday")


def marks() -> tuple[tuple[str, str, str], ...]:
    """Return (looks, letter, meaning) of every mark, for the legend."""
    return (
        ("off", _letter(DayKind.OFF), _("day off")),
        ("work", _letter(DayKind.WORK), _("make-up workday")),
        ("hours", _letter(DayKind.HOURS), _("hours of its own")),
        ("own", "", _("written by the company")),
    )


def _letter(kind: DayKind) -> str:
    return {
        DayKind.OFF: pgettext("letter in a calendar: day off", "H"),
        DayKind.WORK: pgettext("letter in a calendar: make-up workday", "W"),
        DayKind.HOURS: pgettext("letter in a calendar: hours of its own", "T"),
    }[kind]


def _cell(facts: CalendarFacts, day: date, today: date, own: frozenset[date]) -> Cell:
    special = facts.calendar.by_day.get(day)
    looks = [] if facts.calendar.shifts_on(day) else ["shut"]
    if day == today:
        looks.append("now")
    if special is None:
        return Cell(day.day, looks=" ".join(looks))
    looks += [special.kind.value, *(["own"] if day in own else [])]
    title = special.zh if reads_chinese() else special.en
    words = f"{what_it_is(special)} {title}".strip()
    return Cell(day.day, _letter(special.kind), words, " ".join(looks))
