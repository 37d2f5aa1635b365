"""Photos and documents of a case, given at a desk; its own history tells of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.attachments.actions import keeping
from anju.attachments.actions.keeping import Subject
from anju.attachments.models import Attachment
from anju.attachments.taking import Taken
from anju.casework.kinds import Photo
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.voice.access import case_for
from anju.voice.actions.storing import subject
from anju.voice.actions.writing import refuse_over


@transaction.atomic
def add_picture(
    *, actor: Actor, case_id: int, shows: Photo, taken: Taken, at: datetime
) -> Attachment:
    """Keep a photo or document at an open case. Errors: NotFound, Forbidden, E-STATE, E-FILE-MANY."""
    with company_scope(actor.company_id):
        case = case_for(actor, case_id, Verb.TAKE_CASES)
        refuse_over(case)
        of_case = Subject(shows.value, case.pk, case.project_id, subject(case))
        return keeping.attach(actor=actor, subject=of_case, taken=taken, at=at)
