"""Answers of owners as they came, and as a closed wave's snapshot holds them: sorted, levels as whole numbers."""

from __future__ import annotations

from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anju.stats.columns.relation import Layout

ITEMS, PROJECTS, BUILDINGS = 20, 300, 6000
GROUP = 131_072  # rows that one thread takes at a time
NAMES = tuple(f"i{item}" for item in range(ITEMS))


def answers(n: int, *, gaps: float = 0.0, seed: int = 1) -> dict[str, np.ndarray]:
    """Return building, project, weight and twenty items of five levels, NaN where nobody answered."""
    chance = np.random.default_rng(seed)
    building = chance.integers(0, BUILDINGS, n)
    found = {"b": building, "p": building % PROJECTS, "w": chance.uniform(0.5, 3, n)}
    for name in NAMES:
        y = np.clip(np.round(chance.normal(3.8, 1, n) + (building % 7) / 10), 1, 5)
        if gaps:
            y[chance.random(n) < gaps] = np.nan
        found[name] = y
    return found


def in_order(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return answers sorted by project and building, as a snapshot is when a wave closes."""
    order = np.lexsort((columns["b"], columns["p"]))
    return {name: column[order] for name, column in columns.items()}


def written(columns: dict[str, np.ndarray], path: Path) -> Path:
    """Write answers as Parquet, levels as whole numbers with gaps, as the product does."""
    kept = {
        name: pa.array(column, from_pandas=True, type=None if name == "w" else pa.int16())
        if column.dtype.kind != "f" or name == "w"
        else pa.array(column, from_pandas=True).cast(pa.int16())
        for name, column in columns.items()
    }
    levels = [name for name in kept if name != "w"]  # weights differ all, a dictionary is of no use
    pq.write_table(pa.table(kept), path, row_group_size=GROUP, use_dictionary=levels)
    return path


def opened(path: Path | str) -> ibis.Table:
    """Return a file, or all that a pattern names, as a table of DuckDB on two threads."""
    return ibis.duckdb.connect(threads=2).read_parquet(str(path))


def layout(by: str = "p") -> Layout:
    """Return the design of these answers: buildings within projects, weighted."""
    return Layout(list(NAMES), "w", "p", "b", by)
