"""Which groups can be told apart: pairwise tests, Holm over all pairs, groups that look alike.

Not a ranking: overlap of two intervals decides nothing, and no order is printed inside a group
that cannot be told apart.
"""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtr

from anju.stats.proportion import check_level, check_share, kish, weighted_share, whole
from anju.stats.results import BadArgument, Unit
from anju.stats.scores import Sums
from anju.stats.silence import check_counts

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """One group to compare: its mean, the variance of one answer, and how many answers.

    `size` is the effective number of answers, `weight` the sum of weights; build with
    `share_group` or `score_group`.
    """

    key: str
    unit: Unit
    mean: float
    variance: float
    n: int
    size: float
    weight: float
    N: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups, their difference a - b, and whether it survives the number of comparisons.

    Units: the units of the groups. `p` is for this pair alone, `p_holm` after Holm's correction.
    """

    a: str
    b: str
    difference: float
    se: float
    p: float
    p_holm: float
    told_apart: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs of groups, and the runs of groups that cannot be told apart.

    `order` lists the keys from the highest mean down; each of `alike` is a run in that order of
    at least two groups, no two of which can be told apart.
    """

    order: tuple[str, ...]
    pairs: tuple[Pair, ...]
    alike: tuple[tuple[str, ...], ...]
    level: float

    def pair(self, a: str, b: str) -> Pair:
        """Give the comparison of two groups, in whichever order they were tested.

        Errors: BadArgument where the two were not compared.
        """
        for found in self.pairs:
            if {found.a, found.b} == {a, b}:
                return found
        raise BadArgument(
            "key",
            en=f"{a!r} and {b!r} were not compared.",
            zh=f"没有比较过“{a}”与“{b}”。",
        )

    @property
    def any_told_apart(self) -> bool:
        """Say whether any two groups can be told apart."""
        return any(pair.told_apart for pair in self.pairs)


def share_group(
    key: str,
    x: float,
    n: int,
    N: int | None = None,
) -> Group:
    """Describe a group by x satisfied of n answers.

    Errors: NotWhole, BadCounts, NoAnswers.
    """
    people = whole(x)
    check_share(people, n, N)
    share = people / n
    return Group(key, Unit.SHARE, share, share * (1 - share), n, float(n), float(n), N)


def weighted_share_group(
    key: str,
    top: float,
    total: float,
    squares: float,
    n: int,
    N: int | None = None,
) -> Group:
    """Describe a group by the weight of the satisfied, of all, and the sum of squared weights.

    Errors: BadCounts, NoAnswers.
    """
    check_share(0, n, N)
    size = kish(total, squares, n)
    share = weighted_share(top, total)
    return Group(key, Unit.SHARE, share, share * (1 - share), n, size, total, N)


def score_group(
    key: str,
    sums: Sums,
    N: int | None = None,
) -> Group:
    """Describe a group by the sums of its scores.

    Errors: NoAnswers, BadCounts (n > N).
    """
    check_counts(sums.n, N)
    return Group(key, Unit.INDEX, sums.mean, sums.variance, sums.n, sums.size, sums.w, N)


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """Adjust p values so that the chance of any false finding keeps the level.

    Source: Holm 1979, Scandinavian Journal of Statistics 6, page 65.

    Example:
        >>> holm([0.01, 0.04, 0.03])
        (0.03, 0.06, 0.06)
    """
    return tuple(_holm(np.asarray(p, dtype=np.float64)).tolist())


def groups_told_apart(groups: Sequence[Group], level: float = 0.95) -> Comparison:
    """Compare every pair of groups with Holm's correction over all pairs.

    Shares: z test on the pooled share; scores: Welch's t test, where a group whose answers are
    all equal borrows the pooled variance. Both with the finite-population factor where N is
    known. Two groups that answered in full differ whenever their means do.

    Errors: BadArgument on mixed units or a key twice.

    Example:
        >>> a, b = share_group("tower", 200, 400), share_group("atrium", 96, 239)
        >>> groups_told_apart([a, b]).any_told_apart
        True
    """
    check_level(level)
    _same(groups)
    ordered = sorted(groups, key=lambda group: -group.mean)
    first, second = np.triu_indices(len(ordered), 1)
    table = _Table.of(ordered)
    difference, se, p = _tests(table.take(first), table.take(second), table.pooled)
    adjusted = _holm(p)
    keys = [group.key for group in ordered]
    pairs = _pairs(
        [keys[i] for i in first], [keys[j] for j in second], (difference, se, p, adjusted), level
    )
    apart = np.zeros((len(keys), len(keys)), dtype=bool)
    apart[first, second] = adjusted <= 1 - level
    return Comparison(tuple(keys), pairs, _runs(keys, apart), level)


def against_the_rest(groups: Sequence[Group], level: float = 0.95) -> tuple[Pair, ...]:
    """Compare each group with all the others together, with Holm's correction.

    The rest of a group has a known population only if each of the others has; `b` is "" in the
    pairs. Fewer than two groups give none.

    Errors: BadArgument on mixed units or a key twice.
    """
    check_level(level)
    _same(groups)
    if len(groups) < 2:
        return ()
    table = _Table.of(groups)
    difference, se, p = _tests(table, table.rest(), table.pooled)
    keys = [group.key for group in groups]
    return _pairs(keys, [""] * len(keys), (difference, se, p, _holm(p)), level)


