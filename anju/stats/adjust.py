"""p values of many tests at once, adjusted; Holm's own lives in `compare` beside its groups.

Holm decides what is told apart; the false discovery rate is for screening alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from anju.stats.compare import holm
from anju.stats.given import numbers
from anju.stats.results import BadArgument


class Adjust(StrEnum):
    """How p values are adjusted."""

    BONFERRONI = "bonferroni"
    HOLM = "holm"
    HOCHBERG = "hochberg"
    BENJAMINI_HOCHBERG = "bh"
    BENJAMINI_YEKUTIELI = "by"


def adjust_p(p: Sequence[float], how: Adjust = Adjust.HOLM) -> tuple[float, ...]:
    """Return adjusted p values in the order given.

    Errors: BadArgument for a p outside 0 to 1. Sources: Hochberg 1988, Biometrika 75, 800-802;
    Benjamini and Hochberg 1995, JRSS B 57, 289-300; Benjamini and Yekutieli 2001, Annals of
    Statistics 29, 1165-1188. Example: `adjust_p([0.01, 0.04], Adjust.BONFERRONI)` is (0.02, 0.08).
    """
    given = numbers(p, "p")
    if not ((given >= 0) & (given <= 1)).all():
        raise BadArgument("p", en="A p value lies between 0 and 1.", zh="p 值应在 0 与 1 之间。")
    if how is Adjust.HOLM:
        return holm(p)
    m = len(given)
    if how is Adjust.BONFERRONI:
        return tuple(np.minimum(given * m, 1).tolist())
    order = np.argsort(-given, kind="stable")
    ranks = np.arange(m, 0, -1)
    factors = {
        Adjust.HOCHBERG: m - ranks + 1.0,
        Adjust.BENJAMINI_HOCHBERG: m / ranks,
        Adjust.BENJAMINI_YEKUTIELI: m / ranks * (1 / np.arange(1, m + 1)).sum(),
    }
    # From the largest down, none may be larger than one behind it.
    stepped = np.minimum(np.minimum.accumulate(given[order] * factors[how]), 1)
    found: NDArray[np.float64] = np.empty(m)
    found[order] = stepped
    return tuple(found.tolist())
