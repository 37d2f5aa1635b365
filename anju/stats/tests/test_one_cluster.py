"""A mean whose answers lie in one cluster has no error to be seen: it says so, from rows and from sums."""

from __future__ import annotations

from dataclasses import replace

import ibis
import numpy as np
import pyarrow as pa
import pytest

from anju.stats import estimate as est
from anju.stats.cautions import NO_DIFFERENCE, ONE_ANSWER, ONE_CLUSTER, STILL, UNBALANCED
from anju.stats.columns.crossed import crossed
from anju.stats.columns.means import means
from anju.stats.columns.relation import Layout, totals
from anju.stats.design import Lonely, design
from anju.stats.results import Estimate, Method

# Four buildings of three; group "own" is one building, "two" lies in two, "one" is a single answer.
BUILDING = np.repeat(["a", "b", "c", "d"], 3)
GROUP = np.array(["own"] * 3 + ["two"] * 5 + ["one"] + ["rest"] * 3)
Y = np.array([3.0, 5, 4, 2, 1, 4, 5, 5, 3, 2, 4, 1])
DRAWN = design(np.ones(12), clusters=list(BUILDING), population=[8] * 12)
WHOLE = design(np.ones(12), clusters=list(BUILDING), population=[4] * 12)


def bare(found: Estimate) -> bool:
    return (found.se, found.ci_low, found.ci_high, found.df) == (None,) * 4


def test_a_group_that_is_one_cluster_has_its_mean_and_no_interval():
    found = {one.key: one.estimate for one in est.means_by(DRAWN, Y, list(GROUP))}

    assert found["own"].estimate == 4.0
    assert bare(found["own"])
    assert found["own"].method is Method.NONE
    assert found["own"].warnings[0] == ONE_CLUSTER
    assert found["two"].se is not None
    assert ONE_CLUSTER not in found["two"].warnings


def test_a_single_answer_says_that_it_is_one():
    found = {one.key: one.estimate for one in est.means_by(DRAWN, Y, list(GROUP))}

    assert bare(found["one"])
    assert found["one"].warnings[0] == ONE_ANSWER
    alone = est.means_by(design(np.ones(12)), Y, list(GROUP))
    assert [one.key for one in alone if bare(one.estimate)] == ["one"]


def test_a_stratum_that_was_drawn_whole_has_no_error_and_that_is_known():
    found = {one.key: one.estimate for one in est.means_by(WHOLE, Y, list(GROUP))}

    assert [one.se for one in found.values()] == [0.0] * 4
    assert all(one.ci_low == one.ci_high == one.estimate for one in found.values())


def test_gaps_can_leave_one_cluster():
    seen = np.where(BUILDING == "b", Y, np.nan)

    assert bare(est.mean(DRAWN, seen))
    assert bare(est.share(DRAWN, np.where(np.isnan(seen), np.nan, seen > 3)))
    assert bare(est.share(DRAWN, np.where(np.isnan(seen), np.nan, seen > 3), method=Method.BETA))
    assert est.quantile(DRAWN, seen, 0.5).se is None
    assert est.deff(DRAWN, seen) is None
    assert est.mean(DRAWN, Y).se is not None


def test_a_ratio_within_one_cluster_has_none_either_and_a_total_has():
    inside = np.where(BUILDING == "b", Y, np.nan)

    assert bare(est.ratio(DRAWN, inside, np.full(12, 2.0)))
    assert est.ratio(DRAWN, Y, np.full(12, 2.0)).se is not None
    totals_of = {one.key: one.estimate for one in est.totals_by(DRAWN, Y, list(GROUP))}
    assert (totals_of["own"].se or 0) > 0  # it also tells how many there are of the group


def test_a_difference_of_which_one_part_cannot_be_seen_has_no_error():
    assert bare(est.contrast(DRAWN, Y, list(GROUP), {"own": 1, "two": -1}))
    assert est.contrast(DRAWN, Y, list(GROUP), {"two": 1}).se is not None
    assert est.contrast(DRAWN, Y, list(GROUP), {"two": 1, "own": 0}).se is not None


@pytest.mark.parametrize("added", [totals, crossed])
@pytest.mark.parametrize(("size", "blind"), [(8, ["one", "own", "rest"]), (4, [])])
def test_sums_say_what_rows_say(added, size, blind):
    columns = {"y": Y, "g": GROUP, "b": BUILDING, "size": np.full(12, size)}
    table = ibis.memtable(pa.table(columns))

    found = means(added(table, Layout(("y",), None, None, "b", "g", "size")))

    assert [name for name, se in zip(found.groups, found.se[:, 0], strict=True) if np.isnan(se)] == blind  # fmt: skip
    assert np.isnan(found.low[:, 0]).tolist() == np.isnan(found.se[:, 0]).tolist()
    told = {name: found.cautions_of(at, 0)[0] for at, name in enumerate(found.groups)}
    assert [name for name, one in told.items() if one == ONE_CLUSTER] == blind[1:]
    assert [name for name, one in told.items() if one == ONE_ANSWER] == blind[:1]
    rows = est.means_by(DRAWN if size == 8 else WHOLE, Y, list(GROUP))
    for one in rows:
        se = found.se[found.groups.index(one.key), 0]
        assert one.estimate.se == (None if np.isnan(se) else pytest.approx(se, rel=1e-12))


