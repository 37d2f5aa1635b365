"""What was done with the cells of the files: read as what, left out, came twice; no one's name.

Whoever prints it must be able to answer the question what became of an owner's words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from anju.stats.results import Words

MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of the file and what it was read as.

    `level` is None where it counts as no answer; `count` None where the file is no longer at
    hand; `who` names the person who said so, "" where the text itself says it.
    """

    text: str
    level: Words | None
    count: int | None = None
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """How many cells of a column were empty."""

    column: Words
    count: int


@dataclass(frozen=True, slots=True)
class Remarks:
    """How many remarks owners wrote in a column; `nothing` were left blank or say none."""

    column: str
    count: int
    nothing: int = 0


@dataclass(frozen=True, slots=True)
class Cells:
    """What was done with the cells; `twice` are rows of one home each, `homes_twice` all such."""

    not_applicable: tuple[Reading, ...] = ()
    reworded: tuple[Reading, ...] = ()
    blanks: tuple[Blank, ...] = ()
    twice: tuple[tuple[str, ...], ...] = ()
    homes_twice: int = 0
    remarks: tuple[Remarks, ...] = ()
    remarks_at: Words | None = None

    @property
    def empty(self) -> bool:
        """Say whether nothing had to be done."""
        parts = (self.not_applicable, self.reworded, self.blanks, self.twice, self.remarks)
        return not any(parts)


def repeated(homes: Sequence[str | None], rows: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of each home that came more than once, in the order of the file.

    Example: homes ("a", "b", "a") in rows ("2", "3", "4") give (("2", "4"),).
    """
    times = Counter(home for home in homes if home is not None)
    found: dict[str, list[str]] = {}
    for home, row in zip(homes, rows, strict=True):
        if home is not None and times[home] > 1:
            found.setdefault(home, []).append(row)
    return tuple(tuple(of_home) for of_home in found.values())
