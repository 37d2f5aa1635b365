"""Satisfaction under a design: one score a person, and errors of the whole of it."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats

from anju.stats.cautions import NO_DIFFERENCE
from anju.stats.design import Lonely, design
from anju.stats.estimate import mean
from anju.stats.formulas import composite
from anju.stats.ipa import Quadrant
from anju.stats.results import BadArgument, BadWeights, Method, NoAnswers, Suppressed, Unit
from anju.stats.sampling.scored import (
    composite_index,
    index_score,
    ipa,
    net_promoters,
    servqual,
    top_box,
)

CHANCE = np.random.default_rng(11)
PEOPLE = 240
MADE = design(
    CHANCE.uniform(1, 2, PEOPLE), strata=[at // 120 for at in range(PEOPLE)],
    clusters=[at // 4 for at in range(PEOPLE)],
)  # fmt: skip
Y = CHANCE.integers(1, 6, PEOPLE).astype(float)
TEN = design([1.0] * 10)


def test_the_top_box_leaves_gaps_out_and_the_index_runs_from_0_to_100():
    gap = np.where(np.arange(PEOPLE) < 40, np.nan, Y)
    top, index = top_box(MADE, gap, {4, 5}), index_score(MADE, Y, (1, 5))

    assert (top.n, top.unit) == (200, Unit.SHARE)
    assert top.estimate == pytest.approx(mean(MADE, np.where(np.isnan(gap), gap, gap > 3)).estimate)
    assert index.estimate == pytest.approx(25 * (mean(MADE, Y).estimate - 1))
    assert index.se == pytest.approx(25 * (mean(MADE, Y).se or 0))


def test_net_promoters_have_the_published_figure_and_variance():
    answers = [9.0] * 150 + [8.0] * 100 + [3.0] * 50
    found = net_promoters(design([1.0] * 300), answers)

    assert found.estimate == pytest.approx(100 / 3)
    assert found.se == pytest.approx(100 * np.sqrt((5 / 9) / 299))


@pytest.mark.parametrize("ask", [
    lambda: index_score(TEN, [6.0] * 10, (1, 5)),
    lambda: index_score(TEN, [1.0] * 10, (5, 1)),
    lambda: net_promoters(TEN, [10.5] * 10),
    lambda: composite_index(TEN, np.ones((10, 2)), composite({"a": 1}), ["a"]),
    lambda: servqual(TEN, [np.ones((10, 2))], [], ["a"]),
    lambda: servqual(TEN, [np.ones((10, 2))], [np.ones((10, 3))], ["a"]),
    lambda: servqual(TEN, [np.ones((10, 2))], [np.ones((10, 2))], ["a"], [[50, 50]]),
    lambda: ipa(TEN, np.ones((10, 2)), np.ones((10, 1)), ["a", "b"]),
])  # fmt: skip
def test_what_does_not_fit_is_refused(ask):
    with pytest.raises(BadArgument):
        ask()


def test_a_composite_is_one_score_a_person_and_half_must_be_answered():
    scores = np.column_stack([20 * Y, 100 - 10 * Y, 100 - 10 * Y])
    scores[:5, 1:] = np.nan
    formula = composite({"a": 0.4, "b": 0.6})
    found = composite_index(MADE, scores, formula, ["a", "b", "b"])

    assert (found.n, found.formula) == (PEOPLE - 5, formula.key)
    assert found.estimate == pytest.approx(
        mean(MADE, np.where(np.arange(PEOPLE) < 5, np.nan, 8 * Y + 60 - 6 * Y)).estimate
    )


def test_gaps_are_paired_and_the_published_example_is_met():
    wanted = (-0.65, -1.10, -0.83, -0.70, -1.01)
    noise = CHANCE.normal(0, 1, (PEOPLE, 1))
    felt = [5 + gap + noise for gap in wanted]
    found = servqual(MADE, felt, [5 + noise] * 5, list("abcde"))

    assert [one.estimate for _, one in found.dimensions] == pytest.approx(wanted)
    assert found.overall.estimate == pytest.approx(-0.858)
    assert found.overall.se is None  # everybody has the same gap: nothing says how far it is off
    assert found.overall.warnings[0] == NO_DIFFERENCE
    assert found.overall.unit is Unit.GAP


def test_points_weigh_the_gaps_of_each_person_and_must_make_a_hundred():
    felt = [CHANCE.normal(3, 1, (PEOPLE, 4)) for _ in "ab"]
    hoped = [np.full((PEOPLE, 4), 5.0)] * 2
    every = np.column_stack([np.linspace(0, 100, PEOPLE), np.linspace(100, 0, PEOPLE)])
    one = servqual(MADE, felt, hoped, ["a", "b"], [100, 0])
    own = servqual(MADE, felt, hoped, ["a", "b"], every)
    person = [(one.mean(axis=1) - 5) * every[:, at] / 100 for at, one in enumerate(felt)]

    assert one.overall.estimate == pytest.approx(one.dimensions[0][1].estimate)
    assert own.overall.se == pytest.approx(mean(MADE, person[0] + person[1]).se)
    with pytest.raises(BadWeights):
        servqual(MADE, felt, hoped, ["a", "b"], [0.5, 0.5])


def test_an_item_is_named_only_where_both_distances_exclude_nought():
    base = CHANCE.normal(70, 10, (PEOPLE, 1))
    felt = base + np.array([12, 12, -12, -12, 0.0]) + CHANCE.normal(0, 4, (PEOPLE, 5))
    weighed = base + np.array([9, -9, 9, -9, 0.0]) + CHANCE.normal(0, 4, (PEOPLE, 5))
    found = ipa(MADE, felt, weighed, list("abcde"))

    assert [one.quadrant for one in found] == [
        Quadrant.KEEP_UP, Quadrant.POSSIBLE_EXCESS, Quadrant.CONCENTRATE,
        Quadrant.LOW_PRIORITY, Quadrant.UNCLEAR,
    ]  # fmt: skip
    # What people have in common leaves the distance: its error is far below the item's own.
    assert (found[0].ahead.se or 1) < 0.5 * (found[0].performance.se or 0)
    assert found[0].ahead.estimate == pytest.approx(
        found[0].performance.estimate - np.mean([one.performance.estimate for one in found])
    )


def test_one_building_places_nothing():
    alone = design([1.0] * 6, clusters=[1] * 6, lonely=Lonely.CERTAIN)
    found = ipa(alone, CHANCE.normal(size=(6, 2)), CHANCE.normal(size=(6, 2)), ["a", "b"])

    assert [one.quadrant for one in found] == [Quadrant.UNCLEAR] * 2


def test_few_answers_and_silent_items_are_refused():
    with pytest.raises(Suppressed, match="4 answered"):
        index_score(TEN, [3.0] * 4 + [np.nan] * 6, (1, 5))
    with pytest.raises(NoAnswers, match="“b”"):
        ipa(TEN, np.array([[1.0, np.nan]] * 10), np.ones((10, 2)), ["a", "b"])


def test_five_answers_are_enough_and_four_are_not():
    five = design([1.0] * 5)

    assert index_score(five, [1, 2, 3, 4, 5], (1, 5)).estimate == 50
    with pytest.raises(Suppressed, match="4 answered"):
        index_score(five, [1, 2, 3, 4, np.nan], (1, 5))


def test_a_scale_with_one_value_has_no_index():
    with pytest.raises(BadArgument, match="between 3 and 3"):
        index_score(design([1.0] * 5), [3.0] * 5, (3, 3))


def test_seven_and_eight_are_neither_promoters_nor_detractors_and_eleven_is_no_answer():
    assert net_promoters(TEN, [0, 6, 7, 7, 8, 8, 9, 10, 10, 10]).estimate == pytest.approx(20)
    with pytest.raises(BadArgument, match="0 to 10"):
        net_promoters(TEN, [11, 6, 7, 7, 8, 8, 9, 10, 10, 10])


def test_items_beside_their_mean_have_the_error_of_that_difference():
    chance = np.random.default_rng(5)
    weights = chance.uniform(1, 4, 40)
    felt = chance.normal([2, 3, 4], 0.5, (40, 3))
    felt[0, 1] = felt[3, 2] = np.nan
    weighed = chance.normal([4, 3, 2], 0.5, (40, 3))
    told = ipa(design(weights), felt, weighed, ("a", "b", "c"), level=0.9)

    there = ~np.isnan(felt)
    held = weights[:, None] * there
    middle = np.nansum(held * felt, axis=0) / held.sum(axis=0)
    linear = np.where(there, held * (felt - middle), 0.0) / held.sum(axis=0)
    apart = linear - linear.mean(axis=1, keepdims=True)
    for at, one in enumerate(told):
        gap, se = middle[at] - middle.mean(), np.sqrt(40 * apart[:, at].var(ddof=1))
        wide = scipy.stats.t.ppf(0.95, 39) * se
        assert (one.ahead.estimate, one.ahead.se) == pytest.approx((gap, se))
        assert (one.ahead.ci_low, one.ahead.ci_high) == pytest.approx((gap - wide, gap + wide))
    quadrants = [one.quadrant for one in told]
    assert quadrants == [Quadrant.CONCENTRATE, Quadrant.UNCLEAR, Quadrant.POSSIBLE_EXCESS]


def test_two_people_place_nothing_they_cannot_tell():
    told = ipa(design([1.0, 1.0]), [[1.0, 5.0], [2.0, 5.0]], [[5.0, 1.0], [5.0, 2.0]], ("a", "b"))

    assert all(one.ahead.se is not None for one in told)


def test_an_item_is_placed_only_where_both_sides_can_be_told():
    chance = np.random.default_rng(6)
    felt = chance.normal(3, 0.5, 40)
    felt = np.column_stack([felt, felt[::-1]])  # the same mean to the last digit
    weighed = chance.normal([2, 4], 0.3, (40, 2))

    told = ipa(design([1.0] * 40), felt, weighed, ("a", "b"))
    turned = ipa(design([1.0] * 40), weighed, felt, ("a", "b"))

    assert {one.quadrant for one in (*told, *turned)} == {Quadrant.UNCLEAR}


def test_two_items_of_two_people_lie_equally_far_from_their_mean():
    told = ipa(design([1.0, 1.0]), [[1.0, 5.0], [2.0, 5.0]], [[5.0, 1.0], [5.0, 2.0]], ("a", "b"))

    assert told[1].ahead.se == pytest.approx(told[0].ahead.se)
    assert told[1].ahead.estimate == pytest.approx(-told[0].ahead.estimate)


@pytest.mark.parametrize("scores", [[50.0] * 10, [[50.0, 40.0, 30.0]] * 10])
def test_scores_without_a_column_for_each_item_are_refused(scores):
    with pytest.raises(BadArgument, match="column of scores"):
        composite_index(TEN, scores, composite({"a": 0.5, "b": 0.5}), ("a", "b"))


HOUSES = [place // 3 for place in range(12)]
ONE_STANDS = np.column_stack([np.full(12, 4.0), [3, 5, 4, 2, 1, 4, 5, 5, 3, 2, 4, 1.0]])


def aheads(made, table):
    """Return each item's distance from the mean of all items, of answers and importance alike."""
    told = ipa(made, table, table, [f"i{at}" for at in range(table.shape[1])])
    return [one.ahead for one in told]


