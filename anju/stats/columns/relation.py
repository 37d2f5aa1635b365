"""Totals of a table in an engine: one expression, written once, for DuckDB, Spark and ClickHouse.

The engine adds up and nothing else; what comes back has as many rows as there are clusters and
groups, however many answers there were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import NumericValue, Table

from anju.stats.columns.engines import Run, here
from anju.stats.columns.totals import Totals, merge
from anju.stats.design import Floats
from anju.stats.results import BadArgument, BadDesign, NoAnswers

LARGEST = 1.7e308
FIRST = 1000  # rows that are looked at for gaps


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns hold what. Items are answers as numbers, empty or NaN where missing.

    Without a weight each row counts once; without strata there is one; without clusters each row is
    one; without `by` there is one group. `population` is how many clusters (or rows) there were in
    the row's stratum.
    """

    items: Sequence[str]
    weight: str | None = None
    stratum: str | None = None
    cluster: str | None = None
    by: str | None = None
    population: str | None = None


def totals(table: Table, layout: Layout, run: Run = here) -> Totals:
    """Return the totals of a table, by one aggregation in its engine.

    `run` works an expression out, where that is not the business of the table's own engine.

    Errors: BadArgument for a column that is not there or holds text where numbers belong; BadDesign
    for weights that are missing or not above nought, or a population that differs in a stratum;
    NoAnswers for a table without rows.
    """
    check(table, layout)
    keys = {
        "a_stratum": key(table, layout.stratum),
        "a_group": key(table, layout.by),
    }
    if layout.cluster is not None:
        keys["a_cluster"] = key(table, layout.cluster)
    cells, weight = table.group_by(**keys), weights(table, layout)
    found = run(cells.aggregate(**sums(table, layout, weight, whole=_whole(table, layout, run))))
    if _gap_unseen(found, layout):
        found = run(cells.aggregate(**sums(table, layout, weight)))
    return read(found, layout)


def _whole(table: Table, layout: Layout, run: Run) -> frozenset[str]:
    """Return the items that everybody answered among the first rows: most likely they have no gap."""
    found = run(table.select(*dict.fromkeys(layout.items)).limit(FIRST))
    return frozenset(item for item in layout.items if not _gap(found.column(item)))


def _gap(column: pa.ChunkedArray) -> bool:
    if column.null_count:
        return True
    floating = pa.types.is_floating(column.type)
    return floating and bool(np.isnan(column.to_numpy()).any())


def _gap_unseen(found: pa.Table, layout: Layout) -> bool:
    """Say whether an item that was taken to be answered by everybody was not."""
    left = [place for place in range(len(layout.items)) if f"w{place}" not in found.column_names]
    return any(found.column(f"n{place}") != found.column("rows") for place in left)


def read(found: pa.Table, layout: Layout) -> Totals:
    """Return what an engine added up as totals, with the refusals of `totals`."""
    if not found.num_rows:
        raise NoAnswers("table", en="The table has no rows.", zh="表中没有数据行。")
    columns = {
        name: labels(found, name)
        if name.startswith("a_")
        else found.column(name).to_numpy(zero_copy_only=False)
        for name in found.column_names
    }
    if bad := int(columns["rows"].sum() - columns["sound"].sum()):
        raise BadDesign(
            layout.weight or "weights",
            en=f"{bad} {'row has' if bad == 1 else 'rows have'} no weight above 0. Leave out rows "
            "that were not drawn, and weight the rest.",
            zh=f"有 {bad} 行没有大于 0 的权重。请去掉未抽中的行并为其余各行赋权。",
        )
    return _totals(columns, layout)


def labels(found: pa.Table, name: str) -> np.ndarray:
    """Return keys as they stand in the table: whole numbers stay whole beside a gap, a gap is None."""
    return np.array(
        [None if one != one else one for one in found.column(name).to_pylist()], dtype=object
    )


def key(table: Table, name: str | None) -> ibis.Value:
    """Return the column of a key, or one that is the same in every row."""
    return table[name] if name is not None else ibis.literal("")


def number(table: Table, name: str) -> NumericValue:
    """Return a column as a number in which NaN is missing, in every engine alike."""
    value = table[name].cast("float64")
    if not table[name].type().is_floating():
        return value
    # Whether NaN equals NaN is not the same in every engine, so it is asked for by name. An engine
    # that believes a file's statistics to hold no NaN ends in `side`, refused and not miscounted.
    return ibis.ifelse(value.isnan(), ibis.null("float64"), value)


def weights(table: Table, layout: Layout) -> NumericValue:
    """Return what each row counts; what is no weight is counted by `sums` and refused by `read`."""
    return table[layout.weight].cast("float64") if layout.weight else ibis.literal(1.0)


