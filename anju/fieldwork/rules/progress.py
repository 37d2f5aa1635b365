"""What of a survey's progress may be shown by building; pure.

In a small building the number of answers says who answered: below fifteen homes it is shown as a
band. Where only one building is banded, the total would give it away, so the next smallest is too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SMALL = 15
FEW_ANSWERS = 10
STEP = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A building's counts as they are."""

    name: str
    homes: int
    asked: int
    told: int
    opened: int
    link: int
    paper: int
    other: int
    refused: int
    unreachable: int
    planned: int | None = None

    @property
    def answered(self) -> int:
        """Homes that answered, by whatever way."""
        return self.link + self.paper + self.other


@dataclass(frozen=True, slots=True)
class Shown:
    """A building's counts as they may be seen; `band` stands instead of what is hidden."""

    line: Line
    band: tuple[int, int] | None
    warns: bool

    @property
    def rate(self) -> float | None:
        """The share of the homes asked that answered; None where it is hidden or nobody was asked."""
        if self.band is not None or not self.line.asked:
            return None
        return min(1.0, self.line.answered / self.line.asked)


def band_of(answered: int, asked: int) -> tuple[int, int]:
    """Return the band of five in which a number of answers lies, cut off at the homes asked.

    Example:
        >>> band_of(3, 12), band_of(7, 12), band_of(12, 12)
        ((0, 4), (5, 9), (10, 12))
    """
    low = min(answered, asked) // STEP * STEP
    return low, min(low + STEP - 1, max(asked, low))


def shown(lines: Sequence[Line], *, named: bool) -> tuple[Shown, ...]:
    """Return the lines of a survey as they may be seen; a named survey hides no counts.

    Fewer than ten answers in a building that was asked are warned about.
    """
    hidden = set() if named else _hidden(lines)
    return tuple(
        Shown(
            line,
            band_of(line.answered, line.asked) if place in hidden else None,
            warns=line.asked > 0 and line.answered < FEW_ANSWERS,
        )
        for place, line in enumerate(lines)
    )


def _hidden(lines: Sequence[Line]) -> set[int]:
    asked = [place for place, line in enumerate(lines) if line.asked]
    small = {place for place in asked if lines[place].asked < SMALL}
    rest = [place for place in asked if place not in small]
    if len(small) == 1 and rest:
        small.add(min(rest, key=lambda place: lines[place].asked))
    return small
