"""Writes the snapshot of columns of a closed wave, and writes it anew where it no longer holds."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import structlog
from django.conf import settings
from django.db import transaction

from anju.answers.rules.answers import AnswerSet
from anju.insight.columns import folder_of, holds
from anju.insight.models import WaveTally
from anju.kernel.pure.plain import from_plain
from anju.kernel.scope import company_scope
from anju.register.queries import company_ids
from anju.survey.answers import answer_set
from anju.survey.rules.wave import WaveState
from anju.tally.columns.kept import drop_others, write
from anju.tally.columns.rows import table_of
from anju.tally.columns.small import Small, small_of
from anju.tally.tables import FORM, Tally

log = structlog.get_logger("anju.insight")
IN_PROCESS = "duckdb"


def keep_columns(made: WaveTally, answers: AnswerSet, counted: Tally, *, at: datetime) -> None:
    """Write the snapshot of a wave's answers and name it in the row, which the caller saves.

    The files are there before the row names them; older ones go once the row is saved for good.
    """
    rows, folder = table_of(answers, counted.recipe), folder_of(made)
    small = _added_up(rows, counted)
    made.columns = write(folder, rows, small)
    made.columns_at = at
    digest = made.columns
    transaction.on_commit(lambda: drop_others(folder, digest))


def _added_up(rows: pa.Table, counted: Tally) -> Small:
    """Return the small tables by the engine that was chosen, or in this process where that one fails.

    The figures are the same; a survey whose fieldwork is over must not wait for an engine to be mended.
    """
    engine = settings.STATISTICS_ENGINE
    if engine != IN_PROCESS:
        try:
            return small_of(rows, counted.items, counted.recipe, engine=engine)
        except Exception:  # whatever another engine raises, the answers are here
            log.exception("engine failed: added up in this process instead", engine=engine)
    return small_of(rows, counted.items, counted.recipe)


@transaction.atomic
def renew_columns(*, wave_id: int, at: datetime) -> bool:
    """Write a closed wave's snapshot anew from its rows where it does not hold; say whether it did.

    It does not hold where it is missing, damaged, of another scheme, or older than an erasure.
    """
    row: WaveTally = WaveTally.objects.select_for_update().get(wave_id=wave_id)
    if holds(row):
        return False
    keep_columns(row, answer_set(wave_id), from_plain(Tally, row.tables), at=at)
    row.save(update_fields=["columns", "columns_at"])
    return True


def renew_all(*, at: datetime) -> int:
    """Write anew whatever snapshot no longer holds, in every company; return how many."""
    return sum(_of_company(one, at=at) for one in company_ids())


def _of_company(company_id: int, *, at: datetime) -> int:
    with company_scope(company_id):
        rows = WaveTally.objects.filter(wave__state=WaveState.CLOSED, form=FORM)
        waves = [row.wave_id for row in rows.defer("tables") if not holds(row)]
        return sum(renew_columns(wave_id=wave_id, at=at) for wave_id in waves)
