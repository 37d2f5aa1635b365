"""A day's stocktake as A4 across and as a workbook."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.paper.book import Data, Value
from anju.reviews import words
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
from anju.reviews.sheets import Sheet, SheetLine
from anju.voice.labels import label

WIDTHS = (0.6, 0.7, 1.3, 1.1, 1.2, 1.3, 0.8, 1.5, 1.0, 1.3, 1.4, 0.6, 1.9, 1.6, 1.3, 0.8, 1.0)


def name_of(sheet: Sheet) -> tuple[str, str, str]:
    """Return the words of a file's name: whose, what, of which day."""
    return sheet.project, _("Daily stocktake"), sheet.day.isoformat()


def pdf(sheet: Sheet, company: str, *, link: str, at: datetime) -> bytes:
    """Return a sheet as PDF; of a very long one the first lines, and it says so."""
    return as_pdf(wide(sheet, company, link=link, most=PDF_MOST), at)


def book(sheet: Sheet, company: str) -> bytes:
    """Return a sheet as a workbook with every line."""
    data = Data(head(), [_plain(line, sheet) for line in sheet.lines], (6,) * 3 + (16,) * 14)
    return as_book(wide(sheet, company, link=""), data, definitions())


def head() -> tuple[str, ...]:
    """Return the columns of a sheet."""
    return (
        _p("review", "No."), _p("review", "Case"), _p("review", "Registered"), _p("review", "Channel"), _p("review", "Home"), _p("review", "Matter"), _("Stage"),
        _("Whose turn"), _p("review", "Responsible"), _("Due"), _("Age or delay"), _("Times"),
        _("Why not done"), _("Progress today"), _("New time"), _p("review", "Rung"), _p("review", "Signature"),
    )  # fmt: skip


def wide(sheet: Sheet, company: str, *, link: str, most: int | None = None) -> Wide:
    """Return a sheet as a wide table."""
    lines = sheet.lines[:most]
    at = timezone.localtime(sheet.taken_at).strftime("%Y-%m-%d %H:%M")
    notes = [_("The manager’s mailbox is not counted here; the heads look after it themselves.")]
    if len(lines) < len(sheet.lines):
        shown = {"n": len(lines), "total": len(sheet.lines)}
        notes.insert(0, _("%(n)d of %(total)d cases are shown; the workbook holds all.") % shown)
    if sheet.hidden:
        notes.insert(0, _("%d cases about the reader are not shown to her.") % sheet.hidden)
    signed = _p("review", "Signed by")
    if sheet.signed_at is not None:
        signed += f" {sheet.signed_by} {minute(sheet.signed_at)}"
    return Wide(
        title=_("Daily stocktake"), subtitle=f"{sheet.project} · {sheet.day} · {words.what(sheet)}",
        company=company, number=f"RPD-{sheet.day:%Y%m%d}-{sheet.id}", stamp=_("Data as of %s") % at,
        says=(words.sum_of(sheet),), head=head(), widths=WIDTHS,
        rows=tuple(_row(line, sheet) for line in lines),
        signatures=(signed, _p("review", "Manager"), _("Date")),
        none=_("No case is open: nothing to take stock of."), notes=tuple(notes),
        bar=words.ages(sheet), zh=reads_chinese(), link=link,
    )  # fmt: skip


def _row(line: SheetLine, sheet: Sheet) -> WideRow:
    case = line.case
    missing = words.lacking(line)
    cells = (
        str(line.place), f"#{case.number}", minute(case.received_at), line.channel, case.place,
        words.matter(case), str(label(case.stage)), _turn(line), line.person or "–",
        minute(line.due_at) or "–", words.used(line, sheet.taken_at), str(case.times),
        line.cause or (missing if line.late else "–"), words.today(line) or "–",
        minute(line.promise) or "–", str(line.rung) if line.rung else "–", "",
    )  # fmt: skip
    bad = [10] if line.late else []
    bad += [8] if not line.person else []
    bad += [12] if line.late and not line.cause else []
    return WideRow(cells, tuple(bad))


def _turn(line: SheetLine) -> str:
    return f"{label(line.case.turn)} {line.case.holder}".strip()


def _plain(line: SheetLine, sheet: Sheet) -> tuple[Value, ...]:
    case = line.case
    return (
        line.place, case.number, dated(case.received_at), line.channel, case.place,
        words.matter(case), str(label(case.stage)), _turn(line), line.person or None,
        dated(line.due_at), words.used(line, sheet.taken_at), case.times, line.cause or None,
        words.today(line) or None, dated(line.promise), line.rung or None, None,
    )  # fmt: skip


def definitions() -> tuple[tuple[str, str], ...]:
    """Return what the words of a sheet mean."""
    return (
        (
            _("The sum"),
            _(
                "carried over + new + reopened − closed = open, counted from the history of every "
                "case since the stocktake before. A case that is sorted into complaints later counts "
                "as new, one that is sorted out of them as closed."
            ),
        ),
        (_p("review", "Late"), _("The next promise of a case had passed at the cut-off.")),
        (
            _("Why not done"),
            _("Every late case needs its cause and a new time before anybody can sign."),
        ),
        (
            _p("review", "Rung"),
            _("How far up a late case was told of, by the ladder of the company."),
        ),
    )
