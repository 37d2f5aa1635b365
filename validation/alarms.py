"""How often something is said to have changed, or two buildings to differ, where nothing does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from anju.simulator.town import Plan, town
from anju.simulator.wave import Asking, Drawing, ask
from anju.stats.compare import groups_told_apart, score_group
from anju.stats.design import design
from anju.stats.estimate import mean
from anju.stats.sampling.overlap import shift
from anju.stats.scores import sums_of_rows
from validation.held import Held

SAMPLES, SEED, MOST = 2000, 60_000, 0.066


def measure(samples: int = SAMPLES) -> Iterator[Held]:
    """Yield the rates of false alarms; each may be 6.6 % at most."""
    yield _same_owners(samples)
    yield from _buildings(min(samples, 1000))
    yield _by_overlap(samples)


def _same_owners(samples: int) -> Held:
    """Two waves of which half are the same owners, and nothing changed."""
    of, rang = town(Plan(buildings=60, homes=40), seed=3), 0
    for seed in range(SEED, SEED + samples):
        chance = np.random.default_rng(seed)
        rows = chance.choice(of.many, 300, replace=False)
        before = of.base[rows] + chance.normal(0, 8, 300)
        after = of.base[rows] + chance.normal(0, 8, 300)
        before[:100], after[200:] = np.nan, np.nan
        rang += shift(design(np.ones(300)), before, after).p < 0.05
    return Held("change, a third of the owners in both waves", rang, samples, 0.0, MOST, SEED)


def _buildings(samples: int) -> Iterator[Held]:
    """Sixty buildings alike: whether any two are told apart; uncorrected, they nearly always are."""
    of = town(Plan(buildings=60, homes=40, between=0), seed=4)
    rang = naive = 0
    for seed in range(SEED, SEED + samples):
        wave = ask(of, Asking(drawing=Drawing.SIMPLE, many=900, noise=10), seed=seed)
        groups = []
        for house in range(60):
            points = wave.points[wave.building == house, 0]
            if len(points) > 1:
                groups.append(score_group(str(house), sums_of_rows(points)))
        found = groups_told_apart(groups)
        rang += found.any_told_apart
        naive += any(pair.p < 0.05 for pair in found.pairs)
    yield Held("60 buildings alike, any two told apart", rang, samples, 0.0, MOST, SEED)
    yield Held("control: the same without Holm", naive, samples, 0.0, MOST, SEED, wanted=False)


def _by_overlap(samples: int) -> Held:
    """A control: overlap of intervals taken for a test of change misses half of true changes."""
    of, seen = town(Plan(buildings=60, homes=40), seed=5), 0
    for seed in range(SEED, SEED + samples):
        chance = np.random.default_rng(seed)
        rows = chance.choice(of.many, 250, replace=False)
        before, after = of.base[rows], of.base[rows] + 1.5 + chance.normal(0, 4, 250)
        one, two = mean(design(np.ones(250)), before), mean(design(np.ones(250)), after)
        found = shift(design(np.ones(250)), before, after).p < 0.05
        apart = (one.ci_high or 0) < (two.ci_low or 0)
        seen += bool(found) and not apart
    return Held("true change found that overlap of intervals misses", seen, samples, 0.9, 1.0, SEED)
