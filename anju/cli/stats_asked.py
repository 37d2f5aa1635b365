"""What `anju stats` was asked for, read from its options; nothing is computed here."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anju.kernel.pure.problems import Problem

ROWS, SUMS = "arrays", "duckdb"
LONELY = ("refuse", "certain")
ENGINES = (SUMS, ROWS, "spark", "chdb")
PARTS = ("weight", "strata", "cluster", "population")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The columns that say how the sample was drawn; empty where it was drawn one by one."""

    weight: str = ""
    strata: str = ""
    cluster: str = ""
    population: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A column whose categories' totals in the population are known."""

    column: str
    totals: Mapping[object, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that was asked for."""

    items: tuple[str, ...]
    drawn: Drawn
    by: str
    rakes: tuple[Known, ...]
    index: tuple[float, float] | None
    changes: tuple[tuple[str, str], ...]
    drivers: tuple[str, tuple[str, ...]] | None
    engine: str
    level: float
    lonely: str = "refuse"


def asked(given: argparse.Namespace) -> Asked:
    """Return what was asked for.

    Errors: E-STATS-ASKED naming the option, with how it is written.
    """
    items = tuple(name for one in given.item for name in one.split(",") if name)
    changes = tuple(_pair(one, "--change", ":", "BEFORE:AFTER") for one in given.change)
    drivers = _drivers(given.drivers) if given.drivers else None
    if not items and not changes and drivers is None:
        raise _wrong("--item", "Q1,Q2")
    if given.engine not in ENGINES:  # it came from ANJU_ENGINE
        raise _wrong("--engine", ", ".join(ENGINES))
    index = _range(given.index) if given.index else None
    return Asked(
        items, _drawn(given.design), given.by, tuple(_known(one) for one in given.rake), index,
        changes, drivers, given.engine, _level(given.level), given.lonely,
    )  # fmt: skip


def _wrong(option: str, shape: str) -> Problem:
    return Problem(
        "E-STATS-ASKED", option.removeprefix("--"),
        "Write {option} {shape}.", "请写成 {option} {shape}。", option=option, shape=shape,
    )  # fmt: skip


def _pair(text: str, option: str, mark: str, shape: str) -> tuple[str, str]:
    one, found, two = text.partition(mark)
    if not (one and found and two):
        raise _wrong(option, shape)
    return one, two


def _drawn(text: str) -> Drawn:
    said = dict(_pair(one, "--design", "=", "weight=W,strata=S,cluster=C,population=N") for one in text.split(",") if one)  # fmt: skip
    if said.keys() - set(PARTS):
        raise _wrong("--design", "weight=W,strata=S,cluster=C,population=N")
    return Drawn(**said)


def _known(text: str) -> Known:
    column, rest = _pair(text, "--rake", "=", "KIND=tower:400,flat:600")
    pairs = [_pair(one, "--rake", ":", "KIND=tower:400,flat:600") for one in rest.split(",")]
    return Known(
        column, {name: _number(size, "--rake", "KIND=tower:400,flat:600") for name, size in pairs}
    )


def _drivers(text: str) -> tuple[str, tuple[str, ...]]:
    outcome, rest = _pair(text, "--drivers", ":", "OVERALL:Q1,Q2,Q3")
    return outcome, tuple(name for name in rest.split(",") if name)


def _range(text: str) -> tuple[float, float]:
    low, high = _pair(text, "--index", ":", "1:5")
    found = _number(low, "--index", "1:5"), _number(high, "--index", "1:5")
    if found[0] >= found[1]:
        raise _wrong("--index", "1:5")
    return found


def _level(text: str) -> float:
    found = _number(text, "--level", "0.95")
    if not 0 < found < 1:
        raise _wrong("--level", "0.95")
    return found


def _number(text: str, option: str, shape: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise _wrong(option, shape) from None


def named(found: Asked) -> Sequence[str]:
    """Return the columns that an answer needs, each once."""
    drawn = (found.drawn.weight, found.drawn.strata, found.drawn.cluster, found.drawn.population)
    more = [name for pair in found.changes for name in pair]
    more += [found.drivers[0], *found.drivers[1]] if found.drivers else []
    every = (*found.items, *drawn, found.by, *(one.column for one in found.rakes), *more)
    return [name for name in dict.fromkeys(every) if name]
