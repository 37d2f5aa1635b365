"""Moments of a table whose groups lie across its clusters: added up twice in the engine.

Cells of cluster × group may be as many as rows; here the engine adds up within cells and then the
cells' squares and products by stratum and group, so that what comes back is small. Parts of one
cluster do not merge any more: for figures of one table, `relation.totals` is for sums that merge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from anju.stats.columns.engines import Run, here
from anju.stats.columns.relation import Layout, check, key, labels, number, read, sums, weights
from anju.stats.columns.totals import Totals
from anju.stats.design import Floats
from anju.stats.results import BadArgument, BadDesign

BATCH, SAMPLE = 5, 1000


@dataclass(frozen=True, slots=True)
class Crossed:
    """Moments of clusters by stratum and group, of answers less a centre near their mean.

    Shapes: moments as `Totals` without clusters; units, clusters by stratum; centre [items]; held,
    clusters with an answer [cells × items].
    """

    moments: Totals
    units: Mapping[object, float]
    centre: Floats
    held: Floats


def crossed(table: Table, layout: Layout, run: Run = here) -> Crossed:
    """Return the moments of a table with clusters, by a few aggregations in its engine.

    Errors: as `relation.totals`; BadArgument for a layout without clusters; BadDesign for a cluster
    in two strata.
    """
    check(table, layout)
    if layout.cluster is None:
        raise BadArgument(
            "cluster", en="Without clusters take totals: they are moments already.",
            zh="没有群时请使用 totals，其本身就是矩。",
        )  # fmt: skip
    centre = _centre(table, layout, run)
    parts = [
        _moments(table, replace(layout, items=layout.items[at : at + BATCH]), centre[at : at + BATCH], run)
        for at in range(0, len(layout.items), BATCH)
    ]  # fmt: skip
    moments = _beside([part for part, _held in parts])
    held = np.hstack([held for _part, held in parts])
    return Crossed(moments, _units(table, layout, run), centre, held)


def _centre(table: Table, layout: Layout, run: Run) -> Floats:
    """Return a number near each item's mean, so that squares keep their digits."""
    few = table.limit(SAMPLE)
    wanted = {f"m{place}": number(few, item).mean() for place, item in enumerate(layout.items)}
    found = run(few.aggregate(**wanted))
    near = [found.column(f"m{place}")[0].as_py() for place in range(len(layout.items))]
    known = [one if one is not None and np.isfinite(one) else 0.0 for one in near]
    return np.array(known, dtype=np.float64)


def _moments(table: Table, layout: Layout, centre: Floats, run: Run) -> tuple[Totals, Floats]:
    weight = weights(table, layout)
    keys = {"a_stratum": key(table, layout.stratum), "a_group": key(table, layout.by)}
    clustered = {**keys, "a_cluster": key(table, layout.cluster)}
    within = table.group_by(**clustered).aggregate(**sums(table, layout, weight, centre))
    wanted = {name: within[name].sum() for name in ("rows", "sound")}
    if layout.population is not None:
        wanted |= {"least": within["least"].min(), "most": within["most"].max(), "unknown": within["unknown"].sum()}  # fmt: skip
    for place in range(len(layout.items)):
        w, s = within[f"w{place}"], within[f"s{place}"]
        wanted[f"n{place}"] = within[f"n{place}"].sum()
        wanted[f"k{place}"] = (within[f"n{place}"] > 0).sum()
        wanted |= {f"w{place}": w.sum(), f"s{place}": s.sum()}
        wanted |= {f"p{place}": (w * w).sum(), f"q{place}": (w * s).sum(), f"r{place}": (s * s).sum()}  # fmt: skip
    found = run(within.group_by(["a_stratum", "a_group"]).aggregate(**wanted))
    totals = read(found, replace(layout, cluster=None))
    return totals, _held(found, totals)


def _held(found: pa.Table, totals: Totals) -> Floats:
    """Return how many clusters hold an answer, for the cells in the order of the totals."""
    cells = list(zip(labels(found, "a_stratum"), labels(found, "a_group"), strict=True))
    rows = {cell: at for at, cell in enumerate(cells)}
    order = [rows[cell] for cell in zip(totals.strata, totals.groups, strict=True)]
    held = [found.column(f"k{place}").to_numpy() for place in range(len(totals.items))]
    return np.column_stack(held).astype(np.float64)[order]


def _units(table: Table, layout: Layout, run: Run) -> dict[object, float]:
    """Return how many clusters there are in each stratum."""
    both = table.select(a_stratum=key(table, layout.stratum), a_cluster=key(table, layout.cluster))
    drawn = both.distinct()
    found = run(drawn.group_by("a_stratum").aggregate(units=drawn.count()))
    units = dict(zip(labels(found, "a_stratum"), found.column("units").to_pylist(), strict=True))
    several = run(both.select("a_cluster").distinct().aggregate(units=ibis._.count()))
    if several.column("units")[0].as_py() != sum(units.values()):
        raise BadDesign(
            "clusters",
            en="A cluster lies in two strata. Name clusters anew in each stratum.",
            zh="有的群出现在两个层中。请在每层内分别命名。",
        )
    return {name: float(many) for name, many in units.items()}


def _beside(parts: Sequence[Totals]) -> Totals:
    """Return moments of several batches of items as one: their cells are the same, in order."""
    first = parts[0]
    return replace(
        first,
        items=tuple(item for part in parts for item in part.items),
        n=np.hstack([part.n for part in parts]),
        weight=np.hstack([part.weight for part in parts]),
        sums=np.hstack([part.sums for part in parts]),
        squares=np.concatenate([part.squares for part in parts if part.squares is not None], axis=2),
    )  # fmt: skip
