"""Waves that share owners: published and reference figures, and simulation where the truth is known."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from anju.stats.design import design
from anju.stats.estimate import mean
from anju.stats.results import BadArgument, BadCounts, NoAnswers, NotIdentified
from anju.stats.sampling.overlap import shift, turned
from anju.stats.tests.cast import known

REFERENCE = Path(__file__).parents[5] / "shared" / "data" / "reference"


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference results lie elsewhere")
def test_the_change_of_the_stratified_schools_is_the_reference():
    text = (REFERENCE / "apistrat.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    made = design(
        [float(row["pw"]) for row in rows], strata=[row["stype"] for row in rows],
        population=[float(row["fpc"]) for row in rows],
    )  # fmt: skip

    found = shift(
        made, [float(row["api99"]) for row in rows], [float(row["api00"]) for row in rows]
    )

    assert found.difference == pytest.approx(32.892518, abs=5e-7)
    assert found.se == pytest.approx(2.051112, abs=5e-7)
    assert found.both == 200
    assert found.correlation > 0.9


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference results lie elsewhere")
def test_minds_changed_are_the_reference():
    said = json.loads((REFERENCE / "psychometrics_reference.json").read_text(encoding="utf-8"))
    reference = said["mcnemar_794_86_150_570"]

    found = turned(794, 150, 86, 570)

    assert found.chi2 == pytest.approx(reference["stat"], rel=1e-12)
    assert found.p_chi2 == pytest.approx(reference["p"], rel=1e-10)
    assert found.p == pytest.approx(reference["exact_p"], rel=1e-10)


def test_minds_changed_are_a_coin_thrown_as_often_as_minds_changed():
    found = turned(30, 14, 5, 51)

    assert (found.gained, found.lost) == (14, 5)
    assert found.difference == pytest.approx(9 / 100)
    assert found.chi2 == pytest.approx(81 / 19)
    assert found.p_chi2 == pytest.approx(scipy.stats.chi2.sf(81 / 19, 1))
    assert found.p == pytest.approx(scipy.stats.binomtest(5, 19, 0.5).pvalue)
    assert turned(30, 7, 7, 51).p == 1.0
    assert turned(0, 3, 0, 0).p == pytest.approx(0.25)


def test_the_same_owners_twice_are_a_paired_test_with_their_correlation():
    before = np.array([3.0, 5.0, 4.0, 2.0, 4.0, 1.0, 3.0, 5.0, 2.0, 4.0])
    after = before + np.array([1, 0, 1, 1, -1, 2, 1, 0, 1, 0])

    found = shift(design([2.0] * 10), before, after)

    paired = scipy.stats.ttest_rel(after, before)
    limits = paired.confidence_interval(0.95)
    assert (found.difference, found.p) == pytest.approx((0.6, paired.pvalue))
    assert (found.ci_low, found.ci_high) == pytest.approx((limits.low, limits.high))
    assert found.correlation == pytest.approx(np.corrcoef(before, after)[0, 1])
    assert found.alone == pytest.approx(np.sqrt((before.var(ddof=1) + after.var(ddof=1)) / 10))
    assert (found.before, found.after, found.both) == pytest.approx((3.3, 3.9, 10))


def test_a_wave_in_which_all_answered_alike_shares_nothing_with_another():
    found = shift(design([1.0] * 6), [3.0] * 6, [1, 2, 3, 4, 5, np.nan])

    assert found.correlation == 0.0
    assert (found.before, found.after, found.both) == (3.0, 3.0, 5)


def test_waves_with_nothing_in_common_are_as_independent_ones():
    chance = np.random.default_rng(2)
    y = chance.normal(70, 10, 200)
    made = design([1.0] * 200, strata=["a"] * 100 + ["b"] * 100)
    first = np.where(np.arange(200) < 100, y, np.nan)
    second = np.where(np.arange(200) >= 100, y, np.nan)

    found = shift(made, first, second)

    assert found.both == 0
    assert found.se == pytest.approx(found.alone, rel=1e-12)
    assert found.correlation == pytest.approx(0, abs=1e-9)
    assert found.before == pytest.approx(mean(made, first).estimate, rel=1e-12)
    assert found.after == pytest.approx(mean(made, second).estimate, rel=1e-12)


def test_an_interval_for_waves_half_in_common_holds_the_truth_as_often_as_it_says():
    chance, held, seen = np.random.default_rng(20261122), 0, 1000
    who = np.arange(300)
    for _ in range(seen):
        owner = chance.normal(0, 8, 300)
        before = np.where(who < 200, 70 + owner + chance.normal(0, 6, 300), np.nan)
        after = np.where(who >= 100, 72 + owner + chance.normal(0, 6, 300), np.nan)
        found = shift(design([1.0] * 300), before, after)
        held += found.ci_low <= 2 <= found.ci_high

    assert 0.92 <= held / seen <= 0.98
    assert found.se < found.alone


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=5, max_size=30))
def test_the_other_way_round_is_the_same_change_with_another_sign(rows):
    made = design([1.0] * len(rows))
    before, after = (list(column) for column in zip(*rows, strict=True))
    try:
        found, back = shift(made, before, after), shift(made, after, before)
    except NotIdentified:
        return
    assert back.difference == pytest.approx(-found.difference, abs=1e-9)
    assert back.se == pytest.approx(found.se)
    assert back.p == pytest.approx(found.p)


def test_a_change_that_all_share_and_a_wave_of_silence_are_refused():
    made = design([1.0] * 4)

    with pytest.raises(NotIdentified):
        shift(made, [1.0, 2, 3, 4], [2.0, 3, 4, 5])
    with pytest.raises(NoAnswers):
        shift(made, [np.nan] * 4, [2.0, 3, 4, 5])
    with pytest.raises(BadArgument):
        shift(made, [1.0], [2.0, 3, 4, 5])


def test_one_who_answers_alone_leaves_no_correlation():
    found = shift(design([1.0] * 4), [5.0, np.nan, np.nan, np.nan], [5.0, 3, 4, 5])

    assert found.correlation == 0
    assert known(found.se) > 0


@pytest.mark.parametrize(("counts", "error"), [((-1, 0, 0, 1), BadCounts), ((0, 0, 0, 0), BadCounts), ((5, 0, 0, 5), NotIdentified)])  # fmt: skip
def test_counts_that_decide_nothing_are_refused(counts, error):
    with pytest.raises(error):
        turned(*counts)
