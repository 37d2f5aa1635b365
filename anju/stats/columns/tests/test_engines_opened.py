"""How other engines are opened and closed, with stand-ins: what they compute is held to rows by a command.

`run.py validate engines` opens the real ones (docs/methods/validation.md); here nothing of them is installed.
"""

from __future__ import annotations

from types import SimpleNamespace

import ibis
import pyarrow as pa
import pytest
from pyarrow import parquet

from anju.stats.columns import engines
from anju.stats.columns.engines import Engine, source
from anju.stats.columns.means import means
from anju.stats.columns.relation import totals
from anju.stats.columns.tests.test_columns import WHOLE, answers, same, table
from anju.stats.results import BadArgument


@pytest.fixture
def file(tmp_path):
    columns = answers(9)
    path = tmp_path / "it's.parquet"
    parquet.write_table(pa.table(columns), path)
    return path


class Builder:
    """Stands for Spark's builder: keeps what it was told, and gives a session or fails to."""

    def __init__(self, session):
        self.session, self.told = session, {}

    def appName(self, name):  # noqa: N802 Spark's own name
        self.told["name"] = name
        return self

    def config(self, key, value):
        self.told[key] = value
        return self

    def master(self, where):
        self.told["master"] = where
        return self

    def getOrCreate(self):  # noqa: N802 Spark's own name
        if self.session is None:
            raise RuntimeError("Java gateway process exited before sending its port number")
        return self.session


@pytest.fixture
def spark(monkeypatch):
    """Stand in for Spark: its session is counted down, its table is DuckDB's."""

    def made(session):
        builder = Builder(session)
        module = SimpleNamespace(SparkSession=SimpleNamespace(builder=builder))
        monkeypatch.setattr(engines, "import_module", {"pyspark.sql": module}.__getitem__)
        return builder

    return made


def test_spark_without_java_says_what_it_needs(spark, file):
    spark(None)

    with pytest.raises(BadArgument, match="Java 17") as refused, source(file, Engine.SPARK):
        pass
    assert refused.value.field == "engine"
    assert "Java 17" in refused.value.zh


def test_spark_reads_the_file_on_this_machine_and_is_stopped_whatever_happens(
    spark, file, monkeypatch
):
    stopped = []
    builder = spark(SimpleNamespace(stop=lambda: stopped.append(1)))
    duck = ibis.duckdb.connect()
    stand_in = SimpleNamespace(
        connect=lambda _session: SimpleNamespace(
            read_parquet=lambda path, table_name: duck.read_parquet(
                path, table_name=table_name, can_have_nan=True
            )
        )
    )
    monkeypatch.setattr(engines, "ibis", SimpleNamespace(pyspark=stand_in))

    with source(file, Engine.SPARK) as opened:
        found = means(totals(opened.table, WHOLE, opened.run))
        assert not stopped
    with pytest.raises(KeyError), source(file, Engine.SPARK):
        raise KeyError

    same(found, means(totals(table(answers(9)), WHOLE)))
    assert stopped == [1, 1]
    assert builder.told["master"].startswith("local[")
    assert builder.told["spark.sql.session.timeZone"] == "UTC"


class Session:
    """Stands for chDB's session: keeps its statements and says what it is given to say."""

    def __init__(self):
        self.asked, self.closed = [], 0

    def query(self, text, form=""):
        self.asked.append((text, form))
        return pa.table({"n": pa.array([300], pa.uint64())})

    def close(self):
        self.closed += 1


@pytest.fixture
def chdb(monkeypatch):
    session = Session()
    modules = {
        "chdb": SimpleNamespace(to_arrowTable=lambda found: found),
        "chdb.session": SimpleNamespace(Session=lambda: session),
    }
    monkeypatch.setattr(engines, "import_module", modules.__getitem__)
    return session


def test_chdb_sees_the_file_by_a_quoted_path_and_answers_in_the_types_of_the_question(chdb, file):
    with source(file, Engine.CHDB) as opened:
        found = opened.run(opened.table.aggregate(n=opened.table.count()))

    view, (asked, form) = chdb.asked[0][0], chdb.asked[1]
    assert str(file).replace("'", "\\'") in view
    assert "CREATE OR REPLACE VIEW anju.answers" in view
    assert "COUNT(*)" in asked.upper()
    assert "join_use_nulls = 1, aggregate_functions_null_for_empty = 1" in asked
    assert form == "Arrow"
    assert found.schema.field("n").type == pa.int64()
    assert found.column("n").to_pylist() == [300]
    assert opened.table.columns == tuple(answers(9))
    assert chdb.closed == 1


def test_chdb_is_closed_where_the_work_fails(chdb, file):
    with pytest.raises(KeyError), source(file, Engine.CHDB):
        raise KeyError

    assert chdb.closed == 1
