"""How many findings wait for somebody: every page of the menu asks, by a statement written once."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from anju.improve.access import visible_findings
from anju.improve.models import Finding
from anju.improve.queries import TO_DECIDE, overdue
from anju.improve.rules.states import FindingState
from anju.kernel.at_once import Part, count_of
from anju.kernel.planned import Planned
from anju.register.access import Actor, Verb


def waiting_for(actor: Actor, today: date) -> int:
    """Return how many findings wait for this person: to decide, to check, or late with a measure."""
    return _WAITING.count(actor, given=(today,))


def waiting_count(actor: Actor, today: date) -> Part[int]:
    """Return the same as a count that the menu asks for beside others."""
    return count_of(_WAITING, actor, given=(today,))


def _waiting(actor: Actor, today: date) -> QuerySet[Finding, tuple[int]]:
    mine = Q(state=FindingState.DONE, checker_id=actor.account_id)
    late = Q(responsible_id=actor.account_id) & Q(overdue(today))
    asked = mine | late
    if actor.may(Verb.EDIT_FINDINGS):
        asked |= Q(state__in=TO_DECIDE)
    return visible_findings(actor).filter(asked).order_by().values_list("id")


_WAITING = Planned(_waiting)
