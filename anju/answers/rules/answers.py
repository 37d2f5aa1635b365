"""Items as the figures see them, and the answers to them as arrays; not how either is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from anju.stats.scales import Level, Scale

NA_CODE = "na"
MISSING = -1


@dataclass(frozen=True, slots=True)
class ItemDef:
    """One item with levels that can be counted; free text has none of these."""

    code: str
    zh: str
    en: str
    scale: Scale
    purpose: str = "satisfaction"
    dimension: str | None = None
    service_line: str | None = None
    department: str | None = None
    side: str | None = None
    pair: str | None = None


@dataclass(frozen=True, slots=True)
class TickOption:
    """One answer of a list to tick."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """A list of which several answers may be ticked, and what each row ticked.

    Shapes: `chosen` bool n x m, one column an option in printed order.
    """

    code: str
    zh: str
    en: str
    options: tuple[TickOption, ...]
    chosen: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Answers by rows.

    Shapes: `levels` int16 n x k, an index into the item's `scale.levels`, -1 = no answer;
    `count` int64 n, owners a row stands for; `weight` float64 n; every tuple in `groups`, and
    `households`, `answered`, `rows`, n long; `comments` by header, n long; `lists` stand apart from items.
    Units: `answered` is the local time as written, without a zone.
    """

    items: tuple[ItemDef, ...]
    levels: NDArray[np.int16]
    count: NDArray[np.int64]
    weight: NDArray[np.float64]
    groups: Mapping[str, tuple[str | None, ...]]
    households: tuple[str | None, ...]
    rows: tuple[int, ...] = ()
    answered: tuple[datetime | None, ...] = ()
    comments: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    lists: tuple[Ticks, ...] = ()

    @property
    def people(self) -> int:
        """Return how many owners the rows stand for."""
        return int(self.count.sum())


def with_not_applicable(item: ItemDef) -> ItemDef:
    """Return the item with a level `na` without a value at the end of its scale.

    An item whose scale already has a level without a value is returned unchanged. Only a level is
    added, so that the indexes of the others stay.
    """
    scale = item.scale
    if any(level.value is None for level in scale.levels):
        return item
    level = Level(NA_CODE, None, "不适用", "not applicable")
    return replace(item, scale=replace(scale, levels=(*scale.levels, level)))


def not_applicable_index(scale: Scale) -> int:
    """Return the place of the level that stands for "not applicable", or -1 where there is none."""
    places = {level.code: i for i, level in enumerate(scale.levels) if level.value is None}
    return places.get(NA_CODE, min(places.values(), default=MISSING))
