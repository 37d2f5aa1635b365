"""How often an interval holds the truth where few buildings of very unlike size are drawn.

The shares that the product prints beside such figures (`stats.cautions.few_clusters`) are these; a row
fails where the printed share is not what is found again.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from anju.stats.cautions import FEW_CLUSTERS
from anju.stats.design import design
from anju.stats.estimate import mean
from validation.held import Held

SAMPLES, SEED, BUILDINGS, NEAR = 2000, 120_000, 600, 0.025


def measure(samples: int = SAMPLES) -> Iterator[Held]:
    """Yield one row for each number of buildings that the product speaks of."""
    for many, printed in FEW_CLUSTERS:
        hits = held(many, samples)
        low, high = printed / 100 - NEAR, printed / 100 + NEAR
        yield Held(f"mean, {many} buildings of unlike size", hits, samples, low, high, SEED)


def held(many: int, samples: int) -> int:
    """Return in how many samples of so many buildings the interval holds the mean of all homes."""
    town = np.random.default_rng(SEED)
    sizes = np.ceil(town.lognormal(3.0, 1.1, BUILDINGS)).astype(int)
    # The large buildings are less content, as the small ones are looked after by name.
    level = 80 - 6 * (np.log(sizes) - 3) + town.normal(0, 8, BUILDINGS)
    homes = [level[at] + town.normal(0, 20, size) for at, size in enumerate(sizes)]
    truth, hits = float(np.concatenate(homes).mean()), 0
    for seed in range(SEED, SEED + samples):
        drawn = np.random.default_rng(seed).choice(BUILDINGS, many, replace=False)
        y = np.concatenate([homes[at] for at in drawn])
        units = np.repeat(np.arange(many), sizes[drawn]).tolist()
        found = mean(design(np.ones(len(y)), clusters=units, population=[BUILDINGS] * len(y)), y)
        hits += (found.ci_low or 0.0) <= truth <= (found.ci_high or 0.0)
    return hits
