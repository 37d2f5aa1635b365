"""What the statistics take, out of the small tables: counts by level, sums by building, products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from anju.answers.rules.answers import MISSING, ItemDef
from anju.stats.columns.totals import Totals, merge
from anju.stats.design import Floats
from anju.tally.columns.small import Small
from anju.tally.tables import Hist


@dataclass(frozen=True, slots=True)
class _Row:
    """One cell of `psu_hist`."""

    stratum: str
    psu: str
    item: int
    level: int
    n: int
    sum_w: float
    sum_w2: float


@dataclass(frozen=True, slots=True)
class Products:
    """Sums and cross-products of the items of an index less 50, of people who answered them all.

    Shapes: sums [k], products [k × k].
    """

    n: int
    weight: float
    sums: Floats
    products: Floats


def hists(small: Small, place: int, width: int) -> Mapping[str | None, Hist]:
    """Return people by level of one item: of each building under its name, of everybody under None.

    `households` is nought: a snapshot knows of no home. Shapes: `n` is `width` long.
    """
    rows = [row for row in _rows(small) if row.item == place]
    labels: dict[str | None, list[_Row]] = {None: rows}
    for row in rows:
        labels.setdefault(row.psu, []).append(row)
    return {label: _hist(mine, width) for label, mine in labels.items()}


def _rows(small: Small) -> list[_Row]:
    names = ("stratum", "psu", "item", "level", "n", "sum_w", "sum_w2")
    columns = [small.psu_hist.column(name).to_pylist() for name in names]
    return [_Row(*values) for values in zip(*columns, strict=True)]


def _hist(rows: Sequence[_Row], width: int) -> Hist:
    n, w, w2 = (np.zeros(width + 1) for _ in range(3))
    for row in rows:
        at = width if row.level == MISSING else row.level  # the last place: without an answer
        n[at] += row.n
        w[at] += row.sum_w
        w2[at] += row.sum_w2
    return Hist(
        n=tuple(int(people) for people in n[:width]),
        missing=int(n[width]),
        households=0,
        weights=tuple(w[:width].tolist()),
        squares=tuple(w2[:width].tolist()),
    )


def item_totals(small: Small, items: Sequence[ItemDef]) -> Totals:
    """Return the sums of every item, as an index from 0 to 100, in every building; rows are people.

    Sums of waves with the same items merge: a company's figure is that of its projects' sums.
    """
    table = small.psu_w
    keys = list(
        zip(table.column("stratum").to_pylist(), table.column("psu").to_pylist(), strict=True)
    )
    places = {key: at for at, key in enumerate(keys)}
    shape = (len(keys), len(items))
    n, weight, sums = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    squares = np.zeros((3, *shape))
    for row in _rows(small):
        at, item = places[row.stratum, row.psu], row.item
        y = _value(items[item], row.level)
        if y is None:
            continue
        n[at, item] += row.n
        weight[at, item] += row.sum_w
        sums[at, item] += y * row.sum_w
        squares[:, at, item] += row.sum_w2 * np.array([1.0, y, y * y])
    strata = np.array([stratum for stratum, _ in keys], dtype=object)
    groups = np.array([psu for _, psu in keys], dtype=object)
    people = np.array(table.column("n").to_pylist(), dtype=np.float64)
    unknown = np.full(len(keys), np.nan)
    names = tuple(item.code for item in items)
    return merge([Totals(names, strata, None, groups, people, unknown, n, weight, sums, squares)])


def _value(item: ItemDef, level: int) -> float | None:
    value = item.scale.levels[level].value if level != MISSING else None
    low, width = item.scale.minimum, item.scale.maximum - item.scale.minimum
    return None if value is None else 100 * (value - low) / width


def cross_products(small: Small, asked: Sequence[int]) -> Products:
    """Return sums and products of the items of an index over all buildings."""
    table, size = small.gram, len(asked)
    products = np.zeros((size, size))
    for at, a in enumerate(asked):
        for to, b in enumerate(asked[at:], start=at):
            products[at, to] = products[to, at] = _total(table.column(f"p{a}_{b}").to_pylist())
    return Products(
        n=int(_total(table.column("n").to_pylist())),
        weight=_total(table.column("sum_w").to_pylist()),
        sums=np.array([_total(table.column(f"s{place}").to_pylist()) for place in asked]),
        products=products,
    )


def _total(column: Sequence[float | None]) -> float:
    return float(sum(value for value in column if value is not None))
