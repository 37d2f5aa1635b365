"""Between which places each group may stand: rank intervals that hold for all groups together.

Never a league table: where intervals of places overlap, nobody is before anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from anju.stats.compare import holm
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument


@dataclass(frozen=True, slots=True)
class Scored:
    """A group's figure and its standard error; groups are drawn independently of each other."""

    key: str
    estimate: float
    se: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A group and the places that it may have; 1 is the highest figure."""

    key: str
    best: int
    worst: int


def rank_intervals(groups: Sequence[Scored], *, level: float = 0.95) -> tuple[Placed, ...]:
    """Return each group's places, in the order given; with the level's chance all are right at once.

    A group stands behind as many as are surely higher, and before as many as are surely lower, by
    pairwise z tests with Holm's correction. Errors: BadArgument for fewer than two groups, a key
    twice, or a standard error below nought. Source: Al Mohamad, Goeman and van Zwet 2022, Biometrics
    78, 238-247. Example: 90 ± 1, 89 ± 1 and 60 ± 1 have the places 1 to 2, 1 to 2 and 3.
    """
    check_level(level)
    _check(groups)
    y = np.array([group.estimate for group in groups])
    se = np.array([group.se for group in groups])
    one, two = np.triu_indices(len(groups), 1)
    apart = np.sqrt(se[one] ** 2 + se[two] ** 2)
    gap = y[one] - y[two]
    # Two figures without error differ surely, or not at all.
    score = np.divide(gap, apart, out=np.copysign(np.inf, gap), where=apart > 0)
    score[gap == 0] = 0.0
    told = np.array(holm((2 * ndtr(-np.abs(score))).tolist())) < 1 - level
    higher, lower = (np.zeros(len(groups), dtype=int) for _ in range(2))
    for first, second, above in zip(one[told], two[told], gap[told] > 0, strict=True):
        up, down = (first, second) if above else (second, first)
        higher[down] += 1
        lower[up] += 1
    return tuple(
        Placed(group.key, 1 + int(above), len(groups) - int(below))
        for group, above, below in zip(groups, higher, lower, strict=True)
    )


def _check(groups: Sequence[Scored]) -> None:
    if len(groups) < 2 or len({group.key for group in groups}) != len(groups):
        raise BadArgument(
            "groups",
            en="Places need two groups at least, each with a name of its own.",
            zh="名次至少需要两个名称不同的组。",
        )
    if any(not group.se >= 0 or not np.isfinite(group.estimate) for group in groups):
        raise BadArgument("se", en="A standard error is 0 or more.", zh="标准误应大于或等于 0。")