def sums(
    table: Table,
    layout: Layout,
    weight: NumericValue,
    centre: Sequence[float] | Floats = (),
    whole: frozenset[str] = frozenset(),
) -> dict[str, ibis.Value]:
    """Return what is added up in each cell; of answers less a centre, where one is given.

    Items that are `whole` share the sums of weights, `w` and `p` without a number.
    """
    # A comparison with a missing weight is missing: it is not sound either. NaN is above every number
    # in one engine and beside all in another, but below the largest in none.
    fit = (weight > 0) & (weight < LARGEST)
    sound = fit.cast("int64").fill_null(0).sum() if layout.weight else table.count()
    made: dict[str, ibis.Value] = {"rows": table.count(), "sound": sound}
    plain = layout.cluster is None
    if whole:
        made["w"] = weight.sum() if layout.weight else table.count()
    if whole and plain:
        made["p"] = (weight * weight).sum() if layout.weight else table.count()
    if layout.population is not None:
        size = number(table, layout.population)
        made |= {
            "least": size.min(),
            "most": size.max(),
            "unknown": size.isnull().cast("int64").sum(),
        }
    for place, item in enumerate(layout.items):
        y = number(table, item)
        if len(centre):
            y = y - float(centre[place])
        made |= _of_item(y, weight, place, plain=plain, whole=item in whole)
    return made


def _of_item(
    y: NumericValue, weight: NumericValue, place: int, *, plain: bool, whole: bool
) -> dict[str, ibis.Value]:
    """Return the sums of one item; of a whole one without those that all whole ones share."""
    made: dict[str, ibis.Value] = {f"n{place}": y.count(), f"s{place}": (weight * y).sum()}
    if not whole:
        made[f"w{place}"] = ibis.ifelse(y.notnull(), weight, 0.0).sum()
    if plain and not whole:
        made[f"p{place}"] = ibis.ifelse(y.notnull(), weight * weight, 0.0).sum()
    if plain:
        made[f"q{place}"] = (weight * weight * y).sum()
        made[f"r{place}"] = (weight * weight * y * y).sum()
    return made


def _totals(columns: dict[str, np.ndarray], layout: Layout) -> Totals:
    many = range(len(layout.items))

    def side(letter: str) -> Floats:
        """Return sums; of nobody they are nought, and endless ones are refused, never counted."""
        own = [f"{letter}{place}" for place in many]  # a whole item has none, it shares
        found = [columns[one if one in columns else letter].astype(np.float64) for one in own]
        for item, column, place in zip(layout.items, found, many, strict=True):
            column[columns[f"n{place}"] == 0] = 0.0
            if not np.isfinite(column).all():
                raise BadArgument(
                    item, en=f"The column “{item}” holds a number that is not finite.",
                    zh=f"“{item}”列含有无穷大的数值。",
                )  # fmt: skip
        return np.column_stack(found)

    rows = columns["rows"].astype(np.float64)
    population = np.full(len(rows), np.nan)
    if layout.population is not None:
        population = columns["most"].astype(np.float64)
        if (columns["least"] != columns["most"]).any() or columns["unknown"].any():
            raise BadDesign(
                layout.population, en="A stratum tells two populations, or none: give it one number.",
                zh="同一层的总体数不一致或缺失，应只有一个数。",
            )  # fmt: skip
    plain = layout.cluster is None
    made = Totals(
        tuple(layout.items), columns["a_stratum"],
        None if plain else columns["a_cluster"], columns["a_group"],
        rows, population, side("n"), side("w"), side("s"),
        np.stack([side("p"), side("q"), side("r")]) if plain else None,
    )  # fmt: skip
    return merge([made])


def check(table: Table, layout: Layout) -> None:
    """Refuse columns that are not there or hold text where numbers belong."""
    if not layout.items:
        raise BadArgument("items", en="Name one item at least.", zh="请至少指定一个题目。")
    named = (layout.weight, layout.stratum, layout.cluster, layout.by, layout.population)
    for name in (*layout.items, *(one for one in named if one is not None)):
        if name not in table.columns:
            near = ", ".join(table.columns[:12])
            raise BadArgument(
                name, en=f"There is no column “{name}”. There are: {near}.",
                zh=f"没有“{name}”列。现有列：{near}。",
            )  # fmt: skip
    numbers = (*layout.items, *(one for one in (layout.weight, layout.population) if one))
    for name in numbers:
        kind = table[name].type()
        if not (kind.is_numeric() or kind.is_boolean()):
            raise BadArgument(
                name, en=f"The column “{name}” holds text: numbers belong there.",
                zh=f"“{name}”列是文字，此处应为数值。",
            )  # fmt: skip
