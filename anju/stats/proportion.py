"""Intervals for shares of people: hypergeometric inversion, Wilson, Kish; never the Wald interval.

Not for scores (see `scores`): a share of points is not a share of people.
"""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from functools import lru_cache
from math import exp, isfinite, lgamma, sqrt

from scipy.special import betaincinv, ndtri

from anju.stats.cautions import (
    FEW_EFFECTIVE,
    POPULATION_UNKNOWN,
    SILENT_AS_RANDOM,
    WEIGHTED_APPROXIMATE,
)
from anju.stats.results import (
    BadArgument,
    BadCounts,
    Bounds,
    Caution,
    Estimate,
    Method,
    NotWhole,
)
from anju.stats.silence import bounds_nonresponse, check_counts, require_answers

HYPERGEOMETRIC_UP_TO = 2000
_TIE = 1 - 1e-9  # a tail of exactly 2.5 % belongs to the interval, whatever the rounding


def proportion_ci(
    x: float,
    n: int,
    N: int | None = None,
    method: str = "auto",
    level: float = 0.95,
) -> Estimate:
    """Give the share x/n with its interval for a population of N.

    `auto` takes the hypergeometric inversion for a known N up to 2,000, Wilson on the effective
    size n(N-1)/(N-n) beyond, and plain Wilson with a caution where N is unknown; n = N has no
    sampling error. Other names: hypergeometric, wilson_fpc, wilson, clopper_pearson.

    Units: shares 0 to 1.
    Errors: NotWhole, BadCounts (x > n, n > N, negative), NoAnswers (n = 0), BadArgument.
    Source: Buonaccorsi 1987, American Statistician 41, page 215, for the inversion; Wilson 1927.

    Example:
        >>> found = proportion_ci(19, 20, 25)
        >>> found.estimate, found.ci_low, found.ci_high
        (0.95, 0.88, 0.96)
    """
    count = whole(x)
    check_level(level)
    check_share(count, n, N)
    chosen = _choose(method, n, N)
    share = count / n
    low, high = _limits(chosen, count, n, N, level)
    bounds = None if N is None else bounds_nonresponse(share, n, N)
    low, high = cut(low, high, share, bounds)
    return Estimate(
        estimate=share,
        se=_standard_error(share, n, N),
        df=None,
        ci_low=low,
        ci_high=high,
        n=n,
        n_eff=float(n),
        deff=1.0,
        method=chosen,
        warnings=silence_cautions(n, N),
        numerator=float(count),
        denominator=float(n),
        population=N,
        bounds=bounds,
        level=level,
    )


def weighted_proportion_ci(
    top: float,
    total: float,
    squares: float,
    n: int,
    N: int | None = None,
    level: float = 0.95,
) -> Estimate:
    """Give the weighted share top/total with Wilson's interval on Kish's effective size.

    `top` and `total` are sums of weights, `squares` the sum of squared weights, over the n valid
    answers; n_eff = total**2 / squares, then (N-1)/(N-n) for a known population.

    Units: shares 0 to 1; numerator and denominator are sums of weights.
    Errors: BadCounts, NoAnswers.
    Source: Kish 1965, section 11.7.
    """
    check_level(level)
    check_share(0, n, N)
    size = kish(total, squares, n)
    share = weighted_share(top, total)
    bounds = None if N is None else bounds_nonresponse(share, n, N)
    if n == N:
        low, high, method = share, share, Method.CENSUS
    else:
        low, high = wilson_limits(share, effective(size, n, N), level)
        method = Method.WILSON_KISH
    low, high = cut(low, high, share, bounds)
    return Estimate(
        estimate=share,
        se=_standard_error(share, size, N, n),
        df=None,
        ci_low=low,
        ci_high=high,
        n=n,
        n_eff=size,
        deff=n / size,
        method=method,
        warnings=weight_cautions(size, n) + silence_cautions(n, N),
        numerator=top,
        denominator=total,
        population=N,
        bounds=bounds,
        level=level,
    )


