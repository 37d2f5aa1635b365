"""A finding with all its boxes in one form: all of it is written, or nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.improve.actions.measures import set_measure
from anju.improve.actions.opening import Draft, open_by_hand
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding
from anju.improve.rules.boxes import MeasureDraft
from anju.register.access import Actor


@transaction.atomic
def open_at_once(
    *, actor: Actor, draft: Draft, measure: MeasureDraft | None, at: datetime
) -> Finding:
    """Open a finding by hand and set its measure where one is written.

    Errors: those of `open_by_hand` and `set_measure`.
    """
    made = open_by_hand(actor=actor, draft=draft, at=at)
    if measure is not None:
        set_measure(actor=actor, edition=Edition(made.pk), draft=measure, at=at)
    return made
