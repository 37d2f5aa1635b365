"""Ordered answers: the Copenhagen estates as published, simulation with a known truth, refusals."""

import csv
from pathlib import Path

import numpy as np
import pytest

from anju.stats.patterns.ordinal import Factor, chances, ordered
from anju.stats.results import BadArgument, NotIdentified

HOUSING = Path(__file__).parents[5] / "shared" / "data" / "copenhagen_housing.csv"
LEVELS = ("Low", "Medium", "High")


def simulated(n: int, seed: int, slope: float = 1.0, spread: float = 0.0):
    """Answers in three levels of owners in forty buildings, moved by one driver in two categories."""
    chance = np.random.default_rng(seed)
    driver, building = chance.integers(0, 2, n), chance.integers(0, 40, n)
    hidden = slope * driver + chance.logistic(size=n) + spread * chance.normal(size=40)[building]
    return np.digitize(hidden, [-1.0, 1.0]), driver, building


@pytest.mark.skipif(not HOUSING.exists(), reason="the residents' survey lies elsewhere")
def test_the_residents_of_copenhagen_are_as_published():
    """Source: Venables and Ripley 2002, Modern Applied Statistics with S, section 7.3."""
    rows = list(csv.DictReader(HOUSING.read_text(encoding="utf-8").splitlines()))

    found = ordered(
        [row["Sat"] for row in rows], LEVELS,
        [Factor("Infl", [row["Infl"] for row in rows], "Low"),
         Factor("Type", [row["Type"] for row in rows], "Tower"),
         Factor("Cont", [row["Cont"] for row in rows], "Low")],
        counts=[float(row["Freq"]) for row in rows],
    )  # fmt: skip

    steps = {(step.driver, step.category): (step.log_odds, step.se) for step in found.steps}
    assert steps["Infl", "Medium"] == pytest.approx((0.5663937, 0.1046528), abs=1e-4)
    assert steps["Infl", "High"] == pytest.approx((1.2888191, 0.1271561), abs=1e-4)
    assert steps["Type", "Apartment"] == pytest.approx((-0.5723501, 0.1192380), abs=1e-4)
    assert steps["Type", "Atrium"] == pytest.approx((-0.3661866, 0.1551733), abs=1e-4)
    assert steps["Type", "Terrace"] == pytest.approx((-1.0910149, 0.1514860), abs=1e-4)
    assert steps["Cont", "High"] == pytest.approx((0.3602841, 0.0955358), abs=1e-4)
    assert found.cuts == pytest.approx((-0.4961353, 0.6907083), abs=1e-4)
    assert found.deviance == pytest.approx(3479.149, abs=1e-3)
    assert found.n == 1681
    assert found.drivers[0].driver == "Infl"
    assert chances(found, {"Infl": "High"})[2] == pytest.approx(0.6452, abs=2e-3)


def test_a_driver_is_found_as_it_was_made():
    y, driver, _ = simulated(6000, 3)

    found = ordered(list(y), (0, 1, 2), [Factor("d", list(driver), 0)])

    [step] = found.steps
    assert step.log_odds == pytest.approx(1.0, abs=4 * step.se)
    assert step.odds == pytest.approx(np.exp(step.log_odds))
    assert step.ci_low < step.log_odds < step.ci_high
    assert found.drivers[0].p < 1e-6
    assert not found.robust


def test_an_interval_holds_the_truth_as_often_as_it_says():
    held = 0
    for seed in range(300):
        y, driver, _ = simulated(300, seed)
        [step] = ordered(list(y), (0, 1, 2), [Factor("d", list(driver), 0)]).steps
        held += step.ci_low <= 1.0 <= step.ci_high

    assert 0.91 <= held / 300 <= 0.985


def test_buildings_that_answer_alike_widen_the_error_of_what_a_building_shares():
    y, _, building = simulated(3000, 8, 0.0, 1.5)
    halves = [int(one) % 2 for one in building]

    naive = ordered(list(y), (0, 1, 2), [Factor("half", halves, 0)])
    honest = ordered(list(y), (0, 1, 2), [Factor("half", halves, 0)], clusters=list(building))

    assert honest.robust
    assert honest.steps[0].se > 2 * naive.steps[0].se
    assert honest.steps[0].log_odds == naive.steps[0].log_odds


