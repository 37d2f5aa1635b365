"""The variance of any weighted sum under a design, by Taylor linearisation; for all domains at once.

What is estimated is in `estimate`; here are only its ingredients. Work is done on cluster totals,
never on rows: one pass over the rows makes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anju.stats.design import Codes, Design, Floats, Lonely, Stage


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that lie in a domain: which they are of all, their domains and values; how many domains."""

    inside: NDArray[np.bool_]
    labels: Codes
    values: Floats
    kinds: int


def variances(
    design: Design, values: Floats, domains: Codes | None = None, kinds: int = 1
) -> Floats:
    """Return the variance of the sum of linearised values in each domain.

    Shapes: values [n], already multiplied by their weights; domains [n], numbers from nought or −1
    for rows in none; result [kinds]. A row outside a domain counts as nought there, so that the
    design stays whole. Source: Särndal, Swensson and Wretman 1992, sections 4.3 and 5.5; two stages
    as in Lumley 2010, section 3.2: the second adds what lies within clusters, at the first's share.
    """
    labels = np.zeros(len(values), dtype=np.intp) if domains is None else domains
    if design.calibration is not None:
        return _calibrated(design, values, labels, kinds)
    inside = labels >= 0
    rows = _Rows(inside, labels[inside], values[inside], kinds)
    total = _stage(design.first, rows, design.lonely)
    if design.second is None:
        return total
    shares = design.first.fractions[design.first.unit_strata]
    return total + _stage(design.second, rows, Lonely.CERTAIN, shares)


def _calibrated(design: Design, values: Floats, labels: Codes, kinds: int) -> Floats:
    """Return variances of calibrated sums: of what the calibration does not explain.

    A row outside a domain has a residual there too, so each domain is a column of its own.
    Source: Deville and Särndal 1992, JASA 87, 376-382.
    """
    calibration = design.calibration
    plain = replace(design, calibration=None)
    found = np.zeros(kinds)
    for kind in range(kinds if calibration is not None else 0):
        mine = np.where(labels == kind, values, 0.0)
        left = calibration.residuals(mine / design.weights) * design.weights  # type: ignore[union-attr]
        found[kind] = variances(plain, left)[0]
    return found


def _stage(stage: Stage, rows: _Rows, lonely: Lonely, shares: Floats | None = None) -> Floats:
    """Return what one stage adds to the variance of each domain: strata sums of squared distances."""
    unit_strata, counts, kinds = stage.unit_strata, stage.counts, rows.kinds
    strata = len(counts)
    # Cells of unit × domain that hold a row: few, however many domains there are.
    keys, places = np.unique(stage.units[rows.inside] * kinds + rows.labels, return_inverse=True)
    sums = np.bincount(places, weights=rows.values, minlength=len(keys))
    cell_domain, cell_stratum = keys % kinds, unit_strata[keys // kinds]
    at = cell_stratum * kinds + cell_domain
    totals = np.bincount(at, weights=sums, minlength=strata * kinds)
    drawn = np.maximum(counts, 1)[:, None]
    means: Floats = totals.reshape(strata, kinds) / drawn
    # Distances from the mean, not a difference of squares: equal clusters differ by nothing at all.
    apart = np.bincount(at, weights=(sums - means.ravel()[at]) ** 2, minlength=strata * kinds)
    spread: Floats = apart.reshape(strata, kinds).astype(np.float64)
    held = np.bincount(at, minlength=strata * kinds).reshape(strata, kinds)
    spread = spread + (drawn - held) * means**2
    alone = (counts == 1)[:, None]
    left = (1 - stage.fractions)[:, None]
    factor = np.where(alone, 0.0, left * drawn / np.maximum(drawn - 1, 1))
    if shares is not None:
        factor = factor * shares[:, None]
    added = factor * spread
    return np.asarray(added.sum(axis=0) + _lonely(stage, lonely, added, means, left))


def _lonely(stage: Stage, lonely: Lonely, added: Floats, means: Floats, left: Floats) -> Floats:
    """Return what strata with one cluster add, by the choice that was made."""
    counts = stage.counts
    alone = (counts == 1) & (left[:, 0] > 0)
    if not alone.any() or lonely is Lonely.CERTAIN:
        return np.zeros(added.shape[1])
    if lonely is Lonely.AVERAGE:
        others = (counts > 0) & ~alone
        return np.asarray(added[others].sum(axis=0) * alone.sum() / others.sum())
    centre = (means * counts[:, None]).sum(axis=0) / counts.sum()
    return np.asarray((left[alone] * (means[alone] - centre) ** 2).sum(axis=0))
