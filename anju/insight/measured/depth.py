"""What a report says beyond the plain figures: buildings drawn together, weights fitted to margins."""

from __future__ import annotations

from dataclasses import dataclass

from anju.stats.change import Change
from anju.stats.results import Estimate, Words


@dataclass(frozen=True, slots=True)
class PooledRow:
    """One building: its direct figure, the pooled one with limits, and the places it may have.

    `own` is how much of the pooled figure is the building's own voice, 0 to 1; `best` and `worst`
    are places among the buildings shown, 1 the highest.
    """

    label: str
    n: int
    direct: float
    pooled: float
    low: float
    high: float
    own: float
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Pooling:
    """All buildings that may be shown, direct beside pooled, and what they are drawn towards."""

    label: Words
    formula: str
    unit: str
    title: Words
    rows: tuple[PooledRow, ...]
    centre: float
    left: int = 0
    refused: Words | None = None


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The main item under weights that agree with known numbers of homes, beside the plain figure.

    `margins` name the kinds; `effect` is the variance against equal weights by Kish, `widest` the
    largest over the smallest change of a weight.
    """

    label: Words
    title: Words
    margins: tuple[Words, ...]
    plain: Estimate | None
    found: Estimate | None
    effect: float = 1.0
    widest: float = 1.0
    refused: Words | None = None


@dataclass(frozen=True, slots=True)
class TimeSlot:
    """One time of asking: how many answered then, now and before, and how far the figure lay off.

    `effect` and its limits are distances from the mean of all slots, buildings alike, in the units
    of the figure; None where it cannot be told.
    """

    label: Words
    n: int
    before: int | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Standardised:
    """The headline of both waves in one mix of times, and its change, beside the change as asked."""

    title: Words
    before: Estimate
    after: Estimate
    change: Change
    asked_before: Estimate
    asked_after: Estimate
    asked: Change


@dataclass(frozen=True, slots=True)
class Timed:
    """Whether the figure went together with the time of asking, and the change freed of it.

    `p` is of the joint test; `why` says why there is no test, `refused` why there is no change, or
    without slots why there is nothing at all. `left` people are not in it, their time is not known.
    """

    label: Words
    unit: str
    formula: str
    title: Words
    slots: tuple[TimeSlot, ...]
    p: float | None = None
    why: Words | None = None
    standardised: Standardised | None = None
    refused: Words | None = None
    left: int = 0
