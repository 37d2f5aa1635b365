"""Where sums are made: DuckDB in this process, Spark, or chDB (ClickHouse in this process).

The expressions are the same for all (`relation`, `crossed`); an engine says how a file of Parquet
becomes a table and how an expression over it is worked out. Spark and chDB are extras: `anju[spark]`
and `anju[clickhouse]`. No figure is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

import ibis
import pyarrow as pa
from pyarrow import parquet

from anju.stats.results import BadArgument

Run = Callable[[ibis.Expr], pa.Table]
THREADS, NAME = 2, "answers"


class Engine(StrEnum):
    """What adds up."""

    DUCKDB = "duckdb"
    SPARK = "spark"
    CHDB = "chdb"


@dataclass(frozen=True, slots=True)
class Source:
    """A table in an engine, and how expressions over it are worked out there."""

    table: ibis.Table
    run: Run


@contextmanager
def source(path: Path, engine: Engine = Engine.DUCKDB) -> Iterator[Source]:
    """Give a Parquet file as a table of an engine, which is let go of afterwards.

    Errors: BadArgument for an engine whose extra is not installed, or Spark without Java.
    """
    with _OPENERS[engine](path) as opened:
        yield opened


def here(expression: ibis.Expr) -> pa.Table:
    """Return an expression worked out by the engine that its own table belongs to."""
    return expression.to_pyarrow()


@contextmanager
def _duckdb(path: Path) -> Iterator[Source]:
    engine = ibis.duckdb.connect(threads=THREADS)
    try:
        # Statistics of Parquet do not tell of NaN; without this the engine takes there to be none.
        yield Source(engine.read_parquet(path, can_have_nan=True), here)
    finally:
        engine.disconnect()


@contextmanager
def _spark(path: Path) -> Iterator[Source]:
    sql = _extra("pyspark.sql", Engine.SPARK, "spark")
    master = sql.SparkSession.builder.appName("anju").config("spark.ui.enabled", "false")
    master = master.config("spark.sql.session.timeZone", "UTC")
    try:
        session = master.master(f"local[{THREADS}]").getOrCreate()
    except Exception as refused:
        raise BadArgument(
            "engine", en="Spark did not start: it needs Java 17 or newer.",
            zh="Spark 未能启动：需要 Java 17 或更高版本。",
        ) from refused  # fmt: skip
    try:
        engine = ibis.pyspark.connect(session)
        yield Source(engine.read_parquet(path, table_name=NAME), _typed(here))
    finally:
        session.stop()


@contextmanager
def _chdb(path: Path) -> Iterator[Source]:
    sessions = _extra("chdb.session", Engine.CHDB, "clickhouse")
    chdb = import_module("chdb")
    session = sessions.Session()
    try:
        # A missing value of a key is a value of its own; every column may have one.
        place = str(path).replace("\\", "\\\\").replace("'", "\\'")
        session.query(f"CREATE DATABASE IF NOT EXISTS anju; CREATE OR REPLACE VIEW anju.{NAME} AS SELECT * FROM file('{place}', Parquet)")  # noqa: S608 - a path of ours, quoted  # fmt: skip

        def run(expression: ibis.Expr) -> pa.Table:
            text = str(ibis.to_sql(expression, dialect="clickhouse"))
            found = session.query(text + " SETTINGS join_use_nulls = 1, aggregate_functions_null_for_empty = 1", "Arrow")  # fmt: skip
            return chdb.to_arrowTable(found)

        schema = ibis.Schema.from_pyarrow(parquet.read_schema(path))
        yield Source(ibis.table(schema, name=NAME, database="anju"), _typed(run))
    finally:
        session.close()


def _typed(run: Run) -> Run:
    """Return a run whose tables have the types that the expression says, as DuckDB gives them."""

    def typed(expression: ibis.Expr) -> pa.Table:
        found = run(expression)
        return found.cast(expression.as_table().schema().to_pyarrow(), safe=False)

    return typed


def _extra(module: str, engine: Engine, extra: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError:
        raise BadArgument(
            "engine", en=f"The engine {engine} is not installed: install anju[{extra}], or choose duckdb.",
            zh=f"未安装 {engine} 引擎：请安装 anju[{extra}]，或选择 duckdb。",
        ) from None  # fmt: skip


_OPENERS = {Engine.DUCKDB: _duckdb, Engine.SPARK: _spark, Engine.CHDB: _chdb}