def test_an_item_that_stands_still_has_the_error_of_those_it_is_compared_with():
    still, moving = aheads(design([1.0] * 12, clusters=HOUSES), ONE_STANDS)

    assert still.se == pytest.approx(moving.se)
    assert still.df == moving.df == 3
    assert still.ci_low is not None
    assert still.ci_low < still.estimate < still.ci_high
    assert [one.code for one in still.warnings] == ["few-clusters"]
    assert still.method is Method.LINEAR


@pytest.mark.parametrize("values", [(4.0, 3.0), (0.0, 0.0), (1e9 / 3, 1e9 / 7)])
def test_items_that_all_stand_still_have_no_error_to_be_seen(values):
    made = design(np.linspace(0.3, 2.9, 12), clusters=HOUSES)

    for one in aheads(made, np.tile(values, (12, 1))):
        assert (one.se, one.df, one.ci_low, one.ci_high) == (None,) * 4
        assert one.method is Method.NONE
        assert [caution.code for caution in one.warnings] == ["no-difference", "few-clusters"]


def test_people_who_were_all_asked_leave_no_error_and_that_is_known():
    whole = design([1.0] * 12, clusters=HOUSES, population=[4] * 12)

    for table in (ONE_STANDS, np.tile([4.0, 3.0], (12, 1))):
        assert [one.se for one in aheads(whole, table)] == [0.0, 0.0]
        assert all(NO_DIFFERENCE not in one.warnings for one in aheads(whole, table))


def test_items_answered_in_one_cluster_and_designs_without_freedom_have_no_interval():
    inside = np.where(np.array(HOUSES)[:, None] == 1, ONE_STANDS, np.nan)
    free_of = design([1.0] * 6, strata=[0, 0, 0, 1, 1, 1], clusters=[0, 0, 0, 1, 1, 1], lonely=Lonely.CENTRE)  # fmt: skip

    for one in (*aheads(design([1.0] * 12, clusters=HOUSES), inside), *aheads(free_of, ONE_STANDS[:6, ::-1])):  # fmt: skip
        assert (one.se, one.ci_low, one.ci_high) == (None, None, None)
    assert aheads(design([1.0] * 12, clusters=HOUSES), inside)[0].warnings[0].code == "one-cluster"
