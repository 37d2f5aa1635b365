"""Reads the columns of a wave: of a closed one from its snapshot, of any other from its rows.

Both go through the same expressions. A snapshot from before an erasure in its project is not read.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from anju.insight.models import WaveTally
from anju.privacy.models import Erasure
from anju.survey.answers import answer_set
from anju.survey.models import Wave
from anju.tally.columns.kept import read_small
from anju.tally.columns.rows import table_of
from anju.tally.columns.small import Small, small_of
from anju.tally.tables import Tally


def folder_of(row: WaveTally) -> Path:
    """Return where the snapshots of a wave lie: among its company's files, which backups hold."""
    return Path(settings.FILES_ROOT) / str(row.company_id) / "columns" / str(row.wave_id)


def holds(row: WaveTally) -> bool:
    """Say whether a wave's snapshot is there, whole, of today's scheme, and after every erasure."""
    return _kept(row) is not None


def _kept(row: WaveTally) -> Small | None:
    if not row.columns or row.columns_at is None:
        return None
    project = Wave.objects.filter(id=row.wave_id).values("project_id")
    if Erasure.objects.filter(project_id__in=project, at__gte=row.columns_at).exists():
        return None
    return read_small(folder_of(row), row.columns)


def small_tables(wave_id: int, counted: Tally, kept: WaveTally | None) -> Small:
    """Return the small tables of a wave that was looked up before; `kept` is its row if it holds."""
    found = _kept(kept) if kept is not None else None
    if found is not None:
        return found
    return small_of(table_of(answer_set(wave_id), counted.recipe), counted.items, counted.recipe)
