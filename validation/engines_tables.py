"""The same tables from rows, DuckDB, Spark and chDB, on random designs: run inside an environment that has them.

Prints a line of JSON for each engine and kind of design: the largest relative distance from the rows.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

from anju.answers.rules.answers import AnswerSet, ItemDef
from anju.stats.columns.crossed import crossed
from anju.stats.columns.engines import Engine, Source, source
from anju.stats.columns.means import Table, means
from anju.stats.columns.relation import Layout, totals
from anju.stats.design import design
from anju.stats.estimate import means_by
from anju.stats.results import StatsError
from anju.stats.scales import Level, scale
from anju.tally.columns.rows import table_of
from anju.tally.columns.small import NAMES, small_of
from anju.tally.count import tally
from anju.tally.tables import Recipe

ITEMS = ("clean", "safe", "kind")
SHAPES: Mapping[str, Layout] = {
    "clusters": Layout(ITEMS, "weight", "stratum", "building", "project", "size"),
    "rows": Layout(ITEMS, "weight", "stratum", None, "project", None),
}


def answers(seed: int) -> dict[str, np.ndarray]:
    """Return answers of a random number of owners, buildings and projects, with gaps and NaN."""
    chance = np.random.default_rng(seed)
    n, buildings, strata = int(chance.integers(400, 3000)), int(chance.integers(20, 60)), int(chance.integers(1, 5))  # fmt: skip
    building = np.concatenate([np.arange(buildings), chance.integers(0, buildings, n - buildings)])
    y = np.round(chance.normal(70, 12, (n, 3)), 1)
    y[chance.random((n, 3)) < chance.uniform(0, 0.4)] = np.nan
    return {
        "building": building, "stratum": building % strata, "weight": chance.uniform(0.1, 9, n),
        "project": np.array(["北苑", "B", "C's"])[chance.integers(0, 3, n)],
        "size": np.full(n, 3.0 * buildings), **{item: y[:, at] for at, item in enumerate(ITEMS)},
    }  # fmt: skip


def by_rows(columns: dict[str, np.ndarray], layout: Layout) -> dict[tuple[str, str], np.ndarray]:
    """Return mean, error, limits of each item and group as the arrays give them."""
    made = design(
        columns["weight"], strata=columns["stratum"].tolist(),
        clusters=columns["building"].tolist() if layout.cluster else None,
        population=columns["size"] if layout.population else None,
    )  # fmt: skip
    return {
        (item, str(one.key)): np.array([one.estimate.estimate, one.estimate.se, one.estimate.ci_low, one.estimate.ci_high])
        for item in ITEMS for one in means_by(made, columns[item], columns["project"].tolist())
    }  # fmt: skip


def apart(found: Table, wanted: dict[tuple[str, str], np.ndarray]) -> float:
    """Return the largest distance of a table from what is wanted, relative to each figure."""
    far = 0.0
    for (item, group), figures in wanted.items():
        at, place = found.groups.index(group), found.items.index(item)
        ours = np.array([side[at, place] for side in (found.mean, found.se, found.low, found.high)])
        # NaN is further away than any number: the figure that is not there must not pass.
        far = float(
            np.fmax(far, np.nan_to_num(np.abs(ours - figures) / np.abs(figures), nan=np.inf).max())
        )
    return far


def tables(opened: Source, layout: Layout) -> Iterator[Table]:
    """Yield the table by sums and, with clusters, by moments."""
    yield means(totals(opened.table, layout, opened.run))
    if layout.cluster:
        yield means(crossed(opened.table, layout, opened.run))


def wave(seed: int) -> tuple[AnswerSet, Recipe]:
    """Return a closed wave of three items in some buildings and strata, with times and gaps."""
    chance = np.random.default_rng(seed)
    n, first = int(chance.integers(300, 2000)), datetime(2026, 3, 1, 8, tzinfo=UTC)
    five = scale("five", [Level(str(at), at, f"{at}分", f"level {at}") for at in range(1, 6)])
    house = chance.integers(0, 30, n)
    found = AnswerSet(
        items=tuple(ItemDef(name, name, name, five) for name in ITEMS),
        levels=chance.integers(-1, 5, (n, len(ITEMS))).astype(np.int16),
        count=chance.integers(1, 4, n), weight=chance.uniform(0.2, 5, n),
        groups={
            "building": tuple(f"{at}栋" for at in house), "stratum": tuple("甲'乙"[at % 3] for at in house),
            "use_type": tuple(("住宅", None)[at % 2] for at in house),
        },
        households=(None,) * n,
        answered=tuple(first + timedelta(hours=int(at)) for at in chance.integers(0, 5000, n)),
    )  # fmt: skip
    return found, tally(found).recipe


def small_apart(engine: Engine, seed: int) -> float:
    """Return the largest distance of a wave's small tables from those that DuckDB makes of its rows."""
    answers_of, recipe = wave(seed)
    table = table_of(answers_of, recipe)
    wanted = small_of(table, answers_of.items, recipe)
    found = small_of(table, answers_of.items, recipe, engine=engine)
    far = 0.0
    for name in NAMES:
        one, two = getattr(found, name), getattr(wanted, name)
        if one.num_rows != two.num_rows or one.column_names != two.column_names:
            return float("inf")
        for column in one.column_names:
            ours, theirs = one.column(column).to_pylist(), two.column(column).to_pylist()
            if any(isinstance(value, str) for value in theirs):
                far = far if ours == theirs else float("inf")
                continue
            a, b = (
                np.array([np.nan if v is None else v for v in side], dtype=float)
                for side in (ours, theirs)
            )
            if (np.isnan(a) != np.isnan(b)).any():
                return float("inf")
            far = max(far, float(np.nanmax(np.abs(a - b) / np.maximum(np.abs(b), 1), initial=0)))
    return far


def compared(engine: Engine, designs: int) -> Iterator[dict[str, object]]:
    """Yield for each kind of design how far an engine lies from the rows at most."""
    far = dict.fromkeys(SHAPES, 0.0)
    with tempfile.TemporaryDirectory(prefix="anju-engines-") as folder:
        for seed in range(designs):
            columns, path = answers(seed), Path(folder) / f"{seed}.parquet"
            parquet.write_table(pa.table(columns), path)
            with source(path, engine) as opened:
                for name, layout in SHAPES.items():
                    wanted = by_rows(columns, layout)
                    far[name] = max(far[name], *(apart(one, wanted) for one in tables(opened, layout)))  # fmt: skip
    far["small tables"] = max(small_apart(engine, seed) for seed in range(designs))
    for name, most in far.items():
        yield {"engine": engine, "design": name, "far": most, "designs": designs}


def main(arguments: list[str]) -> int:
    """Print a line for each engine; an engine that does not start is a line with the reason."""
    designs, *engines = arguments
    for engine in engines or list(Engine):
        try:
            for line in compared(Engine(engine), int(designs)):
                print(json.dumps(line), flush=True)
        except StatsError as refused:
            print(json.dumps({"engine": engine, "why": refused.en}), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
