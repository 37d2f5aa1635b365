"""The small tables of a wave, by one set of expressions for every engine, from rows of any length.

All are sums, so those of parts add up to those of the whole. They are for computing: a cell may hold
one person. Nobody reads them; what people read has passed the minimum group size.

`psu_hist`  people by stratum, building, item and level;
`psu_w`     rows, people and weights by stratum and building;
`rake_cells` people by what margins may be known of, and the level of the main item or the index;
`slots`     people by building, time of asking, and the same;
`gram`      sums and cross-products of the items that make the index, by building, centred at 50.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from anju.answers.rules.answers import MISSING, ItemDef
from anju.kernel.pure.later import later
from anju.tally.columns.rows import item_column
from anju.tally.tables import Recipe

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa
    from pyarrow import parquet

    from anju.stats.columns import engines
else:
    ibis = later("ibis")
    parquet = later("pyarrow.parquet")
    engines = later("anju.stats.columns.engines")

SCHEME = 2  # of the small tables: raised where they change, so that older ones are made again
CENTRE = 50.0
NAMES = ("psu_hist", "psu_w", "rake_cells", "slots", "gram")


@dataclass(frozen=True, slots=True)
class Small:
    """The small tables of one wave, in the order of their keys; `main` is the place of the main item."""

    psu_hist: pa.Table
    psu_w: pa.Table
    rake_cells: pa.Table
    slots: pa.Table
    gram: pa.Table
    main: int | None


def main_item(recipe: Recipe) -> int | None:
    """Return the item about the whole service, or the only one about satisfaction."""
    only = recipe.satisfaction[0] if len(recipe.satisfaction) == 1 else None
    return recipe.lead if recipe.lead is not None else only


def expressions(
    table: ibis.Table, items: Sequence[ItemDef], recipe: Recipe
) -> dict[str, ibis.Table]:
    """Return the small tables as expressions over a table of answers, in any engine."""
    main = main_item(recipe)
    level = table[item_column(main)] if main is not None else ibis.literal(MISSING, "int16")
    # One of the two tells all: where one item leads, the index over the others is left out.
    score = ibis.null("float64") if main is not None else table["score"]
    led = table.mutate(level=level, score=score)
    return {
        "psu_hist": _hist(table, len(items)),
        "psu_w": _added(table, ("stratum", "psu")),
        "rake_cells": _added(led, ("stratum", "psu", "use_type", "level", "score")),
        "slots": _added(led, ("psu", "day", "third", "half", "level", "score")),
        "gram": _gram(table, items, recipe.satisfaction),
    }


def small_of(
    table: pa.Table, items: Sequence[ItemDef], recipe: Recipe, *, engine: str = "duckdb"
) -> Small:
    """Return the small tables of answers that lie in memory, added up by DuckDB in this process.

    Another `engine` (spark, chdb) reads them from a file that is gone afterwards. Errors: BadArgument
    for an engine whose extra is not installed.
    """
    run = _in_process if engine == "duckdb" else partial(_in_engine, engine=engine)
    return Small(**run(table, items, recipe), main=main_item(recipe))


def _in_process(table: pa.Table, items: Sequence[ItemDef], recipe: Recipe) -> dict[str, pa.Table]:
    engine = ibis.duckdb.connect(threads=1)
    try:
        made = expressions(ibis.memtable(table), items, recipe)
        return {name: engine.to_pyarrow(one) for name, one in made.items()}
    finally:
        engine.disconnect()


def _in_engine(
    table: pa.Table, items: Sequence[ItemDef], recipe: Recipe, *, engine: str
) -> dict[str, pa.Table]:
    with tempfile.TemporaryDirectory(prefix="anju-columns-") as folder:
        path = Path(folder) / "answers.parquet"
        parquet.write_table(table, path)
        with engines.source(path, engines.Engine(engine)) as source:
            made = expressions(source.table, items, recipe)
            return {name: source.run(one) for name, one in made.items()}


def _added(table: ibis.Table, keys: Sequence[str]) -> ibis.Table:
    weight = table["n"] * table["w"]
    found = table.group_by(list(keys)).aggregate(
        rows=table.count(),
        n=table["n"].sum().cast("int64"),
        sum_w=weight.sum(),
        sum_w2=(weight * table["w"]).sum(),
    )
    return found.order_by(list(keys))


def _hist(table: ibis.Table, items: int) -> ibis.Table:
    """Return people by level, one part an item: parts are put below each other."""
    parts = [
        _added(
            table.mutate(item=ibis.literal(place, "int16"), level=table[item_column(place)]),
            ("stratum", "psu", "item", "level"),
        )
        for place in range(items)
    ]
    if not parts:
        nobody = table.mutate(item=ibis.literal(-1, "int16"), level=ibis.literal(-1, "int16"))
        return _added(nobody.filter(ibis.literal(value=False)), ("stratum", "psu", "item", "level"))
    return (
        parts[0]
        if len(parts) == 1
        else ibis.union(*parts).order_by(["stratum", "psu", "item", "level"])
    )


def _gram(table: ibis.Table, items: Sequence[ItemDef], asked: Sequence[int]) -> ibis.Table:
    """Return sums of those who answered every item of the index."""
    values = {place: _index(table, place, items[place]) for place in asked}
    whole = table.mutate(**{f"y{place}": value for place, value in values.items()})
    for place in asked:
        whole = whole.filter(whole[f"y{place}"].notnull())
    weight = whole["n"] * whole["w"]
    sums = {f"s{a}": (weight * whole[f"y{a}"]).sum() for a in asked}
    for at, a in enumerate(asked):
        for b in asked[at:]:
            sums[f"p{a}_{b}"] = (weight * whole[f"y{a}"] * whole[f"y{b}"]).sum()
    found = whole.group_by(["stratum", "psu"]).aggregate(
        n=whole["n"].sum().cast("int64"), sum_w=weight.sum(), **sums
    )
    return found.order_by(["stratum", "psu"])


def _index(table: ibis.Table, place: int, item: ItemDef) -> ibis.Value:
    """Return an item as an index from 0 to 100 less its centre, empty without a level of value."""
    scale = item.scale
    width = scale.maximum - scale.minimum
    known = [
        (at, 100 * (level.value - scale.minimum) / width - CENTRE)
        for at, level in enumerate(scale.levels)
        if level.value is not None
    ]
    return table[item_column(place)].cases(*known, else_=ibis.null("float64"))
