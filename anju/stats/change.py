"""Change between two waves: difference, interval, verdict, and what makes the waves unlike.

Not the effect of a measure: a change has many causes, and the worst scorers rise by chance.
The interval takes the two waves as independent draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt

from scipy.special import ndtr, stdtr

from anju.stats.cautions import (
    FORMULA_VERSION,
    HALF_YEAR,
    MIXED_SCALES,
    MODE,
    MONTH_PART,
    NO_INTERVAL,
    TIME_OF_DAY,
    TIMING_UNKNOWN,
)
from anju.stats.compare import holm
from anju.stats.results import Caution, Estimate, Method, ScaleMismatch, Unit, Words
from anju.stats.scores import t_value

SHIFT = 0.10  # two mixes differ when a tenth of the answers would have to move


class Verdict(StrEnum):
    """What the interval of a change allows to say."""

    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


VERDICT_WORDS: dict[Verdict, Words] = {
    Verdict.BETTER: Words("上升", "better"),
    Verdict.WORSE: Words("下降", "worse"),
    Verdict.CANNOT_TELL: Words("不能判断有无变化", "cannot tell"),
}

Mix = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class WaveTiming:
    """When and how a wave was answered: shares by band that sum to 1, empty where unknown.

    `day` by time of day, `month` by part of the month, `half` by half-year (H1, H2), `mode` by
    mode.
    """

    day: Mix = ()
    month: Mix = ()
    half: Mix = ()
    mode: Mix = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of one wave with the signature of its scale and its timing."""

    estimate: Estimate
    scale: str = ""
    timing: WaveTiming = WaveTiming()


@dataclass(frozen=True, slots=True)
class Change:
    """After less before, in the units of the figures; `p_holm` equals `p` until corrected."""

    difference: float
    se: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None
    p_holm: float | None
    verdict: Verdict
    warnings: tuple[Caution, ...]
    unit: Unit
    level: float


def change(before: Measured, after: Measured, *, marked: bool = False) -> Change:
    """Compare two waves as independent samples.

    Shares: the interval joins the distances of each wave's own limits (no Wald), p from the
    pooled share's z test; scores: Welch. The verdict needs both to agree. Different scales or
    formulas are refused unless `marked` (different units always); another version of a formula
    is a caution.

    Errors: ScaleMismatch.
    Source: Newcombe 1998, Statistics in Medicine 17, page 873; Welch 1947.
    """
    old, new = before.estimate, after.estimate
    cautions = _unlike(before, after, marked=marked) + timing_cautions(before.timing, after.timing)
    difference = new.estimate - old.estimate
    level = min(old.level, new.level)
    if old.se is None or new.se is None or not (old.has_interval and new.has_interval):
        cautions = (*cautions, NO_INTERVAL)
        return Change(
            difference, None, None, None, None, None,
            Verdict.CANNOT_TELL, cautions, new.unit, level,
        )  # fmt: skip
    se = sqrt(old.se**2 + new.se**2)
    share = new.unit is Unit.SHARE and old.df is None and new.df is None
    low, high = _share_limits(old, new) if share else _score_limits(old, new, se, level)
    p = _share_p(old, new) if share else _score_p(old, new, se)
    found = Change(difference, se, low, high, p, p, Verdict.CANNOT_TELL, cautions, new.unit, level)
    return replace(found, verdict=_verdict(found))


