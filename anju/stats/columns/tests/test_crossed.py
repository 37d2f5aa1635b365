"""Groups across clusters, keys with gaps, and engines: moments give what rows give, to nine digits."""

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from anju.stats.columns.crossed import crossed
from anju.stats.columns.engines import Engine, _typed, source
from anju.stats.columns.means import means
from anju.stats.columns.relation import Layout, totals
from anju.stats.columns.table import estimate_table
from anju.stats.columns.tests.test_columns import ITEMS, WHOLE, answers, same, table
from anju.stats.results import BadArgument, BadDesign


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1.0, 1e6]))
def test_moments_of_clusters_give_what_their_sums_give(seed, far):
    columns = answers(seed)
    columns["clean"] = columns["clean"] + far  # a number far from nought takes no digits away
    whole = means(totals(table(columns), WHOLE))

    found = means(crossed(table(columns), WHOLE))

    same(found, whole, 1e-9)
    assert found.se == pytest.approx(whole.se, rel=1e-9)


@pytest.mark.parametrize("most", [0, 200_000])
@pytest.mark.parametrize(
    "layout", [WHOLE, Layout(ITEMS, by="project"), Layout(ITEMS, cluster="building")]
)
def test_one_call_gives_the_table_whichever_way_it_is_added_up(layout, most, monkeypatch):
    monkeypatch.setattr("anju.stats.columns.table.MOST_CELLS", most)
    columns = answers(9)

    same(estimate_table(table(columns), layout), means(totals(table(columns), layout)))


def test_more_items_than_a_batch_and_no_weight_or_strata_are_taken():
    columns = answers(2)
    many = {**columns, **{f"i{at}": columns["clean"] * (at + 1) for at in range(7)}}
    layout = Layout([f"i{at}" for at in range(7)], cluster="building", by="project")

    found = means(crossed(table(many), layout))

    same(found, means(totals(table(many), layout)))
    assert found.mean[:, 6] == pytest.approx(7 * found.mean[:, 0])
    assert found.weight.tolist() == found.n.tolist()


def test_an_item_that_nobody_answered_first_has_its_figure_all_the_same():
    columns = answers(4, 1600)
    columns["safe"][:1000] = np.nan
    none = {**columns, "clean": np.full(1600, np.nan)}

    found = means(crossed(table(none), WHOLE))

    assert (found.n[:, 0] == 0).all()
    assert np.isfinite(found.se[:, 1]).all()


@pytest.mark.parametrize("added", [totals, crossed])
def test_a_gap_in_whole_numbers_is_one_group_without_a_name(added):
    columns = answers(6)
    years: list[int | None] = [None if at % 3 == 0 else 2020 + at % 3 for at in range(300)]
    made = pa.table({**columns, "year": pa.array(years)})

    found = means(added(ibis.memtable(made), Layout(["clean"], cluster="building", by="year")))

    assert found.groups == (2021, 2022, None)
    assert found.n.sum() == np.isfinite(columns["clean"]).sum()


def test_moments_refuse_what_sums_refuse():
    columns = answers(1)
    columns["stratum"] = np.where(np.arange(300) == 40, 99, columns["stratum"])

    with pytest.raises(BadDesign, match="two strata"):
        crossed(table(columns), WHOLE)
    with pytest.raises(BadArgument, match="take totals"):
        crossed(table(columns), Layout(["clean"]))


def test_a_file_is_opened_by_duckdb_and_told_in_the_types_of_the_expression(tmp_path):
    columns = answers(9)
    parquet.write_table(pa.table(columns), tmp_path / "it's.parquet")

    with source(tmp_path / "it's.parquet") as opened:
        found = means(totals(opened.table, WHOLE, opened.run))
        narrow = _typed(lambda asked: pa.table({"n": pa.array([1], pa.int16())}))
        told = narrow(opened.table.aggregate(n=opened.table.count()))

    same(found, means(totals(table(columns), WHOLE)))
    assert told.schema.field("n").type == pa.int64()


@pytest.mark.parametrize(
    ("engine", "extra"), [(Engine.SPARK, "spark"), (Engine.CHDB, "clickhouse")]
)
def test_an_engine_that_is_not_installed_is_refused_with_its_extra(
    engine, extra, tmp_path, monkeypatch
):
    def nothing(name):
        raise ImportError(name)

    monkeypatch.setattr("anju.stats.columns.engines.import_module", nothing)

    with pytest.raises(BadArgument, match=rf"install anju\[{extra}\]"), source(tmp_path, engine):
        pass
