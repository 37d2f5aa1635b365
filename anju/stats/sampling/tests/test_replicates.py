"""Replicates agree with the linearised errors where both hold."""

import numpy as np
import pytest
import scipy.stats

from anju.stats.calibrate import Margin, post_stratify, rake
from anju.stats.design import Design, Lonely, design, second_stage
from anju.stats.estimate import mean, total
from anju.stats.results import BadArgument, BadDesign, Method, NoAnswers
from anju.stats.sampling.replicates import (
    Replication,
    balanced,
    bootstrap,
    jackknife,
    replicate,
    replicate_mean,
)
from anju.stats.tests.cast import known

CHANCE = np.random.default_rng(20261122)


def a_sample(*, pairs: bool = False, population: float | None = 40.0) -> tuple[Design, np.ndarray]:
    """Six strata with four buildings each (or two), ten homes a building."""
    per = 2 if pairs else 4
    buildings = 6 * per
    clusters = [unit for unit in range(buildings) for _ in range(10)]
    strata = [unit // per for unit in clusters]
    weights = CHANCE.uniform(1, 3, len(clusters))
    y = 60 + 8 * CHANCE.normal(size=buildings)[clusters] + 10 * CHANCE.normal(size=len(clusters))
    made = design(weights, strata=strata, clusters=clusters, population=population)
    return made, y


def sum_of(y: np.ndarray):
    return lambda weights: np.array([float((weights * y).sum())])


def test_a_jackknife_of_a_total_is_the_linearised_error():
    made, y = a_sample()

    [found] = replicate(made, jackknife(made), sum_of(y))

    assert found.estimate == pytest.approx(total(made, y).estimate, rel=1e-12)
    assert found.se == pytest.approx(known(total(made, y).se), rel=1e-10)
    assert found.df == 18
    assert found.method is Method.REPLICATES


def test_balanced_halves_of_a_total_are_the_linearised_error_however_much_is_kept():
    made, y = a_sample(pairs=True, population=None)

    for fay in (0.0, 0.3):
        [found] = replicate(made, balanced(made, fay=fay), sum_of(y))
        assert found.se == pytest.approx(known(total(made, y).se), rel=1e-10)


def test_a_bootstrap_comes_near_to_the_linearised_error():
    made, y = a_sample()

    found = replicate_mean(made, bootstrap(made, seed=7, samples=4000), y)

    assert found.se == pytest.approx(known(mean(made, y).se), rel=0.08)


def test_the_mean_from_units_totals_is_the_mean_from_rows():
    made, y = a_sample()
    y = np.where(CHANCE.random(len(y)) < 0.2, np.nan, y)
    drawn = jackknife(made)

    def statistic(weights: np.ndarray) -> np.ndarray:
        held = np.isfinite(y)
        return np.array([(weights * np.where(held, y, 0)).sum() / weights[held].sum()])

    [slow] = replicate(made, drawn, statistic)
    quick = replicate_mean(made, drawn, y)

    assert quick.se == pytest.approx(known(slow.se), rel=1e-10)
    assert quick.estimate == pytest.approx(mean(made, y).estimate, rel=1e-12)


def test_calibrated_weights_are_fitted_anew_so_that_known_totals_have_no_error():
    made, y = a_sample()
    kind = [str(place % 3) for place in range(made.n)]
    fitted = post_stratify(made, Margin("kind", kind, {"0": 100.0, "1": 150.0, "2": 120.0}))

    def counted(weights: np.ndarray) -> np.ndarray:
        return np.array([weights[np.array(kind) == "1"].sum(), (weights * y).sum()])

    certain, told = replicate(fitted, jackknife(fitted), counted)

    assert certain.estimate == pytest.approx(150.0)
    assert certain.se == pytest.approx(0.0, abs=1e-9)
    assert told.se == pytest.approx(known(total(fitted, y).se), rel=0.1)


def test_a_bootstrap_of_a_raked_mean_lies_near_its_own_linearised_error():
    made, y = a_sample()
    one, two = ([str((place // step) % 2) for place in range(made.n)] for step in (1, 2))
    fitted = rake(
        made, [Margin("one", one, {"0": 250, "1": 230}), Margin("two", two, {"0": 200, "1": 280})]
    )

    def weighted(weights: np.ndarray) -> np.ndarray:
        return np.array([(weights * y).sum() / weights.sum()])

    [found] = replicate(fitted, bootstrap(fitted, seed=3, samples=1500), weighted)

    assert found.se == pytest.approx(known(mean(fitted, y).se), rel=0.12)


def test_the_same_seed_draws_the_same_replicates_and_another_seed_others():
    made, _ = a_sample()

    first, same, other = (bootstrap(made, seed=seed, samples=60).factors for seed in (1, 1, 2))

    assert (first == same).all()
    assert (first != other).any()


def test_a_stratum_drawn_with_certainty_gives_no_replicate():
    made = design(
        [1.0] * 5, strata=["a", "a", "a", "b", "b"], clusters=[1, 2, 3, 4, 4], lonely=Lonely.CERTAIN
    )

    drawn = jackknife(made)

    assert drawn.many == 3
    assert (drawn.factors[3] == 1).all()
    assert (bootstrap(made, seed=1, samples=50).factors[3] == 1).all()


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (balanced, "strata"),
        (lambda made: balanced(a_sample(pairs=True)[0]), "strata"),
        (lambda made: bootstrap(made, seed=1, samples=49), "samples"),
        (lambda made: balanced(a_sample(pairs=True, population=None)[0], fay=1.0), "fay"),
        (lambda made: replicate_mean(made, jackknife(made), [1.0]), "y"),
        (lambda made: jackknife(design([1.0], population=1)), "clusters"),
        (
            lambda made: jackknife(
                design(made.weights, clusters=list(made.first.units), population=50,
                       second=second_stage(list(made.first.units), None, 30))
            ),
            "second",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_again_is_refused_by_name(make, field):
    with pytest.raises((BadDesign, BadArgument)) as refused:
        make(a_sample()[0])
    assert refused.value.field == field


def test_a_mean_of_nobody_and_a_group_that_dies_out_are_refused():
    made, y = a_sample()
    alone = np.where(np.asarray(made.first.units) == 3, y, np.nan)

    with pytest.raises(NoAnswers):
        replicate_mean(made, jackknife(made), np.full(made.n, np.nan))
    with pytest.raises(NoAnswers), np.errstate(invalid="ignore"):
        replicate_mean(made, jackknife(made), alone)


def test_a_bootstrap_makes_five_hundred_replicates_unless_told_otherwise():
    made, _ = a_sample()

    assert bootstrap(made, seed=1).many == 500
    assert [jackknife(made).kind, bootstrap(made, seed=1).kind] == [
        Replication.JACKKNIFE,
        Replication.BOOTSTRAP,
    ]


def test_units_drawn_again_count_one_on_average_in_each_stratum_of_each_replicate():
    strata = np.repeat([0, 1, 2], [2, 5, 9])
    made = design(np.ones(16), strata=strata.tolist(), clusters=list(range(16)), population=40)

    factors = bootstrap(made, seed=4, samples=60).factors

    for stratum in range(3):
        assert factors[strata == stratum].mean(axis=0) == pytest.approx(np.ones(60))


def test_balanced_halves_are_as_few_as_balance_allows():
    made = design(np.ones(14), strata=np.repeat(np.arange(7), 2).tolist(), clusters=list(range(14)))

    assert balanced(made).many == 8


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_limits_lie_t_errors_off_by_the_degrees_of_the_design(level):
    made, y = a_sample()

    found = replicate_mean(made, jackknife(made), y, level=level)

    wide = scipy.stats.t.ppf((1 + level) / 2, 18) * found.se
    limits = (found.estimate - wide, found.estimate + wide)
    assert (found.ci_low, found.ci_high) == pytest.approx(limits)


def test_two_units_in_a_stratum_are_left_out_and_drawn_again():
    made = design([1.0] * 4, clusters=[1, 1, 2, 2])
    y = np.array([1.0, 3.0, 5.0, 7.0])

    assert jackknife(made).factors.tolist() == [[0, 2], [2, 0]]
    assert replicate_mean(made, jackknife(made), y).se == pytest.approx(known(mean(made, y).se))
    assert sorted(set(bootstrap(made, seed=1, samples=60).factors.ravel())) == [0, 2]


@pytest.mark.parametrize(("strata", "many"), [(1, 2), (3, 4), (4, 8), (7, 8), (8, 16)])
def test_half_samples_are_the_next_power_of_two_above_the_strata(strata, many):
    made = design([1.0] * (2 * strata), strata=[row // 2 for row in range(2 * strata)])
    y = CHANCE.normal(size=2 * strata)

    drawn = balanced(made)

    assert drawn.many == many
    assert (drawn.factors.sum(axis=0) == 2 * strata).all()
    assert replicate(made, drawn, sum_of(y))[0].se == pytest.approx(known(total(made, y).se))
