"""Groups told apart: the Copenhagen case, Holm, census, equal answers, properties."""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

import csv
from math import nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, ttest_1samp, ttest_ind

from anju.stats.compare import (
    against_the_rest,
    groups_told_apart,
    holm,
    score_group,
    share_group,
    weighted_share_group,
)
from anju.stats.results import BadArgument, BadCounts, NoAnswers, NotWhole
from anju.stats.scores import Sums, sums_of_rows

TYPES = (("tower", 200, 400), ("atrium", 96, 239), ("apartment", 302, 765), ("terrace", 70, 277))
SHARED = Path(__file__).parents[4] / "shared" / "data" / "copenhagen_housing.csv"
COPENHAGEN = [share_group(*one) for one in TYPES]


def test_copenhagen_tower_and_atrium_are_told_apart():
    pair = groups_told_apart(COPENHAGEN).pair("atrium", "tower")

    assert round(pair.p_holm, 3) == 0.032
    assert pair.told_apart
    assert pair.difference == pytest.approx(200 / 400 - 96 / 239)


def test_copenhagen_tower_and_terrace_are_told_apart_but_not_atrium_and_apartment():
    found = groups_told_apart(COPENHAGEN)

    assert found.pair("tower", "terrace").told_apart
    assert not found.pair("atrium", "apartment").told_apart
    assert found.order == ("tower", "atrium", "apartment", "terrace")
    assert found.alike == (("atrium", "apartment"),)
    assert found.any_told_apart


def test_copenhagen_groups_are_compared_with_the_rest():
    found = {pair.a: pair for pair in against_the_rest(COPENHAGEN)}
    p1, p2, n1, n2 = 200 / 400, 468 / 1281, 400, 1281
    z = (p1 - p2) / np.sqrt(668 / 1681 * 1013 / 1681 * (1 / n1 + 1 / n2))

    assert found["tower"].difference == pytest.approx(p1 - p2)
    assert found["tower"].p == pytest.approx(2 * norm.sf(z))
    assert found["tower"].told_apart
    assert not found["atrium"].told_apart


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_the_stored_answers_of_copenhagen_give_these_groups():
    counted: dict[str, tuple[int, int]] = {}
    for row in csv.DictReader(SHARED.read_text().splitlines()):
        high, n = counted.get(row["Type"].lower(), (0, 0))
        count = int(row["Freq"])
        counted[row["Type"].lower()] = (high + count * (row["Sat"] == "High"), n + count)

    assert counted == {key: (high, n) for key, high, n in TYPES}


def test_holm_equals_the_stored_values_of_r():
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    r = [0.01, 0.072, 0.312, 0.312, 0.312, 0.312, 0.312, 0.615, 0.615, 0.615]

    assert holm(p) == pytest.approx(r, rel=1e-12)
    assert holm([]) == ()


def test_scores_are_compared_as_welch_does():
    rng = np.random.default_rng(7)
    one, other = rng.normal(70, 10, 12), rng.normal(78, 25, 30)
    pair = groups_told_apart(
        [score_group("one", sums_of_rows(one)), score_group("other", sums_of_rows(other))]
    ).pairs[0]
    welch = ttest_ind(one, other, equal_var=False)

    assert pair.p == pytest.approx(welch.pvalue)
    assert abs(pair.difference) == pytest.approx(abs(one.mean() - other.mean()))


def test_a_known_population_makes_the_test_sharper():
    def p(N):
        return groups_told_apart([share_group("a", 30, 40, N), share_group("b", 24, 40, N)])

    assert p(50).pairs[0].p < p(None).pairs[0].p
    assert p(50).pairs[0].se == pytest.approx(p(None).pairs[0].se * np.sqrt(10 / 49))


def test_two_full_counts_differ_whenever_their_shares_do():
    groups = [share_group("a", 5, 6, 6), share_group("b", 4, 6, 6), share_group("c", 5, 6, 6)]
    found = groups_told_apart(groups)

    assert found.pair("a", "b").told_apart
    assert not found.pair("a", "c").told_apart
    assert found.alike == (("a", "c"),)


def test_equal_answers_borrow_the_variance_of_the_others():
    equal = score_group("equal", Sums.plain(5, 500, 50000))
    spread = score_group("spread", sums_of_rows(np.array([60.0, 100, 70, 95, 80])))
    pair = groups_told_apart([equal, spread]).pairs[0]

    assert pair.se > np.sqrt(spread.variance / 5)


def test_two_groups_of_equal_answers_cannot_be_told_apart():
    groups = [score_group("a", Sums.plain(5, 500, 50000)), score_group("b", Sums.plain(5, 0, 0))]

    assert groups_told_apart(groups).alike == (("a", "b"),)


