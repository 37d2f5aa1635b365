"""Which homes are drawn: the same for the same seed on every machine, by whoever draws; pure.

Each home gets a number from the seed, its building and its own number, by SHA-256; the smallest
are drawn. So anybody with the list and the seed can draw the sample again without this program,
the order of the list does not matter, and a larger sample holds the smaller one.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from anju.kernel.pure.problems import Problem

SEED_MOST = 2**53


class Method(StrEnum):
    """How a sample is drawn: of all homes together, or of each building in proportion."""

    SIMPLE = "simple"
    BUILDINGS = "buildings"


@dataclass(frozen=True, slots=True)
class FrameHome:
    """One home of the frame; building and number in one spelling are what is drawn by."""

    id: int
    building: str
    number: str


@dataclass(frozen=True, slots=True)
class Sample:
    """How many homes are drawn, the seed by which anybody can draw them again, and how."""

    size: int
    seed: int
    method: Method = Method.SIMPLE


def lot(seed: int, home: FrameHome) -> str:
    """Return a home's lot: hexadecimal, compared as text.

    Source: sampling by permanent random numbers, Ohlsson (1995), Coordination of Samples.

    Example:
        >>> lot(2026, FrameHome(1, "3栋", "502"))[:8]
        'fcec8661'
    """
    said = f"{seed}\x1f{home.building}\x1f{home.number}"
    return hashlib.sha256(said.encode()).hexdigest()


def shares(sizes: Mapping[str, int], size: int) -> Mapping[str, int]:
    """Return how many homes each building gives, in proportion to its homes.

    By Sainte-Laguë's divisors: no building gives more than it has, and none gives fewer when the
    sample grows. Ties go to the building that has more homes, then by name.
    Units: homes. Errors: ValueError where the sample is larger than the frame or negative.
    Source: Sainte-Laguë (1910); Balinski and Young (1982), Fair Representation, ch. 4.
    """
    if not 0 <= size <= sum(sizes.values()):
        raise ValueError("a sample lies between none and all of the frame")
    quotients = [
        (-Fraction(homes, 2 * place + 1), -homes, name)
        for name, homes in sizes.items()
        for place in range(min(homes, size))
    ]
    given = Counter(name for _, _, name in sorted(quotients)[:size])
    return {name: given[name] for name in sizes}


def draw(homes: Sequence[FrameHome], sample: Sample) -> frozenset[int]:
    """Return the ids of the homes drawn.

    Errors: E-NUM-RANGE where size or seed lies outside what can be drawn.
    """
    _refuse_range(sample.size, "size", 1, len(homes))
    _refuse_range(sample.seed, "seed", 0, SEED_MOST)
    if sample.method is Method.SIMPLE:
        return _smallest(homes, sample.size, sample.seed)
    inside: defaultdict[str, list[FrameHome]] = defaultdict(list)
    for home in homes:
        inside[home.building].append(home)
    parts = shares({name: len(rows) for name, rows in inside.items()}, sample.size)
    drawn = (_smallest(rows, parts[name], sample.seed) for name, rows in inside.items())
    return frozenset().union(*drawn)


def _smallest(homes: Sequence[FrameHome], size: int, seed: int) -> frozenset[int]:
    ordered = sorted(homes, key=lambda home: (lot(seed, home), home.building, home.number))
    return frozenset(home.id for home in ordered[:size])


def _refuse_range(value: int, field: str, least: int, most: int) -> None:
    if least <= value <= most:
        return
    if field == "size":
        raise Problem(
            "E-NUM-RANGE",
            "size",
            "Between 1 and {most} homes can be drawn. Change the number.",
            "可抽取 1 到 {most} 户。请修改数量。",
            most=most,
        )
    raise Problem(
        "E-NUM-RANGE",
        "seed",
        "The seed is a whole number from 0 to {most}. Change it.",
        "随机种子须为 0 到 {most} 的整数。请修改。",
        most=most,
    )
