"""Which of the five steps of the satisfaction scale a level is drawn in; no middle is invented."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from anju.insight.measured.model import Level, Segment
from anju.stats.results import Words
from anju.stats.scales import Scale

SILENT = 0


def tones(scale: Scale) -> dict[str, int]:
    """Return the step of each level with a value: 1 worst, 3 neither, 5 best."""
    bad = [level.code for level in scale.valued if level.code in scale.unfavourable]
    good = [level.code for level in scale.valued if level.code in scale.favourable]
    found = {level.code: 3 for level in scale.middle}
    found |= dict.fromkeys(bad[1:], 2) | dict.fromkeys(good[:-1], 4)
    return found | dict.fromkeys(bad[:1], 1) | dict.fromkeys(good[-1:], 5)


def segments(levels: Sequence[Level]) -> tuple[Segment, ...]:
    """Return the pieces of an item's bar, worst first; levels of one step are one piece."""
    valued = [level for level in levels if level.share is not None]
    found = []
    for tone, part in groupby(valued, key=lambda level: level.tone):
        run = list(part)
        found.append(
            Segment(tone, _words(run), sum(x.n for x in run), sum(x.share or 0.0 for x in run))
        )
    return tuple(found)


def _words(run: Sequence[Level]) -> Words:
    first, last = run[0].words, run[-1].words
    if len(run) == 1:
        return first
    return Words(f"{first.zh}–{last.zh}", f"{first.en}–{last.en}")