def test_counts_are_people():
    y, driver, _ = simulated(200, 5)
    table = {(a, b): 0 for a in range(3) for b in range(2)}
    for pair in zip(y, driver, strict=True):
        table[pair] += 1

    one = ordered(list(y), (0, 1, 2), [Factor("d", list(driver), 0)])
    two = ordered(
        [a for a, _ in table], (0, 1, 2), [Factor("d", [b for _, b in table], 0)],
        counts=list(table.values()),
    )  # fmt: skip

    assert one.deviance == pytest.approx(two.deviance)
    assert one.steps[0].log_odds == pytest.approx(two.steps[0].log_odds, abs=1e-8)


def test_the_chances_of_all_levels_make_one():
    y, driver, _ = simulated(500, 9)
    found = ordered(list(y), (0, 1, 2), [Factor("d", list(driver), 0)])

    assert sum(chances(found, {"d": 1})) == pytest.approx(1)
    assert chances(found, {"d": 0}) == chances(found, {})
    with pytest.raises(BadArgument):
        chances(found, {"other": 1})


@pytest.mark.parametrize(
    ("y", "levels", "factors", "more", "field"),
    [
        ([0, 1] * 20, (0, 1), [Factor("d", [0, 1] * 20, 0)], {}, "levels"),
        ([0, 1, 2] * 20, (0, 1, 2), [], {}, "levels"),
        ([0, 1, 5] * 20, (0, 1, 2), [Factor("d", [0, 1, 1] * 20, 0)], {}, "y"),
        ([0, 1, 2] * 20, (0, 1, 2), [Factor("d", [0, 1], 0)], {}, "y"),
        ([0, 1, 2] * 20, (0, 1, 2), [Factor("d", [0, 1, 1] * 20, 0)], {"counts": [-1.0] * 60}, "y"),
        ([0, 1, 2] * 20, (0, 1, 2), [Factor("d", [0, 1, 1] * 20, 7)], {}, "d"),
        ([0, 1, 2], (0, 1, 2), [Factor("d", [0, 1, 1], 0)], {}, "factors"),
        ([0, 1, 2] * 20, (0, 1, 2), [Factor("d", [0] * 60, 0)], {}, "factors"),
        ([0, 1] * 30, (0, 1, 2), [Factor("d", [0, 1, 1] * 20, 0)], {}, "levels"),
        ([0, 1, 2, 1, 2] * 15, (0, 1, 2), [Factor("d", [0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1] * 5, 0)], {"clusters": [1]}, "clusters"),
        ([0, 1, 2, 1, 2] * 15, (0, 1, 2), [Factor("d", [0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1] * 5, 0)], {"clusters": [1] * 75}, "clusters"),
    ],
)  # fmt: skip
def test_what_cannot_be_fitted_is_refused_by_name(y, levels, factors, more, field):
    with pytest.raises(BadArgument) as refused:
        ordered(y, levels, factors, **more)
    assert refused.value.field == field


def test_drivers_that_repeat_each_other_or_know_all_are_refused():
    y = [0, 1, 2, 1] * 15
    same = [Factor("a", [0, 1, 1, 0] * 15, 0), Factor("b", [5, 6, 6, 5] * 15, 5)]
    perfect = [Factor("a", [0, 1, 2, 1] * 15, 0)]

    for factors in (same, perfect):
        with pytest.raises(NotIdentified), np.errstate(all="ignore"):
            ordered(y, (0, 1, 2), factors)


def test_a_fit_that_does_not_settle_is_refused(monkeypatch):
    monkeypatch.setattr("anju.stats.patterns.ordinal.STEPS", 1)
    y, driver, _ = simulated(300, 3)

    with pytest.raises(NotIdentified):
        ordered(list(y), (0, 1, 2), [Factor("d", list(driver), 0)])
