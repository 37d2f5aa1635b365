"""Places hold for all groups at once, and nobody is put before anybody by chance."""

from __future__ import annotations

import numpy as np
import pytest

from anju.stats import estimate as est
from anju.stats.design import design
from anju.stats.ranks import Placed, Scored, rank_intervals
from anju.stats.results import BadArgument


def test_groups_that_cannot_be_told_apart_share_their_places():
    found = rank_intervals([Scored("a", 90, 1), Scored("b", 89, 1), Scored("c", 60, 1)])
    assert found == (Placed("a", 1, 2), Placed("b", 1, 2), Placed("c", 3, 3))


def test_figures_without_error_differ_surely_or_not_at_all():
    found = rank_intervals([Scored("a", 50, 0), Scored("b", 60, 0), Scored("c", 50, 0)])
    assert found == (Placed("a", 2, 3), Placed("b", 1, 1), Placed("c", 2, 3))


def test_all_places_are_right_at_once_as_often_as_promised():
    chance = np.random.default_rng(20261122)
    truth = np.array([60.0, 60.5, 61.0, 70.0, 70.2, 80.0])
    places = 1 + (truth[:, None] < truth[None, :]).sum(axis=1)
    wrong = 0
    for _ in range(1_000):
        drawn = truth + chance.normal(0, 2, 6)
        found = rank_intervals([Scored(str(at), float(y), 2.0) for at, y in enumerate(drawn)])
        wrong += any(not f.best <= p <= f.worst for f, p in zip(found, places, strict=True))
    assert wrong <= 66


@pytest.mark.parametrize(
    "groups",
    [
        [Scored("a", 1, 1)],
        [Scored("a", 1, 1), Scored("a", 2, 1)],
        [Scored("a", 1, -1), Scored("b", 2, 1)],
        [Scored("a", float("nan"), 1), Scored("b", 2, 1)],
    ],
)
def test_what_has_no_places_is_refused(groups):
    with pytest.raises(BadArgument):
        rank_intervals(groups)


def test_a_change_among_the_same_homes_is_the_mean_of_their_differences():
    chance = np.random.default_rng(5)
    before = chance.normal(70, 10, 80)
    after = before + chance.normal(2, 3, 80)
    homes = list(range(80)) * 2
    made = design([1.0] * 160, clusters=homes)
    waves = [2025] * 80 + [2026] * 80
    found = est.contrast(made, np.concatenate([before, after]), waves, {2026: 1, 2025: -1})
    gaps = after - before
    assert found.estimate == pytest.approx(gaps.mean())
    assert found.se == pytest.approx(gaps.std(ddof=1) / np.sqrt(80))
    alone = est.contrast(
        design([1.0] * 160), np.concatenate([before, after]), waves, {2026: 1, 2025: -1}
    )
    assert (alone.se or 0) > 3 * (found.se or 0)
    assert found.n == 160


def test_a_contrast_with_a_group_that_is_not_there_is_refused():
    with pytest.raises(BadArgument):
        est.contrast(design([1.0] * 4), [1.0, 2, 3, 4], "aabb", {"a": 1, "c": -1})


def test_two_groups_have_places_and_their_difference_is_a_z_test():
    # 1.96 standard errors of √(1² + 2²) = 2.236 lie at 4.383.
    near = rank_intervals([Scored("a", 54.38, 1), Scored("b", 50, 2)])
    far = rank_intervals([Scored("a", 54.39, 1), Scored("b", 50, 2)])
    turned = rank_intervals([Scored("b", 50, 2), Scored("a", 54.39, 1)])

    assert near == (Placed("a", 1, 2), Placed("b", 1, 2))
    assert far == (Placed("a", 1, 1), Placed("b", 2, 2))
    assert turned == (Placed("b", 2, 2), Placed("a", 1, 1))


def test_small_differences_of_exact_figures_are_told_apart():
    found = rank_intervals([Scored("a", 0.40, 0.01), Scored("b", 0.90, 0.01)])

    assert found == (Placed("a", 2, 2), Placed("b", 1, 1))
    turned = rank_intervals([Scored("b", 0.90, 0.01), Scored("a", 0.40, 0.01)])
    assert turned == (Placed("b", 1, 1), Placed("a", 2, 2))
    near = rank_intervals([Scored("b", 0.90, 0.4), Scored("a", 0.40, 0.4)])
    assert near == (Placed("b", 1, 2), Placed("a", 1, 2))


@pytest.mark.parametrize("se", [0, 1])
def test_equal_figures_are_no_difference_at_any_level(se):
    found = rank_intervals([Scored("a", 50, se), Scored("b", 50, se)], level=0.6)

    assert found == (Placed("a", 1, 2), Placed("b", 1, 2))
