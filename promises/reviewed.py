"""A stocktake with something said in it, and a meeting with its decisions, for the stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from anju.kernel.pure.clock import utc_now
from anju.reviews.actions.meeting import Decision, begin, decide
from anju.reviews.actions.signing import Said, say
from anju.reviews.actions.taking import Wanted, take_by_hand
from anju.reviews.models import MeetingItem, StocktakeLine
from anju.voice.models import Case
from tests.cast import Cast

Word = Callable[[int], str]


def reviewed(cast: Cast, word: Word, case_id: int) -> dict[str, tuple[object, ...]]:
    """Take the stock of a case's project and hold its meeting, the case being late; return the ids."""
    at = utc_now()
    with cast.inside():
        rows = Case.objects.across_parts().filter(id=case_id)
        project_id = rows.values_list("project_id", flat=True).get()
        rows.update(next_due_at=at - timedelta(hours=3), restricted=False)
    wanted = Wanted(project_id, every_kind=True)
    sheet = take_by_hand(actor=cast.quality, wanted=wanted, at=at)
    meeting = begin(actor=cast.quality, project_id=project_id, at=at)
    with cast.inside():
        lines = StocktakeLine.objects.across_parts().filter(stocktake=sheet).order_by("id")
        items = MeetingItem.objects.across_parts().filter(meeting=meeting).order_by("id")
        line_ids = tuple(lines.values_list("id", flat=True))
        item_ids = tuple(items.values_list("id", flat=True))
    said = Said(word(300), word(300), today=False)
    say(actor=cast.quality, line_id=line_ids[0], said=said, at=at)
    due = (at + timedelta(days=8)).date()
    decision = Decision(word(300), word(300), None, word(300), due)
    decide(actor=cast.quality, item_id=item_ids[0], decision=decision, at=at)
    return {
        "stocktake_id": (sheet.pk,),
        "line_id": line_ids,
        "meeting_id": (meeting.pk,),
        "agenda_id": item_ids,
    }
