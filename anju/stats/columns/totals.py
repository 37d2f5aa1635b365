"""Sums of a survey by cluster and group: all that a design-based table needs, and small.

One pass over the answers makes them (see `relation`); sums of parts are the sums of the whole, so
projects, waves and companies merge. What is estimated from them is in `means`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from anju.stats.design import Floats
from anju.stats.results import BadArgument, BadDesign, NoAnswers

Labels = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in cells of stratum × cluster × group; without clusters, moments in cells of stratum × group.

    Shapes: strata, clusters, groups, rows, population [cells]; n, weight, sums [cells × items]; the
    squares (of weights, weights and answers, weights and squared answers) [3 × cells × items], only
    where each row is its own cluster. `clusters` is None there. A population that is not counted is
    NaN. `rows` counts all rows of a cell, also those without an answer.
    """

    items: tuple[str, ...]
    strata: Labels
    clusters: Labels | None
    groups: Labels
    rows: Floats
    population: Floats
    n: Floats
    weight: Floats
    sums: Floats
    squares: Floats | None = None


def merge(parts: Sequence[Totals]) -> Totals:
    """Return the totals of all parts together: the same as of all their rows at once.

    Errors: NoAnswers without a part; BadArgument for parts of other items or of another kind of
    design; BadDesign where a stratum's population differs between parts.
    """
    if not parts:
        raise NoAnswers("parts", en="There is nothing to add up.", zh="没有可合并的数据。")
    return reduce(_two, parts[1:], _compact(parts[0]))


def _two(one: Totals, two: Totals) -> Totals:
    if one.items != two.items or (one.clusters is None) is not (two.clusters is None):
        raise BadArgument(
            "parts", en="Only totals of the same items and the same kind of design add up.",
            zh="只有题目与抽样设计相同的汇总才能合并。",
        )  # fmt: skip
    clusters = None
    if one.clusters is not None and two.clusters is not None:
        clusters = np.concatenate([one.clusters, two.clusters])
    squares = None
    if one.squares is not None and two.squares is not None:
        squares = np.concatenate([one.squares, two.squares], axis=1)
    return _compact(
        Totals(
            one.items,
            np.concatenate([one.strata, two.strata]),
            clusters,
            np.concatenate([one.groups, two.groups]),
            np.concatenate([one.rows, two.rows]),
            np.concatenate([one.population, two.population]),
            np.vstack([one.n, two.n]),
            np.vstack([one.weight, two.weight]),
            np.vstack([one.sums, two.sums]),
            squares,
        )
    )


def _compact(totals: Totals) -> Totals:
    """Return the totals with each cell once, sorted, so that order never shows."""
    keys = [totals.strata, totals.groups]
    if totals.clusters is not None:
        keys.insert(1, totals.clusters)
    first, at = _cells(keys)
    population = totals.population[first]
    same = (totals.population == population[at]) | (
        np.isnan(totals.population) & np.isnan(population[at])
    )
    if not same.all():
        raise BadDesign(
            "population", en="A stratum has two populations in two parts: give it one.",
            zh="同一层在不同部分的总体数不同，应只有一个。",
        )  # fmt: skip
    return Totals(
        totals.items, totals.strata[first],
        None if totals.clusters is None else totals.clusters[first], totals.groups[first],
        added(totals.rows[:, None], at, len(first))[:, 0], population,
        added(totals.n, at, len(first)), added(totals.weight, at, len(first)),
        added(totals.sums, at, len(first)),
        None if totals.squares is None else np.stack([added(one, at, len(first)) for one in totals.squares]),
    )  # fmt: skip


def _cells(keys: Sequence[Labels]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first row of each cell in order of its keys, and each row's cell."""
    whole = np.zeros(len(keys[0]), dtype=np.int64)
    for labels in keys:
        distinct = sorted(set(labels), key=_order)
        known = {one: place for place, one in enumerate(distinct)}
        codes = np.fromiter(map(known.__getitem__, labels), dtype=np.int64, count=len(labels))
        # Renumbered after each key: so the product of all keys never outgrows a number.
        whole = np.unique(whole * len(distinct) + codes, return_inverse=True)[1]
    _, first, at = np.unique(whole, return_index=True, return_inverse=True)
    return first, at


def _order(label: object) -> tuple[bool, str, str]:
    return label is None, type(label).__name__, str(label)


def added(values: Floats, at: NDArray[np.intp], many: int) -> Floats:
    """Return the sums of rows of values by cell. Shapes: values [rows × columns], at [rows]."""
    found = np.empty((many, values.shape[1]))
    for column in range(values.shape[1]):
        found[:, column] = np.bincount(at, weights=values[:, column], minlength=many)
    return found
