"""Writes the small tables of a wave when it closes; everything later reads those.

Tables belong to the closing that they were counted after; `queries` reads none that are older. The
answers go beside them as a sorted snapshot of columns.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.insight.actions.columns import keep_columns
from anju.insight.models import WaveTally
from anju.kernel.pure.plain import to_plain
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import current_company
from anju.kernel.tasks import Plain, Run, handles
from anju.survey.answers import answer_set
from anju.survey.models import Wave
from anju.survey.rules.wave import WaveState
from anju.tally.count import tally
from anju.tally.tables import FORM

SNAPSHOT = "insight.snapshot"


@transaction.atomic
def take_snapshot(*, wave_id: int, at: datetime) -> WaveTally:
    """Count a closed wave's answers into its small tables; once counted, they stay as they are.

    Tables of an older form are counted again.

    Errors: E-STATE where the wave still moves.
    """
    closed_at = _closed_at(wave_id)
    known: WaveTally | None = WaveTally.objects.filter(wave_id=wave_id).first()
    if known is not None and known.made_at >= closed_at and known.form == FORM:
        return known
    answers = answer_set(wave_id)
    counted = tally(answers)
    made = known or WaveTally(company_id=current_company(), wave_id=wave_id)
    made.form = FORM
    made.made_at = max(at, closed_at)  # a worker's clock may be behind that of the closing
    made.people = counted.whole.people
    made.tables = to_plain(counted)
    keep_columns(made, answers, counted, at=made.made_at)
    made.save()
    return made


def renew(wave_id: int, *, at: datetime) -> None:
    """Count the small tables again where an older release left them in another form."""
    if WaveTally.objects.filter(wave_id=wave_id).exclude(form=FORM).exists():
        take_snapshot(wave_id=wave_id, at=at)


def _closed_at(wave_id: int) -> datetime:
    wave = Wave.objects.get(id=wave_id)
    if wave.state != WaveState.CLOSED or wave.closed_at is None:
        raise Problem(
            "E-STATE",
            "wave",
            "This survey is not closed, so its results still move. Close it first.",
            "该调查尚未结束，结果仍会变动。请先结束调查。",
        )
    closed_at: datetime = wave.closed_at
    return closed_at


@handles(SNAPSHOT)
def snapshot(run: Run) -> dict[str, Plain]:
    """Do the background job: the small tables of the wave that its argument names."""
    made = take_snapshot(wave_id=int(str(run.argument["wave"])), at=run.at)
    return {"people": made.people}
