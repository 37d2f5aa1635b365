"""Pooled building scores: as lme4 says, nearer to the truth than direct ones, honest in their limits."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from anju.stats.pooled import Area, Pool, random_intercepts, small_area
from anju.stats.results import BadArgument, NotIdentified

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "reference"
KEYS = [f"{number}栋" for number in range(1, 31)]


def area(key: str, values: np.ndarray) -> Area:
    return Area(
        key, len(values), float(values.mean()), float(((values - values.mean()) ** 2).sum())
    )


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference results lie elsewhere")
def test_random_intercepts_are_those_of_lme4():
    with (REFERENCE / "dyestuff.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = json.loads((REFERENCE / "psychometrics_reference.json").read_text(encoding="utf-8"))
    wanted = said["lmer_dyestuff"]
    batches = {row["Batch"]: [] for row in rows}
    for row in rows:
        batches[row["Batch"]].append(float(row["Yield"]))
    found = random_intercepts([area(key, np.array(values)) for key, values in batches.items()])
    assert found.centre[0] == pytest.approx(wanted["mu"], rel=1e-9)
    assert np.sqrt(found.between) == pytest.approx(wanted["sd_batch"], rel=1e-4)
    assert np.sqrt(found.within or 0) == pytest.approx(wanted["sd_res"], rel=1e-4)
    for one in found.areas:
        assert one.pooled - found.centre[0] == pytest.approx(wanted["blup"][one.key], abs=2e-3)


def simulated(seed: int) -> tuple[np.ndarray, Pool]:
    """Return the true scores of thirty small buildings and what was made of their few answers."""
    chance = np.random.default_rng(seed)
    truth = 70 + chance.normal(0, 6, 30)
    sizes = chance.integers(4, 12, 30)
    answers = [truth[at] + chance.normal(0, 20, sizes[at]) for at in range(30)]
    return truth, random_intercepts([area(k, a) for k, a in zip(KEYS, answers, strict=True)])


def test_over_many_samples_pooled_scores_err_less_and_their_limits_hold():
    direct = pooled = inside = 0.0
    for seed in range(200):
        truth, found = simulated(seed)
        for true, one in zip(truth, found.areas, strict=True):
            direct += (one.direct - true) ** 2
            pooled += (one.pooled - true) ** 2
            inside += one.ci_low <= true <= one.ci_high
    assert pooled < 0.6 * direct
    assert 0.93 < inside / 6_000 < 0.975


def test_a_building_with_more_answers_keeps_more_of_its_own_voice():
    few, many = np.array([90.0, 70.0]), np.tile([90.0, 70.0], 40)
    others = [area(key, np.array([60.0 + at, 80.0 + at])) for at, key in enumerate("abcdef")]
    found = random_intercepts([area("few", few), area("many", many), *others])
    own = {one.key: one.own for one in found.areas}
    assert own["many"] >= own["few"]
    assert all(0 <= share < 1 for share in own.values())


def test_buildings_that_differ_by_chance_alone_are_drawn_to_one_centre():
    same = [area(key, np.array([60.0, 80.0])) for key in KEYS]
    found = random_intercepts(same)
    assert found.between == 0
    assert {round(one.pooled, 6) for one in found.areas} == {70.0}
    assert {one.own for one in found.areas} == {0.0}


def test_known_variances_and_columns_give_the_mean_of_the_textbook():
    chance = np.random.default_rng(3)
    lift = np.array([1.0, 0.0] * 15)
    d = chance.uniform(4, 36, 30)
    truth = 65 + 10 * lift + chance.normal(0, 4, 30)
    y = truth + chance.normal(0, np.sqrt(d))
    columns = np.column_stack([np.ones(30), lift])
    found = small_area(KEYS, y, d, columns)
    weight = 1 / (found.between + d)
    expected = np.linalg.lstsq(columns * np.sqrt(weight)[:, None], y * np.sqrt(weight), rcond=None)
    assert found.centre == pytest.approx(tuple(expected[0]))
    assert found.centre[1] == pytest.approx(10, abs=4)
    assert (
        np.mean([(a.pooled - t) ** 2 for a, t in zip(found.areas, truth, strict=True)]) < d.mean()
    )
    assert found.within is None
    plain = small_area(KEYS, y, d)
    assert len(plain.centre) == 1
    assert plain.between > found.between


@pytest.mark.parametrize(
    ("ask", "refused"),
    [
        (lambda: small_area(KEYS[:4], [1.0] * 4, [1.0] * 4), BadArgument),
        (lambda: small_area(KEYS, [1.0] * 29, [1.0] * 30), BadArgument),
        (lambda: small_area(KEYS, [1.0] * 30, [0.0] * 30), BadArgument),
        (lambda: small_area(KEYS, [1.0] * 30, [1.0] * 30, np.ones((30, 2))), NotIdentified),
        (lambda: random_intercepts([Area("a", 2, 1.0, 1.0)] * 4), BadArgument),
        (lambda: random_intercepts([Area("a", 1, 1.0, 0.0)] * 6), BadArgument),
        (lambda: random_intercepts([Area("a", 2, 1.0, 0.0)] * 6), NotIdentified),
    ],
)
def test_what_cannot_be_pooled_is_refused(ask, refused):
    with pytest.raises(refused):
        ask()
