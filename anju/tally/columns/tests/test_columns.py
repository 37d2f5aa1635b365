"""The small tables give what the rows gave, in any order, in parts or whole, before and after disk."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from anju.answers.rules.answers import AnswerSet
from anju.insight.tests.cast import THREE, estate, single
from anju.stats.columns.means import means
from anju.stats.columns.totals import merge
from anju.stats.design import design
from anju.stats.estimate import means_by
from anju.tally.columns.kept import drop_others, read_answers, read_small, write
from anju.tally.columns.read import cross_products, hists, item_totals
from anju.tally.columns.rows import table_of
from anju.tally.columns.small import NAMES, Small, main_item, small_of
from anju.tally.count import tally
from anju.tally.scores import values_of


@pytest.fixture(scope="module")
def answers() -> AnswerSet:
    found = estate(seed=4)
    chance = np.random.default_rng(4)
    return replace(found, weight=np.round(chance.uniform(0.5, 3, len(found.count)), 2))


@pytest.fixture(scope="module")
def small(answers) -> Small:
    return made(answers)


def made(answers: AnswerSet) -> Small:
    counted = tally(answers)
    return small_of(table_of(answers, counted.recipe), counted.items, counted.recipe)


def rows_of(answers: AnswerSet) -> pa.Table:
    return table_of(answers, tally(answers).recipe)


def picked(answers: AnswerSet, order: np.ndarray) -> AnswerSet:
    """The answers of some rows, in another order."""
    return replace(
        answers,
        levels=answers.levels[order],
        count=answers.count[order],
        weight=answers.weight[order],
        groups={k: tuple(v[at] for at in order) for k, v in answers.groups.items()},
        households=tuple(answers.households[at] for at in order),
        answered=tuple(answers.answered[at] for at in order),
    )


def index_of(answers: AnswerSet, place: int) -> np.ndarray:
    scale = answers.items[place].scale
    return 100 * (values_of(answers, place) - scale.minimum) / (scale.maximum - scale.minimum)


def test_people_by_level_are_those_that_the_rows_gave_for_everybody_and_each_building(
    answers, small
):
    counted = tally(answers)

    for place, hist in enumerate(counted.whole.hists):
        found = hists(small, place, len(hist.n))[None]
        assert (found.n, found.missing) == (hist.n, hist.missing)
        assert found.weights == pytest.approx(hist.weights, abs=1e-9)
        assert found.squares == pytest.approx(hist.squares, abs=1e-9)
    for group in counted.of_kind("building"):
        found = hists(small, 2, len(group.hists[2].n))[group.label]
        assert (found.n, found.missing) == (group.hists[2].n, group.hists[2].missing)


def test_means_and_their_errors_from_the_tables_are_those_from_rows(answers, small):
    table = means(item_totals(small, answers.items))

    for place in range(len(answers.items)):
        rows = means_by(
            design(answers.weight), index_of(answers, place), list(answers.groups["building"])
        )
        for one in rows:
            at = table.groups.index(one.key)
            assert table.mean[at, place] == pytest.approx(one.estimate.estimate, abs=1e-9)
            se = np.nan if one.estimate.se is None else one.estimate.se
            assert table.se[at, place] == pytest.approx(se, abs=1e-9, nan_ok=True)


def test_parts_of_a_wave_add_up_to_the_whole(answers, small):
    order = np.random.default_rng(1).permutation(len(answers.count))
    parts = [
        item_totals(made(picked(answers, part)), answers.items) for part in (order[:90], order[90:])
    ]

    one, two = means(merge(parts)), means(item_totals(small, answers.items))

    assert one.groups == two.groups
    assert one.mean == pytest.approx(two.mean, abs=1e-9)
    assert one.se == pytest.approx(two.se, abs=1e-9, nan_ok=True)
    assert np.isfinite(two.se).sum() > two.se.size / 2


def test_the_order_of_rows_shows_nowhere(answers, small, tmp_path):
    order = np.random.default_rng(2).permutation(len(answers.count))
    other = picked(answers, order)

    assert write(tmp_path, rows_of(answers), small) == write(tmp_path, rows_of(other), made(other))


def test_cross_products_are_those_of_complete_rows(answers, small):
    asked = tally(answers).recipe.satisfaction
    values = np.column_stack([index_of(answers, place) for place in asked]) - 50
    whole = ~np.isnan(values).any(axis=1)
    w, y = answers.weight[whole], values[whole]

    found = cross_products(small, asked)

    assert (found.n, found.weight) == (int(whole.sum()), pytest.approx(w.sum()))
    assert found.sums == pytest.approx(w @ y, abs=1e-8)
    assert found.products == pytest.approx(y.T @ (y * w[:, None]), abs=1e-6)


def test_no_home_row_or_instant_is_in_the_snapshot(answers):
    found = rows_of(answers)

    assert set(found.column_names) == {
        "stratum", "psu", "use_type", "mode", "day", "third", "half", "n", "w", "score",
        *(f"i{place}" for place in range(len(answers.items))),
    }  # fmt: skip
    said = str(found.to_pydict())
    assert not any(home in said for home in answers.households)


def test_a_snapshot_is_read_as_it_was_written_and_never_when_it_was_changed(
    answers, small, tmp_path
):
    rows = rows_of(answers)
    digest = write(tmp_path, rows, small)

    read = read_small(tmp_path, digest)
    assert read is not None
    assert all(getattr(read, name).equals(getattr(small, name)) for name in NAMES)
    assert read_answers(tmp_path, digest).equals(rows)
    assert not list(tmp_path.glob("*.partial"))
    (tmp_path / digest / "slots.parquet").write_bytes(b"other")
    assert read_small(tmp_path, digest) is None
    (tmp_path / digest / "slots.parquet").unlink()
    assert read_small(tmp_path, digest) is None
    (tmp_path / digest / "manifest.json").write_text("{}")
    assert read_small(tmp_path, digest) is None
    assert read_answers(tmp_path, digest) is None
    assert read_small(tmp_path, "0" * 64) is None


def test_older_snapshots_go_and_the_named_one_stays(answers, small, tmp_path):
    digest = write(tmp_path, rows_of(answers), small)
    write(tmp_path, rows_of(answers).slice(0, 5), small)

    assert drop_others(tmp_path, digest) == 1
    assert [one.name for one in tmp_path.iterdir()] == [digest]
    assert drop_others(tmp_path / "nowhere", digest) == 0


def test_a_wave_without_answers_or_items_has_empty_tables():
    nobody = replace(
        single(THREE, (1, 0, 0)),
        items=(),
        levels=np.zeros((1, 0), dtype=np.int16),
    )

    found = made(nobody)

    assert found.psu_hist.num_rows == 0
    assert found.main is None
    assert isinstance(found.gram, pa.Table)


def test_the_only_item_is_the_main_one_and_times_are_told_by_it():
    found = made(single(THREE, (3, 2, 1)))

    assert found.main == 0
    assert found.rake_cells.column("n").to_pylist() == [3, 2, 1]
    assert main_item(tally(estate()).recipe) is None
