"""The worked numbers of the sources: what must print, under which formula, and what is refused."""

from datetime import date

import numpy as np
import pytest

from anju.stats.combine import Part, overall
from anju.stats.evaluate import Counts, evaluate, points_of_people, published_points
from anju.stats.formulas import composite, mean_index, nps, points_share, share_top
from anju.stats.method import days_after
from anju.stats.outcome import response_rate
from anju.stats.results import BadArgument, BadCounts, BasesMissing, Method, NotWhole
from anju.stats.scores import Sums, sums_of_rows
from anju.stats.servqual import GapSigns, TieRule
from anju.stats.tests.cast import ELEVEN, THREE, TWENTY, YES_NO, known


def per_cent(found):
    return f"{100 * found.estimate:.1f}"


def test_o04_twenty_of_twenty_five_is_80_per_cent():
    assert response_rate(20, 25).value == 0.8


def test_o05_published_totals_print_96_with_bounds_and_no_interval():
    found = published_points(1920, 2000, 20, 25)

    assert (per_cent(found), found.n, found.numerator, found.denominator) == (
        "96.0",
        20,
        1920,
        2000,
    )
    assert (round(known(found.bounds).low, 3), round(known(found.bounds).high, 3)) == (0.768, 0.968)
    assert not found.has_interval
    assert [caution.code for caution in found.warnings] == ["totals-only"]


def test_o05_the_lowest_possible_points_move_the_lower_bound():
    found = published_points(1920, 2000, 20, 25, lowest=1 / 3)

    assert round(known(found.bounds).low, 3) == 0.835


@pytest.mark.parametrize(("got", "possible"), [(2001, 2000), (-1, 2000), (0, 0)])
def test_points_beyond_the_possible_are_refused(got, possible):
    with pytest.raises(BadCounts):
        published_points(got, possible, 20, 25)


def test_o05_stored_points_print_96_with_the_owners_own_variance():
    found = points_of_people(sums_of_rows(np.array([100.0] * 16 + [80.0] * 4)), 100, 25)

    assert (per_cent(found), found.numerator, found.denominator) == ("96.0", 1920, 2000)
    assert (round(known(found.ci_low), 3), round(known(found.ci_high), 3)) == (0.943, 0.968)
    assert (round(known(found.bounds).low, 3), round(known(found.bounds).high, 3)) == (0.768, 0.968)


def test_o05_as_a_share_of_people_it_is_refused():
    with pytest.raises(NotWhole):
        evaluate(share_top(YES_NO), YES_NO, Counts((0.8, 19.2, 0)), 25)


def test_o07_three_forms_print_96_under_three_keys():
    favourable = evaluate(share_top(THREE, {"vs"}), THREE, Counts((8, 0, 192)))
    ten_eight = points_share(THREE, {"vs": 10, "bs": 8, "ds": 0})
    ten_six = points_share(THREE, {"vs": 10, "bs": 6, "ds": 0})
    found = [
        favourable,
        evaluate(ten_eight, THREE, Counts((0, 40, 160))),
        evaluate(ten_six, THREE, Counts((0, 20, 180))),
    ]

    assert [per_cent(one) for one in found] == ["96.0", "96.0", "96.0"]
    assert len({one.formula for one in found}) == 3


def test_o35_the_same_twenty_answers_print_four_figures_under_four_keys():
    formulas = [
        share_top(THREE, {"vs"}),
        share_top(THREE),
        points_share(THREE),
        points_share(THREE, {"vs": 2, "bs": 1, "ds": 0}),
    ]
    found = [evaluate(formula, THREE, Counts(TWENTY), 25) for formula in formulas]

    assert [(per_cent(one), one.formula) for one in found] == [
        ("80.0", "share_top[vs]@1"),
        ("95.0", "share_top[vs+bs]@1"),
        ("91.7", "points_share[3/2/1]@1"),
        ("87.5", "points_share[2/1/0]@1"),
    ]
    assert [one.denominator for one in found] == [20, 20, 60, 40]
    assert all("scale-unbalanced" in [c.code for c in one.warnings] for one in found)


def test_the_mean_index_of_the_same_answers_runs_from_0_to_100():
    found = evaluate(mean_index(THREE), THREE, Counts(TWENTY), 25)

    assert (found.estimate, found.formula) == (87.5, "mean_index@1")
    assert known(found.bounds).low == 70


def test_copenhagen_has_a_mean_index_of_53():
    found = evaluate(mean_index(THREE), THREE, Counts((567, 446, 668)))

    assert (round(found.estimate, 1), found.n) == (53.0, 1681)


def test_nps_of_counts_runs_from_minus_100_to_100():
    counts = Counts((50, *[0] * 6, 50, 50, 75, 75))
    found = evaluate(nps(ELEVEN, {"9", "10"}, {"0", "1"}), ELEVEN, counts)

    assert found.estimate == pytest.approx(100 / 3)
    assert found.unit == "nps"


