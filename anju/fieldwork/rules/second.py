"""Second entry: how many forms are drawn, which, where two entries differ, how often; pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from anju.fieldwork.rules.paper import Cell
from anju.kernel.pure.problems import Problem
from anju.stats.proportion import proportion_ci
from anju.stats.results import Estimate

PERCENT = 5
FEWEST = 5


class Settled(StrEnum):
    """What the paper says where two entries differ."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Differing:
    """One item that two people read differently; None is an item left empty."""

    code: str
    first: str | None
    second: str | None


def how_many(forms: int, percent: int) -> int:
    """Return how many of the forms are entered twice: the share, but at least five, or all.

    Errors: E-PAPER-NONE without a form, E-NUM-RANGE for a share outside 1 to 100.

    Example:
        >>> how_many(240, 5), how_many(30, 5), how_many(3, 5)
        (12, 5, 3)
    """
    if not 1 <= percent <= 100:
        raise Problem(
            "E-NUM-RANGE",
            "percent",
            "Between 1 and 100 percent of the forms can be drawn. Change the number.",
            "抽取比例须为 1% 至 100%。请修改。",
        )
    if forms == 0:
        raise Problem(
            "E-PAPER-NONE",
            "percent",
            "No form was entered since the last draw. Enter forms first.",
            "上次抽取之后还没有新录入的问卷。请先录入。",
        )
    return min(forms, max(FEWEST, ceil(forms * percent / 100)))


def drawn(keys: Sequence[int], size: int, seed: int) -> tuple[int, ...]:
    """Return the keys that are drawn; the same keys and seed give the same ones on every machine."""
    chosen = random.Random(seed).sample(range(len(keys)), size)  # noqa: S311
    return tuple(keys[place] for place in sorted(chosen))


def differences(
    cells: Sequence[Cell], first: Sequence[str | None], second: Mapping[str, Sequence[str]]
) -> tuple[Differing, ...]:
    """Return the items that two entries of one form read differently, in printed order.

    Shapes: `first` has one code or None for each cell in printed order.
    """
    found = []
    for cell, code in zip(cells, first, strict=True):
        again = next(iter(second.get(cell.code, ())), None)
        if cell.rated and again != code:
            found.append(Differing(cell.code, code, again))
    return tuple(found)


def error_share(wrong: int, checked: int, forms: int) -> Estimate | None:
    """Return the share of forms entered with a mistake, for all forms drawn from; None unchecked.

    The form is what was drawn, so the form is what is counted: cells of one form err together.
    Units: share 0 to 1. Source: as `proportion_ci`.
    """
    return proportion_ci(wrong, checked, forms) if checked else None
