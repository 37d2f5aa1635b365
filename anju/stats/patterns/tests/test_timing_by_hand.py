"""The time of asking beside the same fitted step by step: dummies, clustered errors, a fixed mix."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f, t

from anju.stats.design import design
from anju.stats.patterns.timing import time_effect, time_standardise
from anju.stats.results import BadArgument, NotCalibrated

CHANCE = np.random.default_rng(8)
N, HOUSES = 240, 12
HOUSE = CHANCE.integers(0, HOUSES, N)
SLOT = CHANCE.integers(0, 3, N)
WEIGHT = CHANCE.uniform(0.5, 3, N)
Y = (
    60
    + CHANCE.normal(size=HOUSES)[HOUSE] * 5
    + np.array([2.0, -1.0, 0.0])[SLOT]
    + CHANCE.normal(0, 6, N)
)


def fitted(level):
    """Return effects with errors, limits, F and p of a weighted regression on dummies of both."""
    order = list(dict.fromkeys(SLOT.tolist()))
    place = np.array([order.index(one) for one in SLOT])
    turned = np.vstack([np.eye(2), [-1, -1]])[place]
    x = np.hstack([turned, np.eye(HOUSES)[HOUSE]])
    bread = np.linalg.inv(x.T @ (x * WEIGHT[:, None]))
    beta = bread @ (x.T @ (WEIGHT * Y))
    left = WEIGHT * (Y - x @ beta)
    scores = np.array(
        [(x[one == HOUSE] * left[one == HOUSE, None]).sum(axis=0) for one in range(HOUSES)]
    )
    covariance = (bread @ scores.T @ scores @ bread)[:2, :2] * HOUSES / (HOUSES - 1)
    whole = np.array([*beta[:2], -beta[:2].sum()])
    spread = np.vstack([np.eye(2), [-1, -1]])
    errors = np.sqrt(np.diag(spread @ covariance @ spread.T))
    wide = t.ppf((1 + level) / 2, HOUSES - 1) * errors
    statistic = beta[:2] @ np.linalg.inv(covariance) @ beta[:2] / 2
    return order, whole, errors, whole - wide, whole + wide, statistic


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_effects_errors_and_the_joint_test_are_those_of_a_regression(level):
    found = time_effect(Y, SLOT.tolist(), HOUSE.tolist(), weights=WEIGHT, level=level)

    order, effects, errors, low, high, statistic = fitted(level)
    assert [one.slot for one in found.slots] == order
    assert [one.n for one in found.slots] == [int((one == SLOT).sum()) for one in order]
    assert [one.effect for one in found.slots] == pytest.approx(effects)
    assert [one.se for one in found.slots] == pytest.approx(errors)
    assert [one.ci_low for one in found.slots] == pytest.approx(low)
    assert [one.ci_high for one in found.slots] == pytest.approx(high)
    assert found.f == pytest.approx(statistic)
    assert (found.df1, found.df2) == (2, HOUSES - 1)
    assert found.p == pytest.approx(f.sf(statistic, 2, HOUSES - 1))


def test_ten_buildings_are_enough_and_nine_are_not():
    ten, nine = HOUSE % 10, HOUSE % 9

    assert time_effect(Y, SLOT.tolist(), ten.tolist()).df2 == 9
    with pytest.raises(BadArgument, match="9 buildings"):
        time_effect(Y, SLOT.tolist(), nine.tolist())


def test_a_weight_of_nought_is_refused():
    with pytest.raises(BadArgument, match="weights above 0"):
        time_effect(Y, SLOT.tolist(), HOUSE.tolist(), weights=[*WEIGHT[:-1], 0.0])


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_a_standardised_score_is_the_sum_of_the_slots_own_means(level):
    mix = {0: 0.5, 1: 0.3, 2: 0.2}
    made = design(WEIGHT)

    found = time_standardise(made, Y, SLOT.tolist(), mix, level=level)

    held = [one == SLOT for one in mix]
    means = [np.average(Y[rows], weights=WEIGHT[rows]) for rows in held]
    wanted = float(np.dot(list(mix.values()), means))
    z = np.zeros(N)
    for share, rows, middle in zip(mix.values(), held, means, strict=True):
        z[rows] = share * WEIGHT[rows] * (Y[rows] - middle) / WEIGHT[rows].sum()
    se = np.sqrt(N * z.var(ddof=1))
    wide = t.ppf((1 + level) / 2, N - 1) * se
    assert found.score.estimate == pytest.approx(wanted)
    assert found.score.se == pytest.approx(se)
    assert (found.score.ci_low, found.score.ci_high) == pytest.approx(
        (wanted - wide, wanted + wide)
    )
    assert found.moved == pytest.approx(wanted - np.average(Y, weights=WEIGHT))


def test_an_answer_outside_the_mix_is_named_even_where_it_is_the_only_one():
    slots = [*(SLOT[:-1] % 2).tolist(), "night"]
    with pytest.raises(NotCalibrated, match="“night” has no share"):
        time_standardise(design(WEIGHT), Y, slots, {0: 0.5, 1: 0.5})


def test_no_mix_at_all_is_refused():
    with pytest.raises(BadArgument, match="add up to 1"):
        time_standardise(design(WEIGHT), Y, SLOT.tolist(), {})


def test_answers_of_one_cluster_have_a_standardised_score_without_an_interval():
    inside = np.where(HOUSE == 3, Y, np.nan)
    slots = np.where(np.arange(N) % 2 == 0, "early", "late").tolist()

    found = time_standardise(
        design(WEIGHT, clusters=HOUSE), inside, slots, {"early": 0.5, "late": 0.5}
    )

    assert found.raw.se is None
    assert (found.score.se, found.score.ci_low, found.score.ci_high) == (None, None, None)
    assert found.score.warnings[0].code == "one-cluster"


@pytest.mark.parametrize(
    ("early", "late"),
    [(70.0, 80.0), (3.0, -1.0), (1e9 / 3, 1e9 / 7)],
    ids=["scores", "nought", "far"],
)
def test_answers_that_differ_by_their_slot_alone_leave_no_error_of_the_standardised_score(
    early, late
):
    slots = np.where(np.arange(N) % 3 == 0, "early", "late").tolist()
    values = [early if slot == "early" else late for slot in slots]
    mix = {"early": 0.25, "late": 0.75}

    found = time_standardise(design(WEIGHT, clusters=HOUSE), values, slots, mix)
    whole = time_standardise(
        design(WEIGHT, clusters=HOUSE, population=[HOUSES] * N), values, slots, mix
    )

    assert found.raw.se is not None
    assert found.score.estimate == pytest.approx(0.25 * early + 0.75 * late, rel=1e-9, abs=1e-9)
    assert (found.score.se, found.score.df, found.score.ci_low) == (None, None, None)
    assert found.score.warnings[0].code == "no-difference"
    assert whole.score.se == pytest.approx(0, abs=1e-6)
