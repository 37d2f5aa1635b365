"""Times of asking: effects as they were made, false alarms as rare as said, scores freed of the mix."""

import numpy as np
import pytest

from anju.stats.design import design
from anju.stats.estimate import mean
from anju.stats.patterns.timing import time_effect, time_standardise
from anju.stats.results import BadArgument, NotCalibrated, NotIdentified
from anju.stats.tests.cast import known

SLOTS = ("morning", "evening", "weekend")


def asked(seed: int, effects: tuple[float, float, float], *, n: int = 600, spread: float = 6.0):
    """Owners of thirty buildings, asked in three slots; buildings differ, and so do slots."""
    chance = np.random.default_rng(seed)
    building, slot = chance.integers(0, 30, n), chance.integers(0, 3, n)
    y = (
        70
        + spread * chance.normal(size=30)[building]
        + np.array(effects)[slot]
        + chance.normal(0, 8, n)
    )
    return y, [SLOTS[one] for one in slot], list(building)


def test_effects_of_slots_are_found_as_they_were_made_and_add_up_to_nought():
    found = time_effect(*asked(4, (4.0, -4.0, 0.0), n=6000))

    effects = {one.slot: one for one in found.slots}
    assert effects["morning"].effect == pytest.approx(4, abs=1)
    assert effects["evening"].effect == pytest.approx(-4, abs=1)
    assert sum(one.effect for one in found.slots) == pytest.approx(0, abs=1e-9)
    assert found.p < 1e-6
    assert (found.df1, found.df2) == (2, 29)


def test_where_time_does_nothing_few_alarms_ring():
    alarms = sum(time_effect(*asked(seed, (0, 0, 0))).p < 0.05 for seed in range(400))

    assert alarms / 400 <= 0.095


def test_buildings_asked_at_one_time_only_do_not_pass_for_an_effect_of_time():
    chance = np.random.default_rng(9)
    building = np.repeat(np.arange(20), 30)
    late = (building >= 10) ^ (chance.random(600) < 0.1)
    y = 60 + 20 * (building >= 10) + chance.normal(0, 5, 600)

    found = time_effect(y, [str(one) for one in late], list(building))

    assert abs(found.slots[0].effect) < 3


def test_gaps_are_left_out_and_weights_count():
    y, slots, buildings = asked(2, (3.0, -3.0, 0.0))
    holes = np.where(np.arange(600) < 100, np.nan, y)

    found = time_effect(holes, slots, buildings, weights=[1.0] * 600)
    same = time_effect(y[100:], slots[100:], buildings[100:])

    assert [one.n for one in found.slots] == [one.n for one in same.slots]
    assert found.f == pytest.approx(same.f)


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        (([1.0], ["a"], []), BadArgument),
        (([1.0] * 20, ["a", "b"] * 10, [1] * 20), BadArgument),
        (([1.0] * 20, ["a"] * 20, list(range(20))), NotIdentified),
        ((list(range(20)), ["a"] * 10 + ["b"] * 10, list(range(20))), NotIdentified),
    ],
)
def test_times_that_cannot_be_compared_are_refused(rows, error):
    with pytest.raises(error):
        time_effect(*rows)


def test_a_fixed_mix_undoes_that_more_were_asked_in_the_evening():
    chance = np.random.default_rng(7)
    slots = ["evening"] * 800 + ["morning"] * 200
    y = np.where(np.array(slots) == "evening", 60.0, 80.0) + chance.normal(0, 1, 1000)

    found = time_standardise(design([1.0] * 1000), y, slots, {"evening": 0.5, "morning": 0.5})

    assert found.raw == mean(design([1.0] * 1000), y)
    assert found.raw.estimate == pytest.approx(64, abs=0.3)
    assert found.score.estimate == pytest.approx(70, abs=0.3)
    assert found.moved == pytest.approx(6, abs=0.5)
    assert known(found.score.se) < known(found.raw.se)


def test_the_own_mix_leaves_the_mean_where_it_was():
    y, slots, _ = asked(1, (5, 0, -5))
    own = {slot: slots.count(slot) / 600 for slot in SLOTS}

    found = time_standardise(design([1.0] * 600), y, slots, own)

    assert found.score.estimate == pytest.approx(found.raw.estimate)
    assert found.moved == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("mix", "error"),
    [
        ({"a": 0.5, "b": 0.4}, BadArgument),
        ({"a": 1.5, "b": -0.5}, BadArgument),
        ({"a": 0.5, "b": 0.3, "c": 0.2}, NotCalibrated),
        ({"a": 1.0}, NotCalibrated),
    ],
)
def test_a_mix_that_cannot_be_is_refused(mix, error):
    with pytest.raises(error):
        time_standardise(design([1.0] * 4), [1.0, 2, 3, 4], ["a", "a", "b", "b"], mix)


def test_a_slot_without_share_and_answers_changes_nothing_and_lengths_are_checked():
    made = design([1.0] * 4)

    found = time_standardise(made, [1.0, 2, 3, 4], ["a"] * 4, {"a": 1.0, "b": 0.0})

    assert found.score.estimate == 2.5
    with pytest.raises(BadArgument):
        time_standardise(made, [1.0, 2, 3, 4], ["a"], {"a": 1.0})
