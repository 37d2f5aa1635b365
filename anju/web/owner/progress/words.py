"""What an owner's page says of a case, in plain sentences; nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateformat import format as dated
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.aftercare.progress import Progress
from anju.casework.kinds import Reason, WaitedFor
from anju.casework.promises import Promised
from anju.casework.states import Stage, State, Turn
from anju.casework.visits import Solved
from anju.voice.labels import LABELS
from anju.web.parts.pieces import Stage as Shown


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, as a sentence."""

    when: str
    machine: str
    words: str


def moment(at: datetime) -> str:
    """Return a moment as an owner reads it."""
    return dated(localtime(at), "Y-m-d H:i")


def stages_of(found: Progress) -> tuple[Shown, ...]:
    """Return the five stages with the present one."""
    order = list(Stage)
    words = {  # short enough for five side by side on a phone
        Stage.REGISTERED: _p("owner’s stage", "Register"),
        Stage.HANDLING: _p("owner’s stage", "Handle"),
        Stage.FOLLOWED: _p("owner’s stage", "Follow up"),
        Stage.CLOSED: _p("owner’s stage", "Close"),
        Stage.VISITED: _p("owner’s stage", "Return visit"),
    }
    now = order.index(found.stage)
    settled = found.state is State.SETTLED
    return tuple(
        Shown(
            words[one],
            did=place < now or (settled and place == now),
            now=place == now and not settled,
            late=bool(found.broken) and place == now,
        )
        for place, one in enumerate(order)
    )


def turn_words(found: Progress) -> str:
    """Return whose turn it is, with the name where one can be told."""
    if found.waited_for is WaitedFor.OWNER:
        return _("Yours: we wait for you")
    if found.turn is Turn.CALLER:
        return _("Yours: tell us whether it is solved") if found.asks else _("Nobody’s any more")
    if found.turn is Turn.NOBODY:
        return _("Nobody’s: it is settled")
    if found.person:
        return found.person
    return _("The service centre")


def next_words(found: Progress) -> str:
    """Return the next promise as a sentence; empty where none runs."""
    if found.appointment_at is not None:
        return _("At your place on %s") % moment(found.appointment_at)
    if found.promised is None or found.due_at is None:
        return ""
    said = {
        Promised.ACKNOWLEDGE: _("Somebody answers you by %s"),
        Promised.ON_SITE: _("Somebody is on site by %s"),
        Promised.RESOLVE: _("Solved by %s"),
        Promised.REPORT_BACK: _("You hear from us by %s"),
    }
    return said[found.promised] % moment(found.due_at)


def broken_words(found: Progress) -> tuple[str, ...]:
    """Return the promises that we broke, each as a sentence with its new time."""
    said = {
        Promised.ACKNOWLEDGE: _("We said that somebody would answer you by %s, and nobody did."),
        Promised.ON_SITE: _("We said that somebody would be on site by %s, and nobody was."),
        Promised.RESOLVE: _("We said that it would be solved by %s, and it is not."),
        Promised.REPORT_BACK: _("We said that you would hear from us by %s, and you did not."),
    }
    lines = []
    for one in found.broken[-2:]:
        line = said[one.promised] % moment(one.was)
        if one.now is not None:
            line = f"{line} {_('The new time is %s.') % moment(one.now)}"
        lines.append(line)
    return tuple(lines)


def lines_of(found: Progress) -> tuple[Line, ...]:
    """Return what happened, newest first, as sentences."""
    words = {
        "received": _("You told us"),
        "accept": _("Taken on"),
        "schedule": _("A time to come was agreed"),
        "reschedule": _("The time to come was moved"),
        "start": _("Work began"),
        "wait": _("Work has to wait"),
        "resume": _("Work goes on"),
        "finish": _("The work is done"),
        "report_back": _("We told you the result"),
        "decline": _("We told you why it is not possible"),
        "refer": _("Referred to whoever is in charge"),
        "withdraw": _("Withdrawn"),
        "merge": _("Goes on together with an earlier report"),
        "reopen": _("Opened again"),
        "verdict": _("Your verdict"),
        "give_up": _("We could not reach you to ask"),
        "urged": _("You urged"),
        "promise_moved": _("A new time was given"),
    }
    judged = {str(one): str(word) for one, word in LABELS[Solved].items()}
    return tuple(
        Line(
            moment(one.at),
            one.at.isoformat(),
            " · ".join(filter(None, (words[one.verb], one.who, judged.get(one.solved or "", "")))),
        )
        for one in found.steps
    )


def reasons(chosen: list[str]) -> tuple[tuple[str, str, bool], ...]:
    """Return the chips of reasons: code, word, whether ticked."""
    words = LABELS[Reason]
    return tuple((code, str(word), code in chosen) for code, word in words.items())
