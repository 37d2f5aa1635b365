"""Means with design-based errors of every item in every group, from totals alone.

The same figures as `stats.estimate.means_by` gives from rows, all at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from anju.stats.cautions import NO_DIFFERENCE, STILL, of_clusters, unseen
from anju.stats.columns.crossed import Crossed
from anju.stats.columns.totals import Totals, added
from anju.stats.design import Codes, Floats, Lonely
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, BadDesign, Caution


@dataclass(frozen=True, slots=True)
class Table:
    """Means of items in groups. Shapes: [groups × items]; NaN only where nobody answered (`n` 0).

    Error and limits are NaN as well where one cluster holds all answers (`alone`) or clusters do not
    differ, unless all their strata were drawn whole.
    Groups in order of their name. `df` are clusters less strata of the whole design, and `cautions`
    what must stand beside every figure; `cautions_of` says it of one.
    """

    items: tuple[str, ...]
    groups: tuple[object, ...]
    mean: Floats
    se: Floats
    low: Floats
    high: Floats
    n: Floats
    weight: Floats
    df: int
    level: float
    alone: NDArray[np.bool_]
    cautions: tuple[Caution, ...] = ()

    def cautions_of(self, group: int, item: int) -> tuple[Caution, ...]:
        """Return what must stand beside one figure, by the places of its group and item."""
        n = int(self.n[group, item])
        blind = n > 0 and bool(np.isnan(self.se[group, item]))
        why = unseen(n) if self.alone[group, item] else NO_DIFFERENCE
        return (why, *self.cautions) if blind else self.cautions


@dataclass(frozen=True, slots=True)
class _Frame:
    """The cells as numbers: of each its stratum and group, of each stratum its units and share drawn."""

    strata: Codes
    groups: Codes
    names: tuple[object, ...]
    units: Floats
    fraction: Floats


def means(found: Totals | Crossed, *, lonely: Lonely = Lonely.REFUSE, level: float = 0.95) -> Table:
    """Return the mean of every item in every group with its design-based error.

    Errors: BadDesign for a cluster in two strata, a population smaller than the sample, or a lonely
    cluster not provided for; BadArgument for `lonely` other than refuse or certain.
    """
    check_level(level)
    totals = found.moments if isinstance(found, Crossed) else found
    frame = _frame(totals, lonely, found.units if isinstance(found, Crossed) else None)
    many = len(frame.names)
    weight = added(totals.weight, frame.groups, many)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = added(totals.sums, frame.groups, many) / weight
    variance = _clustered(totals, frame, weight, middle) if totals.clusters is not None else _plain(totals, frame, weight, middle)  # fmt: skip
    df = int(frame.units.sum()) - int((frame.units > 0).sum())
    if isinstance(found, Crossed):
        middle = middle + found.centre
    alone, some_left = _alone(found, totals, frame)
    still = np.sqrt(variance) <= STILL * np.abs(middle)
    se = np.where(some_left & (alone | still), np.nan, np.sqrt(variance))
    wide = stdtrit(df, (1 + level) / 2) * se
    n = added(totals.n, frame.groups, many)
    warned = of_clusters(int(frame.units.sum()), int(totals.rows.sum()))
    return Table(
        totals.items, frame.names, middle, se, middle - wide, middle + wide, n, weight, df, level, alone, warned
    )  # fmt: skip


def _alone(
    found: Totals | Crossed, totals: Totals, frame: _Frame
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say of each group and item whether one cluster holds all answers, and whether a stratum of
    theirs was not drawn whole.
    """
    held = totals.n if totals.clusters is None else (totals.n > 0).astype(np.float64)
    if isinstance(found, Crossed):
        held = found.held
    many = len(frame.names)
    left = (frame.fraction[frame.strata] < 1)[:, None]
    some_left = added(np.where(left, held, 0.0), frame.groups, many) > 0
    return added(held, frame.groups, many) == 1, some_left