def test_without_clusters_a_single_row_is_one():
    table = ibis.memtable(pa.table({"y": Y, "g": GROUP}))

    found = means(totals(table, Layout(("y",), by="g")))

    assert np.isnan(found.se[:, 0]).tolist() == [name == "one" for name in found.groups]


def test_a_cluster_taken_for_certain_by_choice_is_no_spread_of_others():
    strata = ["x"] * 3 + ["y"] * 9
    made = design(np.ones(12), clusters=list(BUILDING), strata=strata, lonely=Lonely.CERTAIN)

    found = {one.key: one.estimate for one in est.means_by(made, Y, list(GROUP))}

    assert bare(found["own"])


SAME = np.array([2.0, 4, 3, 3, 3, 3, 1, 3, 5, 4, 4, 1])  # each building's mean is 3


@pytest.mark.parametrize("value", [3.0, 0.0, 3.1, 1e9])
@pytest.mark.parametrize("weights", [np.ones(12), np.linspace(0.3, 2.9, 12)])
def test_answers_that_are_all_alike_have_no_interval_however_they_round(value, weights):
    for made in (design(weights), design(weights, clusters=list(BUILDING))):
        found = est.mean(made, np.full(12, value))
        assert found.estimate == pytest.approx(value)
        assert bare(found)
        assert found.warnings[0] == NO_DIFFERENCE


def test_clusters_that_are_all_alike_have_none_either_though_answers_differ():
    assert bare(est.mean(DRAWN, SAME))
    assert est.mean(design(np.ones(12)), SAME).se is not None
    assert est.mean(WHOLE, SAME).se == 0.0


def test_a_ratio_and_a_difference_that_nobody_departs_from_have_none():
    assert est.ratio(DRAWN, 2 * Y, Y).warnings[0] == NO_DIFFERENCE
    halves = ["x", "x", "x", "y", "y", "y"] * 2
    level = np.where(np.array(halves) == "x", 3.1, 4.3)
    assert bare(est.contrast(DRAWN, level, halves, {"y": 1, "x": -1}))


def test_a_share_of_all_has_limits_where_the_way_needs_no_error():
    found = est.share(DRAWN, np.ones(12), method=Method.BETA)

    assert (found.se, found.ci_high) == (None, 1.0)
    assert 0.7 < (found.ci_low or 0) < 0.75  # of twelve: 0.025 ** (1 / 12)
    assert bare(est.share(DRAWN, np.ones(12)))
    assert est.share(DRAWN, SAME == 3, method=Method.BETA).ci_low is not None


@pytest.mark.parametrize("added", [totals, crossed])
@pytest.mark.parametrize("y", [np.full(12, 3.1), np.zeros(12), np.full(12, 1e9 / 3), SAME])
def test_sums_say_it_too(added, y):
    columns = {
        "y": y,
        "b": BUILDING,
        "w": np.ones(12) if y is SAME else np.linspace(0.3, 2.9, 12),
    }

    found = means(added(ibis.memtable(pa.table(columns)), Layout(("y",), "w", None, "b")))

    assert np.isnan([found.se[0, 0], found.low[0, 0], found.high[0, 0]]).all()
    assert found.cautions_of(0, 0)[0] == NO_DIFFERENCE


def test_sums_of_rows_that_are_all_alike_say_it_too():
    found = means(totals(ibis.memtable(pa.table({"y": np.full(40, 3.1)})), Layout(("y",))))

    assert np.isnan(found.se[0, 0])
    assert found.cautions_of(0, 0) == (NO_DIFFERENCE,)


@pytest.mark.parametrize("added", [totals, crossed])
def test_a_cluster_without_an_answer_to_an_item_is_none_of_it(added):
    """Group "two" lies in two buildings; of one of them nobody answered "z"."""
    z = np.where((GROUP == "two") & (BUILDING == "c"), np.nan, Y)
    columns = {"y": Y, "z": z, "g": GROUP, "b": BUILDING}

    found = means(added(ibis.memtable(pa.table(columns)), Layout(("y", "z"), None, None, "b", "g")))

    at = found.groups.index("two")
    assert np.isnan(found.se[at]).tolist() == [False, True]
    assert found.cautions_of(at, 1)[0] == ONE_CLUSTER
    assert ONE_CLUSTER not in found.cautions_of(at, 0)


def test_an_item_that_nobody_of_a_group_answered_has_no_reason_beside_none():
    columns = {"y": np.where(GROUP == "two", np.nan, Y), "g": GROUP, "b": BUILDING}

    found = means(totals(ibis.memtable(pa.table(columns)), Layout(("y",), None, None, "b", "g")))

    assert found.cautions_of(found.groups.index("two"), 0) == found.cautions


