"""What was found at a door where no answer came: written down, or taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.fieldwork.models import Outcome
from anju.fieldwork.rules.approach import OutcomeKind
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb
from anju.survey.access import wave_for
from anju.survey.actions.waves import tell
from anju.survey.models import Invitation


@transaction.atomic
def note_door(
    *, actor: Actor, wave_id: int, unit_id: int, found: OutcomeKind | None, at: datetime
) -> None:
    """Note that a home refused or was not reached; None takes it back. It is no longer reminded.

    The history says it without the home. Errors: NotFound for a home that is not asked.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.ENTER_PAPER)
        asked = Invitation.objects.filter(wave=wave, unit_id=unit_id)
        if not asked.exists():
            raise NotFound("Invitation")
        rows = Outcome.objects.filter(wave=wave, unit_id=unit_id)
        before = rows.first()
        if (before.kind if before else None) == (found.value if found else None):
            return
        rows.delete()
        if found is not None:
            Outcome(
                company_id=actor.company_id, wave=wave, unit_id=unit_id, kind=found.value, at=at
            ).save()
        tell(actor, wave, "door_noted", at=at, payload={"found": found.value if found else ""})
