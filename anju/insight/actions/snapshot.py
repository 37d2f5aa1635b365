"""Writes the small tables of a wave when it closes; everything later reads those."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.insight.marts.count import tally
from anju.insight.models import WaveTally
from anju.insight.plain import to_plain
from anju.kernel.scope import current_company
from anju.kernel.tasks import Plain, Run, handles
from anju.survey.answers import answer_set

FORM = 1
SNAPSHOT = "insight.snapshot"


@transaction.atomic
def take_snapshot(*, wave_id: int, at: datetime) -> WaveTally:
    """Count a closed wave's answers into its small tables, once; a second call changes nothing."""
    known: WaveTally | None = WaveTally.objects.filter(wave_id=wave_id).first()
    if known is not None:
        return known
    counted = tally(answer_set(wave_id))
    made = WaveTally(
        company_id=current_company(),
        wave_id=wave_id,
        form=FORM,
        made_at=at,
        people=counted.whole.people,
        tables=to_plain(counted),
    )
    made.save()
    return made


@handles(SNAPSHOT)
def snapshot(run: Run) -> dict[str, Plain]:
    """Do the background job: the small tables of the wave that its argument names."""
    made = take_snapshot(wave_id=int(str(run.argument["wave"])), at=run.at)
    return {"people": made.people}