def weighted_share(top: float, total: float) -> float:
    """Give top/total of two sums of weights.

    Errors: BadCounts where the part exceeds the whole or is negative.
    """
    if not 0 <= top <= total * (1 + 1e-12):
        raise BadCounts(
            "top",
            en="The weight of the satisfied must lie between 0 and the weight of all.",
            zh="满意者的权重合计须在 0 与全部权重合计之间。",
        )
    return min(1.0, top / total)


def kish(total: float, squares: float, n: int) -> float:
    """Give Kish's effective number of answers, (sum w)**2 / sum w**2, at most n.

    Errors: BadCounts where the weights sum to nothing or the sums contradict each other.
    """
    sound = isfinite(total) and isfinite(squares) and total > 0 and squares > 0
    size = total * total / squares if sound else 0.0
    if size <= 0 or size > n * (1 + 1e-9):
        raise BadCounts(
            "weights",
            en="The weights of the answers must be above 0, with sums that belong together.",
            zh="回答的权重须大于 0，且合计须相互一致。",
        )
    return min(size, float(n))


def whole(x: float) -> int:
    """Give a count of people as an integer.

    Errors: NotWhole where it is none.
    """
    if not isfinite(x) or abs(x - round(x)) > 1e-9:
        raise NotWhole(
            "numerator",
            en=f"{x:g} people cannot be: a share of people needs a whole number. "
            "If these are points, use the share of points.",
            zh=f"人数不可能是 {x:g}：人数比例的分子须为整数。若为分数，请改用得分率。",
        )
    return round(x)


def people_from_share(share: float, n: int, decimals: int = 1) -> int:
    """Find the whole number of people behind a printed share of n people.

    `decimals` is the precision of the printed per cent figure; 95.0 % of 20 is 19.

    Errors: NotWhole where no whole number prints as this share; BadArgument, NoAnswers.
    """
    check_share(0, n, None)
    if not 0 <= share <= 1:
        raise BadArgument("share", en="A share lies between 0 and 1.", zh="比例须在 0 与 1 之间。")
    nearest = round(share * n)
    if abs(nearest / n - share) > 0.5 * 10 ** -(decimals + 2) + 1e-12:
        whole(share * n if abs(share * n - nearest) > 1e-9 else nearest + 0.5)
    return nearest


def wilson_limits(share: float, size: float, level: float = 0.95) -> tuple[float, float]:
    """Give Wilson's score limits for a share on an effective number of answers.

    Source: Wilson 1927, Journal of the American Statistical Association 22, page 209.
    """
    z = z_value(level)
    scale = 1 + z * z / size
    centre = (share + z * z / (2 * size)) / scale
    half = z / scale * sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return max(0.0, centre - half), min(1.0, centre + half)


def hypergeometric_limits(x: int, n: int, N: int, level: float = 0.95) -> tuple[int, int]:
    """Give the smallest and largest number of satisfied among N that x of n does not refute.

    Each tail keeps (1 - level)/2; the limits are counts of people.
    """
    if n == N:
        return x, x
    tail = (1 - level) / 2
    return N - _largest(n - x, n, N, tail), _largest(x, n, N, tail)


def effective(size: float, n: int, N: int | None) -> float:
    """Enlarge an effective size for a finite population: size * (N-1)/(N-n)."""
    return size if N is None else size * (N - 1) / (N - n)


@lru_cache(maxsize=64)
def z_value(level: float) -> float:
    """Give the two-sided normal quantile of a level; 1.96 for 0.95."""
    return float(ndtri(0.5 + level / 2))


def check_level(level: float) -> None:
    """Refuse a confidence level outside 0.5 to 0.99999: many limits that hold at once ask for much.

    Errors: BadArgument.
    """
    if not 0.5 <= level <= 0.99999:
        raise BadArgument(
            "level",
            en="The confidence level must lie between 0.5 and 0.99999.",
            zh="置信水平须在 0.5 与 0.99999 之间。",
        )


def cut(low: float, high: float, value: float, bounds: Bounds | None) -> tuple[float, float]:
    """Cut an interval to the bounds for the silent, always keeping the estimate inside."""
    if bounds is not None:
        low, high = max(low, bounds.low), min(high, bounds.high)
    return min(low, value), max(high, value)


def silence_cautions(n: int, N: int | None) -> tuple[Caution, ...]:
    """Say what the interval assumes of those who did not answer."""
    if N is None:
        return (POPULATION_UNKNOWN,)
    return () if n == N else (SILENT_AS_RANDOM,)


