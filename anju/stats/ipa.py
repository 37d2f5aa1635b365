"""Importance and performance: which items lie clearly in which quadrant.

Not a cause: importance here is what owners state. An item is named only when both of its
intervals clear the cross-hair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from anju.stats.results import Estimate, Words
from anju.stats.silence import require_answers


class Quadrant(StrEnum):
    """Where an item lies; unclear where an interval meets the cross-hair or is not known."""

    KEEP_UP = "keep_up"
    CONCENTRATE = "concentrate"
    LOW_PRIORITY = "low_priority"
    POSSIBLE_EXCESS = "possible_excess"
    UNCLEAR = "unclear"


QUADRANT_WORDS: dict[Quadrant, Words] = {
    Quadrant.KEEP_UP: Words("继续保持", "keep up"),
    Quadrant.CONCENTRATE: Words("优先改进", "concentrate here"),
    Quadrant.LOW_PRIORITY: Words("暂缓", "low priority"),
    Quadrant.POSSIBLE_EXCESS: Words("可能过度投入", "possibly more than needed"),
    Quadrant.UNCLEAR: Words("不能判断", "cannot tell"),
}


@dataclass(frozen=True, slots=True)
class Rated:
    """An item with its performance and its importance, both 0 to 100."""

    key: str
    performance: Estimate
    importance: Estimate


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its quadrant."""

    key: str
    performance: Estimate
    importance: Estimate
    quadrant: Quadrant


@dataclass(frozen=True, slots=True)
class Plane:
    """All items with the cross-hair: mean performance and mean importance unless chosen."""

    items: tuple[Placed, ...]
    performance: float
    importance: float


def importance_performance(
    items: Sequence[Rated],
    performance: float | None = None,
    importance: float | None = None,
) -> Plane:
    """Place items by performance and importance against the cross-hair.

    Errors: NoAnswers where no item is given.
    Source: Martilla and James 1977, Journal of Marketing 41, page 77.
    """
    count = len(items)
    require_answers(count)
    if performance is None:
        performance = sum(item.performance.estimate for item in items) / count
    if importance is None:
        importance = sum(item.importance.estimate for item in items) / count
    placed = tuple(
        Placed(item.key, item.performance, item.importance, quadrant(item, performance, importance))
        for item in items
    )
    return Plane(placed, performance, importance)


def quadrant(item: Rated, performance: float, importance: float) -> Quadrant:
    """Name the quadrant of an item, or unclear where an interval does not clear the cross-hair."""
    good = _side(item.performance, performance)
    weighty = _side(item.importance, importance)
    if good is None or weighty is None:
        return Quadrant.UNCLEAR
    if weighty:
        return Quadrant.KEEP_UP if good else Quadrant.CONCENTRATE
    return Quadrant.POSSIBLE_EXCESS if good else Quadrant.LOW_PRIORITY


def _side(found: Estimate, line: float) -> bool | None:
    if found.ci_low is None or found.ci_high is None:
        return None
    if found.ci_low <= line <= found.ci_high:
        return None
    return found.ci_low > line