def test_as_many_clusters_as_strata_leave_no_degree_of_freedom():
    made = design(np.ones(6), strata=list("xxxyyy"), clusters=list("aaabbb"), lonely=Lonely.CERTAIN)

    assert bare(est.mean(made, Y[:6]))
    assert bare(est.share(made, Y[:6] > 3, method=Method.BETA))


def test_a_census_that_is_all_of_one_mind_has_no_limits_on_the_logit_scale():
    for hit in (np.ones(12), np.zeros(12)):
        found = est.share(WHOLE, hit)
        assert (found.se, found.ci_low, found.method) == (0.0, None, Method.NONE)


def test_a_share_that_is_the_same_in_every_cluster_has_no_limits_either_way():
    same = np.array([1.0, 0, 0] * 4)

    for method in (Method.LOGIT, Method.BETA):
        assert bare(est.share(DRAWN, same, method=method))


def test_limits_of_a_share_of_all_need_a_degree_of_freedom_and_one_is_enough():
    none = design(np.ones(6), strata=list("xxxyyy"), clusters=list("aaabbb"), lonely=Lonely.CERTAIN)
    one = design(np.ones(6), clusters=list("aaabbb"))

    assert est.share(none, np.ones(6), method=Method.BETA).ci_low is None
    assert est.share(one, np.ones(6), method=Method.BETA).ci_low is not None
    assert est.share(one, Y[:6] > 3, method=Method.BETA).ci_low is not None


def test_without_a_degree_of_freedom_a_distance_from_the_centre_is_no_error_either():
    made = design(np.ones(6), strata=list("xxxyyy"), clusters=list("aaabbb"), lonely=Lonely.CENTRE)

    found = est.mean(made, Y[:6])

    assert bare(found)
    assert NO_DIFFERENCE not in found.warnings


def test_a_design_effect_is_told_where_both_errors_can_be_seen():
    half = design(np.full(12, 2.0), clusters=list(BUILDING), population=[8] * 12)

    assert est.deff(half, SAME) is None
    assert est.deff(WHOLE, Y) is None
    assert (est.deff(half, Y) or 0) > 0


# What a score says whose error was worked out elsewhere: t of 3 degrees is 3.182446305284263
# (Student, 97.5 %), that of one degree 12.706204736174696.
SCORED = est.mean(DRAWN, Y)
T_OF_3, T_OF_1 = 3.182446305284263, 12.706204736174696


def test_an_error_of_its_own_has_the_limits_of_student():
    found = est.with_error(SCORED, DRAWN, 0.5, 5.0)

    assert (found.estimate, found.se, found.df) == (SCORED.estimate, 0.5, 3.0)
    assert found.ci_low == pytest.approx(SCORED.estimate - T_OF_3 * 0.5, rel=1e-12)
    assert found.ci_high == pytest.approx(SCORED.estimate + T_OF_3 * 0.5, rel=1e-12)
    assert found.method is Method.LINEAR


def test_an_error_of_its_own_that_is_seen_takes_back_that_none_was():
    still = replace(SCORED, se=None, warnings=(NO_DIFFERENCE, UNBALANCED))

    assert est.with_error(still, DRAWN, 0.5, 5.0).warnings == (UNBALANCED,)
    assert est.with_error(still, DRAWN, 0.0, 5.0).warnings == (NO_DIFFERENCE, UNBALANCED)


@pytest.mark.parametrize(
    ("se", "seen"), [(STILL * 4, False), (STILL * 2, False), (STILL * 4.1, True)]
)
def test_what_rounding_leaves_is_judged_by_the_largest_of_what_a_score_is_made_of(se, seen):
    found = est.with_error(SCORED, DRAWN, se, 4.0)

    assert bare(found) is not seen
    assert (found.method is Method.LINEAR) is seen


def test_a_score_of_everybody_has_an_error_of_nought():
    found = est.with_error(SCORED, WHOLE, 0.0, 5.0)

    assert (found.se, found.ci_low, found.ci_high) == (0.0, SCORED.estimate, SCORED.estimate)


@pytest.mark.parametrize("why", [ONE_ANSWER, ONE_CLUSTER])
def test_a_score_of_one_answer_or_one_cluster_stays_without_an_error(why):
    alone = replace(SCORED, se=None, warnings=(why,))

    assert est.with_error(alone, DRAWN, 0.5, 5.0) is alone


def test_a_design_of_one_cluster_shows_no_error_and_one_of_two_does():
    plain = replace(SCORED, warnings=())
    one, two = (
        design(np.ones(2), clusters=kinds, lonely=Lonely.CERTAIN)
        for kinds in (["a", "a"], ["a", "b"])
    )

    assert est.with_error(plain, one, 0.5, 5.0) is plain
    found = est.with_error(plain, two, 0.5, 5.0)
    assert found.ci_high == pytest.approx(SCORED.estimate + T_OF_1 * 0.5, rel=1e-12)
