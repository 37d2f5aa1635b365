"""Lookup and right as one act for stocktakes and meetings: what is not yours does not exist."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.reviews.models import Meeting, MeetingItem, Stocktake, StocktakeLine

VERB = Verb.REVIEW_CASES


def visible_stocktakes(actor: Actor) -> QuerySet[Stocktake]:
    """Return the stocktakes of the projects that an actor reaches."""
    demand(actor, VERB)
    return within(actor, Stocktake.objects.all(), "project_id")


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings of the projects that an actor reaches."""
    demand(actor, VERB)
    return within(actor, Meeting.objects.all(), "project_id")


def stocktake_for(actor: Actor, stocktake_id: int) -> Stocktake:
    """Return a stocktake with its project; raises NotFound or Forbidden."""
    rows = within(actor, Stocktake.objects.filter(id=stocktake_id), "project_id")
    found: Stocktake | None = rows.select_related("project", "signed_by").first()
    if found is None:
        raise NotFound(f"stocktake {stocktake_id}")
    demand(actor, VERB)
    return found


def stocktake_line_for(actor: Actor, line_id: int) -> StocktakeLine:
    """Return a line with its sheet and case, never one about the reader; raises NotFound, Forbidden."""
    rows = within(actor, StocktakeLine.objects.filter(id=line_id), "stocktake__project_id")
    mine = rows.exclude(case__about_id=actor.account_id)
    found: StocktakeLine | None = mine.select_related("stocktake", "case").first()
    if found is None:
        raise NotFound(f"line {line_id}")
    demand(actor, VERB)
    return found


def meeting_for(actor: Actor, meeting_id: int) -> Meeting:
    """Return a meeting with its project; raises NotFound or Forbidden."""
    rows = within(actor, Meeting.objects.filter(id=meeting_id), "project_id")
    found: Meeting | None = rows.select_related("project", "opened_by", "closed_by").first()
    if found is None:
        raise NotFound(f"meeting {meeting_id}")
    demand(actor, VERB)
    return found


def meeting_item_for(actor: Actor, item_id: int) -> MeetingItem:
    """Return an item with its meeting and case, never one about the reader; errors as above."""
    rows = within(actor, MeetingItem.objects.filter(id=item_id), "meeting__project_id")
    mine = rows.exclude(case__about_id=actor.account_id)
    found: MeetingItem | None = mine.select_related("meeting", "case").first()
    if found is None:
        raise NotFound(f"item {item_id}")
    demand(actor, VERB)
    return found


def visible_subjects(actor: Actor) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the subjects of the history that lie in the actor's projects: kind and ids."""
    if not actor.may(VERB):
        return ()
    return (
        ("stocktake", tuple(visible_stocktakes(actor).values_list("id", flat=True))),
        ("meeting", tuple(visible_meetings(actor).values_list("id", flat=True))),
    )
