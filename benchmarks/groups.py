"""Alpha and drivers of every project from one pass of products, beside the bare multiplication."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np

from anju.stats.columns.grams import ROWS, Grams, grams
from anju.stats.drivers import johnson, johnson_of
from anju.stats.reliability import alpha, alpha_of
from benchmarks.figure import Figure
from benchmarks.owners import ITEMS, NAMES, PROJECTS

ROUNDS = 3


def of_groups(n: int) -> Iterator[Figure]:
    """Yield what alpha of twenty items and the drivers of the first cost in every project."""
    by, columns = _answers(n)
    found = grams(columns, NAMES, by)
    whole, products, limit = [], [], []
    for _ in range(ROUNDS):
        products.append(_own(lambda: grams(columns, NAMES, by)))
        whole.append(_own(lambda: _figures(grams(columns, NAMES, by))))
        limit.append(_own(lambda: _bare(n)))
    took, bare = statistics.median(whole), statistics.median(limit)
    said = f"alpha and drivers of {PROJECTS} projects, {n:,} answers"
    yield Figure(f"{said}: CPU, 64 bits", took, "s", 0.8, bare, "the bare products", f"{statistics.median(products):.2f} s of it for the products")  # fmt: skip
    yield Figure(f"{said}: largest relative difference", _apart(found, by, columns), "", 1e-9, note="from rows, in three projects")  # fmt: skip


def _answers(n: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return projects in order, and levels of items that share something, one byte each."""
    chance = np.random.default_rng(4)
    by = np.sort(chance.integers(0, PROJECTS, n).astype(np.int16))
    felt = chance.normal(3.5, 0.7, n).astype(np.float32)
    columns = []
    for _ in range(ITEMS):
        noise = chance.standard_normal(n, dtype=np.float32)
        columns.append(np.clip(np.round(felt + noise), 1, 5).astype(np.int8))
    return by, columns


def _figures(found: Grams) -> list[tuple[float, tuple[float, ...]]]:
    covariances = found.covariances()
    told = []
    for place, n in enumerate(found.n.astype(int).tolist()):
        both = alpha_of(covariances[place], n), johnson_of(covariances[place], n, NAMES[1:])
        told.append((both[0].value, both[1].parts))
    return told


def _apart(found: Grams, by: np.ndarray, columns: list[np.ndarray]) -> float:
    told, far = _figures(found), 0.0
    for place in (0, PROJECTS // 2, PROJECTS - 1):
        mine = np.flatnonzero(by == found.groups[place])
        rows = np.column_stack([column[mine] for column in columns]).astype(np.float64)
        direct = alpha(rows).value, *johnson(rows[:, 0], rows[:, 1:], NAMES[1:]).parts
        ours = told[place][0], *told[place][1]
        far = max(far, float(np.abs(np.array(ours) / np.array(direct) - 1).max()))
    return far


def _bare(n: int) -> None:
    """Multiply as often as the products need, of numbers that lie ready."""
    block = np.ones((ITEMS, ROWS))
    for _ in range(n // ROWS):
        block @ block.T


def _own(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
