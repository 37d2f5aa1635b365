"""The month of repairs in homes and their return visits: A4 across and a workbook."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.casework.visits import Solved
from anju.paper.book import Data, Value
from anju.reviews import monthly
from anju.reviews.printing.wide import (
    PDF_MOST,
    Wide,
    WideRow,
    as_book,
    as_pdf,
    dated,
    minute,
    reads_chinese,
)
from anju.reviews.repairs import Repaired, Repairs

WIDTHS = (0.7, 1.5, 0.9, 0.9, 1.1, 1.1, 0.7, 1.0, 0.7, 0.7, 0.7, 2.2, 0.9)
LETTER = {Solved.YES: "A", Solved.PARTLY: "B", Solved.NO: "C"}


def name_of(found: Repairs) -> tuple[str, str, str]:
    """Return the words of a file's name: whose, what, of which month."""
    projects = found.scope.projects
    whose = next(iter(projects.values())) if len(projects) == 1 else _("All projects")
    return whose, _("Return visits after repairs in homes"), monthly.month_name(found.scope.month)


def head() -> tuple[str, ...]:
    """Return the columns of the report."""
    return (
        _p("review", "Case"), _p("review", "Home"), _("Who was asked"), _("Who did the work"),
        _p("review", "Done"), _p("review", "Asked"), _("Hours between"), _p("review", "Result"),
        _p("review", "Left clean"), _p("review", "Explained"), _p("review", "Manner"),
        _("In her words"), _("Asked by"),
    )  # fmt: skip


def says(found: Repairs) -> tuple[str, ...]:
    """Return the sentences of the month, and one for each person's work with its interval."""
    n, asked, counts = len(found.lines), found.asked, found.counts
    told = [
        _("Repairs in homes that were done: %(n)d; owners who answered: %(share)s.")
        % {"n": n, "share": monthly.share(asked, n)},
    ]
    if asked:
        said = "; ".join(
            f"{LETTER[one]} {monthly.solved(one)} {monthly.share(counts[one], asked)}"
            for one in Solved
        )
        told.append(said.replace("; ", "；") if reads_chinese() else said)
    return tuple(told)


def hands(found: Repairs) -> tuple[tuple[str, str, str], ...]:
    """Return of each person who did the work: name, share solved with its base, interval."""
    lines = []
    for one in found.hands:
        limits = _("too few answers for a share")
        if one.share is not None:
            low, high = one.share.ci_low or 0.0, one.share.ci_high or 0.0
            limits = f"{100 * low:.0f}–{100 * high:.0f}%"
        lines.append((one.name, monthly.share(one.count, one.n), limits))
    return tuple(lines)


def cells(one: Repaired) -> tuple[str, ...]:
    """Return one line in words; silence is a dash, never a yes."""
    marks = {True: "✓", False: "✗", None: "–"}
    result = f"{LETTER[one.said]} {monthly.solved(one.said)}" if one.said else "–"
    return (
        f"#{one.number}", one.place, one.who or "–", one.worker or "–", minute(one.done_at),
        minute(one.asked_at) or "–", f"{one.hours:.1f}" if one.hours is not None else "–", result,
        *(marks[check] for check in one.checks), one.words or "–",
        one.by or (_("owner herself") if one.said else "–"),
    )  # fmt: skip


def wide(found: Repairs, company: str, *, most: int | None = None) -> Wide:
    """Return the month as a wide table."""
    whose, what, when = name_of(found)
    lines = found.lines[:most]
    notes = [
        _("A dash is silence: nobody asked, or the owner did not speak of it. It is never a yes."),
        *(f"{name}: {told} ({limits})" for name, told, limits in hands(found)),
    ]
    if len(lines) < len(found.lines):
        shown = {"n": len(lines), "total": len(found.lines)}
        notes.insert(0, _("%(n)d of %(total)d cases are shown; the workbook holds all.") % shown)
    at = timezone.localtime(found.at).strftime("%Y-%m-%d %H:%M")
    return Wide(
        title=f"{what} {when}", subtitle=whose, company=company,
        number=f"REP-{found.scope.month:%Y%m}-{found.scope.chosen or 0}",
        stamp=_("Data as of %s") % at, says=says(found), head=head(), widths=WIDTHS,
        rows=tuple(WideRow(cells(one), (7,) if one.said is Solved.NO else ()) for one in lines),
        signatures=(_("Drawn up by"), _("Responsible leader"), _("Date")),
        none=_("No repair in a home was done in this month."), notes=tuple(notes),
        bar=tuple((LETTER[one], many) for one, many in found.counts.items()),
        zh=reads_chinese(),
    )  # fmt: skip


def pdf(found: Repairs, company: str, at: datetime) -> bytes:
    """Return the month as PDF; of a very long one the first lines, and it says so."""
    return as_pdf(wide(found, company, most=PDF_MOST), at)


def book(found: Repairs, company: str) -> bytes:
    """Return the month as a workbook with every line."""
    data = Data(head(), [_plain(one) for one in found.lines], (8, 24, 12, 12, 16, 16) + (10,) * 7)
    means = (
        (
            _p("review", "Result"),
            _("A solved, B partly solved, C not solved, by the owner’s word."),
        ),
        (_("Hours between"), _("Hours on the clock from the work’s end to the owner’s answer.")),
    )
    return as_book(wide(found, company), data, means)


def _plain(one: Repaired) -> tuple[Value, ...]:
    checks = tuple(None if check is None else int(check) for check in one.checks)
    return (
        one.number, one.place, one.who or None, one.worker or None, dated(one.done_at),
        dated(one.asked_at), round(one.hours, 2) if one.hours is not None else None,
        LETTER[one.said] if one.said else None, *checks, one.words or None, one.by or None,
    )  # fmt: skip
