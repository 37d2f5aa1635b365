"""Projects of a company in three bands against their targets; never one above another in a list.

Of each project its newest closed survey counts. All bands together are right with 95 percent: each
interval is as wide as the number of projects asks for (Bonferroni 1936).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anju.insight.measured.facts import WaveFacts
from anju.insight.queries import facts_of_wave, tally_of
from anju.insight.reports.survey.standing import Standing, standing
from anju.survey.queries import WaveLine, wave_lines
from anju.survey.rules.wave import WaveState
from anju.tally.tables import Tally

LEVEL, MOST = 0.95, 0.99999


@dataclass(frozen=True, slots=True)
class Placed:
    """One project with its newest closed survey, and where that stands."""

    project: str
    wave_id: int
    title: str
    closed_at: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class Bands:
    """All projects in reach by name, and how sure each single interval had to be."""

    rows: tuple[Placed, ...]
    level: float


def bands(*, at: datetime) -> Bands:
    """Return the projects in reach that have a closed survey, each with its band, by name."""
    known = [(line, tally_of(line.id)[0], facts_of_wave(line.id, at=at)) for line in _newest()]
    asked = sum(standing(tally, facts).figure is not None for _, tally, facts in known)
    level = min(1 - (1 - LEVEL) / max(asked, 1), MOST)  # past five thousand projects
    rows = [_placed(line, tally, facts, level) for line, tally, facts in known]
    return Bands(tuple(sorted(rows, key=lambda row: (row.project, row.wave_id))), level)


def _newest() -> list[WaveLine]:
    """Return the newest closed survey of each project."""
    found: dict[int, WaveLine] = {}
    for line in wave_lines():
        known = found.get(line.project_id)
        if line.state is not WaveState.CLOSED or line.closed_at is None:
            continue
        if known is None or known.closed_at is None or line.closed_at > known.closed_at:
            found[line.project_id] = line
    return list(found.values())


def _placed(line: WaveLine, tally: Tally, facts: WaveFacts, level: float) -> Placed:
    assert line.closed_at is not None
    found = standing(tally, facts, level=level)
    return Placed(line.project, line.id, line.title, line.closed_at, found)
