"""Means, totals, ratios, shares and quantiles under a design, whole or by domain.

Not for closed tables of counts (see `proportion`, `scores`): these need each row and its design.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, stdtrit

from anju.stats.cautions import (
    NO_DIFFERENCE,
    ONE_ANSWER,
    ONE_CLUSTER,
    STILL,
    of_clusters,
    unseen,
)
from anju.stats.design import Codes, Design, Floats
from anju.stats.given import answers
from anju.stats.linear import variances
from anju.stats.proportion import check_level
from anju.stats.results import BadArgument, BadDesign, Caution, Estimate, Method, NoAnswers, Unit


@dataclass(frozen=True, slots=True)
class Domain:
    """One group and its estimate."""

    key: object
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Rows with an answer: their domains (−1: no answer), their names, weight and number in each."""

    codes: Codes
    keys: tuple[object, ...]
    weight: Floats
    n: Floats


def mean(design: Design, y: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the weighted mean with its design-based interval.

    Shapes: y [n], NaN where an answer is missing: such rows stay in the design but not in the mean.
    Errors: NoAnswers, BadDesign for a wrong length. Source: Lumley 2010, section 2.2.
    """
    return _only(means_by(design, y, None, level=level))


def means_by(
    design: Design, y: ArrayLike, by: Sequence[object] | None, *, level: float = 0.95
) -> tuple[Domain, ...]:
    """Return the mean of each domain, in order of first appearance; errors as `mean`.

    Shapes: y [n], by [n]. A domain is a part of the sample whose size is itself left to chance. One
    whose answers all lie in one cluster, or whose clusters do not differ, has no error and no interval
    unless its strata were drawn whole: 0 would be the error of clusters that are known to be alike.
    """
    values, grouped = _ready(design, y, by)
    filled = np.where(grouped.codes >= 0, values, 0.0) * design.weights
    sums = _by(grouped, filled)
    means = sums / grouped.weight
    inside = np.maximum(grouped.codes, 0)
    linear = design.weights * (values - means[inside]) / grouped.weight[inside]
    found = variances(design, np.where(grouped.codes >= 0, linear, 0.0), grouped.codes, len(means))
    return _told(design, grouped, means, found, level, _blind(design, grouped, found, means))


def total(design: Design, y: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the weighted total; a missing answer counts as nought and is told by `n`.

    Shapes: y [n]. Errors as `mean`.
    """
    return _only(totals_by(design, y, None, level=level))


def totals_by(
    design: Design, y: ArrayLike, by: Sequence[object] | None, *, level: float = 0.95
) -> tuple[Domain, ...]:
    """Return the total of each domain; shapes and errors as `means_by`."""
    values, grouped = _ready(design, y, by)
    linear = np.where(grouped.codes >= 0, values, 0.0) * design.weights
    found = variances(design, linear, grouped.codes, len(grouped.keys))
    return _told(design, grouped, _by(grouped, linear), found, level)


def ratio(design: Design, y: ArrayLike, x: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the total of y over the total of x, of rows that have both.

    Shapes: y and x [n]. Errors: as `mean`, BadArgument where x adds up to nought.
    """
    above, below = _column(design, y, "y"), _column(design, x, "x")
    both = np.isfinite(above) & np.isfinite(below)
    _, grouped = _ready(design, np.where(both, 0.0, np.nan), None)
    base = float((design.weights * np.where(both, below, 0.0)).sum())
    if base == 0:
        raise BadArgument(
            "x", en="The denominator adds up to 0.", zh="分母合计为 0，无法计算比率。"
        )
    value = float((design.weights * np.where(both, above, 0.0)).sum()) / base
    linear = design.weights * np.where(both, above - value * below, 0.0) / base
    found = variances(design, linear, grouped.codes)
    blind = _blind(design, grouped, found, np.array([value]))
    return _told(design, grouped, np.array([value]), found, level, blind)[0].estimate


def share(
    design: Design, hit: ArrayLike, *, level: float = 0.95, method: Method = Method.LOGIT
) -> Estimate:
    """Return the share of rows that hit (1 or 0, NaN missing), with limits inside 0 to 1.

    `method` is LOGIT, BETA (Korn and Graubard 1998, Survey Methodology 24, 193-201) or LINEAR.
    Errors: as `mean`, BadArgument for other values than 0 and 1 or another method.
    Where nobody or everybody hit, only BETA has limits.
    """
    values = _column(design, hit, "hit")
    if not np.isin(values[np.isfinite(values)], (0.0, 1.0)).all():
        raise BadArgument("hit", en="A share is made of 0 and 1.", zh="比例只能由 0 和 1 计算。")
    found = replace(mean(design, values, level=level), unit=Unit.SHARE)
    if method is Method.LINEAR:
        return found
    if method not in {Method.LOGIT, Method.BETA}:
        raise BadArgument(
            "method", en="Choose logit, beta or linear.", zh="请选择 logit、beta 或 linear。"
        )
    return _logit(found) if method is Method.LOGIT else _beta(found, design.df)


def _logit(found: Estimate) -> Estimate:
    p, se = found.estimate, found.se
    if se is None or found.df is None or not 0 < p < 1:
        return replace(found, ci_low=None, ci_high=None, method=Method.NONE)
    centre = np.log(p / (1 - p))
    width = _t(found.level, found.df) * se / (p * (1 - p))
    low, high = (float(1 / (1 + np.exp(-(centre + one)))) for one in (-width, width))
    return replace(found, ci_low=low, ci_high=high, method=Method.LOGIT)


def _beta(found: Estimate, df: int) -> Estimate:
    p, tail = found.estimate, (1 - found.level) / 2
    alike = 0 < p < 1 or ONE_CLUSTER in found.warnings
    if df <= 0 or (found.se is None and alike):
        return replace(found, ci_low=None, ci_high=None, method=Method.NONE)
    n = float(found.n)
    if found.se:
        kept = _t(found.level, found.n - 1) / _t(found.level, df)
        n = p * (1 - p) / found.se**2 * kept**2
    low = float(betaincinv(n * p, n * (1 - p) + 1, tail)) if p > 0 else 0.0
    high = float(betaincinv(n * p + 1, n * (1 - p), 1 - tail)) if p < 1 else 1.0
    return replace(found, ci_low=low, ci_high=high, n_eff=n, method=Method.BETA)


def quantile(design: Design, y: ArrayLike, p: float, *, level: float = 0.95) -> Estimate:
    """Return the smallest value at or below which a share p of the weight lies.

    Limits by Woodruff (1952, JASA 47, 635-646): those of the share, turned back into values; the
    standard error is their distance over two t. Errors: as `mean`, BadArgument for p outside 0 to 1.
    """
    if not 0 < p < 1:
        raise BadArgument("p", en="A quantile lies between 0 and 1.", zh="分位应在 0 与 1 之间。")
    values, _ = _ready(design, y, None)
    there = np.isfinite(values)
    order = np.argsort(values[there], kind="stable")
    ordered, weights = values[there][order], design.weights[there][order]
    reached = np.cumsum(weights) / weights.sum()

    def at(share_: float) -> float:
        return float(ordered[min(int(np.searchsorted(reached, share_ - 1e-12)), len(ordered) - 1)])

    value = at(p)
    below = mean(design, np.where(there, values <= value, np.nan), level=level)
    if below.ci_low is None or below.ci_high is None or below.df is None:
        return replace(below, estimate=value, se=None, method=Method.NONE)
    low, high = at(below.ci_low), at(min(below.ci_high, 1.0))
    se = (high - low) / 2 / _t(level, below.df)
    return replace(
        below, estimate=value, se=se, ci_low=low, ci_high=high, deff=None, n_eff=None,
        method=Method.WOODRUFF,
    )  # fmt: skip


def deff(
    design: Design, y: ArrayLike, *, replaced: bool = False, totals: bool = False
) -> float | None:
    """Return how much larger the variance is than that of a simple random sample of the same size.

    The comparison draws without replacement from Σw, or with it (`replaced`). None where all answers
    are equal, or more answered than the weights say there are. Source: Kish 1965, section 8.2.
    """
    found = total(design, y) if totals else mean(design, y)
    values = _column(design, y, "y")
    there = np.isfinite(values)
    weights, n = design.weights[there], int(there.sum())
    size = float(weights.sum())
    middle = float((weights * values[there]).sum()) / size
    spread = float((weights * (values[there] - middle) ** 2).sum()) / size * n / max(n - 1, 1)
    simple = spread / n * (1.0 if replaced else (size - n) / size)
    simple *= size**2 if totals else 1.0
    return found.se**2 / simple if simple > 0 and found.se is not None else None


def _ready(design: Design, y: ArrayLike, by: Sequence[object] | None) -> tuple[Floats, _Grouped]:
    values = _column(design, y, "y")
    codes, keys = _domains(design, by)
    codes = np.where(np.isfinite(values), codes, -1)
    known = codes >= 0
    kinds = len(keys)
    weight = np.bincount(codes[known], weights=design.weights[known], minlength=kinds).astype(float)
    n = np.bincount(codes[known], minlength=kinds).astype(float)
    for at in np.flatnonzero(n == 0):
        raise NoAnswers(
            "y",
            en=f"Nobody of “{keys[at]}” answered: leave the group out.",
            zh=f"“{keys[at]}”没有任何回答，请去掉该组。",
        )
    return values, _Grouped(codes.astype(np.intp), keys, weight, n)


def _column(design: Design, y: ArrayLike, field: str) -> Floats:
    values = answers(y, field)
    if values.shape != (design.n,):
        raise BadDesign(
            field,
            en=f"{values.size} answers stand for {design.n} rows of the design: give one for each.",
            zh=f"有 {values.size} 个回答，设计中有 {design.n} 行，应逐行对应。",
        )
    return values


def _domains(design: Design, by: Sequence[object] | None) -> tuple[Codes, tuple[object, ...]]:
    if by is None:
        return np.zeros(design.n, dtype=np.intp), ("all",)
    if len(by) != design.n:
        raise BadDesign(
            "by",
            en=f"{len(by)} groups stand for {design.n} rows: give one for each.",
            zh=f"有 {len(by)} 个分组值，设计中有 {design.n} 行，应逐行对应。",
        )
    known: dict[object, int] = {}
    codes = np.array([known.setdefault(key, len(known)) for key in by], dtype=np.intp)
    return codes, tuple(known)


def _by(grouped: _Grouped, values: Floats) -> Floats:
    inside = grouped.codes >= 0
    sums = np.zeros(len(grouped.keys))
    np.add.at(sums, grouped.codes[inside], values[inside])
    return sums


def _blind(
    design: Design, grouped: _Grouped, found: Floats, values: Floats
) -> list[Caution | None]:
    """Return of each domain why its error cannot be seen: one cluster, or clusters that are alike."""
    inside = grouped.codes >= 0
    domains, units = grouped.codes[inside], design.first.units[inside]
    last = np.zeros(len(grouped.keys), dtype=np.intp)
    last[domains] = units
    several, some_left = (np.zeros(len(grouped.keys), dtype=bool) for _ in range(2))
    several[domains[units != last[domains]]] = True
    some_left[domains[design.first.fractions[design.first.strata[inside]] < 1]] = True
    still = np.sqrt(found) <= STILL * np.abs(values)
    return [
        None if not left or (many and not same) else NO_DIFFERENCE if many else unseen(int(n))
        for left, many, same, n in zip(some_left, several, still, grouped.n, strict=True)
    ]


def _told(
    design: Design,
    grouped: _Grouped,
    values: Floats,
    found: Floats,
    level: float,
    blind: Sequence[Caution | None] = (),
) -> tuple[Domain, ...]:
    """Return estimates with their variances, but for those whose error cannot be seen."""
    check_level(level)
    df = design.df
    t = _t(level, df) if df > 0 else None
    warned = of_clusters(len(design.first.unit_strata), design.n)
    told = []
    for at, (key, value, variance) in enumerate(zip(grouped.keys, values, found, strict=True)):
        why, n = (blind[at] if blind else None), int(grouped.n[at])
        one = _one(float(value), float(variance), n, df, None if why else t, level)
        told.append(Domain(key, replace(one, warnings=(why, *warned) if why else warned)))
    return tuple(told)


def _one(value: float, variance: float, n: int, df: int, t: float | None, level: float) -> Estimate:
    se = float(np.sqrt(variance)) if t is not None else None
    width = t * se if t is not None and se is not None else None
    return Estimate(
        estimate=value,
        se=se,
        df=float(df) if t is not None else None,
        ci_low=None if width is None else value - width,
        ci_high=None if width is None else value + width,
        n=n,
        n_eff=None,
        deff=None,
        method=Method.NONE if width is None else Method.LINEAR,
        unit=Unit.VALUE,
        level=level,
    )


def with_error(bare: Estimate, design: Design, se: float, size: float) -> Estimate:
    """Return an estimate with an error of its own in place of the mean's, where one can be seen.

    `size` is the largest of what it is made of: near nought the figure itself says nothing of rounding.
    """
    if design.df <= 0 or {ONE_ANSWER, ONE_CLUSTER} & set(bare.warnings):
        return bare
    warned = tuple(one for one in bare.warnings if one != NO_DIFFERENCE)
    if se <= STILL * size and (design.first.fractions < 1).any():
        return replace(
            bare, se=None, df=None, ci_low=None, ci_high=None, method=Method.NONE,
            warnings=(NO_DIFFERENCE, *warned),
        )  # fmt: skip
    wide = _t(bare.level, design.df) * se
    return replace(
        bare, se=se, df=float(design.df), ci_low=bare.estimate - wide, ci_high=bare.estimate + wide,
        method=Method.LINEAR, warnings=warned,
    )  # fmt: skip


def _t(level: float, df: float) -> float:
    return float(stdtrit(df, (1 + level) / 2))


def _only(found: tuple[Domain, ...]) -> Estimate:
    return found[0].estimate


def contrast(
    design: Design,
    y: ArrayLike,
    by: Sequence[object],
    weights: Mapping[object, float],
    *,
    level: float = 0.95,
) -> Estimate:
    """Return a weighted sum of domain means, such as one less another, with their covariance.

    Shapes: y [n], by [n]. Two waves that share homes are one design whose clusters are the homes
    (or what holds them), with the wave as `by`: the overlap is then in the error. Errors: as
    `means_by`; BadArgument for a domain that is not there.
    Example: `contrast(d, y, wave, {2026: 1, 2025: -1})` is the change.
    """
    values, grouped = _ready(design, y, by)
    places = {key: place for place, key in enumerate(grouped.keys)}
    for key, factor in weights.items():
        if key not in places or not np.isfinite(factor):
            raise BadArgument(
                "weights",
                en=f"There is no group “{key}”, or its factor is no finite number.",
                zh=f"没有名为“{key}”的组，或其系数不是有限数。",
            )
    factors = np.zeros(len(places))
    for key, factor in weights.items():
        factors[places[key]] = factor
    inside = np.maximum(grouped.codes, 0)
    filled = np.where(grouped.codes >= 0, values, 0.0)
    means = _by(grouped, filled * design.weights) / grouped.weight
    linear = design.weights * (filled - means[inside]) / grouped.weight[inside]
    own = np.where(grouped.codes >= 0, linear, 0.0)
    found = variances(design, factors[inside] * own)
    whole = _Grouped(grouped.codes, ("all",), grouped.weight, np.array([grouped.n.sum()]))
    # The errors of the parts, each by itself, say whether that of their sum can be seen.
    parts = variances(design, own, grouped.codes, len(means))
    blind = [
        why for why, factor in zip(_blind(design, grouped, parts, means), factors, strict=True)
        if factor and why
    ]  # fmt: skip
    value = np.array([float(factors @ means)])
    return _only(_told(design, whole, value, found, level, blind[:1]))
