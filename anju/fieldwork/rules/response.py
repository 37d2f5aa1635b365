"""How many forms a building was given and gave back, as a report may print it; pure.

Unknown stays unknown. In a small building the number that came back says who answered, so a band
of five stands in its place as in the progress of fieldwork; and where fewer than five came back.
Never in one building alone: the total would give it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anju.fieldwork.rules.progress import STEP, Line, band_of, shown

Bands = list[tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Forms:
    """What is known of one building from every way: frame, paper, links, files; None is unknown."""

    label: str
    issued: int | None = None
    returned: int | None = None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One building as a report prints it; where `band` stands, the number is not shown."""

    label: str
    issued: int | None = None
    returned: int | None = None
    band: tuple[int, int] | None = None

    @property
    def rate(self) -> float | None:
        """Returned of issued; None where one is unknown, not shown, or more came back than went out."""
        if self.returned is None or not self.issued or self.returned > self.issued:
            return None
        return self.returned / self.issued


def field_lines(forms: Sequence[Forms], *, named: bool) -> tuple[FieldLine, ...]:
    """Return the buildings as they may be seen; none where nothing is known of any.

    Units: forms. A named survey hides nothing.
    """
    if not any(one.issued is not None for one in forms):
        return ()
    known = [one for one in forms if one.returned is not None]
    lines = [_line(one) for one in known]
    bands = [part.band for part in shown(lines, named=named)]
    if not named:
        bands = _few_hidden(lines, bands)
    told = dict(zip([one.label for one in known], bands, strict=True))
    return tuple(_told(one, told.get(one.label)) for one in forms)


def _told(one: Forms, band: tuple[int, int] | None) -> FieldLine:
    return FieldLine(one.label, one.issued, one.returned if band is None else None, band)


def _line(one: Forms) -> Line:
    asked = one.issued if one.issued is not None else one.returned or 0
    return Line(
        name=one.label,
        homes=0,
        asked=asked,
        told=0,
        opened=0,
        link=0,
        paper=one.returned or 0,
        other=0,
        refused=0,
        unreachable=0,
    )


def _few_hidden(lines: Sequence[Line], bands: Bands) -> Bands:
    """Return the bands with those of buildings where few answered, never one alone."""
    asked = [place for place, line in enumerate(lines) if line.asked]
    hidden = {place for place in asked if bands[place] or lines[place].answered < STEP}
    rest = [place for place in asked if place not in hidden]
    if len(hidden) == 1 and rest:
        hidden.add(min(rest, key=lambda place: lines[place].answered))
    return [
        band_of(line.answered, line.asked) if place in hidden else None
        for place, line in enumerate(lines)
    ]
