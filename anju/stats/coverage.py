"""How often four interval methods hold the truth in small buildings: exact, by enumeration.

Not a method to use: the Wald interval stands here as the comparison that it loses.
"""
# ruff: noqa: N803, N806 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from anju.stats.proportion import hypergeometric_limits, wilson_limits, z_value

Floats = NDArray[np.float64]
Limits = tuple[Floats, Floats]

DESIGNS = ((30, 6), (30, 24), (60, 12), (120, 60), (300, 60), (1000, 500))
SHARES = (0.60, 0.80, 0.90, 0.95)


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """The worst coverage over the true shares, and the mean of the expected widths."""

    worst: float
    width: float


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One building of N with n answers, under each of `METHODS`."""

    N: int
    n: int
    cells: tuple[CoverageCell, ...]


def coverage_rows(designs: Sequence[tuple[int, int]] = DESIGNS) -> tuple[CoverageRow, ...]:
    """Enumerate the coverage of every method for every building.

    The true number satisfied is N times the share, rounded half to even; widths are not cut.

    """
    return tuple(
        CoverageRow(N, n, tuple(_cell(make(N, n), N, n) for make in METHODS.values()))
        for N, n in designs
    )


def coverage_table(rows: Sequence[CoverageRow] | None = None) -> str:
    """Print the coverage rows as a table of worst coverage (mean width)."""
    head = f"{'N, n':>10}  " + "".join(f"{name:>22}" for name in METHODS)
    lines = [
        f"{f'{row.N}, {row.n}':>10}  " + "".join(f"{_text(cell, row.N):>22}" for cell in row.cells)
        for row in (coverage_rows() if rows is None else rows)
    ]
    return "\n".join([head, *lines])


def _text(cell: CoverageCell, N: int) -> str:
    digits = 3 if N >= 1000 else 2
    worst = f"{cell.worst:.3f}".removeprefix("0")
    return f"{worst} ({f'{cell.width:.{digits}f}'.removeprefix('0')})"


def _cell(limits: Limits, N: int, n: int) -> CoverageCell:
    low, high = limits
    found = [_against(low, high, (N, n, round(N * share))) for share in SHARES]
    return CoverageCell(
        min(covered for covered, _ in found), sum(width for _, width in found) / len(found)
    )


def _against(low: Floats, high: Floats, case: tuple[int, int, int]) -> tuple[float, float]:
    N, n, K = case
    chance = _chances(N, n, K)
    truth = K / N
    inside = (low <= truth + 1e-12) & (truth <= high + 1e-12)
    return float(chance @ inside), float(chance @ (high - low))


def _chances(N: int, n: int, K: int) -> Floats:
    x = np.arange(n + 1, dtype=np.float64)
    possible = (x <= K) & (n - x <= N - K)
    kept = x[possible]
    chance = np.zeros(n + 1)
    chance[possible] = np.exp(
        _log_choose(K, kept) + _log_choose(N - K, n - kept) - _log_choose(N, np.array([n]))
    )
    return chance


def _log_choose(n: int, k: Floats | NDArray[np.int64]) -> Floats:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def _wald(N: int, n: int) -> Limits:
    share = np.arange(n + 1) / n
    half = z_value(0.95) * np.sqrt(share * (1 - share) * (1 - n / N) / (n - 1))
    return share - half, share + half


def _wilson(n: int, size: float) -> Limits:
    both = np.array([wilson_limits(x / n, size) for x in range(n + 1)])
    return both[:, 0], both[:, 1]


def _wilson_finite(N: int, n: int) -> Limits:
    return _wilson(n, n * (N - 1) / (N - n))


def _wilson_plain(_N: int, n: int) -> Limits:
    return _wilson(n, n)


def _hypergeometric(N: int, n: int) -> Limits:
    both = np.array([hypergeometric_limits(x, n, N) for x in range(n + 1)]) / N
    return both[:, 0], both[:, 1]


METHODS: dict[str, Callable[[int, int], Limits]] = {
    "Wald+FPC": _wald,
    "Wilson effective n": _wilson_finite,
    "Wilson no FPC": _wilson_plain,
    "hypergeometric": _hypergeometric,
}
