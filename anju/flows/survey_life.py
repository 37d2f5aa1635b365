"""A wave from its last answer to its findings: survey closes, analytics counts, improvement asks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.flows.findings import FINDINGS
from anju.kernel import tasks
from anju.register.access import Actor
from anju.survey.actions import waves


@transaction.atomic
def close(*, actor: Actor, wave_id: int, at: datetime, reason: str = "") -> int:
    """Close a wave and begin its figures and findings in the same transaction; return the job."""
    waves.close_wave(actor=actor, wave_id=wave_id, at=at, reason=reason)
    return tasks.start(
        FINDINGS,
        company_id=actor.company_id,
        actor_id=actor.account_id,
        at=at,
        argument={"wave": wave_id},
    ).id
