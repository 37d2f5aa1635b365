"""Shares, ratios and quantiles of every domain at once; means and totals by domain are in `estimate`.

A domain is never cut out of its design: rows outside it stay and count as not answered, so that
errors know that the domain's size was left to chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from anju.stats.design import Design, Floats
from anju.stats.estimate import Domain, quantile, ratio, share
from anju.stats.given import numbers
from anju.stats.results import BadDesign, Estimate, Method, NoAnswers


def shares_by(
    design: Design,
    hit: ArrayLike,
    by: Sequence[object],
    *,
    level: float = 0.95,
    method: Method = Method.LOGIT,
) -> tuple[Domain, ...]:
    """Return the share of each domain, in order of first appearance.

    Shapes: hit, by [n]. Errors: as `share`; BadDesign for lengths, NoAnswers naming a silent domain.
    """
    return _each(design, hit, by, lambda mine: share(design, mine, level=level, method=method))


def ratios_by(
    design: Design, y: ArrayLike, x: ArrayLike, by: Sequence[object], *, level: float = 0.95
) -> tuple[Domain, ...]:
    """Return the total of y over the total of x in each domain; shapes and errors as `shares_by`."""
    return _each(design, y, by, lambda mine: ratio(design, mine, x, level=level))


def quantiles_by(
    design: Design, y: ArrayLike, p: float, by: Sequence[object], *, level: float = 0.95
) -> tuple[Domain, ...]:
    """Return the quantile of each domain, with Woodruff's limits; shapes and errors as `shares_by`."""
    return _each(design, y, by, lambda mine: quantile(design, mine, p, level=level))


def _each(
    design: Design, y: ArrayLike, by: Sequence[object], one: Callable[[Floats], Estimate]
) -> tuple[Domain, ...]:
    values = numbers(y, "y")
    if not len(values) == len(by) == design.n:
        raise BadDesign(
            "by",
            en=f"{len(values)} answers and {len(by)} groups stand for {design.n} rows: give one for each.",
            zh=f"回答 {len(values)} 个、分组值 {len(by)} 个，设计中有 {design.n} 行，应逐行对应。",
        )
    known: dict[object, int] = {}
    codes = np.array([known.setdefault(key, len(known)) for key in by], dtype=np.intp)
    told = []
    for key, place in known.items():
        mine = np.where(codes == place, values, np.nan)
        if not np.isfinite(mine).any():
            raise NoAnswers(
                "y",
                en=f"Nobody of “{key}” answered: leave the group out.",
                zh=f"“{key}”没有任何回答，请去掉该组。",
            )
        told.append(Domain(key, one(mine)))
    return tuple(told)
