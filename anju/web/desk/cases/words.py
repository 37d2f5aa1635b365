"""A case in the reader's words: its signs, its stages, whose turn, how long. Decides no rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from anju.casework.kinds import Severity
from anju.casework.states import Stage, State
from anju.casework.states import Turn as Whose
from anju.voice.casefile import CaseFile, Left
from anju.voice.labels import label
from anju.voice.lines import CaseLine
from anju.web.parts.pieces import Clock, Mood, Sign, Turn
from anju.web.parts.pieces import Stage as Step
from anju.web.parts.steps import duration

MOODS = {
    State.REGISTERED: Mood.SOON,
    State.ACCEPTED: Mood.RUN,
    State.SCHEDULED: Mood.RUN,
    State.WORKING: Mood.RUN,
    State.WAITING: Mood.WAIT,
    State.DONE: Mood.SOON,
    State.CLOSED: Mood.WAIT,
    State.SETTLED: Mood.DONE,
}
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SECOND = timedelta(seconds=1)
SOON = 70  # percent of the time used from which on a case is shown as nearly due


@lru_cache(maxsize=1_024, typed=True)
def _word(member: StrEnum, language: str) -> str:
    # The language is part of what is remembered; the label is read in the one that is active.
    return str(label(member))


def word(member: StrEnum) -> str:
    """Return the word for a member in the reader's language, looked up once."""
    return _word(member, get_language() or "")


def code_of(number: int) -> str:
    """Return what people call a case."""
    return f"#{number}"


def when(at: datetime | None) -> str:
    """Return an instant in local time: the hour alone today, the year only where it is another one."""
    return "" if at is None else _told(timezone.localtime(at))


def _told(local: datetime) -> str:
    now = timezone.localtime()
    hour = f"{local.hour:02}:{local.minute:02}"
    if local.date() == now.date():
        return _("today %s") % hour
    day = f"{local.month:02}-{local.day:02} {hour}"
    return day if local.year == now.year else f"{local.year}-{day}"


def by_when(at: datetime | None) -> str:
    """Return by when something is due: the end of a day is its 24:00, not nought of the next one."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    if local.hour or local.minute:
        return _told(local)
    return when(at - MINUTE).replace("23:59", "24:00")


def title_of(line: CaseLine) -> str:
    """Return what a case is about: its category, or its kind while nobody sorted it."""
    name = line.zh if (get_language() or "").startswith("zh") else line.en
    return name or word(line.kind)


def span(length: timedelta) -> str:
    """Return a real length by its largest part, begun hours and days left out."""
    if length < HOUR:
        return duration(max(length, MINUTE))
    if length < DAY:
        hours = length // HOUR
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = length // DAY
    return ngettext("%d day", "%d days", days) % days


def state_sign(line: CaseLine) -> Sign:
    """Return where a case stands, as a sign."""
    return Sign(word(line.state), MOODS[line.state])


def signs_of(line: CaseLine, *, row: bool = False) -> tuple[Sign, ...]:
    """Return what is special about a case: how severe, opened how often, who alone sees it.

    In a row of a list how often stands in a column of its own.
    """
    signs = []
    if line.severity is not Severity.USUAL:
        mood = Mood.SOON if line.severity is Severity.IMPORTANT else Mood.OVER
        signs.append(Sign(word(line.severity), mood))
    if line.times > 1 and not row:
        signs.append(Sign(_("opened %d times") % line.times, Mood.SOON, icon="refresh"))
    if line.restricted:
        signs.append(Sign(_("Restricted"), Mood.TIE, icon="lock"))
    return tuple(signs)


def turn_of(line: CaseLine) -> Turn:
    """Return whose turn it is: the person where one is named, else the role."""
    if line.turn is Whose.NOBODY:
        return Turn(word(line.turn), nobody=True)
    role = word(line.turn)
    return Turn(line.holder, role) if line.holder else Turn(role)


def promise_words(line: CaseLine) -> str:
    """Return what was promised next."""
    if line.promised is not None:
        return word(line.promised)
    if line.state is State.CLOSED and line.due_at is not None:
        return word(Stage.VISITED)
    if line.state is State.WAITING:
        return _("The clock stands")
    return ""


def due_sign(line: CaseLine, at: datetime) -> Sign | None:
    """Return how late a case is, or how long it still has where that is less than a day."""
    if line.due_at is None or line.state is State.SETTLED:
        return None
    late = line.due_at < at
    length = at - line.due_at if late else line.due_at - at
    if not late and length >= DAY:
        return None
    seconds = length // SECOND if length < HOUR else length // HOUR * 3600
    return _late_or_left(seconds, get_language() or "", late=late)


@lru_cache(maxsize=4_096)
def _late_or_left(seconds: int, language: str, *, late: bool) -> Sign:
    # The language is part of what is remembered; the words are read in the one that is active.
    told = span(timedelta(seconds=seconds))
    if late:
        return Sign(_("%s late") % told, Mood.OVER)
    return Sign(_("%s left") % told, Mood.SOON)


def stages_of(file: CaseFile, at: datetime) -> tuple[Step, ...]:
    """Return the five stages of a case; the one in which it stands is late where a promise is."""
    stages = list(Stage)
    here = stages.index(file.line.stage)
    over = file.line.state is State.SETTLED
    words = {  # as on the owner's page: short enough for five side by side on a phone
        Stage.REGISTERED: pgettext("owner’s stage", "Register"),
        Stage.HANDLING: pgettext("owner’s stage", "Handle"),
        Stage.FOLLOWED: pgettext("owner’s stage", "Follow up"),
        Stage.CLOSED: pgettext("owner’s stage", "Close"),
        Stage.VISITED: pgettext("owner’s stage", "Return visit"),
    }
    return tuple(
        Step(
            words[stage],
            did=number < here or over,
            now=number == here and not over,
            late=number == here and file.line.late(at),
            when=when(file.line.received_at) if stage is Stage.REGISTERED else "",
        )
        for number, stage in enumerate(stages)
    )


def clock_of(file: CaseFile) -> Clock | None:
    """Return how much working time the next promise has left, or by how much it is late."""
    left: Left | None = file.left
    if left is None:
        return None
    length = duration(timedelta(minutes=left.minutes))
    hours = _("real time, day and night") if file.real_time else _("working time")
    if left.late:
        return Clock(_("%s late") % length, 100, hours, Mood.OVER)
    told = _("%(hours)s, %(used)d %% used") % {"hours": hours, "used": left.used}
    return Clock(_("%s left") % length, left.used, told, Mood.SOON if left.used >= SOON else None)


def yuan(fen: int | None) -> str:
    """Return money as people write it, with its sign; nothing for none."""
    return f"¥{fen / 100:,.2f}" if fen is not None else ""
