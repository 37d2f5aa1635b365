"""Satisfaction by dimension from both sources: what a survey measured, what verdicts of cases name.

They are never added up: a survey asks everybody drawn, a verdict comes from who had a case. Each stands
with its own base, and fewer than five homes are not shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.aftercare.events import VerdictEvent, events
from anju.aftercare.kept import Span
from anju.insight.measured.words import DIMENSIONS, of
from anju.stats.results import Words
from anju.stats.suppress import K
from anju.voice.models import Verdict

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Heard:
    """A dimension: how many verdicts praise it and how many blame it; None where few homes spoke."""

    code: str
    label: Words
    praised: int | None
    blamed: int | None


@dataclass(frozen=True, slots=True)
class HeardAll:
    """The verdicts of a year: `n` of them from `homes` homes, by dimension; `few` where under five."""

    n: int
    homes: int
    since: datetime
    until: datetime
    lines: tuple[Heard, ...]

    @property
    def few(self) -> bool:
        """Whether too few homes spoke for anything to be shown."""
        return self.homes < K


def heard_of(project_id: int, *, until: datetime) -> HeardAll:
    """Return what the verdicts of a project's cases say by dimension in the year before an instant."""
    since = until - YEAR
    rows = Verdict.objects.filter(case__project_id=project_id, case__restricted=False)
    found = [one for one in events(Span(since, until), rows) if one.unit_id is not None]
    homes = {one.unit_id for one in found}
    few = len(homes) < K
    lines = () if few else _lines(found)
    return HeardAll(0 if few else len(found), len(homes), since, until, lines)


def _lines(found: list[VerdictEvent]) -> tuple[Heard, ...]:
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    homes: defaultdict[str, set[int | None]] = defaultdict(set)
    for one in found:
        for reason in {(said.dimension, said.good) for said in one.reasons}:
            counts[reason[0]][reason[1]] += 1
            homes[reason[0]].add(one.unit_id)
    shown = {code: len(homes[code]) >= K for code in counts}
    return tuple(
        Heard(
            code,
            of(DIMENSIONS, code),
            counts[code][True] if shown[code] else None,
            counts[code][False] if shown[code] else None,
        )
        for code in DIMENSIONS
        if code in counts
    )
