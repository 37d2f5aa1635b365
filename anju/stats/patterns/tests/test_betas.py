"""Pooled shares: closer to the truth than direct ones, honest limits, sensible ends."""

import numpy as np
import pytest
import scipy.stats
from scipy.special import betaln

from anju.stats.patterns.betas import Counted, beta_binomial
from anju.stats.results import BadArgument, BadCounts, NotIdentified


def counted(*pairs: tuple[int, int]) -> list[Counted]:
    return [Counted(f"B{place}", x, n) for place, (x, n) in enumerate(pairs, 1)]


def test_pooled_shares_are_nearer_to_the_truth_and_their_limits_hold_it():
    chance = np.random.default_rng(31)
    direct, pooled, held, seen = [], [], 0, 0
    for _ in range(25):
        truth = chance.beta(16, 4, 40)
        n = chance.integers(3, 30, 40)
        x = chance.binomial(n, truth)
        found = beta_binomial(counted(*((int(a), int(b)) for a, b in zip(x, n, strict=True))))
        for area, share in zip(found.areas, truth, strict=True):
            direct.append((area.direct - share) ** 2)
            pooled.append((area.pooled - share) ** 2)
            held += area.ci_low <= share <= area.ci_high
            seen += 1

    assert np.mean(pooled) < 0.75 * np.mean(direct)
    assert 0.92 <= held / seen <= 0.98


def test_the_more_have_answered_the_more_a_building_speaks_for_itself():
    found = beta_binomial(counted((2, 4), (8, 10), (30, 60), (150, 200), (380, 400), (5, 9)))

    own = {area.n: area.own for area in found.areas}
    assert sorted(own, key=lambda n: own[n]) == sorted(own)
    assert all(area.ci_low < area.pooled < area.ci_high for area in found.areas)
    assert all(area.ci_low > 0 and area.ci_high < 1 for area in found.areas)


def test_a_building_without_an_answer_gets_what_the_others_say():
    found = beta_binomial(counted((8, 10), (9, 10), (7, 10), (8, 10), (6, 10), (0, 0)))

    silent = found.areas[-1]
    assert silent.direct is None
    assert silent.own == 0
    assert silent.pooled == pytest.approx(found.centre, abs=1e-9)
    assert silent.ci_high - silent.ci_low > found.areas[0].ci_high - found.areas[0].ci_low


def test_buildings_that_do_not_differ_are_drawn_together():
    found = beta_binomial(counted(*[(40, 50)] * 12))

    assert found.areas[0].pooled == pytest.approx(0.8, abs=0.01)
    assert found.areas[0].se < np.sqrt(0.8 * 0.2 / 50)
    assert found.worth > 50


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([(3, 2)] * 6, BadCounts),
        ([(-1, 2)] * 6, BadCounts),
        ([(1, 2)] * 4, BadArgument),
        ([(1, 2)] * 4 + [(0, 0)] * 3, BadArgument),
        ([(2, 2)] * 6, NotIdentified),
        ([(0, 2)] * 6, NotIdentified),
    ],
)
def test_counts_that_decide_nothing_are_refused(pairs, error):
    with pytest.raises(error):
        beta_binomial(counted(*pairs))


def integrated(areas, points=500):
    """Return pooled share, error and own voice by plain sums over a fine grid, and its limits' mass."""
    logits, logs = np.meshgrid(np.linspace(-5, 7, points), np.linspace(-6, 9, points))
    share, worth = 1 / (1 + np.exp(-logits.ravel())), np.exp(logs.ravel())
    a, b = share * worth, (1 - share) * worth
    density = np.log(share * (1 - share)) - np.log(worth) / 2
    for one in areas:
        density += betaln(one.satisfied + a, one.n - one.satisfied + b) - betaln(a, b)
    mass = np.exp(density - density.max())
    mass /= mass.sum()
    told = []
    for one in areas:
        up, down = one.satisfied + a, one.n - one.satisfied + b
        drawn = scipy.stats.beta(up, down)
        middle = float(drawn.mean() @ mass)
        square = float((drawn.var() + drawn.mean() ** 2) @ mass)
        own = float(one.n / (one.n + worth) @ mass)
        told.append(
            (middle, np.sqrt(square - middle**2), own, lambda at, d=drawn: float(d.cdf(at) @ mass))
        )
    return told


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_pooled_shares_are_those_of_plain_integration(level):
    areas = counted((1, 3), (5, 6), (4, 9), (11, 12), (2, 8), (0, 2))

    found = beta_binomial(areas, level=level)

    for area, (middle, se, own, below) in zip(found.areas, integrated(areas), strict=True):
        assert area.pooled == pytest.approx(middle, rel=0.005)
        assert area.se == pytest.approx(se, rel=0.005)
        assert area.own == pytest.approx(own, rel=0.005)
        assert below(area.ci_low) == pytest.approx((1 - level) / 2, abs=0.002)
        assert below(area.ci_high) == pytest.approx((1 + level) / 2, abs=0.002)
    assert [area.direct for area in found.areas[:3]] == pytest.approx([1 / 3, 5 / 6, 4 / 9])


def test_who_answered_nothing_is_no_building_and_who_answered_once_is_one():
    with pytest.raises(BadArgument, match="4 buildings") as refused:
        beta_binomial(counted(*[(1, 2)] * 4, *[(0, 0)] * 3))
    assert "4 栋" in refused.value.zh

    with pytest.raises(BadArgument, match="4 buildings") as refused:
        beta_binomial(counted(*[(1, 1)] * 4))
    assert "4 栋" in refused.value.zh

    once = beta_binomial(counted((1, 1), (0, 1), (1, 1), (1, 1), (0, 1)))
    assert [area.direct for area in once.areas] == [1, 0, 1, 1, 0]


def test_one_satisfied_owner_or_one_dissatisfied_is_enough():
    few = beta_binomial(counted((1, 4), *[(0, 4)] * 5))
    all_but_one = beta_binomial(counted((3, 4), *[(4, 4)] * 5))

    assert few.areas[0].pooled == pytest.approx(1 - all_but_one.areas[0].pooled, abs=1e-3)
