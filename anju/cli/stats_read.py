"""The file of `anju stats` as a table in the engine: CSV, text, Parquet, or a spreadsheet."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anju.cli.stats_bar import watched
from anju.kernel.pure.later import later
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell
from anju.sheets.read import read_table

if TYPE_CHECKING:
    from ibis.expr.types import Table as Relation

    from anju.stats.columns import engines
    from anju.stats.columns.engines import Source
else:
    engines = later("anju.stats.columns.engines")

ibis, duckdb = later("ibis"), later("duckdb")
PARQUET, TEXT, SHEET = {".parquet"}, {".csv", ".tsv", ".txt"}, {".xlsx"}
THREADS, HERE, HEAD_MOST = 2, ("duckdb", "arrays"), 1_000_000


@contextmanager
def opened(path: Path, *, sheet: str | None = None, engine: str = "duckdb") -> Iterator[Source]:
    """Give a file as a table of an engine, which reads no more of it than is asked for.

    A text file that DuckDB cannot read, such as one in GB 18030, is read as a spreadsheet is. Engines
    other than DuckDB read Parquet: other files are written as such, aside and for the time being.
    Errors: E-FILE-READ for a file that is not there or is damaged, E-FILE-TYPE for another kind,
    E-IMP-EMPTY for an empty one, E-FILE-HEADER for two columns of one name,
    BadArgument for an engine that is not installed, and those of `read_table`.
    """
    table = _table(path, sheet)
    if engine in HERE:
        with watched(table):
            yield engines.Source(table, engines.here)
        return
    with tempfile.TemporaryDirectory(prefix="anju-stats-") as folder:
        stored = path if path.suffix.lower() in PARQUET else Path(folder) / "answers.parquet"
        if stored != path:
            table.to_parquet(stored)
        with engines.source(stored.resolve(), engines.Engine(engine)) as found:
            yield found


def _table(path: Path, sheet: str | None) -> Relation:
    kind = path.suffix.lower()
    if not path.is_file():
        raise Problem(
            "E-FILE-READ", "file", "There is no file {name}.", "没有文件 {name}。", name=path.name
        )
    if kind in SHEET:
        return _of_sheet(path, sheet)
    if kind not in PARQUET | TEXT:
        raise Problem(
            "E-FILE-TYPE", "file",
            "{name}: give a .csv, .tsv, .txt, .xlsx or .parquet file.",
            "{name}：请提供 .csv、.tsv、.txt、.xlsx 或 .parquet 文件。", name=path.name,
        )  # fmt: skip
    if kind in TEXT:
        _check_head(path)
    engine = ibis.duckdb.connect(threads=THREADS)
    try:
        if kind in PARQUET:
            # Statistics of Parquet do not tell of NaN; without this the engine takes there to be none.
            return engine.read_parquet(path, can_have_nan=True)
        return engine.read_csv(path)
    except duckdb.Error as refused:
        if kind in TEXT:
            return _of_sheet(path, None)
        words = str(refused).splitlines() or [type(refused).__name__]
        raise Problem(
            "E-FILE-READ", "file", "{name} cannot be read: {why}",
            "{name} 无法读取：{why}", name=path.name, why=words[0][:200],
        ) from None  # fmt: skip


def _check_head(path: Path) -> None:
    """Refuse a text without a line, or with two columns of one name: nobody could say which is meant."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        first = file.readline(HEAD_MOST)
    if not first.strip():
        raise Problem(
            "E-IMP-EMPTY", "file", "{name} is empty.", "{name} 是空文件。", name=path.name
        )
    mark = max(",;\t|", key=first.count)
    heads = [head.strip() for head in next(csv.reader([first], delimiter=mark))]
    for at, head in enumerate(heads):
        if head and head in heads[:at]:
            raise Problem(
                "E-FILE-HEADER", "file",
                "Two columns are called “{head}”: give each a name of its own.",
                "有两列都叫“{head}”，请为每列取不同的名称。", head=head,
            )  # fmt: skip


def _of_sheet(path: Path, sheet: str | None) -> Relation:
    found = read_table(path, sheet=sheet)
    arrow = later("pyarrow")
    columns = {}
    for name, cells in zip(found.headers, found.columns, strict=True):
        numbers = _numbers(cells)
        said = [None if cell is None else str(cell) for cell in cells]
        columns[name] = arrow.array(said if numbers is None else numbers)
    return ibis.memtable(arrow.table(columns))


def _numbers(cells: Sequence[Cell]) -> list[float | None] | None:
    """Return cells as numbers, or None where one of them is none; an empty cell is missing."""
    found: list[float | None] = []
    for cell in cells:
        if cell is None or cell == "":
            found.append(None)
            continue
        try:
            found.append(float(cell))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return None
    return found
