"""The reviews of the day, and one project's stocktake: taken, read, signed, printed."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p
from django.views.decorators.http import require_GET, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb, company_of
from anju.reviews import sheets, words
from anju.reviews.actions import signing, taking
from anju.reviews.clock import CUT_OFF, local
from anju.reviews.meetings import meetings_of
from anju.reviews.printing import stocktake as paper
from anju.reviews.sheets import Sheet, SheetLine
from anju.voice.labels import label
from anju.web.declare import StaffRequest, page
from anju.web.manage.reviews.given import workbook
from anju.web.parts.edited import seen_version
from anju.web.parts.pieces import Mood, Sign
from anju.web.parts.printed import pdf

FEW = 200


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of a sheet in the reader's words."""

    line: SheetLine
    matter: str
    stage: str
    turn: str
    used: str
    today: str
    lacks: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project of the reviews' page."""

    day: sheets.ProjectDay
    sign: Sign
    sum: str
    meeting_id: int | None


@page(Verb.REVIEW_CASES)
@require_GET
def reviews(request: StaffRequest) -> HttpResponse:
    today = local(utc_now()).date()
    open_ = meetings_of(request.actor, today)
    rows = [
        ProjectView(one, _day_sign(one), _brief(one), open_.get(one.project_id))
        for one in sheets.project_days(request.actor, today)
    ]
    shown = {"rows": rows, "today": today, "cut_off": CUT_OFF}
    return render(request, "manage/reviews/list.html", shown)


def _day_sign(day: sheets.ProjectDay) -> Sign:
    if day.sheet is None:
        return Sign(_("not taken yet"), Mood.WAIT)
    if day.sheet.signed_at is None:
        return Sign(_("to be signed"), Mood.SOON)
    return Sign(_p("review", "signed"), Mood.DONE)


def _brief(day: sheets.ProjectDay) -> str:
    if day.sheet is None:
        return ""
    counts = {"open": day.sheet.open, "overdue": day.sheet.overdue}
    return _("%(open)d open, %(overdue)d late") % counts


@page(Verb.REVIEW_CASES)
@require_POST
def take(request: StaffRequest, project_id: int) -> HttpResponse:
    every = {"all": True, "complaints": False}.get(request.POST.get("kinds", ""))
    wanted = taking.Wanted(project_id, every)
    made = taking.take_by_hand(actor=request.actor, wanted=wanted, at=utc_now())
    messages.success(request, _("The stock is taken. Go through it line by line, then sign."))
    return redirect("stocktake", made.pk)


@page(Verb.REVIEW_CASES)
@require_GET
def stocktake(request: StaffRequest, stocktake_id: int) -> HttpResponse:
    sheet = sheets.sheet_of(request.actor, stocktake_id)
    return render(request, "manage/reviews/stocktake.html", shown_of(request, sheet))


def shown_of(request: StaffRequest, sheet: Sheet) -> dict[str, object]:
    """Return what a sheet's page is given."""
    return {
        "sheet": sheet,
        "rows": [_row(line, sheet) for line in sheet.lines[:FEW]],
        "more": max(len(sheet.lines) - FEW, 0),
        "sum": words.sum_of(sheet),
        "what": words.what(sheet),
        "ages": words.ages(sheet),
        "earlier": sheets.earlier(request.actor, sheet.project_id),
        "ready": sheet.ready == len(sheet.lines),
    }


def _row(line: SheetLine, sheet: Sheet) -> RowView:
    case = line.case
    return RowView(
        line, words.matter(case), str(label(case.stage)), f"{label(case.turn)} {case.holder}".strip(),
        words.used(line, sheet.taken_at), words.today(line), words.lacking(line), _sign(line),
    )  # fmt: skip


def _sign(line: SheetLine) -> Sign:
    if line.over:
        return Sign(_("closed since"), Mood.DONE)
    if line.lacks:
        return Sign(_("lacks something"), Mood.OVER)
    return Sign(_p("review", "seen"), Mood.DONE) if line.said else Sign(_("to be seen"), Mood.WAIT)


@page(Verb.REVIEW_CASES)
@require_POST
def sign(request: StaffRequest, stocktake_id: int) -> HttpResponse:
    try:
        signing.sign(
            actor=request.actor,
            stocktake_id=stocktake_id,
            version=seen_version(request.POST),
            at=utc_now(),
        )
    except Problem as problem:
        sheet = sheets.sheet_of(request.actor, stocktake_id)
        wrong = {"wrong": problem.text(request.LANGUAGE_CODE), "code": problem.code}
        there = {**shown_of(request, sheet), **wrong}
        status = 409 if problem.code in {"E-STALE", "E-STOCK-SIGNED"} else 422
        return render(request, "manage/reviews/stocktake.html", there, status=status)
    messages.success(request, _("Signed. The sheet stays as it is from now on."))
    return redirect("stocktake", stocktake_id)


@page(Verb.REVIEW_CASES)
@require_GET
def printed(request: StaffRequest, stocktake_id: int) -> HttpResponse:
    sheet = sheets.sheet_of(request.actor, stocktake_id)
    link = settings.BASE_ADDRESS + reverse("stocktake", args=[stocktake_id])
    body = paper.pdf(sheet, company_of(request.actor).name, link=link, at=utc_now())
    return pdf(body, "_".join(paper.name_of(sheet)))


@page(Verb.REVIEW_CASES)
@require_GET
def book(request: StaffRequest, stocktake_id: int) -> HttpResponse:
    sheet = sheets.sheet_of(request.actor, stocktake_id)
    body = paper.book(sheet, company_of(request.actor).name)
    return workbook(body, *paper.name_of(sheet))
