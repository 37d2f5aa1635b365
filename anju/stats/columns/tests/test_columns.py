"""Totals from an engine give what rows give: on random designs, in any order, in parts or whole."""

from dataclasses import replace

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.stats.columns.means import Table, means
from anju.stats.columns.relation import Layout, totals
from anju.stats.columns.totals import Totals, merge
from anju.stats.design import Lonely, design
from anju.stats.estimate import means_by
from anju.stats.results import BadArgument, BadDesign, NoAnswers

ITEMS = ("clean", "safe")
WHOLE = Layout(ITEMS, "weight", "stratum", "building", "project", "size")
PLAIN = Layout(ITEMS, "weight", "stratum", None, "project", None)


def answers(seed: int, n: int = 300) -> dict[str, np.ndarray]:
    """Answers of owners in 24 buildings of 4 strata, in three projects across them, with gaps."""
    chance = np.random.default_rng(seed)
    building = np.concatenate([np.arange(24), chance.integers(0, 24, n - 24)])
    y = np.round(chance.normal(70, 12, (n, 2)), 1)
    y[chance.random((n, 2)) < 0.15] = np.nan
    return {
        "building": building, "stratum": building % 4, "weight": chance.uniform(0.5, 3, n),
        "project": np.array(["A", "B", "C"])[chance.integers(0, 3, n)],
        "size": np.full(n, 9.0), "clean": y[:, 0], "safe": y[:, 1],
    }  # fmt: skip


def table(columns: dict[str, np.ndarray]) -> ibis.Table:
    return ibis.memtable(pa.table(columns))


def same(one: Table, two: Table, close: float = 1e-9) -> None:
    assert one.groups == two.groups
    for name in ("mean", "se", "low", "high", "n"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), rel=close, nan_ok=True)
    assert one.df == two.df


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([WHOLE, PLAIN]))
def test_the_engine_gives_what_rows_give(seed, layout):
    columns = answers(seed)
    made = design(
        columns["weight"], strata=list(columns["stratum"]),
        clusters=list(columns["building"]) if layout.cluster else None,
        population=9 if layout.population else None,
    )  # fmt: skip

    found = means(totals(table(columns), layout))

    for place, item in enumerate(ITEMS):
        rows = {
            one.key: one.estimate for one in means_by(made, columns[item], list(columns["project"]))
        }
        for group, name in enumerate(found.groups):
            assert found.mean[group, place] == pytest.approx(rows[name].estimate, rel=1e-10)
            if rows[name].se is None:
                assert np.isnan(found.se[group, place])
                continue
            assert found.se[group, place] == pytest.approx(rows[name].se, rel=1e-9)
            assert found.low[group, place] == pytest.approx(rows[name].ci_low, rel=1e-9)
            assert found.high[group, place] == pytest.approx(rows[name].ci_high, rel=1e-9)
            assert (found.n[group, place], found.df) == (rows[name].n, rows[name].df)


@pytest.mark.parametrize("layout", [WHOLE, PLAIN, Layout(ITEMS, cluster="building"), Layout(ITEMS)])
@pytest.mark.parametrize("gap", [None, 1, 299])
def test_gaps_are_seen_wherever_they_lie(layout, gap, monkeypatch):
    """First rows without a gap promise nothing: a later one has the whole table added up again."""
    monkeypatch.setattr("anju.stats.columns.relation.FIRST", 50)
    columns = answers(4)
    columns["safe"] = np.nan_to_num(columns["safe"], nan=70.0)
    columns["clean"] = np.nan_to_num(columns["clean"], nan=60.0)
    if gap is not None:
        columns["clean"][gap] = np.nan
    known = ~np.isnan(columns["clean"])

    found = totals(table(columns), layout)

    weight = columns["weight"] if layout.weight else np.ones(300)
    assert found.n.sum(axis=0).tolist() == [known.sum(), 300]
    assert found.weight.sum(axis=0) == pytest.approx([weight[known].sum(), weight.sum()])
    assert found.sums.sum(axis=0)[0] == pytest.approx((weight * columns["clean"])[known].sum())
    if found.squares is not None:
        assert found.squares[0].sum(axis=0)[0] == pytest.approx((weight[known] ** 2).sum())