def test_answers_without_a_value_leave_the_denominator():
    found = evaluate(share_top(YES_NO), YES_NO, Counts((1, 19, 30)), 50)

    assert (found.estimate, found.n, found.denominator) == (0.95, 20, 20)


def test_weights_reach_every_kind_of_formula():
    weighted = Counts((10, 30, 5), (20.0, 60.0, 5.0), (80.0, 160.0, 5.0))
    share = evaluate(share_top(YES_NO), YES_NO, weighted, 100)
    mean = evaluate(mean_index(YES_NO), YES_NO, weighted, 100)

    assert weighted.weighted
    assert not Counts((1, 2, 3)).weighted
    assert (share.estimate, share.method) == (0.75, Method.WILSON_KISH)
    assert (mean.estimate, mean.method) == (75, Method.T_KISH)


@pytest.mark.parametrize(
    "counts",
    [
        Counts((1, 2)),
        Counts((1, 2, 3), (1.0, 2.0, 3.0)),
        Counts((1, 2, 3), (1.0, 2.0), (1.0, 2.0)),
        Counts((1, 2, 3), None, (1.0, 2.0, 3.0)),
    ],
)
def test_counts_that_do_not_fit_the_scale_are_refused(counts):
    with pytest.raises(BadArgument):
        evaluate(share_top(YES_NO), YES_NO, counts)


def test_a_composite_from_the_counts_of_one_item_is_refused():
    with pytest.raises(BadArgument, match="one score a person"):
        evaluate(composite({"t": 1}), THREE, Counts(TWENTY))


@pytest.mark.parametrize(("most", "least"), [(0, 0), (10, 10), (10, -1)])
def test_points_need_a_span(most, least):
    with pytest.raises(BadArgument):
        points_of_people(Sums.plain(2, 1, 1), most, least=least)


def bruce(bases):
    scores = (("apartments", 85), ("commercial", 86), ("offices", 93))
    return [Part(key, value, n) for (key, value), n in zip(scores, bases, strict=True)]


def test_o09_an_overall_without_bases_is_refused_with_the_cure():
    with pytest.raises(BasesMissing, match="apartments, commercial, offices") as caught:
        overall(bruce((None, None, None)))

    assert caught.value.code == "E-STATS-BASES"
    assert "回答份数" in caught.value.zh


@pytest.mark.parametrize(("bases", "value"), [((600, 100, 300), 87.5), ((100, 100, 800), 91.5)])
def test_o09_with_bases_the_overall_is_weighted_by_them(bases, value):
    found = overall(bruce(bases))

    assert (found.estimate, found.n) == (value, 1000)
    assert not found.has_interval


def test_o12_fieldwork_may_run_past_the_period():
    june, start, end = date(2012, 6, 30), date(2012, 6, 18), date(2012, 7, 12)

    assert days_after(june, start, end) == (25, 12)
    assert days_after(june, start, date(2012, 6, 20)) == (3, 0)
    assert days_after(june, date(2012, 7, 2), end) == (11, 11)


def test_o23_a_tie_counts_by_the_rule():
    signs = GapSigns(above=1, equal=1, below=1)

    assert signs.satisfied() == (1, 3)
    assert signs.satisfied(TieRule.MET) == (2, 3)


@pytest.mark.parametrize(("got", "possible", "share"), [(0, 8, 0.0), (8, 8, 1.0), (0.5, 1, 0.5)])
def test_no_points_all_points_and_part_of_one_are_shares_of_points(got, possible, share):
    assert published_points(got, possible, 4, 4).estimate == share


def test_what_the_silent_could_still_make_of_an_index_ends_at_the_ends_of_its_scale():
    worst, best = Counts((4, 0, 0)), Counts((0, 0, 4))
    index = mean_index(THREE)

    low, high = evaluate(index, THREE, worst, 8).bounds, evaluate(index, THREE, best, 8).bounds
    assert (known(low).low, known(low).high) == (0, 50)
    assert (known(high).low, known(high).high) == (50, 100)
    net = nps(THREE, {"vs"}, {"ds"})
    low, high = evaluate(net, THREE, worst, 8).bounds, evaluate(net, THREE, best, 8).bounds
    assert (known(low).low, known(low).high) == (-100, 0)
    assert (known(high).low, known(high).high) == (0, 100)


def test_a_period_that_ends_on_the_first_day_leaves_the_days_after_it():
    first, last = date(2026, 6, 30), date(2026, 7, 2)

    assert days_after(first, first, last) == (3, 2)
    assert days_after(first, last, last) == (1, 1)
    assert days_after(first, last, first) == (0, 0)
