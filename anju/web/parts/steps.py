"""The account of a deadline in the reader's language: one sentence a step. Computes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as dated
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anju.worktime.steps import Reason, Step, StepKind, Why

MINUTE = timedelta(minutes=1)


def step_lines(steps: tuple[Step, ...], zone: ZoneInfo) -> tuple[str, ...]:
    """Return the account of a deadline in words, times in the calendar's zone."""
    return tuple(_sentence(step, zone) for step in steps)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant with its weekday, as a clock in the zone shows it."""
    return dated(at.astimezone(zone), _("D j M Y, H:i"))


def last_moment(at: datetime, zone: ZoneInfo) -> str:
    """Return the end of a day as 24:00 of that day, not as nought of the next one."""
    before = (at - MINUTE).astimezone(zone)
    return dated(before, _("D j M Y, 24:00")) if _is_midnight(at, zone) else moment(at, zone)


def duration(length: timedelta) -> str:
    """Return a length in hours and minutes; a begun minute counts."""
    minutes = -(-length // MINUTE)
    hours, rest = divmod(minutes, 60)
    told = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    if rest or not hours:
        told.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(told)


def _is_midnight(at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    return (local.hour, local.minute) == (0, 0)


def _sentence(step: Step, zone: ZoneInfo) -> str:
    told = {
        "until": _until(step, zone),
        "worked": duration(step.worked),
        "left": duration(step.left),
        "why": ("；" if reads_chinese() else "; ").join(map(_reason, step.why)),
    }
    if step.kind is StepKind.DAY:
        return _day_sentence(step, told)
    if step.kind is StepKind.WORK and step.why:
        return _("The clock runs until %(until)s (%(why)s): %(worked)s, %(left)s left.") % told
    sentences = {
        StepKind.WORK: _("The clock runs until %(until)s: %(worked)s, %(left)s left."),
        StepKind.WAIT: _("The clock stands until %(until)s: %(why)s."),
        StepKind.PAUSE: _("Paused until %(until)s. %(why)s"),
        StepKind.MANY: _("Working time day after day until %(until)s: %(worked)s, %(left)s left."),
    }
    return sentences[step.kind] % told


def _day_sentence(step: Step, told: dict[str, str]) -> str:
    days = step.left // timedelta(days=1)
    left = ngettext("%(n)d working day left", "%(n)d working days left", days) % {"n": days}
    if step.why:
        return _("A working day (%(why)s); %(left)s.") % {**told, "left": left}
    return _("A working day; %(left)s.") % {"left": left}


def _until(step: Step, zone: ZoneInfo) -> str:
    return moment(step.end, zone) if step.end else _("its end, which is not known yet")


def _reason(why: Why) -> str:
    names = {
        Reason.BREAK: _("break"),
        Reason.OUTSIDE: _("outside working hours"),
        Reason.WEEKEND: _("weekly day off"),
        Reason.HOLIDAY: _("day off"),
        Reason.MAKE_UP: _("make-up workday"),
        Reason.OWN_HOURS: _("hours of its own"),
    }
    title = why.zh if reads_chinese() else why.en
    if why.reason is Reason.PAUSED:
        return title
    word = names[why.reason]
    return _("%(word)s, %(title)s") % {"word": word, "title": title} if title else word


def reads_chinese() -> bool:
    return (get_language() or "").startswith("zh")