@dataclass(frozen=True, slots=True)
class _Table:
    """The groups as columns; `left` is the finite-population factor, `raw` the population."""

    share: bool
    mean: Floats
    variance: Floats
    n: Floats
    size: Floats
    weight: Floats
    population: Floats

    @classmethod
    def of(cls, groups: Sequence[Group]) -> _Table:
        def column(values: list[float]) -> Floats:
            return np.array(values, dtype=np.float64)

        return cls(
            bool(groups) and groups[0].unit is Unit.SHARE,
            column([group.mean for group in groups]),
            column([group.variance for group in groups]),
            column([group.n for group in groups]),
            column([group.size for group in groups]),
            column([group.weight for group in groups]),
            column([np.inf if group.N is None else group.N for group in groups]),
        )

    def take(self, rows: NDArray[np.intp]) -> _Table:
        return _Table(
            self.share,
            self.mean[rows],
            self.variance[rows],
            self.n[rows],
            self.size[rows],
            self.weight[rows],
            self.population[rows],
        )

    @property
    def pooled(self) -> float:
        free = np.maximum(self.size - 1, 0.0)
        return float(free @ self.variance / free.sum()) if free.sum() > 0 else 0.0

    @property
    def left(self) -> Floats:
        """Give what of the sampling variance is left in a finite population; 0 for a census."""
        known = np.isfinite(self.population)
        people = np.where(known, self.population, 2.0)
        divisor = np.maximum(people - 1, 1.0) if self.share else people
        return np.where(known, np.maximum(people - self.n, 0.0) / divisor, 1.0)

    def rest(self) -> _Table:
        weight = self.weight.sum() - self.weight
        mean = (self.weight @ self.mean - self.weight * self.mean) / weight
        within = self.variance if self.share else self.variance * (self.size - 1) / self.size
        raw = self.weight * (within + self.mean**2)
        spread = np.maximum((raw.sum() - raw) / weight - mean**2, 0.0)
        squares = self.weight**2 / self.size
        size = weight**2 / (squares.sum() - squares)
        free = np.maximum(size - 1, 1e-9)
        variance = mean * (1 - mean) if self.share else spread * size / free
        people = np.array(
            [np.delete(self.population, place).sum() for place in range(self.population.size)]
        )
        return _Table(self.share, mean, variance, self.n.sum() - self.n, size, weight, people)


def _tests(a: _Table, b: _Table, pooled: float) -> tuple[Floats, Floats, Floats]:
    """Give difference, standard error and two-sided p of a against b, row by row."""
    difference = a.mean - b.mean
    if a.share:
        total = (a.size * a.mean + b.size * b.mean) / (a.size + b.size)
        unit = total * (1 - total)
        se = np.sqrt(unit * (a.left / a.size + b.left / b.size))
        degrees = np.full(se.shape, np.inf)
    else:
        first, second = _of_the_mean(a, pooled), _of_the_mean(b, pooled)
        se = np.sqrt(first + second)
        degrees = _welch(first, second, a.size, b.size)
    return difference, se, _p_values(a, b, difference, se, degrees)


def _p_values(a: _Table, b: _Table, difference: Floats, se: Floats, degrees: Floats) -> Floats:
    census = (a.left == 0) & (b.left == 0)
    differs = np.abs(difference) > 1e-12
    ratio = np.abs(difference) / np.where(se > 0, se, 1.0)
    normal = np.isinf(degrees)
    tail = np.where(normal, ndtr(-ratio), stdtr(np.where(normal, 1.0, degrees), -ratio))
    tested = np.where(se > 0, np.minimum(2 * tail, 1.0), 1.0)
    alone = np.zeros(se.shape, dtype=bool)
    if not a.share:
        alone = ((a.n < 2) & (a.left > 0)) | ((b.n < 2) & (b.left > 0))
    tested = np.where(alone, 1.0, tested)
    return np.where(census, np.where(differs, 0.0, 1.0), tested)


def _of_the_mean(table: _Table, pooled: float) -> Floats:
    variance = np.where(table.variance > 0, table.variance, pooled)
    return variance / table.size * table.left


def _welch(first: Floats, second: Floats, a: Floats, b: Floats) -> Floats:
    """Give Welch's degrees of freedom; at least 1."""
    bottom = first**2 / np.maximum(a - 1, 1.0) + second**2 / np.maximum(b - 1, 1.0)
    top = (first + second) ** 2
    return np.maximum(np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), 1.0), 1.0)


def _holm(p: Floats) -> Floats:
    order = np.argsort(p, kind="stable")
    steps = p[order] * (p.size - np.arange(p.size))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def _pairs(
    first: list[str], second: list[str], found: tuple[Floats, ...], level: float
) -> tuple[Pair, ...]:
    difference, se, p, adjusted = (column.tolist() for column in found)
    rows = zip(first, second, difference, se, p, adjusted, strict=True)
    return tuple(Pair(a, b, d, s, raw, own, own <= 1 - level) for a, b, d, s, raw, own in rows)


def _runs(keys: list[str], apart: NDArray[np.bool_]) -> tuple[tuple[str, ...], ...]:
    """Find the longest stretches, from high to low, without a pair that can be told apart."""
    runs: list[tuple[str, ...]] = []
    reached = 0
    for start in range(len(keys)):
        end = start + 1
        while end < len(keys) and not apart[start:end, end].any():
            end += 1
        if end > reached and end - start > 1:
            runs.append(tuple(keys[start:end]))
        reached = max(reached, end)
    return tuple(runs)


def _same(groups: Sequence[Group]) -> None:
    keys = [group.key for group in groups]
    if len({group.unit for group in groups}) > 1 or len(set(keys)) < len(keys):
        raise BadArgument(
            "groups",
            en="Compare groups with the same kind of figure and a key each.",
            zh="只能比较同一种数值的组，且每组须有自己的代码。",
        )
