"""Which figures of a survey are low, and how sure that is; pure. It computes no figure itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.improve.rules.boxes import Origin
from anju.improve.rules.states import FindingState

DEFAULT_THRESHOLD = 90.0
REPEATED_WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share satisfied in percent as the report shows it, with all it may not be printed without.

    `value` is None where only a band may be told (`low` to `high`). `low` and `high` are None where
    there is no interval; `certain` where everybody answered, so that there is none to give.
    `rate` is returned of issued, 0 to 1, None unknown.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    rate: float | None
    formula: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """An item of a wave with its figure over everybody."""

    item_id: int
    origin: Origin
    figure: Figure


def is_low(one: ItemFigure, threshold: float) -> bool:
    """Say whether an item asks to be looked at.

    A share lies below the threshold, a band with its upper end; of a check of our own process one
    owner who met the fault is enough.
    """
    figure = one.figure
    if one.origin is Origin.PROCESS:
        return figure.value is None or figure.value < 100
    shown = figure.value if figure.value is not None else figure.high
    return shown is not None and shown < threshold


def first_state(figure: Figure, threshold: float) -> FindingState:
    """Return OPEN where the figure is below beyond chance, CANDIDATE where that cannot be told."""
    end = figure.value if figure.certain else figure.high
    sure = end is not None and end < threshold
    return FindingState.OPEN if sure else FindingState.CANDIDATE


def is_repeat(opened: datetime, at: datetime) -> bool:
    """Say whether an earlier finding is young enough for the same gap to be called a repeat."""
    return timedelta(0) <= at - opened <= REPEATED_WITHIN