def test_one_answer_tells_nothing_apart():
    groups = [
        score_group("one", Sums.plain(1, 10, 100)),
        score_group("many", sums_of_rows(np.array([90.0, 91, 92, 93, 94, 95]))),
    ]

    assert not groups_told_apart(groups).any_told_apart
    assert groups_told_apart([groups[0], score_group("c", Sums.plain(1, 9, 81))]).pairs[0].p == 1


def test_a_rest_of_unknown_size_has_no_population():
    known = [
        share_group("a", 30, 40, 50),
        share_group("b", 20, 40, 50),
        share_group("c", 9, 40, 50),
    ]
    mixed = [*known[:2], share_group("c", 9, 40)]

    assert against_the_rest(known)[0].se < against_the_rest(mixed)[0].se


def test_scores_of_the_rest_pool_within_and_between_groups():
    a, b, c = ([70.0, 80, 90], [60.0, 65, 88, 71], [50.0, 99, 70])
    found = against_the_rest(
        [score_group(k, sums_of_rows(np.array(v))) for k, v in zip("abc", (a, b, c), strict=True)]
    )
    welch = ttest_ind(a, b + c, equal_var=False)

    assert found[0].p == pytest.approx(welch.pvalue)
    assert against_the_rest(COPENHAGEN[:1]) == ()


def test_nothing_to_compare_gives_no_pairs():
    assert groups_told_apart([]).pairs == ()
    assert groups_told_apart(COPENHAGEN[:1]).alike == ()
    assert not groups_told_apart([]).any_told_apart


def test_weighted_groups_use_the_effective_number():
    plain = share_group("a", 6, 10)
    weighted = weighted_share_group("a", 6.0, 10.0, 20.0, 10)

    assert (weighted.mean, weighted.size, weighted.weight) == (plain.mean, 5, 10)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: share_group("a", 3, 2), BadCounts),
        (lambda: share_group("a", 0, 0), NoAnswers),
        (lambda: share_group("a", 0.5, 2), NotWhole),
        (lambda: weighted_share_group("a", 11, 10, 20, 10), BadCounts),
        (lambda: score_group("a", Sums.plain(0, 0, 0)), NoAnswers),
        (lambda: score_group("a", Sums.plain(3, nan, 0)), BadArgument),
        (lambda: score_group("a", Sums.plain(3, 1, 1), 2), BadCounts),
        (lambda: groups_told_apart([COPENHAGEN[0]] * 2), BadArgument),
        (
            lambda: groups_told_apart([COPENHAGEN[0], score_group("s", Sums.plain(2, 1, 1))]),
            BadArgument,
        ),
        (lambda: groups_told_apart(COPENHAGEN).pair("tower", "villa"), BadArgument),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(make, error):
    with pytest.raises(error):
        make()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_never_lowers_a_p_value_and_keeps_the_order(p):
    adjusted = holm(p)

    assert all(after >= before for before, after in zip(p, adjusted, strict=True))
    ranked = [value for _, value in sorted(zip(p, adjusted, strict=True))]
    assert ranked == sorted(ranked)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(30, 60)), min_size=2, max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_groups_changes_no_finding(cases, random):
    groups = [share_group(str(i), x, n, 90) for i, (x, n) in enumerate(cases)]
    mixed = list(groups)
    random.shuffle(mixed)
    found, again = groups_told_apart(groups), groups_told_apart(mixed)

    for pair in found.pairs:
        other = again.pair(pair.a, pair.b)
        assert other.p_holm == pytest.approx(pair.p_holm)
    for run in found.alike:
        assert not any(found.pair(a, b).told_apart for a in run for b in run if a < b)


def rows(key, *values, N=None):
    return score_group(key, sums_of_rows(np.array(values)), N)


def test_a_share_has_the_variance_of_one_answer():
    assert share_group("a", 3, 10).variance == pytest.approx(0.21)
    assert weighted_share_group("a", 6.0, 10.0, 20.0, 10).variance == pytest.approx(0.24)
    with pytest.raises(NoAnswers):
        weighted_share_group("a", 0.0, 1.0, 1.0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [((0.7, 0.9), (0.1, 0.5)), ((0.70, 0.80, 0.9), (0.50, 0.61, 0.88, 0.71)), ((0.9, 0.8), (0.2, 0.21, 0.23))],
)  # fmt: skip
def test_few_scores_on_a_small_scale_are_compared_as_welch_does(one, other):
    pair = groups_told_apart([rows("one", *one), rows("other", *other)]).pairs[0]

    assert pair.p == pytest.approx(ttest_ind(one, other, equal_var=False).pvalue)