@pytest.mark.parametrize("gap", [None, float("nan"), 0.0, -1.0, float("inf")])
def test_a_row_without_a_weight_that_is_one_is_counted_and_refused(gap):
    columns = answers(6)
    told = pa.table({**columns, "weight": pa.array([*columns["weight"][:-2], gap, gap])})

    with pytest.raises(BadDesign, match="2 rows have no weight"):
        totals(ibis.memtable(told), WHOLE)


@pytest.mark.parametrize("layout", [WHOLE, PLAIN])
def test_a_file_gives_what_the_table_in_memory_gives(layout, tmp_path):
    columns = answers(11)
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    engine = ibis.duckdb.connect()

    stored = means(totals(engine.read_parquet(tmp_path / "a.parquet", can_have_nan=True), layout))

    same(stored, means(totals(table(columns), layout)))
    held = np.isfinite(columns["clean"])
    assert stored.n[:, 0].sum() == held.sum()
    assert (stored.mean > 50).all()


def test_an_engine_that_overlooks_nan_is_refused_and_never_believed(tmp_path):
    parquet.write_table(pa.table(answers(11)), tmp_path / "a.parquet")

    with pytest.raises(BadArgument, match="not finite"):
        totals(ibis.duckdb.connect().read_parquet(tmp_path / "a.parquet"), WHOLE)


@pytest.mark.parametrize("layout", [WHOLE, PLAIN])
def test_order_weight_scale_and_parts_change_nothing(layout):
    columns = answers(5)
    whole = means(totals(table(columns), layout))
    turned = {name: column[::-1] for name, column in columns.items()}
    heavier = {**columns, "weight": 7.5 * columns["weight"]}
    parts = [
        totals(table({name: column[rows] for name, column in columns.items()}), layout)
        for rows in (slice(0, 90), slice(90, 200), slice(200, None))
    ]

    same(whole, means(totals(table(turned), layout)))
    same(whole, means(totals(table(heavier), layout)))
    same(whole, means(merge(parts)))
    same(whole, means(merge(parts[::-1])))


def test_without_a_design_each_row_counts_once_and_there_is_one_group():
    columns = answers(8)

    found = means(totals(table(columns), Layout(["clean"])))

    held = columns["clean"][np.isfinite(columns["clean"])]
    assert found.groups == ("",)
    assert found.mean[0, 0] == pytest.approx(held.mean())
    assert found.n[0, 0] == len(held)


def test_a_group_in_which_nobody_answered_an_item_has_no_figure_and_says_so_by_its_number():
    columns = answers(3)
    columns["safe"] = np.where(columns["project"] == "B", np.nan, columns["safe"])

    found = means(totals(table(columns), WHOLE))

    at = found.groups.index("B")
    assert found.n[at, 1] == 0
    assert np.isnan(found.mean[at, 1])
    assert np.isfinite(found.mean[at, 0])


def test_whole_numbers_gaps_and_truth_values_are_answers():
    columns = pa.table({"q": pa.array([1, None, 5, 3]), "yes": pa.array([True, False, None, True])})

    found = means(totals(ibis.memtable(columns), Layout(["q", "yes"])))

    assert found.mean[0] == pytest.approx([3, 2 / 3])
    assert found.n[0] == pytest.approx([3, 3])


@pytest.mark.parametrize(
    ("change", "layout", "field"),
    [
        ({"clean": np.inf}, WHOLE, "clean"),
        ({"weight": -1.0}, WHOLE, "weight"),
        ({"weight": np.nan}, WHOLE, "weight"),
        ({"size": 2.0}, WHOLE, "population"),
        ({"size": np.nan}, WHOLE, "size"),
        ({}, Layout(["clean"], by="elsewhere"), "elsewhere"),
        ({}, Layout(["project"]), "project"),
        ({}, Layout([]), "items"),
        ({"stratum": 99}, WHOLE, "clusters"),
    ],
)
def test_columns_that_cannot_be_are_refused_by_name(change, layout, field):
    columns = answers(1)
    for name, value in change.items():
        columns[name] = np.where(np.arange(300) == 40, value, columns[name])
        if name == "size" and np.isfinite(value):
            columns[name] = np.full(300, value)

    with pytest.raises((BadArgument, BadDesign)) as refused:
        means(totals(table(columns), layout))
    assert refused.value.field == field


