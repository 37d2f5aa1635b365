"""What of a survey's progress may be shown by building; pure.

In a small building the number of answers says who answered: below fifteen homes it is shown as a
band. Who is no staff sees a band where fewer than five answered as well. Where only one building is
banded, the total would give it away, so the next smallest is too.
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

    @property
    def base(self) -> int:
        """Of how many homes the answers are: those asked, or all where answers came by file alone."""
        return self.asked or self.homes


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


def shown(lines: Sequence[Line], *, named: bool, outside: bool = False) -> tuple[Shown, ...]:
    """Return the lines of a survey as they may be seen; a named survey hides no counts from staff.

    `outside` is for readers who are no staff: no building with fewer than five answers is counted.

    Fewer than ten answers in a building that was asked are warned about.
    """
    hidden = set() if named and not outside else _hidden(lines, least=STEP if outside else 0)
    return tuple(
        Shown(
            line,
            band_of(line.answered, line.base) if place in hidden else None,
            warns=line.asked > 0 and line.answered < FEW_ANSWERS,
        )
        for place, line in enumerate(lines)
    )


def _hidden(lines: Sequence[Line], *, least: int) -> set[int]:
    by_file = any(line.answered and not line.asked for line in lines)
    held = {
        place: line for place, line in enumerate(lines) if line.asked or (by_file and line.base)
    }
    small = {place for place, line in held.items() if line.base < SMALL or line.answered < least}
    rest = [place for place in held if place not in small]
    if len(small) == 1 and rest:
        small.add(min(rest, key=lambda place: held[place].base))
    return small
