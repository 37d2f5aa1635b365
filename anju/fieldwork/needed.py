"""Which homes need no message of their survey any more, and why; reads only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from anju.fieldwork.days import today_of
from anju.fieldwork.models import Outcome
from anju.fieldwork.rules.approach import OutcomeKind
from anju.survey.models import Invitation, Response
from anju.survey.rules.wave import WaveState


class Needless(StrEnum):
    """Why a message is not needed any more; `replaced` by the reminder that went in its place."""

    ANSWERED = "answered"
    LINK_ENDED = "link_ended"
    REFUSED = "refused"
    WAVE_CLOSED = "wave_closed"
    WAVE_ENDED = "wave_ended"
    REPLACED = "replaced"


def needless(wave_id: int, at: datetime) -> QuerySet[Invitation, tuple[int, str]]:
    """Return (id, why) of the invitations of a wave that need no message now, as a query."""
    answers = Response.objects.across_parts().filter(wave_id=wave_id, unit_id__isnull=False)
    doors = Outcome.objects.across_parts().filter(wave_id=wave_id, kind=OutcomeKind.REFUSED)
    cases = {
        Needless.ANSWERED: Q(submitted_at__isnull=False) | Q(unit_id__in=answers.values("unit_id")),
        Needless.LINK_ENDED: Q(revoked_at__isnull=False),
        Needless.REFUSED: Q(unit_id__in=doors.values("unit_id")),
        Needless.WAVE_CLOSED: Q(wave__state=WaveState.CLOSED),
        Needless.WAVE_ENDED: Q(wave__fieldwork_to__lt=today_of(at)) | Q(expires_at__lte=at),
    }
    whens = [When(holds, then=Value(why.value)) for why, holds in cases.items()]
    said = Case(*whens, default=Value(""), output_field=CharField())
    rows: QuerySet[Invitation] = Invitation.objects.across_parts().filter(wave_id=wave_id)
    told = rows.annotate(why=said).exclude(why="").order_by("id")
    return told.values_list("id", "why")


def not_needed(ids: Collection[int], at: datetime) -> dict[int, str]:
    """Return invitation → why its home needs no message, for those that need none."""
    found: dict[int, str] = {}
    rows = Invitation.objects.across_parts().filter(id__in=ids).order_by()
    for wave_id in rows.values_list("wave_id", flat=True).distinct():
        found |= dict(needless(wave_id, at).filter(id__in=ids))
    return found
