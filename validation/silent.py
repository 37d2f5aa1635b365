"""What silence that depends on satisfaction does: bias that weighting shrinks, bounds that hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from anju.simulator.town import Plan, town
from anju.simulator.wave import Asking, Silence, ask
from anju.stats.design import design
from anju.stats.estimate import mean
from anju.stats.patterns.betas import Counted, beta_binomial
from anju.stats.pooled import small_area
from anju.stats.sampling.nonresponse import nonresponse_cells
from anju.stats.silence import bounds_nonresponse
from validation.held import Held

SAMPLES, SEED = 500, 90_000
SILENCE = Silence(0.35, 0.6, reminders=1)


def measure(samples: int = SAMPLES) -> Iterator[Held]:
    """Yield what weighting by cells and bounds make of silence, and what pooling makes of few answers."""
    yield from _bias(min(samples, SAMPLES))
    yield from _pooled(min(samples, SAMPLES))


def _bias(samples: int) -> Iterator[Held]:
    of = town(Plan(buildings=30, homes=40, strata=3, apart=14, between=3), seed=6)
    nearer = inside = 0
    for seed in range(SEED, SEED + samples):
        wave = ask(of, Asking(silence=SILENCE), seed=seed)
        said = wave.points[wave.spoke, 0]
        cells = [int(house) for house in wave.building]
        found = nonresponse_cells(design(wave.weights), list(wave.spoke), cells)
        weighted = mean(found.design, said).estimate
        nearer += abs(weighted - wave.truth) < abs(said.mean() - wave.truth)
        bounds = bounds_nonresponse(float(said.mean()), len(said), len(wave.spoke), low=0, high=100)
        inside += bounds.low <= wave.truth <= bounds.high
        inside -= not bounds.low <= weighted <= bounds.high
    yield Held("bias under silence, smaller once weighted", nearer, samples, 0.99, 1.0, SEED)
    yield Held("truth and weighted mean inside the bounds", inside, samples, 1.0, 1.0, SEED)


def _pooled(samples: int) -> Iterator[Held]:
    """Buildings of 40 homes with few answers: pooled means and shares against the true ones."""
    better = held = seen = counted = 0
    rounds = min(samples, 50)
    for seed in range(SEED, SEED + samples):
        chance = np.random.default_rng(seed)
        truth = chance.normal(72, 6, 40)
        n = chance.integers(4, 30, 40)
        direct = truth + chance.normal(0, 18 / np.sqrt(n))
        pool = small_area([str(one) for one in range(40)], direct, 18**2 / n)
        pooled = np.array([area.pooled for area in pool.areas])
        better += ((pooled - truth) ** 2).mean() < ((direct - truth) ** 2).mean()
        held += sum(a.ci_low <= t <= a.ci_high for a, t in zip(pool.areas, truth, strict=True))
        seen += 40
    for seed in range(SEED, SEED + rounds):
        chance = np.random.default_rng(seed)
        share, n = chance.beta(16, 4, 40), chance.integers(4, 30, 40)
        x = chance.binomial(n, share)
        rows = [
            Counted(str(at), int(a), int(b)) for at, (a, b) in enumerate(zip(x, n, strict=True))
        ]
        areas = beta_binomial(rows).areas
        counted += sum(a.ci_low <= t <= a.ci_high for a, t in zip(areas, share, strict=True))
    yield Held("pooled buildings nearer to the truth than direct", better, samples, 0.95, 1.0, SEED)
    yield Held("interval of a pooled building holds its mean", held, seen, 0.934, 0.966, SEED)
    yield Held(
        "interval of a pooled building holds its share", counted, 40 * rounds, 0.934, 0.966, SEED
    )