def _frame(totals: Totals, lonely: Lonely, known: Mapping[object, float] | None) -> _Frame:
    if lonely not in {Lonely.REFUSE, Lonely.CERTAIN}:
        raise BadArgument(
            "lonely",
            en="From totals choose refuse or certain.",
            zh="汇总数据只支持 refuse 或 certain。",
        )
    strata, stratum_of = _numbers(totals.strata)
    groups, group_of = _numbers(totals.groups)
    population = np.full(len(strata), np.nan)
    population[stratum_of] = totals.population
    units = _units(totals, stratum_of, len(strata))
    if known is not None:
        units = np.array([known[stratum] for stratum in strata])
    with np.errstate(invalid="ignore"):
        fraction = np.nan_to_num(units / population)
    if (fraction > 1 + 1e-9).any():
        at = int(np.argmax(fraction))
        raise BadDesign(
            "population", en=f"{units[at]:g} were drawn from {population[at]:g}: correct one of the two.",
            zh=f"从 {population[at]:g} 个中抽出了 {units[at]:g} 个，请更正其中之一。",
        )  # fmt: skip
    if lonely is Lonely.REFUSE and ((units == 1) & (fraction < 1)).any():
        raise BadDesign(
            "lonely",
            en="A stratum has a single cluster, so its spread cannot be seen. Join strata, or choose certain.",
            zh="有的层只有一个群，无法看出其差异。请合并层，或选择 certain。",
        )
    return _Frame(stratum_of, group_of, groups, units, fraction)


def _units(totals: Totals, stratum_of: Codes, strata: int) -> Floats:
    """Return how many clusters, or rows where each is its own, were drawn in each stratum."""
    if totals.clusters is None:
        return np.asarray(
            np.bincount(stratum_of, weights=totals.rows, minlength=strata), dtype=float
        )
    _, unit_of = _numbers(totals.clusters)
    own = np.zeros(int(unit_of.max()) + 1, dtype=np.intp)
    own[unit_of] = stratum_of
    if (own[unit_of] != stratum_of).any():
        raise BadDesign(
            "clusters",
            en="A cluster lies in two strata. Name clusters anew in each stratum.",
            zh="有的群出现在两个层中。请在每层内分别命名。",
        )
    return np.bincount(own, minlength=strata).astype(np.float64)


def _clustered(totals: Totals, frame: _Frame, weight: Floats, middle: Floats) -> Floats:
    """Return variances from the totals of clusters: distances from the stratum's mean, no squares."""
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (totals.sums - middle[frame.groups] * totals.weight) / weight[frame.groups]
    at, cells = _cells(frame)
    held = np.bincount(at).astype(np.float64)
    units = frame.units[cells.strata]
    mean_z = added(z, at, len(units)) / np.maximum(units, 1)[:, None]
    apart = added((z - mean_z[at]) ** 2, at, len(units)) + ((units - held)[:, None]) * mean_z**2
    return _summed(apart, cells, frame)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The pairs of stratum and group that have a cell, as numbers; most others have none."""

    strata: Codes
    groups: Codes


def _cells(frame: _Frame) -> tuple[Codes, _Pairs]:
    """Return each row's pair of stratum and group, and the pairs."""
    many = len(frame.names)
    pairs, at = np.unique(frame.strata * many + frame.groups, return_inverse=True)
    return at, _Pairs(pairs // many, pairs % many)


def _plain(totals: Totals, frame: _Frame, weight: Floats, middle: Floats) -> Floats:
    """Return variances from moments, where each row is a cluster of its own."""
    squares = totals.squares if totals.squares is not None else np.zeros((3, *totals.sums.shape))
    m = middle[frame.groups]
    with np.errstate(invalid="ignore", divide="ignore"):
        within = (squares[2] - 2 * m * squares[1] + m**2 * squares[0]) / weight[frame.groups] ** 2
        sums = (totals.sums - m * totals.weight) / weight[frame.groups]
    at, cells = _cells(frame)
    units = np.maximum(frame.units[cells.strata], 1)[:, None]
    apart = added(within, at, len(units)) - added(sums, at, len(units)) ** 2 / units
    return _summed(np.maximum(apart, 0), cells, frame)


def _summed(apart: Floats, cells: _Pairs, frame: _Frame) -> Floats:
    """Return the sum over strata, each by its share drawn and its clusters."""
    factor = np.where(
        frame.units > 1, (1 - frame.fraction) * frame.units / np.maximum(frame.units - 1, 1), 0.0
    )
    return added(apart * factor[cells.strata][:, None], cells.groups, len(frame.names))


def _numbers(labels: np.ndarray) -> tuple[tuple[object, ...], Codes]:
    """Return distinct labels in order of their name, and each one's number."""
    distinct = sorted(set(labels), key=lambda one: (one is None, str(one)))
    known = {one: place for place, one in enumerate(distinct)}
    return tuple(distinct), np.array([known[one] for one in labels], dtype=np.intp)