def test_an_empty_table_and_no_parts_are_refused():
    with pytest.raises(NoAnswers):
        totals(table({name: column[:0] for name, column in answers(1).items()}), WHOLE)
    with pytest.raises(NoAnswers):
        merge([])


def test_parts_that_do_not_belong_together_are_refused():
    columns = answers(1)
    clustered, plain = (totals(table(columns), layout) for layout in (WHOLE, PLAIN))
    larger = totals(table({**columns, "size": np.full(300, 12.0)}), WHOLE)

    with pytest.raises(BadArgument):
        merge([clustered, plain])
    with pytest.raises(BadArgument):
        merge([clustered, totals(table(columns), replace(WHOLE, items=("clean",)))])
    with pytest.raises(BadDesign):
        merge([clustered, larger])


def test_a_lonely_cluster_is_refused_unless_it_was_drawn_with_certainty():
    columns = answers(1)
    columns["stratum"] = np.where(columns["building"] == 3, 77, columns["stratum"])
    columns["size"] = np.full(300, 20.0)
    made: Totals = totals(table(columns), WHOLE)

    with pytest.raises(BadDesign) as refused:
        means(made)
    assert refused.value.field == "lonely"
    rows = design(
        columns["weight"], strata=list(columns["stratum"]), clusters=list(columns["building"]),
        population=20, lonely=Lonely.CERTAIN,
    )  # fmt: skip
    found = means(made, lonely=Lonely.CERTAIN)
    reference = means_by(rows, columns["clean"], list(columns["project"]))
    for one in reference:
        assert found.se[found.groups.index(one.key), 0] == pytest.approx(one.estimate.se, rel=1e-9)
    with pytest.raises(BadArgument):
        means(made, lonely=Lonely.CENTRE)


def small(weight, stratum, size, clusters=None):
    many = len(weight)
    columns = {
        "weight": np.array(weight), "stratum": np.array(stratum), "size": np.array(size, dtype=float),
        "project": np.full(many, "A"), "building": np.array(clusters or range(many)),
        "clean": np.arange(many) ** 2.0, "safe": np.arange(many) + 1.0,
    }  # fmt: skip
    layout = Layout(ITEMS, "weight", "stratum", "building" if clusters else None, "project", "size")
    return columns, layout


@pytest.mark.parametrize("clusters", [None, [0, 1, 2, 3, 4, 4]])
def test_strata_of_two_and_a_lonely_one_give_what_rows_give(clusters):
    columns, layout = small([1.0, 2.0, 1.5, 1.0, 3.0, 2.5], [0, 0, 1, 1, 2, 2 if clusters else 3], [9] * 6, clusters)  # fmt: skip
    made = design(
        columns["weight"], strata=list(columns["stratum"]), clusters=clusters, population=9,
        lonely=Lonely.CERTAIN,
    )  # fmt: skip

    found = means(totals(table(columns), layout), lonely=Lonely.CERTAIN)

    (rows,) = means_by(made, columns["clean"], list(columns["project"]))
    assert found.se[0, 0] == pytest.approx(rows.estimate.se)
    assert (found.df, found.high[0, 0]) == (rows.estimate.df, pytest.approx(rows.estimate.ci_high))


def test_a_stratum_asked_whole_may_be_lonely_and_more_than_whole_is_refused():
    columns, layout = small([1.0, 1.0, 2.0, 2.0], [0, 1, 2, 2], [1, 1, 3, 3])
    assert np.isfinite(means(totals(table(columns), layout)).se).all()

    columns, layout = small([1.0, 1.0, 2.0], [0, 0, 0], [2, 2, 2])
    with pytest.raises(BadDesign, match="3 were drawn from 2"):
        means(totals(table(columns), layout))


def test_without_weights_each_answer_weighs_one():
    columns = answers(3)
    found = means(totals(table(columns), Layout(ITEMS, by="project")))

    assert found.weight.tolist() == found.n.tolist()


def test_a_weight_of_nought_is_refused():
    columns, layout = small([1.0, 0.0, 2.0], [0, 0, 0], [9, 9, 9])
    with pytest.raises(BadDesign):
        means(totals(table(columns), layout))