def weight_cautions(size: float, n: int) -> tuple[Caution, ...]:
    """Say what the weights did to the number of answers."""
    if size < 5 <= n:
        return (WEIGHTED_APPROXIMATE, FEW_EFFECTIVE)
    return (WEIGHTED_APPROXIMATE,)


def check_share(x: int, n: int, N: int | None) -> None:
    """Refuse counts that cannot make a share.

    Errors: BadCounts (x > n, n > N, negative), NoAnswers (n = 0).
    """
    check_counts(n, N)
    if x < 0 or x > n:
        raise BadCounts(
            "x",
            en=f"{x} of {n}: the numerator must lie between 0 and the number of answers.",
            zh=f"{n} 份回答中有 {x} 份：分子须在 0 与回答份数之间。",
        )
    require_answers(n)


def _choose(method: str, n: int, N: int | None) -> Method:
    if n == N:
        return Method.CENSUS
    if method == "auto":
        if N is None:
            return Method.WILSON
        return Method.HYPERGEOMETRIC if N <= HYPERGEOMETRIC_UP_TO else Method.WILSON_FPC
    offered = (Method.HYPERGEOMETRIC, Method.WILSON_FPC, Method.WILSON, Method.CLOPPER_PEARSON)
    if method not in offered or (N is None and method in offered[:2]):
        raise BadArgument(
            "method",
            en="Choose auto, wilson or clopper_pearson; with a known population also "
            "hypergeometric or wilson_fpc.",
            zh="请选 auto、wilson、clopper_pearson；总体已知时还可选 hypergeometric、wilson_fpc。",
        )
    return Method(method)


def _limits(
    method: Method,
    x: int,
    n: int,
    N: int | None,
    level: float,
) -> tuple[float, float]:
    if method is Method.CENSUS:
        return x / n, x / n
    if method is Method.HYPERGEOMETRIC and N is not None:
        fewest, most = hypergeometric_limits(x, n, N, level)
        return fewest / N, most / N
    if method is Method.CLOPPER_PEARSON:
        return _clopper_pearson(x, n, level)
    finite = N if method is Method.WILSON_FPC else None
    return wilson_limits(x / n, effective(n, n, finite), level)


def _clopper_pearson(x: int, n: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    high = 1.0 if x == n else float(betaincinv(x + 1, n - x, 1 - tail))
    return low, high


def _standard_error(share: float, size: float, N: int | None, n: int | None = None) -> float:
    answers = size if n is None else n
    left = 1.0 if N is None else 1 - answers / N
    return sqrt(share * (1 - share) * left / max(size - 1, 1))


@lru_cache(maxsize=65536)
def _largest(x: int, n: int, N: int, tail: float) -> int:
    """Find the largest K with P(X <= x | K) >= tail; the probability falls as K grows.

    The search starts where x is the mean, since there at least half of the chance lies at or
    below x, and looks first on both sides of Wilson's limit, which is seldom far off.
    """
    low, high = max(x, N * x // n), N - n + x
    near = int(N * wilson_limits(x / n, effective(n, n, N), 1 - 2 * tail)[1])
    probes = [near + 3, near - 2]
    while low < high:
        middle = probes.pop() if probes else (low + high + 1) // 2
        if not low < middle <= high:
            continue
        if _reaches(tail * _TIE, x, n, middle, N):
            low = middle
        else:
            high = middle - 1
    return low


def _reaches(tail: float, x: int, n: int, K: int, N: int) -> bool:
    """Say whether P(X <= x) >= tail for n drawn from N with K satisfied.

    Adds the terms downwards from x by their ratio, which falls, and stops as soon as the tail is
    reached or the terms left cannot matter.
    """
    term = exp(_log_choose(K, x) + _log_choose(N - K, n - x) - _log_choose(N, n))
    total, count = term, x
    while total < tail and count > max(0, n - (N - K)):
        ratio = count * (N - K - n + count) / ((K - count + 1) * (n - count + 1))
        term *= ratio
        total += term
        count -= 1
        if term < tail * (1 - ratio) * 1e-12:
            break
    return total >= tail


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
