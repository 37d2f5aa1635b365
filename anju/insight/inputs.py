"""What went into the figures of a wave: its imports in use, its snapshot, the version of the product."""

from __future__ import annotations

from dataclasses import dataclass

from anju import __version__
from anju.insight.columns import holds
from anju.insight.models import WaveTally
from anju.survey.models import ImportBatch, Wave
from anju.survey.rules.wave import BatchState, WaveState
from anju.tally.columns.small import SCHEME


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs; `digest` is "" where figures are read from the answers themselves."""

    final: bool
    batches: int
    digest: str
    scheme: int
    version: str


def inputs_of(wave_id: int) -> Inputs:
    """Return what went into the figures of a wave that was looked up for the actor."""
    final = Wave.objects.filter(id=wave_id, state=WaveState.CLOSED).exists()
    row = WaveTally.objects.filter(wave_id=wave_id).defer("tables").first() if final else None
    digest = row.columns if row is not None and holds(row) else ""
    live = ImportBatch.objects.filter(wave_id=wave_id, state=BatchState.LIVE).count()
    return Inputs(final, live, digest, SCHEME, __version__)
