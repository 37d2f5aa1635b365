"""The minutes of a weekly meeting, made by the meeting itself: A4 across."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.reviews import words
from anju.reviews.meetings import ItemLine, Room
from anju.reviews.printing.wide import Wide, WideRow, as_pdf, reads_chinese

WIDTHS = (0.4, 0.7, 1.2, 1.3, 0.9, 1.8, 1.8, 1.0, 2.0, 0.9)


def name_of(room: Room) -> tuple[str, str, str]:
    """Return the words of a file's name: whose, what, of which day."""
    return room.project, _("Weekly meeting"), room.day.isoformat()


def pdf(room: Room, company: str, *, link: str, at: datetime) -> bytes:
    """Return the minutes as PDF; while the meeting goes on they say so."""
    return as_pdf(wide(room, company, link=link), at)


def wide(room: Room, company: str, *, link: str) -> Wide:
    """Return the minutes as a wide table."""
    begun = timezone.localtime(room.opened_at).strftime("%Y-%m-%d %H:%M")
    ended = timezone.localtime(room.closed_at).strftime("%H:%M") if room.closed_at else ""
    says = [words.agenda_of(room)]
    says += [words.checked_of(one) for one in room.measures]
    if not ended:
        says.insert(0, _("The meeting goes on: these minutes are not final."))
    held = {"who": room.opened_by, "at": begun, "until": ended or "…"}
    return Wide(
        title=_("Minutes of the weekly meeting"), subtitle=f"{room.project} · {room.day}",
        company=company, number=f"MIN-{room.day:%Y%m%d}-{room.id}",
        stamp=_("%(at)s to %(until)s, held by %(who)s") % held, says=tuple(says), head=_head(),
        widths=WIDTHS, rows=tuple(_row(one) for one in room.items),
        signatures=(_("Held by"), _p("review", "Manager"), _("Date")),
        none=_("Nothing was late, came back or left an owner unhappy."),
        zh=reads_chinese(), link=link,
    )  # fmt: skip


def _head() -> tuple[str, ...]:
    return (
        _p("review", "No."), _p("review", "Case"), _p("review", "Home"), _p("review", "Matter"), _p("review", "Why"), _("Gap"), _("Root cause"),
        _p("review", "Responsible"), _("Measure"), _p("review", "By"),
    )  # fmt: skip


def _row(one: ItemLine) -> WideRow:
    case = one.case
    cells = (
        str(one.place), f"#{case.number}", case.place, words.matter(case), words.why(one.why),
        one.gap or "–", one.cause or "–", one.responsible or "–", one.measure or "–",
        one.due.isoformat() if one.due else "–",
    )  # fmt: skip
    return WideRow(cells, (4,) if one.red else ())
