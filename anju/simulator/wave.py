"""A survey of a town: who is asked and when, who answers, and what the answers say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from scipy.special import expit

from anju.simulator.town import HIGHEST, LOWEST, Codes, Floats, Town

LEVELS = 5
MIDDLE = 70.0


class Drawing(StrEnum):
    """How owners are drawn."""

    EVERYBODY = "everybody"
    SIMPLE = "simple"
    STRATIFIED = "stratified"  # the same number in each stratum of buildings
    CLUSTERS = "clusters"  # buildings drawn, everybody in them asked


@dataclass(frozen=True, slots=True)
class Silence:
    """Who falls silent: the share that answers at 70 points, and how much more for ten points more.

    `slope` is in log odds for ten points: above nought the satisfied answer more. Each of `reminders`
    brings some of those still silent. With a rate of 1 everybody answers.
    """

    rate: float = 1.0
    slope: float = 0.0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """A wave: its day, how many are drawn and how, the slots by share, what each slot adds.

    `noise` is the spread of one answer about what its owner thinks.
    """

    day: float = 0.0
    drawing: Drawing = Drawing.EVERYBODY
    many: int = 0
    silence: Silence = Silence()
    slots: Mapping[str, float] = field(default_factory=dict)
    effects: Mapping[str, float] = field(default_factory=dict)
    noise: float = 0.0
    items: int = 1


@dataclass(frozen=True, slots=True)
class Wave:
    """Everybody who was asked. Shapes: [asked]; points and levels [asked × items].

    `weights` are one over the chance of being asked, `population` how many units each row's stratum
    (or the whole) had to draw from. `points` and `levels` are what an owner says, whether she
    answered or not: look at `spoke`. `reminders` is after how many she answered, −1 never.
    """

    owner: Codes
    building: Codes
    stratum: Codes
    weights: Floats
    population: Floats
    spoke: np.ndarray
    reminders: Codes
    slot: tuple[str, ...]
    points: Floats
    levels: Codes
    truth: float


def ask(town: Town, asking: Asking, *, seed: int) -> Wave:
    """Return a wave among a town's owners; the same seed asks and hears the same.

    `truth` is the mean of all owners on that day: what an estimate should find. Errors: ValueError
    for more to draw than there are.
    """
    chance = np.random.default_rng(seed)
    owner, weights, population = _drawn(town, asking, chance)
    believed = town.truth(asking.day)
    building = town.building[owner]
    slot = _slots(asking, len(owner), chance)
    moved = np.array([asking.effects.get(one, 0.0) for one in slot])
    noise = chance.normal(0, asking.noise, (len(owner), asking.items)) if asking.noise else 0.0
    points = np.clip((believed[owner] + moved)[:, None] + noise, LOWEST, HIGHEST)
    points = np.broadcast_to(points, (len(owner), asking.items)).copy()
    reminders = _answered(believed[owner], asking.silence, chance)
    levels = np.minimum((points / (HIGHEST / LEVELS)).astype(np.intp), LEVELS - 1)
    return Wave(
        owner, building, town.stratum[building], weights, population, reminders >= 0, reminders,
        slot, points, levels, float(believed.mean()),
    )  # fmt: skip


def _drawn(town: Town, asking: Asking, chance: np.random.Generator) -> tuple[Codes, Floats, Floats]:
    """Return who is asked, with weights and how many there were to draw from."""
    if asking.drawing is Drawing.EVERYBODY:
        all_of_them = np.arange(town.many)
        return all_of_them, np.ones(town.many), np.full(town.many, float(town.many))
    if asking.drawing is Drawing.CLUSTERS:
        houses = len(town.stratum)
        drawn = chance.choice(houses, asking.many, replace=False)
        rows = np.flatnonzero(np.isin(town.building, drawn))
        return rows, np.full(len(rows), houses / asking.many), np.full(len(rows), float(houses))
    if asking.drawing is Drawing.SIMPLE:
        rows = np.sort(chance.choice(town.many, asking.many, replace=False))
        weight = town.many / asking.many
        return rows, np.full(len(rows), weight), np.full(len(rows), float(town.many))
    stratum = town.stratum[town.building]
    kinds = int(stratum.max()) + 1
    each = asking.many // kinds
    parts = [
        np.sort(chance.choice(np.flatnonzero(stratum == kind), each, replace=False))
        for kind in range(kinds)
    ]
    rows = np.concatenate(parts)
    sizes = np.bincount(stratum, minlength=kinds)[stratum[rows]].astype(np.float64)
    return rows, sizes / each, sizes


def _slots(asking: Asking, many: int, chance: np.random.Generator) -> tuple[str, ...]:
    if not asking.slots:
        return ("",) * many
    names, shares = list(asking.slots), np.array(list(asking.slots.values()), dtype=np.float64)
    return tuple(names[one] for one in chance.choice(len(names), many, p=shares / shares.sum()))


def _answered(believed: Floats, silence: Silence, chance: np.random.Generator) -> Codes:
    """Return after how many reminders each owner answers, −1 for never."""
    if silence.rate >= 1:
        return np.zeros(len(believed), dtype=np.intp)
    odds = np.log(silence.rate / (1 - silence.rate)) + silence.slope * (believed - MIDDLE) / 10
    found = np.full(len(believed), -1, dtype=np.intp)
    for many in range(silence.reminders + 1):
        # A reminder wakes half of those whom the first letter would have woken.
        chance_now = expit(odds) if many == 0 else expit(odds) / 2
        woken = (found < 0) & (chance.random(len(believed)) < chance_now)
        found[woken] = many
    return found
