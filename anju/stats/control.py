"""Whether a month's count is out of the ordinary: control limits from earlier months.

Feelings play no part. Counts are taken as Poisson; the mean of the earlier months is itself only
estimated, and the limits allow for that. It says that something changed, never why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import betainc

from anju.stats.results import BadArgument, BadCounts

TAIL = 0.00135  # on each side, as three standard deviations of a normal
LEAST_MONTHS = 6
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts from `low` to `high`, both included, are the usual play of chance.

    `expected` is the earlier mean at this month's exposure; `months` says from how many it is.
    """

    expected: float
    low: int
    high: int
    months: int

    def above(self, count: int) -> bool:
        """Say whether a count warns: more than chance explains."""
        return count > self.high

    def below(self, count: int) -> bool:
        """Say whether a count is lower than chance explains."""
        return count < self.low


def count_limits(
    counts: Sequence[int], exposures: Sequence[float], exposure: float, tail: float = TAIL
) -> Limits:
    """Return the limits of a month's count from those of earlier months.

    Shapes: counts [k] and exposures [k] of the same months; `exposure` is this month's. Units:
    exposures in homes × days or any other, all the same. Errors: BadArgument for fewer than six
    months, lengths that differ, or exposures and tails that are not above nought; BadCounts for a
    negative count.
    Source: conditional test of two Poisson counts (Przyborowski and Wilenski 1940, Biometrika 31,
    313-323): given the sum, the month's count is binomial with its share of the exposure.
    Example: `count_limits([4] * 12, [30.0] * 12, 30.0)` runs from 0 to 12.
    """
    _check(counts, exposures, exposure, tail)
    total, all_ = sum(counts), sum(exposures)
    share = exposure / (all_ + exposure)
    expected = total * exposure / all_
    return Limits(expected, _low(total, share, tail), _high(total, share, tail), len(counts))


def _upper(count: int, earlier: int, share: float) -> float:
    """Return the chance of so many or more of the sum in this month."""
    return 1.0 if count <= 0 else float(betainc(count, earlier + 1, share))


def _lower(count: int, earlier: int, share: float) -> float:
    """Return the chance of so many or fewer of the sum in this month."""
    return 1.0 if earlier == 0 else float(1.0 - betainc(count + 1, earlier, share))


def _high(earlier: int, share: float, tail: float) -> int:
    """Return the largest count that chance explains: counts above it are found by halving."""
    low, high = 0, 1
    while _upper(high, earlier, share) >= tail and high < MOST:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _upper(middle, earlier, share) >= tail:
            low = middle
        else:
            high = middle
    return low


def _low(earlier: int, share: float, tail: float) -> int:
    """Return the smallest count that chance explains."""
    count = 0
    while _lower(count, earlier, share) < tail:
        count += 1
    return count


def _check(counts: Sequence[int], exposures: Sequence[float], exposure: float, tail: float) -> None:
    if len(counts) != len(exposures):
        raise BadArgument(
            "exposures",
            en=f"{len(counts)} counts have {len(exposures)} exposures: give one for each.",
            zh=f"{len(counts)} 个计数对应 {len(exposures)} 个暴露量，应一一对应。",
        )
    if len(counts) < LEAST_MONTHS:
        raise BadArgument(
            "counts",
            en=f"Limits need {LEAST_MONTHS} earlier months at least; here are {len(counts)}.",
            zh=f"控制限至少需要此前 {LEAST_MONTHS} 个月的数据，现有 {len(counts)} 个月。",
        )
    if any(count < 0 for count in counts):
        raise BadCounts("counts", en="A count cannot be negative.", zh="数目不能为负数。")
    if exposure <= 0 or any(one <= 0 for one in exposures) or not 0 < tail < 1 / 2:
        raise BadArgument(
            "exposures",
            en="Exposures must be above 0, and the tail between 0 and one half.",
            zh="暴露量应大于 0，尾概率应在 0 与 1/2 之间。",
        )
