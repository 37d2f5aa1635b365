"""Stocktakes and meetings that the ids in addresses stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from anju.kernel.pure.clock import utc_now
from anju.reviews.actions.meeting import begin
from anju.reviews.actions.taking import Wanted, take_by_hand
from anju.reviews.models import Meeting, MeetingItem, Stocktake, StocktakeLine
from anju.voice.models import Case
from tests.cast import Cast
from tests.tables.cases_b import a_matter
from tests.tables.shape import Row

REVIEW = "AQHMD"
TABLE: Mapping[str, Row] = {
    "reviews": Row(REVIEW),
    "stocktake-take": Row(REVIEW, post=True),
    "stocktake": Row(REVIEW),
    "stocktake-line": Row(REVIEW),
    "stocktake-sign": Row(REVIEW, post=True),
    "stocktake-print": Row(REVIEW),
    "stocktake-book": Row(REVIEW),
    "meeting-open": Row(REVIEW, post=True),
    "meeting": Row(REVIEW),
    "meeting-item": Row(REVIEW),
    "meeting-check": Row(REVIEW, post=True),
    "meeting-close": Row(REVIEW, post=True),
    "meeting-print": Row(REVIEW),
    "month": Row(REVIEW),
    "month-print": Row(REVIEW),
    "month-book": Row(REVIEW),
    "repairs": Row(REVIEW),
    "repairs-print": Row(REVIEW),
    "repairs-book": Row(REVIEW),
    "month-finding": Row("AQM", post=True),
}


def a_sheet(cast: Cast) -> Stocktake:
    """Return today's stocktake of the cast's project, with a case of whatever kind."""
    a_matter(cast)
    wanted = Wanted(cast.project.pk, every_kind=True)
    return take_by_hand(actor=cast.desk, wanted=wanted, at=utc_now())


def a_meeting(cast: Cast) -> Meeting:
    """Return a meeting of the cast's project with a late case on its agenda."""
    late, now = a_matter(cast), utc_now()
    with cast.inside():
        Case.objects.filter(id=late.pk).update(next_due_at=now - timedelta(hours=3))
    return begin(actor=cast.desk, project_id=cast.project.pk, at=now)


def _line(cast: Cast) -> dict[str, object]:
    sheet = a_sheet(cast)
    with cast.inside():
        line = StocktakeLine.objects.filter(stocktake=sheet).order_by("id")[0]
    return {"stocktake_id": sheet.pk, "line_id": line.pk}


def _item(cast: Cast) -> dict[str, object]:
    meeting = a_meeting(cast)
    with cast.inside():
        item = MeetingItem.objects.filter(meeting=meeting).order_by("id")[0]
    return {"meeting_id": meeting.pk, "agenda_id": item.pk}


OWN: Mapping[str, Callable[[Cast], object]] = {
    "stocktake_id": lambda cast: a_sheet(cast).pk,
    "meeting_id": lambda cast: a_meeting(cast).pk,
}
TOGETHER: Mapping[str, Callable[[Cast], dict[str, object]]] = {
    "stocktake-line": _line,
    "meeting-item": _item,
    "meeting-check": _item,
}
