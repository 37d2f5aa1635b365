"""Sentences of reviews that page, paper and workbook share; Chinese is in the catalogue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.casework.stocktake import Lacks
from anju.reviews.meetings import Measure, Room
from anju.reviews.rules.agenda import Checked, Why
from anju.reviews.sheets import Sheet, SheetLine
from anju.voice.labels import label
from anju.voice.lines import CaseLine

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def matter(line: CaseLine) -> str:
    """Return what a case is about: its category, or its kind while nobody sorted it."""
    name = line.zh if (get_language() or "").startswith("zh") else line.en
    return name or str(label(line.kind))


def length(span: timedelta) -> str:
    """Return a real length in its largest part: days from one day on, else hours."""
    days = span // DAY
    if days >= 1:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    hours = max(span // HOUR, 1)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def used(line: SheetLine, taken_at: datetime) -> str:
    """Return how old a case was at the cut-off, and by how much it was late."""
    told = length(taken_at - line.case.received_at)
    if line.late and line.due_at is not None:
        return _("late by %(late)s") % {"late": length(taken_at - line.due_at)}
    return told


def sum_of(sheet: Sheet) -> str:
    """Return the day's sum as one line that adds up."""
    day = sheet.counts
    return _(
        "%(carried)d carried over + %(new)d new + %(reopened)d reopened − %(closed)d closed = "
        "%(open)d open; %(overdue)d of them late"
    ) % {
        "carried": day.carried, "new": day.new, "reopened": day.reopened, "closed": day.closed,
        "open": day.open, "overdue": sheet.overdue,
    }  # fmt: skip


def what(sheet: Sheet) -> str:
    """Return which cases a sheet counts."""
    return _("Cases of every kind") if sheet.every_kind else _p("case", "Complaints")


def ages(sheet: Sheet) -> tuple[tuple[str, int], ...]:
    """Return the parts of the bar of age with their counts."""
    said = (_("up to 1 day"), _("1 to 3 days"), _("3 to 7 days"), _("over 7 days"))
    return tuple(zip(said, sheet.ages, strict=True))


def lacks(line: SheetLine) -> tuple[str, ...]:
    """Return what a line still lacks, in words."""
    words = {
        Lacks.PERSON: _("no responsible person"),
        Lacks.CAUSE: _("no cause of the delay"),
        Lacks.PROMISE: _("no new time"),
    }
    return () if line.over else tuple(words[one] for one in line.lacks)


def lacking(line: SheetLine) -> str:
    """Return the same as one line, parted as the reader's language parts."""
    joint = "；" if (get_language() or "").startswith("zh") else "; "
    return joint.join(lacks(line))


def today(line: SheetLine) -> str:
    """Return whether a case can be done today, and what was said of the day."""
    parts = {True: _("will be done today"), False: _("not today"), None: ""}
    return " ".join(part for part in (parts[line.today], line.progress) if part)


def why(reason: Why) -> str:
    """Return why a case is on the agenda."""
    words = {
        Why.OVERDUE: _p("review", "Overdue"),
        Why.REPEATED: _p("review", "Came back"),
        Why.UNHAPPY: _("Unhappy visit"),
    }
    return words[reason]


def checked(became: Checked | None) -> str:
    """Return what became of an earlier measure."""
    words = {
        Checked.DONE: _("done, its effect not known yet"),
        Checked.EFFECTIVE: _p("review", "effective"),
        Checked.NOT_EFFECTIVE: _("not effective"),
        None: _("not looked at yet"),
    }
    return words[became]


def checked_of(one: Measure) -> str:
    """Return an earlier measure and what became of it, as the minutes say it."""
    said = {"n": one.number, "measure": one.measure, "became": checked(one.checked)}
    return _("Measure for case #%(n)d, “%(measure)s”: %(became)s.") % said


def agenda_of(room: Room) -> str:
    """Return what a meeting speaks of, counted."""
    counts = room.counts
    return _(
        "%(late)d overdue, %(again)d came back, %(unhappy)d unhappy visits, %(earlier)d measures of "
        "earlier meetings"
    ) % {
        "late": counts.get(Why.OVERDUE, 0), "again": counts.get(Why.REPEATED, 0),
        "unhappy": counts.get(Why.UNHAPPY, 0), "earlier": len(room.measures),
    }  # fmt: skip
