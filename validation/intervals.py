"""Whether 95 % intervals hold the true mean of a town as often as they say, design by design.

Source of the limits: the 99.9 % binomial range of 2,000 samples about 95 %, 93.4 to 96.6 %.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from anju.simulator.town import Plan, Town, town
from anju.simulator.wave import Asking, Drawing, Wave, ask
from anju.stats.calibrate import Margin, post_stratify
from anju.stats.design import Design, design
from anju.stats.estimate import mean
from anju.stats.results import Estimate
from anju.stats.sampling.replicates import bootstrap, jackknife, replicate_mean
from validation.held import Held

SAMPLES, SEED, LOW, HIGH = 2000, 20_000, 0.934, 0.966
Interval = Callable[[Wave], Estimate]


def simple(wave: Wave) -> Design:
    """Return the design of owners drawn one by one."""
    return design(wave.weights, population=wave.population)


def stratified(wave: Wave) -> Design:
    """Return the design of owners drawn in each stratum."""
    return design(wave.weights, strata=list(wave.stratum), population=wave.population)


def clustered(wave: Wave) -> Design:
    """Return the design of whole buildings."""
    return design(wave.weights, clusters=list(wave.building), population=wave.population)


def measure(samples: int = SAMPLES) -> Iterator[Held]:
    """Yield how often each interval holds the truth."""
    even = town(Plan(buildings=200, homes=25, strata=4, apart=6), seed=1)
    few = town(Plan(buildings=120, homes=15, between=9), seed=2)
    one_by_one = Asking(drawing=Drawing.SIMPLE, many=200)
    by_stratum = replace(one_by_one, drawing=Drawing.STRATIFIED)
    fifty, fifteen = (Asking(drawing=Drawing.CLUSTERS, many=many) for many in (50, 15))
    yield _held(
        "mean, simple random",
        (even, one_by_one),
        lambda w: mean(simple(w), w.points[:, 0]),
        samples,
    )
    yield _held(
        "mean, stratified",
        (even, by_stratum),
        lambda w: mean(stratified(w), w.points[:, 0]),
        samples,
    )
    yield _held(
        "mean, 50 buildings", (few, fifty), lambda w: mean(clustered(w), w.points[:, 0]), samples
    )
    yield _held("mean, 50 buildings, jackknife", (few, fifty), _jackknifed, samples)
    yield _held(
        "mean, post-stratified by kind of building", (even, one_by_one), _post(even), samples
    )
    yield _held("mean, simple random, bootstrap of 500", (even, one_by_one), _drawn_again, min(samples, 500), (0.905, 0.985))  # fmt: skip
    yield _held("control: 50 buildings taken for simple random", (few, fifty), lambda w: mean(design(w.weights), w.points[:, 0]), samples, wanted=False)  # fmt: skip
    told = _held("mean, 15 buildings", (few, fifteen), lambda w: mean(clustered(w), w.points[:, 0]), samples, (0.80, 1.0))  # fmt: skip
    yield replace(told, note="few clusters: the product says so beside the figure")


def _jackknifed(wave: Wave) -> Estimate:
    made = clustered(wave)
    return replicate_mean(made, jackknife(made), wave.points[:, 0])


def _drawn_again(wave: Wave) -> Estimate:
    made = simple(wave)
    return replicate_mean(made, bootstrap(made, seed=1), wave.points[:, 0])


def _post(of: Town) -> Interval:
    counts = np.bincount(of.stratum[of.building])
    totals: dict[object, float] = {int(kind): float(many) for kind, many in enumerate(counts)}

    def found(wave: Wave) -> Estimate:
        kinds = [int(kind) for kind in wave.stratum]
        return mean(post_stratify(simple(wave), Margin("kind", kinds, totals)), wave.points[:, 0])

    return found


def _held(
    name: str,
    drawn: tuple[Town, Asking],
    interval: Interval,
    samples: int,
    limits: tuple[float, float] = (LOW, HIGH),
    *,
    wanted: bool = True,
) -> Held:
    hits = 0
    for seed in range(SEED, SEED + samples):
        wave = ask(*drawn, seed=seed)
        found = interval(wave)
        if found.ci_low is not None and found.ci_high is not None:
            hits += found.ci_low <= wave.truth <= found.ci_high
    return Held(name, hits, samples, *limits, SEED, wanted)
