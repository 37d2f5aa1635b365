"""Products of items by group: what alpha and drivers of many groups need, in one pass, and small.

All are sums, so those of parts are those of the whole. Numbers of 64 bits, less a centre: in 32 bits,
or far from nought, products lose the digits that a small R² needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anju.stats.design import Floats
from anju.stats.results import BadArgument, NoAnswers

ROWS = 16_384  # of a block: it stays in the processor's cache while it is multiplied
SHORT = 64  # rows of a run, on average: with less, rows are put in order first
EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Grams:
    """Sums of whole rows by group, of answers less `centre`: groups in order of their name.

    Shapes: n [groups], sums [groups × k], products [groups × k × k], centre [k].
    """

    items: tuple[str, ...]
    groups: tuple[object, ...]
    n: Floats
    sums: Floats
    products: Floats
    centre: Floats

    def covariances(self) -> Floats:
        """Return the items' covariances of each group; NaN where fewer than two rows are whole."""
        means = self.sums / np.where(self.n > 0, self.n, np.nan)[:, None]
        apart = self.products - self.sums[:, :, None] * means[:, None, :]
        return np.asarray(apart / np.where(self.n > 1, self.n - 1, np.nan)[:, None, None])


def grams(
    columns: Sequence[ArrayLike],
    items: Sequence[str],
    by: ArrayLike,
    *,
    centre: Sequence[float] | None = None,
) -> Grams:
    """Return the sums of each group over all rows that have every item.

    Shapes: columns k times [n], numbers, NaN where missing; by [n]; centre [k], by default a number
    near each item's middle. Errors: BadArgument for lengths that differ or an endless number;
    NoAnswers without a row.
    """
    answers, groups = [np.asarray(one) for one in columns], np.asarray(by)
    _check(answers, items, groups)
    starts = _starts(groups)
    if len(starts) * SHORT > len(groups):  # in no order: each group would come in many pieces
        order = np.argsort(groups, kind="stable")
        answers, groups = [one[order] for one in answers], groups[order]
        starts = _starts(groups)
    names, codes = np.unique(groups[starts], return_inverse=True)
    near = np.array([_middle(one) for one in answers] if centre is None else centre)
    many, k = len(names), len(answers)
    n, sums, products = np.zeros(many), np.zeros((many, k)), np.zeros((many, k, k))
    runs = zip(codes.tolist(), starts.tolist(), [*starts[1:].tolist(), len(groups)], strict=True)
    for group, block in _blocks(answers, runs, near):
        n[group] += block.shape[1]
        sums[group] += block.sum(axis=1)
        products[group] += block @ block.T
    if not np.isfinite(products).all():
        raise BadArgument(
            "columns", en="An answer is not a finite number.", zh="有回答不是有限数，请标为缺失。"
        )
    return Grams(tuple(items), tuple(names.tolist()), n, sums, products, near)


def merge_grams(parts: Sequence[Grams]) -> Grams:
    """Return the sums of all parts together: the same as of all their rows at once.

    Errors: NoAnswers without a part; BadArgument for parts of other items or another centre.
    """
    if not parts:
        raise NoAnswers("parts", en="There is nothing to add up.", zh="没有可合并的数据。")
    first = parts[0]
    if any(one.items != first.items or (one.centre != first.centre).any() for one in parts):
        raise BadArgument(
            "parts", en="Only sums of the same items less the same centre add up.",
            zh="只有题目与中心相同的汇总才能合并。",
        )  # fmt: skip
    groups = sorted({group for one in parts for group in one.groups}, key=_order)
    places = {group: place for place, group in enumerate(groups)}
    n, k = np.zeros(len(groups)), len(first.items)
    sums, products = np.zeros((len(groups), k)), np.zeros((len(groups), k, k))
    for one in parts:
        at = [places[group] for group in one.groups]
        n[at] += one.n
        sums[at] += one.sums
        products[at] += one.products
    return Grams(first.items, tuple(groups), n, sums, products, first.centre)


def _order(label: object) -> tuple[str, object]:
    return type(label).__name__, label


def _check(answers: Sequence[np.ndarray], items: Sequence[str], groups: np.ndarray) -> None:
    if (
        not answers
        or len(answers) != len(items)
        or any(one.shape != groups.shape for one in answers)
    ):
        raise BadArgument(
            "columns",
            en="Give a column for each item, and a group for each row.",
            zh="每道题需要一列，每一行需要一个分组。",
        )
    if not len(groups):
        raise NoAnswers("columns", en="There are no rows.", zh="没有数据行。")
    for item, one in zip(items, answers, strict=True):
        if one.dtype.kind not in "iufb":
            raise BadArgument(
                item, en=f"The column “{item}” holds text: numbers belong there.",
                zh=f"“{item}”列是文字，此处应为数值。",
            )  # fmt: skip


def _starts(groups: np.ndarray) -> NDArray[np.intp]:
    """Return where a run of rows of one group begins."""
    return np.append(0, np.flatnonzero(groups[1:] != groups[:-1]) + 1)


def _middle(column: np.ndarray) -> float:
    """Return a number near a column's answers, of the first ones: any number is right.

    Nought for whole numbers so small that their products add up without any rounding.
    """
    if column.dtype.kind in "iub":
        most = max(abs(int(column.max())), abs(int(column.min())))
        if most * most * len(column) < EXACT:
            return 0.0
    first = column[:1000].astype(np.float64)
    known = first[np.isfinite(first)]
    return float(np.round(known.mean())) if len(known) else 0.0


def _blocks(
    answers: Sequence[np.ndarray], runs: Iterable[tuple[int, int, int]], centre: Floats
) -> Iterator[tuple[int, Floats]]:
    """Yield whole rows of one group at a time as numbers less the centre. Shapes: block [k × rows].

    Runs are group, first row, row after the last. A block is good until the next one is asked for.
    """
    whole = all(one.dtype.kind in "iub" for one in answers)  # then there are no gaps
    room = np.empty((len(answers), ROWS))
    for group, start, end in runs:
        for low in range(start, end, ROWS):
            high = min(low + ROWS, end)
            block = room[:, : high - low]
            for row, one in zip(block, answers, strict=True):
                row[:] = one[low:high]
            if centre.any():
                block -= centre[:, None]
            gaps = None if whole else np.isnan(block.sum(axis=0))
            yield group, block if gaps is None or not gaps.any() else block[:, ~gaps]
