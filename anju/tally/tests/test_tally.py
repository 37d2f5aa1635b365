"""The small tables say exactly what the rows say, weighted or not, whole or in parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.answers.rules.answers import AnswerSet, ItemDef
from anju.insight.tests.cast import FIVE, ITEMS, THREE, estate, pairs, single
from anju.stats.results import BadArgument
from anju.tally.count import tally
from anju.tally.scores import default_recipe
from anju.tally.tables import Tally, merge


def part(answers: AnswerSet, keep: np.ndarray) -> AnswerSet:
    def cut(values: tuple) -> tuple:
        return tuple(value for value, there in zip(values, keep, strict=True) if there)

    return replace(
        answers,
        levels=answers.levels[keep],
        count=answers.count[keep],
        weight=answers.weight[keep],
        groups={kind: cut(labels) for kind, labels in answers.groups.items()},
        households=cut(answers.households),
        answered=cut(answers.answered),
    )


def numbers(found: Tally) -> dict:
    def near(values):
        return tuple(round(float(value), 6) for value in values)

    return {
        group.key: (
            group.people,
            group.households,
            tuple((h.n, h.missing, h.households) for h in group.hists),
            {n: near((s.sums.n, s.sums.ws, s.sums.wss)) for n, s in group.scores.items()},
        )
        for group in found.groups
        if group.people
    }


def test_a_histogram_counts_each_level_and_keeps_the_missing_apart():
    answers = estate()
    found = tally(answers).whole.hists[0]
    column = answers.levels[:, 0]
    assert found.n == tuple(int((column == level).sum()) for level in range(6))
    assert found.missing == int((column == -1).sum()) > 0
    assert found.households == int(((column >= 0) & (column < 5)).sum())


def test_a_row_stands_for_as_many_owners_as_its_count_says():
    answers = replace(single(THREE, (1, 1, 1)), count=np.array([2, 0, 5], dtype=np.int64))
    found = tally(answers).whole
    assert (found.people, found.households, found.hists[0].n) == (7, 7, (2, 0, 5))


def test_a_household_that_answers_twice_counts_once():
    answers = replace(single(THREE, (1, 1, 2)), households=("a", "a", "b", None))
    found = tally(answers).whole
    assert (found.people, found.households) == (4, 3)


def test_weights_are_added_up_by_level_and_leave_the_numbers_of_people_alone():
    answers = replace(single(THREE, (1, 0, 2)), weight=np.array([0.5, 1.0, 2.0]))
    found = tally(answers).whole.hists[0]
    assert found.n == (1, 0, 2)
    assert found.weights == (0.5, 0.0, 3.0)
    assert found.squares == (0.25, 0.0, 5.0)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_parts_of_a_wave_merge_to_the_whole(seed):
    answers = estate()
    keep = np.random.default_rng(seed).random(len(answers.count)) < 0.5
    if keep.all() or not keep.any():
        return
    both = merge(tally(part(answers, keep)), tally(part(answers, ~keep)))
    assert numbers(both) == numbers(tally(answers))
    assert both.timing == tally(answers).timing


def test_parts_with_different_items_do_not_merge():
    with pytest.raises(BadArgument):
        merge(tally(estate()), tally(pairs()))


def test_weighted_and_unweighted_parts_merge_with_weight_one():
    heavy = replace(single(THREE, (1, 0, 2)), weight=np.full(3, 2.0))
    found = merge(tally(heavy), tally(single(THREE, (1, 1, 0)))).whole.hists[0]
    assert (found.n, found.weights, found.squares) == ((2, 1, 2), (3.0, 1.0, 4.0), (5.0, 1.0, 8.0))


def test_buildings_are_known_to_lie_inside_use_types():
    nests = {(nest.fine, nest.coarse): dict(nest.pairs) for nest in tally(estate()).nests}
    assert nests["building", "use_type"]["临街商铺"] == "商铺"
    assert ("mode", "building") not in nests


def test_a_nest_that_the_other_part_contradicts_is_dropped():
    one = single(THREE, (2, 1, 1), fine=("a", "a", "b", "c"), coarse=("x", "x", "y", "y"))
    other = single(THREE, (2, 1, 1), fine=("a", "a", "b", "c"), coarse=("y", "y", "y", "x"))
    assert tally(one).nests
    assert not merge(tally(one), tally(other)).nests


def test_the_index_over_several_items_weighs_dimensions_alike():
    recipe = default_recipe(ITEMS)
    assert dict(recipe.weights) == pytest.approx(dict.fromkeys(dict(recipe.weights), 0.2))
    assert recipe.satisfaction == tuple(range(7))


def test_items_without_dimensions_weigh_alike():
    items = (ItemDef("a", "a", "a", FIVE), ItemDef("b", "b", "b", FIVE))
    assert default_recipe(items).by_item
    assert dict(default_recipe(items).weights) == {"a": 0.5, "b": 0.5}


def test_gaps_are_paired_within_a_person():
    answers = pairs()
    found = tally(answers)
    expected, perceived = answers.levels[:, 0] + 1.0, answers.levels[:, 1] + 1.0
    sums = found.whole.scores["gap:tangibles"].sums
    assert sums.mean == pytest.approx((perceived - expected).mean())
    sign = next(sign for sign in found.signs if sign.key == "tangibles")
    assert (sign.above, sign.equal, sign.below) == (
        int((perceived > expected).sum()),
        int((perceived == expected).sum()),
        int((perceived < expected).sum()),
    )


def test_times_fall_into_bands_and_a_date_alone_has_no_time_of_day():
    answers = single(THREE, (1, 1, 1))
    hours = (datetime(2026, 3, 5, 9), datetime(2026, 3, 15, 14), datetime(2026, 8, 28, 21))  # noqa: DTZ001
    found = tally(replace(answers, answered=hours)).timing
    assert dict(found.day) == {"morning": 1, "afternoon": 1, "evening": 1}
    assert dict(found.month) == {"start": 1, "middle": 1, "end": 1}
    assert dict(found.half) == {"H1": 2, "H2": 1}
    days = tuple(moment.replace(hour=0) for moment in hours)
    assert tally(replace(answers, answered=days)).timing.day == ()
