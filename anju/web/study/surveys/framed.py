"""The frame of a survey as its page shows it: in a small building a count would say who answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from anju.fieldwork.rules.progress import Line, Shown, shown
from anju.survey.labels import label
from anju.survey.queries import Progress


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One line of the frame with its counts in words."""

    row: Progress
    kind: str
    returned: str
    people: str


def framed(rows: Sequence[Progress], *, exact: bool) -> tuple[FrameRow, ...]:
    """Return the lines of a frame; without `exact`, few homes are told as a band of five."""
    found: list[FrameRow] = []
    for kind, group in groupby(rows, key=lambda row: row.line.kind):
        lines = list(group)
        parts = shown([_line(row) for row in lines], named=exact)
        words = str(label(kind))
        found += [_row(row, words, part) for row, part in zip(lines, parts, strict=True)]
    return tuple(found)


def _row(row: Progress, kind: str, part: Shown) -> FrameRow:
    if part.band is not None:
        return FrameRow(row, kind, "–", f"{part.band[0]}–{part.band[1]}")
    returned = row.line.returned
    return FrameRow(row, kind, "–" if returned is None else str(returned), str(row.people))


def _line(row: Progress) -> Line:
    """Return a line as the rule reads it; where nobody counted what went out, all were asked."""
    line = row.line
    known = line.issued if line.issued is not None else line.population
    homes = max(known or 0, row.people, line.returned or 0)
    return Line(line.label, homes, homes, 0, 0, 0, 0, row.people, 0, 0)
