"""How a sample was drawn: strata, clusters, weights, how many there were to draw from.

It holds no answers. Every variance rests on it; what it cannot be is refused here, by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anju.stats.given import numbers
from anju.stats.results import BadArgument, BadDesign

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


class Lonely(StrEnum):
    """What a stratum with a single cluster adds to a variance: an explicit choice, never a default."""

    REFUSE = "refuse"
    CERTAIN = "certain"  # nothing: it was drawn with certainty
    CENTRE = "centre"  # its distance from the mean of all clusters
    AVERAGE = "average"  # what the other strata add on average


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of drawing: each row's stratum and unit as numbers, and how many there were.

    Shapes: strata [n], units [n], of the rows; population [strata] or None where it is not counted
    (as good as endless). A unit belongs to one stratum.
    """

    strata: Codes
    units: Codes
    population: Floats | None = None

    @property
    def unit_strata(self) -> Codes:
        """Return the stratum of each unit."""
        found = np.zeros(int(self.units.max()) + 1, dtype=np.intp)
        found[self.units] = self.strata
        return found

    @property
    def counts(self) -> Floats:
        """Return how many units were drawn in each stratum."""
        return np.bincount(self.unit_strata, minlength=int(self.strata.max()) + 1).astype(float)

    @property
    def fractions(self) -> Floats:
        """Return the share drawn in each stratum: nought where the population is not counted."""
        counts = self.counts
        return np.zeros(len(counts)) if self.population is None else counts / self.population


@dataclass(frozen=True, slots=True)
class Calibration:
    """What weights were fitted to: the columns of rows, and the weights from before.

    Shapes: columns [n × p], base [n]. `rounds` is how often raking went round, `ratio` the largest
    and smallest of new over old weights.
    """

    columns: Floats
    base: Floats
    rounds: int = 1
    ratio: tuple[float, float] = (1.0, 1.0)

    def residuals(self, values: Floats) -> Floats:
        """Return what the columns do not explain of values, by least squares under the old weights."""
        root = np.sqrt(self.base)
        fitted, *_ = np.linalg.lstsq(self.columns * root[:, None], values * root, rcond=None)
        return np.asarray(values - self.columns @ fitted)


@dataclass(frozen=True, slots=True)
class Design:
    """The design of a sample: weights of the rows and one or two stages of drawing.

    Shapes: weights [n]. Degrees of freedom are clusters less strata. Build it with `design`.
    """

    weights: Floats
    first: Stage
    second: Stage | None = None
    lonely: Lonely = Lonely.REFUSE
    calibration: Calibration | None = None

    @property
    def n(self) -> int:
        """Return the number of rows."""
        return len(self.weights)

    @property
    def df(self) -> int:
        """Return the degrees of freedom: clusters less strata."""
        counts = self.first.counts
        return int(counts.sum()) - int((counts > 0).sum())


def design(
    weights: ArrayLike,
    *,
    strata: Sequence[object] | None = None,
    clusters: Sequence[object] | None = None,
    population: ArrayLike | None = None,
    second: Stage | None = None,
    lonely: Lonely = Lonely.REFUSE,
) -> Design:
    """Return the design of a sample.

    Shapes: weights, strata, clusters, population [n]; `population` is how many clusters (or homes,
    without clusters) there were in the row's stratum. Without clusters each row is one.
    Errors: BadDesign for a weight that is missing or not above nought, a cluster in two strata, a
    population smaller than the sample or differing within a stratum, a lonely cluster not provided
    for, or lengths that differ. Example: `design([30.97] * 200, population=[6194] * 200)`.
    """
    w = numbers(weights, "weights")
    _check_weights(w)
    rows = len(w)
    strata_codes = _codes(strata, rows, "strata")
    units = np.arange(rows) if clusters is None else _codes(clusters, rows, "clusters")
    _check_nested(strata_codes, units)
    sizes = None if population is None else _sizes(population, strata_codes)
    first = Stage(strata_codes, units, sizes)
    _check_population(first)
    made = Design(w, first, second, lonely)
    _check_lonely(made)
    return made


