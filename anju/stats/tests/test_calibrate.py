"""Calibrated weights agree with what is known, and what cannot agree is refused by name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats import estimate as est
from anju.stats.calibrate import Margin, greg, post_stratify, rake, trim
from anju.stats.design import design
from anju.stats.results import BadArgument, NotCalibrated

SEX, AGE = list("ffffmmmm"), list("yyooyyoo")
Y = np.array([3.0, 5.0, 4.0, 8.0, 6.0, 1.0, 2.0, 7.0])
PLAIN = design([10.0] * 8, population=[80] * 8)
SEXES, AGES = Margin("sex", SEX, {"f": 45, "m": 35}), Margin("age", AGE, {"y": 30, "o": 50})


def sums(made, labels):
    return {key: made.weights[[one == key for one in labels]].sum() for key in set(labels)}


def test_post_strata_have_their_totals_and_what_they_explain_is_certain():
    made = post_stratify(PLAIN, SEXES)
    assert sums(made, SEX) == pytest.approx({"f": 45, "m": 35})
    women = est.total(made, [float(one == "f") for one in SEX])
    assert women.estimate == pytest.approx(45)
    assert women.se == pytest.approx(0, abs=1e-9)
    assert made.calibration is not None
    assert made.calibration.ratio == pytest.approx((35 / 40, 45 / 40))


def test_the_variance_of_post_strata_is_that_of_the_residuals():
    made = post_stratify(PLAIN, SEXES)
    factor = np.repeat([45 / 40, 35 / 40], 4)
    left = 10 * factor * (Y - np.repeat([Y[:4].mean(), Y[4:].mean()], 4))
    wanted = np.sqrt((1 - 0.1) * 8 * left.var(ddof=1))
    assert est.total(made, Y).se == pytest.approx(wanted, rel=1e-12)


def test_raked_weights_agree_with_every_margin_at_once():
    made = rake(PLAIN, [SEXES, AGES])
    assert sums(made, SEX) == pytest.approx({"f": 45, "m": 35}, rel=1e-9)
    assert sums(made, AGE) == pytest.approx({"y": 30, "o": 50}, rel=1e-9)
    by = est.means_by(made, Y, SEX)
    assert [one.key for one in by] == ["f", "m"]
    assert all((one.estimate.se or 0) > 0 for one in by)


def test_raking_on_one_margin_is_post_stratifying():
    assert rake(PLAIN, [SEXES]).weights == pytest.approx(post_stratify(PLAIN, SEXES).weights)


@pytest.mark.parametrize("most", [1, 2, 4, 1_000_000])
def test_many_cells_without_a_row_cost_nothing_and_change_nothing(most, monkeypatch):
    third = Margin("floor", list("lhlhlhlh"), {"l": 44, "h": 36})
    margins = [SEXES, AGES, third]
    whole = rake(PLAIN, margins)
    monkeypatch.setattr("anju.stats.calibrate.MOST_CELLS", most)

    made = rake(PLAIN, margins)

    assert made.weights == pytest.approx(whole.weights, rel=1e-12)
    for margin in margins:
        assert sums(made, list(margin.by)) == pytest.approx(dict(margin.totals), rel=1e-9)


@given(st.floats(5, 75), st.floats(5, 75))
def test_raking_keeps_odds_inside_and_meets_any_margins_that_agree(women, young):
    sexes = Margin("sex", SEX, {"f": women, "m": 80 - women})
    made = rake(PLAIN, [sexes, Margin("age", AGE, {"y": young, "o": 80 - young})])
    w = made.weights
    assert sums(made, AGE)["y"] == pytest.approx(young, rel=1e-9)
    assert w[0] * w[6] == pytest.approx(w[2] * w[4], rel=1e-6)


def test_known_totals_of_columns_are_met():
    made = greg(PLAIN, np.column_stack([np.ones(8), Y]), [80, 400])
    assert made.weights.sum() == pytest.approx(80)
    found = est.total(made, Y)
    assert found.estimate == pytest.approx(400)
    assert found.se == pytest.approx(0, abs=1e-8)


def test_trimmed_weights_keep_their_sum():
    made = trim(design([1.0] * 9 + [20.0]), most=3.0)
    assert made.weights.max() == 3
    assert made.weights.sum() == pytest.approx(29)
    for most in (1.0, 0.0):
        with pytest.raises(BadArgument):
            trim(PLAIN, most=most)


@pytest.mark.parametrize(
    ("ask", "refused", "field"),
    [
        (lambda: post_stratify(PLAIN, Margin("sex", SEX, {"f": 45})), NotCalibrated, "sex"),
        (lambda: post_stratify(PLAIN, Margin("sex", SEX, {"f": 4, "m": 3, "x": 1})), NotCalibrated, "sex"),
        (lambda: post_stratify(PLAIN, Margin("sex", SEX, {"f": 4, "m": 0})), NotCalibrated, "sex"),
        (lambda: post_stratify(PLAIN, Margin("sex", SEX[:3], {"f": 4})), BadArgument, "sex"),
        (lambda: rake(PLAIN, []), BadArgument, "margins"),
        (lambda: rake(PLAIN, [SEXES, Margin("age", AGE, {"y": 30, "o": 51})]), NotCalibrated, "age"),
        (
            lambda: rake(
                design([1.0] * 2),
                [Margin("a", "xy", {"x": 1, "y": 3}), Margin("b", "pq", {"p": 3, "q": 1})],
            ),
            NotCalibrated,
            "margins",
        ),
        (lambda: greg(PLAIN, np.ones((8, 2)), [80, 80]), NotCalibrated, "columns"),
        (lambda: greg(PLAIN, np.ones((7, 1)), [80]), BadArgument, "columns"),
    ],
)  # fmt: skip
def test_what_cannot_agree_is_refused_by_name(ask, refused, field):
    with pytest.raises(refused) as caught:
        ask()
    assert caught.value.field == field


UNLIKE = Margin("age", list("yyyoyooo"), {"y": 30, "o": 50})  # goes with sex, so turns are needed


def test_margins_that_go_together_are_met_after_some_rounds_and_no_fewer(monkeypatch):
    made = rake(PLAIN, [SEXES, UNLIKE])
    assert sums(made, SEX) == pytest.approx({"f": 45, "m": 35}, rel=2e-10)
    assert sums(made, list(UNLIKE.by)) == pytest.approx({"y": 30, "o": 50}, rel=2e-10)
    assert made.calibration is not None
    needed = made.calibration.rounds
    assert 3 < needed < 50

    monkeypatch.setattr("anju.stats.calibrate.ROUNDS", needed)
    assert rake(PLAIN, [SEXES, UNLIKE]).weights == pytest.approx(made.weights)
    monkeypatch.setattr("anju.stats.calibrate.ROUNDS", needed - 1)
    with pytest.raises(NotCalibrated):
        rake(PLAIN, [SEXES, UNLIKE])


def test_what_settles_at_once_says_one_round():
    made = (post_stratify(PLAIN, SEXES), rake(PLAIN, [SEXES, AGES]), greg(PLAIN, np.ones((8, 1)), [90]))  # fmt: skip
    assert [one.calibration.rounds for one in made if one.calibration] == [1, 1, 1]


def test_margins_that_disagree_are_told_with_both_sums():
    with pytest.raises(NotCalibrated) as caught:
        rake(PLAIN, [SEXES, Margin("age", AGE, {"y": 30, "o": 51})])
    assert "“age” adds up to 81, “sex” to 80" in caught.value.en
    assert "“age”合计 81，“sex”合计 80" in caught.value.zh


def test_what_trimming_lifts_above_the_limit_is_trimmed_as_well():
    made = trim(design([10.0] * 8 + [29.0, 60.0]), most=3.0)
    # 60 is cut to 30; its 30 lift the 29 to 36.7, so that it is cut too and eight share 109.
    assert made.weights == pytest.approx([109 / 8] * 8 + [30.0, 30.0])
    assert made.weights.sum() == pytest.approx(169)


def test_a_limit_between_one_and_two_medians_is_a_limit():
    made = trim(design([10.0] * 9 + [20.0]), most=1.5)
    assert made.weights == pytest.approx([95 / 9] * 9 + [15.0])
    with pytest.raises(BadArgument):
        trim(design([10.0] * 2 + [90.0]), most=1.5)
