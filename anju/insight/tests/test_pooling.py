"""Small buildings beside each other: pooled, never ranked beyond what can be told, none hidden shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anju.insight.measured.facts import Frame, Options, WaveFacts
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.tests.cast import AT, THREE, estate, single
from anju.tally.count import tally

FACTS = WaveFacts("2026年秋季", AT, issued=900)


def houses(sizes, shares, seed=1, weights=None):
    """Answers of one item in buildings of these sizes, satisfied by these shares."""
    chance = np.random.default_rng(seed)
    rows = [
        (int(2 if chance.random() < share else chance.integers(0, 2)), f"{at + 1}栋")
        for at, (size, share) in enumerate(zip(sizes, shares, strict=True))
        for _ in range(size)
    ]
    rows.sort(key=lambda row: row[0])
    found = single(THREE, tuple(sum(level == at for level, _ in rows) for at in range(3)))
    found = replace(found, groups={"building": tuple(house for _, house in rows)})
    return found if weights is None else replace(found, weight=weights(len(rows)))


def pooling(answers, **options):
    return build(tally(answers), FACTS, options=Options(**options)).pooling


def section(answers, language):
    written = document(build(tally(answers), FACTS), language)
    return next((one for one in written.sections if one.key == "pooled"), None)


SIZES, SHARES = (60, 50, 40, 30, 14, 10), (0.8, 0.6, 0.4, 0.3, 0.3, 0.2)


def test_a_small_building_is_drawn_further_than_a_large_one():
    found = pooling(houses(SIZES, SHARES))

    rows = {row.label: row for row in found.rows}
    assert rows["1栋"].own > rows["6栋"].own
    for row in found.rows:
        assert min(row.direct, found.centre) <= row.pooled <= max(row.direct, found.centre)
        assert row.low <= row.pooled <= row.high
        assert 1 <= row.best <= row.worst <= 6


def test_buildings_alike_cannot_be_told_apart_and_the_title_says_so():
    found = pooling(houses((20,) * 6, (0.7,) * 6))

    assert {(row.best, row.worst) for row in found.rows} == {(1, 6)}
    assert "无法区分" in found.title.zh
    assert "cannot be told apart" in found.title.en


def test_a_building_far_below_has_a_place_of_its_own():
    found = pooling(houses((200,) * 5, (0.95, 0.95, 0.95, 0.95, 0.2)))

    low = next(row for row in found.rows if row.label == "5栋")
    assert (low.best, low.worst) == (5, 5)
    assert "5栋楼中，4栋可能最高，1栋可能最低" in found.title.zh


def test_a_building_that_is_kept_back_is_in_no_pool():
    answers = houses((40, 40, 40, 40, 40, 40, 3), (0.9, 0.6, 0.8, 0.7, 0.9, 0.5, 0.1))

    found = pooling(answers)

    labels = {row.label for row in found.rows}
    assert "7栋" not in labels
    assert found.left == 7 - len(labels)
    assert any("不参加合并" in note for note in section(answers, "zh").notes)


def test_places_follow_the_same_comparisons_as_the_table_of_buildings():
    frames = tuple(Frame("building", f"{at}栋", population=32) for at in range(1, 7))
    answers = houses((30,) * 6, (0.9, 0.3, 0.3, 0.35, 0.4, 0.3), seed=3)

    found = build(tally(answers), replace(FACTS, frames=frames))

    cut = next(cut for cut in found.breakdowns if cut.kind == "building")
    apart = {label for pair in cut.pairs if pair.told_apart for label in (pair.a, pair.b)}
    moved = {row.label for row in found.pooling.rows if (row.best, row.worst) != (1, 6)}
    assert moved == apart
    assert all(row.own > 0.5 for row in found.pooling.rows)


def test_fewer_than_five_buildings_are_not_pooled():
    assert pooling(houses((20,) * 4, (0.7,) * 4)) is None
    assert section(houses((20,) * 4, (0.7,) * 4), "zh") is None


def test_buildings_within_which_all_answer_alike_are_not_pooled():
    assert pooling(houses((20,) * 6, (1.0,) * 6)) is None


def test_weights_count_in_the_direct_figures():
    plain = houses(SIZES, SHARES)
    doubled = replace(plain, weight=np.full(len(plain.count), 2.0))

    for one, two in zip(pooling(plain).rows, pooling(doubled).rows, strict=True):
        assert (one.label, one.direct) == (two.label, pytest.approx(two.direct))


@pytest.mark.parametrize(("language", "word"), [("zh", "本楼的分量"), ("en", "Own voice")])
def test_direct_stands_beside_pooled_with_places_in_words(language, word):
    found = section(estate(seed=20), language)

    assert word in [column.label for column in found.columns]
    assert all(len(row.cells) == 6 for row in found.rows)
    assert all(row.marks for row in found.rows)
