"""Columns as they are given: turned into numbers, or refused by the row that is none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anju.stats.results import BadArgument


def numbers(values: ArrayLike, field: str) -> NDArray[np.float64]:
    """Return values as numbers; None and NaN are gaps, and text is refused.

    Errors: BadArgument naming the field and the first row that is no number, or rows of unequal length.
    """
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        row, found = _first_text(values)
    raise BadArgument(
        field,
        en=f"Row {row} of {field} holds “{found}”, which is no number: write a number, or leave a gap.",
        zh=f"{field} 第 {row} 行为“{found}”，不是数值：请填写数值，或留空。",
    )


def answers(values: ArrayLike, field: str) -> NDArray[np.float64]:
    """Return answers as numbers, gaps as NaN; infinity is no answer. Errors: as `numbers`."""
    found = numbers(values, field)
    if np.isinf(found).any():
        raise BadArgument(
            field, en="An answer is not a finite number.", zh="有回答不是有限数，请标为缺失。"
        )
    return found


def _first_text(values: ArrayLike) -> tuple[int, str]:
    """Return the number of the first row that is no number, and what it holds."""
    rows: list[object] = (
        list(values)
        if isinstance(values, Sequence)
        else np.asarray(values, dtype=object).ravel().tolist()
    )
    place = next((place for place, one in enumerate(rows) if not _numeric(one)), 0)
    return place + 1, str(rows[place])[:40]


def _numeric(one: object) -> bool:
    try:
        np.float64(one)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return one is None
    return not isinstance(one, Sequence | np.ndarray) or isinstance(one, str)