def second_stage(
    clusters: Sequence[object], units: Sequence[object] | None, population: ArrayLike
) -> Stage:
    """Return the second stage: units drawn within each cluster, out of how many.

    Shapes: clusters, units, population [n]; without units each row is one. Errors: BadDesign as
    `design`. The first stage must count its population, or the second adds nothing.
    """
    rows = len(clusters)
    within = _codes(clusters, rows, "clusters")
    codes = np.arange(rows) if units is None else _codes(units, rows, "units")
    _check_nested(within, codes)
    made = Stage(within, codes, _sizes(population, within))
    _check_population(made)
    return made


def _codes(labels: Sequence[object] | None, rows: int, field: str) -> Codes:
    """Return labels as numbers from nought, in order of their first appearance."""
    if labels is None:
        return np.zeros(rows, dtype=np.intp)
    if len(labels) != rows:
        raise BadDesign(
            field,
            en=f"{len(labels)} {field} stand for {rows} weights: give one for each row.",
            zh=f"{field} 有 {len(labels)} 个，权重有 {rows} 个，应逐行对应。",
        )
    known: dict[object, int] = {}
    return np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.intp)


def _check_weights(weights: Floats) -> None:
    if weights.ndim != 1 or not len(weights):
        raise BadDesign("weights", en="There are no weights.", zh="没有权重。")
    wrong = np.flatnonzero(~(np.isfinite(weights) & (weights > 0)))
    if len(wrong):
        row = int(wrong[0]) + 1
        raise BadDesign(
            "weights",
            en=f"Row {row} has the weight {weights[row - 1]:g}: a weight is above 0. Leave out rows "
            "that were not drawn, and weight the rest.",
            zh=f"第 {row} 行的权重为 {weights[row - 1]:g}，权重必须大于 0。请去掉未抽中的行并为其余各行赋权。",
        )


def _check_nested(strata: Codes, units: Codes) -> None:
    first = np.zeros(int(units.max()) + 1, dtype=np.intp)
    first[units] = strata
    wrong = np.flatnonzero(first[units] != strata)
    if len(wrong):
        row = int(wrong[0]) + 1
        raise BadDesign(
            "clusters",
            en=f"The cluster of row {row} lies in two strata. Name clusters anew in each stratum.",
            zh=f"第 {row} 行的群出现在两个层中。请在每层内分别命名。",
        )


def _sizes(population: ArrayLike, strata: Codes) -> Floats:
    given = np.broadcast_to(numbers(population, "population"), strata.shape)
    sizes = np.zeros(int(strata.max()) + 1)
    sizes[strata] = given
    wrong = np.flatnonzero(~(sizes[strata] == given))
    if len(wrong):
        row = int(wrong[0]) + 1
        raise BadDesign(
            "population",
            en=f"Row {row} tells another population than its stratum has. Give one number a stratum.",
            zh=f"第 {row} 行的总体数与同层其他行不同。每层只能有一个总体数。",
        )
    return sizes


def _check_population(stage: Stage) -> None:
    if stage.population is None:
        return
    small = np.flatnonzero(stage.population < stage.counts - 1e-9)
    if len(small):
        at = int(small[0])
        raise BadDesign(
            "population",
            en=f"{stage.counts[at]:g} were drawn from {stage.population[at]:g}: correct one of the two.",
            zh=f"从 {stage.population[at]:g} 个中抽出了 {stage.counts[at]:g} 个，请更正其中之一。",
        )


def _check_lonely(made: Design) -> None:
    """A stratum drawn whole may be lonely: it adds nothing in any case."""
    alone = (made.first.counts == 1) & (made.first.fractions < 1)
    if made.lonely is Lonely.REFUSE and alone.any():
        raise BadDesign(
            "lonely",
            en="A stratum has a single cluster, so its spread cannot be seen. Join strata, or choose "
            "what it adds: certain, centre or average.",
            zh="有的层只有一个群，无法看出其差异。请合并层，或选择处理方式：certain、centre 或 average。",
        )
    if made.lonely is Lonely.AVERAGE and alone.all():
        raise BadArgument(
            "lonely",
            en="Every stratum has a single cluster: there is no average to take. Choose centre.",
            zh="每层都只有一个群，无法取平均。请选择 centre。",
        )
