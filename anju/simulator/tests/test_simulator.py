"""The simulator keeps its promises: seeds, means, silence, slots, fading, measures."""

import numpy as np
import pytest

from anju.simulator.town import Events, Fading, MeasureDone, Plan, town
from anju.simulator.wave import Asking, Drawing, Silence, ask


def test_the_same_seed_makes_the_same_town_and_the_same_answers():
    one, two = (ask(town(Plan(), seed=3), Asking(noise=5), seed=4) for _ in range(2))
    other = ask(town(Plan(), seed=3), Asking(noise=5), seed=5)

    assert (one.points == two.points).all()
    assert (one.points != other.points).any()


def test_a_town_has_the_spread_that_was_asked_for():
    made = town(Plan(buildings=400, homes=50, mean=60, between=8, within=10), seed=1)

    means = made.of_buildings(0)
    assert means.mean() == pytest.approx(60, abs=1.5)
    assert means.std() == pytest.approx(8, abs=1)
    inside = made.base - means[made.building]
    assert inside.std() == pytest.approx(10, abs=0.5)


def test_owners_of_one_home_think_alike():
    made = town(
        Plan(buildings=40, homes=100, owners=3, within=4, in_home=9, between=0, mean=50), seed=2
    )

    homes, counts = np.unique(made.home, return_counts=True)
    assert counts.min() == 1
    assert counts.max() == 3
    pairs = [made.base[made.home == home][:2] for home in homes[counts == 3][:800]]
    first, second = np.array(pairs).T
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(81 / 97, abs=0.06)


def test_joy_fades_sooner_than_anger():
    events = Events(np.array([0, 1]), np.array([10.0, 10.0]), np.array([20.0, -20.0]))
    made = town(
        Plan(buildings=1, homes=3, mean=50, within=0, between=0),
        seed=1,
        events=events,
        fading=Fading(20, 120),
    )

    assert made.truth(9).tolist() == [50, 50, 50]
    assert made.truth(10).tolist() == [70, 30, 50]
    assert made.truth(30)[0] == pytest.approx(60)
    assert made.truth(130)[1] == pytest.approx(40)


def test_a_measure_lifts_its_buildings_from_its_day_on_and_no_other():
    made = town(
        Plan(buildings=4, homes=10, within=0, between=0, mean=60), seed=1,
        measures=[MeasureDone((1, 2), 100, 8.0)],
    )  # fmt: skip

    assert made.of_buildings(99).tolist() == [60] * 4
    assert made.of_buildings(100).tolist() == [60, 68, 68, 60]


def test_a_building_that_wanders_stands_still_within_a_day():
    made = town(Plan(buildings=30, within=0, between=0, wander=2), seed=6)

    assert (made.truth(5) == made.truth(5)).all()
    assert made.of_buildings(5).std() > 1
    assert (made.of_buildings(5) != made.of_buildings(6)).all()


@pytest.mark.parametrize("drawing", list(Drawing))
def test_weights_add_up_to_all_owners_on_average(drawing):
    made = town(Plan(buildings=60, homes=20, strata=3, apart=5), seed=1)
    many = 20 if drawing is Drawing.CLUSTERS else 300

    wave = ask(made, Asking(drawing=drawing, many=many), seed=2)

    assert wave.weights.sum() == pytest.approx(made.many)
    assert np.average(wave.points[:, 0], weights=wave.weights) == pytest.approx(wave.truth, abs=4)
    assert len(np.unique(wave.owner)) == len(wave.owner)


def test_where_the_satisfied_answer_more_the_answers_are_too_good_and_reminders_help():
    made = town(Plan(buildings=100, homes=50), seed=1)

    wave = ask(made, Asking(silence=Silence(0.3, 0.5, reminders=3)), seed=2)

    said = wave.points[wave.spoke, 0].mean()
    first = wave.points[wave.reminders == 0, 0].mean()
    assert first > said > wave.truth + 1
    assert set(np.unique(wave.reminders)) == {-1, 0, 1, 2, 3}
    assert (wave.spoke == (wave.reminders >= 0)).all()


def test_slots_are_shared_out_and_move_the_answers():
    made = town(Plan(buildings=50, mean=50, within=5), seed=1)
    asking = Asking(slots={"morning": 1, "evening": 3}, effects={"evening": -6.0}, items=3, noise=2)

    wave = ask(made, asking, seed=2)

    late = np.array([one == "evening" for one in wave.slot])
    assert late.mean() == pytest.approx(0.75, abs=0.03)
    assert wave.points[~late].mean() - wave.points[late].mean() == pytest.approx(6, abs=0.7)
    assert wave.points.shape == wave.levels.shape == (len(wave.owner), 3)


def test_levels_are_fifths_of_the_points():
    made = town(Plan(buildings=50), seed=1)
    wave = ask(made, Asking(), seed=1)

    assert set(np.unique(wave.levels)) == {0, 1, 2, 3, 4}
    assert (wave.levels == np.minimum(wave.points // 20, 4)).all()


def test_an_empty_plan_is_refused():
    with pytest.raises(ValueError, match="needs buildings"):
        town(Plan(buildings=0), seed=1)