def test_the_rest_on_a_small_scale_is_compared_as_welch_does():
    a, b, c = [0.70, 0.80, 0.90], [0.60, 0.65, 0.88, 0.71], [0.50, 0.99, 0.70]
    found = against_the_rest([rows("a", *a), rows("b", *b), rows("c", *c)])

    assert found[0].p == pytest.approx(ttest_ind(a, b + c, equal_var=False).pvalue)


def test_the_rest_of_two_groups_is_the_other_one():
    uneven = score_group("b", sums_of_rows(np.array([60.0, 90.0]), None, np.array([1.0, 4.0])))
    assert 1 < uneven.size < 2
    groups = [rows("a", 91.0, 95.0, 99.0), uneven]
    (pair,) = groups_told_apart(groups).pairs
    there, back = against_the_rest(groups)

    assert (there.a, back.a) == ("a", "b")
    assert (there.se, there.p) == pytest.approx((pair.se, pair.p))
    assert back.difference == pytest.approx(-pair.difference)


def test_equal_answers_borrow_the_variance_by_degrees_of_freedom():
    equal, spread = rows("equal", 50.0, 50.0, 50.0), rows("spread", 60.0, 64.0, 74.0, 78.0, 84.0)
    single = rows("single", 10.0)
    found = groups_told_apart([equal, spread, single])
    pooled = 4 * 98.0 / (2 + 4 + 0)

    assert found.pair("equal", "spread").se == pytest.approx(np.sqrt(pooled / 3 + 98 / 5))
    assert found.pair("single", "spread").se == pytest.approx(np.sqrt(pooled + 98 / 5))


def test_two_answers_are_enough_to_borrow_from_and_single_ones_have_nothing():
    (pair,) = groups_told_apart([rows("two", 10.0, 20.0), rows("one", 40.0)]).pairs
    (bare,) = groups_told_apart([rows("a", 10.0), rows("b", 20.0)]).pairs

    assert pair.se == pytest.approx(np.sqrt(50 / 2 + 50))
    assert (pair.p, bare.se, bare.p) == (1.0, 0.0, 1.0)


def test_one_answer_tells_nothing_apart_on_whichever_side_it_lies():
    many = rows("many", 90.0, 91.0, 92.0, 93.0)

    for lonely in (10.0, 200.0):
        assert groups_told_apart([rows("one", lonely), many]).pairs[0].p == 1.0


@pytest.mark.parametrize("only", [10.0, 200.0])
def test_the_only_home_of_a_building_is_known_for_certain(only):
    many = rows("many", 90.0, 91.0, 92.0, 95.0)
    (pair,) = groups_told_apart([rows("one", only, N=1), many]).pairs
    wanted = ttest_1samp([90.0, 91.0, 92.0, 95.0], only)

    assert pair.p == pytest.approx(wanted.pvalue)


def test_scores_lose_what_was_asked_of_a_known_population():
    a, b = rows("a", 60.0, 70.0, 80.0, N=4), rows("b", 10.0, 30.0, N=10)

    (pair,) = groups_told_apart([a, b]).pairs

    assert pair.se == pytest.approx(np.sqrt(100 / 3 * (1 / 4) + 200 / 2 * (8 / 10)))


def test_shares_and_their_rest_lose_what_was_asked_of_a_known_population():
    groups = [share_group(key, x, 40, 50) for key, x in zip("abc", (30, 20, 9), strict=True)]
    unit = 59 / 120 * 61 / 120

    assert against_the_rest(groups)[0].se == pytest.approx(
        np.sqrt(unit * (10 / 49 / 40 + 20 / 99 / 80))
    )
    (pair,) = groups_told_apart([share_group("a", 1, 1, 2), share_group("b", 0, 1, 2)]).pairs
    assert pair.se == pytest.approx(np.sqrt(0.25 * 2))


def test_what_cannot_differ_has_a_p_value_of_one():
    equal = [score_group("a", Sums.plain(5, 500, 50000)), score_group("b", Sums.plain(5, 0, 0))]
    census = [share_group("a", 5, 6, 6), share_group("b", 5, 6, 6)]

    assert groups_told_apart(equal).pairs[0].p == 1.0
    assert groups_told_apart(census).pairs[0].p == 1.0
    assert holm([0.6, 0.7]) == (1.0, 1.0)


def test_groups_all_alike_are_one_stretch():
    assert groups_told_apart([share_group(key, 5, 10) for key in "abc"]).alike == (("a", "b", "c"),)