def correct(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Correct the verdicts of several changes looked at together, by Holm's method.

    Changes without an interval do not count among the comparisons.
    """
    adjusted = iter(holm([found.p for found in changes if found.p is not None]))
    corrected = (
        found if found.p is None else replace(found, p_holm=next(adjusted)) for found in changes
    )
    return tuple(replace(found, verdict=_verdict(found)) for found in corrected)


def timing_cautions(before: WaveTiming, after: WaveTiming) -> tuple[Caution, ...]:
    """List in which respects of time and mode two waves are unlike, or cannot be checked."""
    pairs = (
        (before.day, after.day, TIME_OF_DAY),
        (before.month, after.month, MONTH_PART),
        (before.half, after.half, HALF_YEAR),
        (before.mode, after.mode, MODE),
    )
    unlike = tuple(
        caution for old, new, caution in pairs if old and new and distance(old, new) >= SHIFT - 1e-9
    )
    unknown = any(not old or not new for old, new, _ in pairs)
    return (*unlike, TIMING_UNKNOWN) if unknown else unlike


def distance(a: Mix, b: Mix) -> float:
    """Give the share of answers that would have to move to make two mixes equal.

    Example:
        >>> distance((("am", 0.5), ("pm", 0.5)), (("am", 1.0),))
        0.5
    """
    first, second = dict(a), dict(b)
    bands = set(first) | set(second)
    return sum(abs(first.get(band, 0.0) - second.get(band, 0.0)) for band in bands) / 2


def _unlike(before: Measured, after: Measured, *, marked: bool) -> tuple[Caution, ...]:
    old, new = before.estimate.formula, after.estimate.formula
    units = before.estimate.unit == after.estimate.unit
    mixed = before.scale != after.scale or old.rsplit("@", 1)[0] != new.rsplit("@", 1)[0]
    if not units or (mixed and not marked):
        raise ScaleMismatch(
            "scale",
            en="The two surveys use different scales or formulas. Compare items on one scale, "
            "or mark the comparison as mixed.",
            zh="两次调查的量表或公式不同。请比较同一量表的题目，或把比较标记为混合。",
        )
    if mixed:
        return (MIXED_SCALES,)
    return (FORMULA_VERSION,) if old != new else ()


def _share_limits(old: Estimate, new: Estimate) -> tuple[float, float]:
    difference = new.estimate - old.estimate
    below = sqrt(_reach(new, new.ci_low) ** 2 + _reach(old, old.ci_high) ** 2)
    above = sqrt(_reach(new, new.ci_high) ** 2 + _reach(old, old.ci_low) ** 2)
    return difference - below, difference + above


def _reach(found: Estimate, limit: float | None) -> float:
    return 0.0 if limit is None else limit - found.estimate


def _score_limits(old: Estimate, new: Estimate, se: float, level: float) -> tuple[float, float]:
    difference = new.estimate - old.estimate
    half = t_value(_degrees(old, new), level) * se if se > 0 else 0.0
    return difference - half, difference + half


def _share_p(old: Estimate, new: Estimate) -> float:
    sizes = [found.n_eff or float(found.n) for found in (old, new)]
    pooled = (sizes[0] * old.estimate + sizes[1] * new.estimate) / sum(sizes)
    parts = [_left(found) / size for found, size in zip((old, new), sizes, strict=True)]
    se = sqrt(pooled * (1 - pooled) * sum(parts))
    return _two_sided(new.estimate - old.estimate, se, None)


def _score_p(old: Estimate, new: Estimate, se: float) -> float:
    return _two_sided(new.estimate - old.estimate, se, _degrees(old, new))


def _two_sided(difference: float, se: float, df: float | None) -> float:
    if se == 0:
        return 1.0 if abs(difference) < 1e-12 else 0.0
    ratio = abs(difference) / se
    return float(2 * (ndtr(-ratio) if df is None else stdtr(df, -ratio)))


def _degrees(old: Estimate, new: Estimate) -> float:
    parts = [(found.se or 0.0) ** 2 for found in (old, new)]
    # A share without degrees of freedom has a normal error: it takes none from the other's.
    bottom = sum(
        part**2 / (found.df or 1.0)
        for part, found in zip(parts, (old, new), strict=True)
        if found.df is not None
    )
    return float("inf") if bottom == 0 else max(sum(parts) ** 2 / bottom, 1.0)


def _left(found: Estimate) -> float:
    if found.method is Method.CENSUS:
        return 0.0
    people = found.population
    return 1.0 if people is None else (people - found.n) / max(people - 1, 1)


def _verdict(found: Change) -> Verdict:
    if found.ci_low is None or found.ci_high is None or found.p_holm is None:
        return Verdict.CANNOT_TELL
    if found.p_holm > 1 - found.level or found.ci_low <= 0 <= found.ci_high:
        return Verdict.CANNOT_TELL
    return Verdict.BETTER if found.difference > 0 else Verdict.WORSE
