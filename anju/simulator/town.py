"""A town of owners whose satisfaction is known: who lives where, what happened to whom, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
LOWEST, HIGHEST = 0.0, 100.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a town is made. Units: points of 0 to 100; spreads are standard deviations.

    `owners` is the largest number of owners in a home (each number is as likely), `wander` how far a
    building moves from one wave to the next by chance, `strata` how many kinds of building there are
    and `apart` how far their means lie apart.
    """

    buildings: int = 60
    homes: int = 50
    mean: float = 72.0
    between: float = 6.0
    within: float = 18.0
    owners: int = 1
    in_home: float = 0.0
    wander: float = 0.0
    strata: int = 1
    apart: float = 0.0


@dataclass(frozen=True, slots=True)
class Fading:
    """How events fade: half-lives in days of joy and of anger."""

    joy: float = 20.0
    anger: float = 120.0


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to owners. Shapes: [k]: the owner, the day, the points (above or below nought)."""

    owner: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    day: Floats = field(default_factory=lambda: np.zeros(0))
    points: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class MeasureDone:
    """A measure: in which buildings, from which day, and how many points it truly lifts them."""

    buildings: Sequence[int]
    since: float
    effect: float


@dataclass(frozen=True, slots=True)
class Town:
    """The owners. Shapes: [owners]; stratum [buildings]. `base` is what each thinks on a calm day."""

    building: Codes
    home: Codes
    base: Floats
    stratum: Codes
    wander: float
    fading: Fading
    events: Events
    measures: tuple[MeasureDone, ...]
    seed: int

    @property
    def many(self) -> int:
        """Return the number of owners."""
        return len(self.base)

    def truth(self, day: float) -> Floats:
        """Return what every owner thinks on a day, in points of 0 to 100; shape [owners].

        Each event fades by its own half-life; each measure lifts its buildings from its first day.
        """
        points = self.base + self._wandered(day)[self.building]
        past = self.events.day <= day
        rates = np.log(2) / np.where(self.events.points > 0, self.fading.joy, self.fading.anger)
        left = self.events.points * np.exp(-rates * (day - self.events.day))
        points = points + np.bincount(
            self.events.owner[past], weights=left[past], minlength=self.many
        )
        for measure in self.measures:
            if day >= measure.since:
                points = points + measure.effect * np.isin(self.building, list(measure.buildings))
        return np.clip(points, LOWEST, HIGHEST)

    def of_buildings(self, day: float) -> Floats:
        """Return the true mean of each building on a day."""
        held = np.bincount(self.building, weights=self.truth(day))
        return np.asarray(held / np.bincount(self.building))

    def _wandered(self, day: float) -> Floats:
        """Return by how much each building stands elsewhere on a day: the same for the same day."""
        chance = np.random.default_rng([self.seed, int(day), 7])
        return (
            chance.normal(0, self.wander, len(self.stratum))
            if self.wander
            else np.zeros(len(self.stratum))
        )


def town(
    plan: Plan,
    *,
    seed: int,
    events: Events | None = None,
    fading: Fading | None = None,
    measures: Sequence[MeasureDone] = (),
) -> Town:
    """Return a town made by a plan; the same seed makes the same one.

    Errors: ValueError for a plan without buildings, homes or owners.
    """
    if min(plan.buildings, plan.homes, plan.owners, plan.strata) < 1:
        raise ValueError("a town needs buildings, homes, owners and a stratum")
    chance = np.random.default_rng(seed)
    stratum = np.arange(plan.buildings) % plan.strata
    house = chance.normal(0, plan.between, plan.buildings) + plan.apart * (
        stratum - (plan.strata - 1) / 2
    )
    homes = np.repeat(np.arange(plan.buildings), plan.homes)
    inside = chance.normal(0, plan.in_home, len(homes)) if plan.in_home else np.zeros(len(homes))
    owners = chance.integers(1, plan.owners + 1, len(homes))
    home = np.repeat(np.arange(len(homes)), owners)
    base = plan.mean + house[homes[home]] + inside[home] + chance.normal(0, plan.within, len(home))
    return Town(
        homes[home], home, np.clip(base, LOWEST, HIGHEST), stratum, plan.wander,
        fading or Fading(), events or Events(), tuple(measures), seed,
    )  # fmt: skip
