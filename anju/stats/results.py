"""What every function of the statistics hands back: estimates, bounds, cautions, typed refusals.

Not a place for arithmetic; the texts carry Chinese and English themselves, since nothing here
knows a web framework or a reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence or label in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the reader must know beside a figure; `code` is stable, the sentences are not."""

    code: str
    zh: str
    en: str


class Unit(StrEnum):
    """What an estimate is measured in."""

    SHARE = "share"  # 0 to 1
    INDEX = "index"  # 0 to 100
    NPS = "nps"  # -100 to 100
    GAP = "gap"  # points of the scale
    VALUE = "value"  # whatever was given


class Method(StrEnum):
    """How an interval was made."""

    HYPERGEOMETRIC = "hypergeometric"
    WILSON_FPC = "wilson_fpc"
    WILSON = "wilson"
    WILSON_KISH = "wilson_kish"
    CLOPPER_PEARSON = "clopper_pearson"
    T_OWN = "t_own"
    T_KISH = "t_kish"
    CENSUS = "census"
    LINEAR = "linear"
    LOGIT = "logit"
    BETA = "beta"
    WOODRUFF = "woodruff"
    REPLICATES = "replicates"
    NONE = "none"


METHOD_WORDS: dict[Method, Words] = {
    Method.HYPERGEOMETRIC: Words("超几何反推区间", "hypergeometric inversion"),
    Method.WILSON_FPC: Words(
        "威尔逊区间（按有限总体折算有效样本量）",
        "Wilson interval on the finite-population sample size",
    ),
    Method.WILSON: Words("威尔逊区间（总体未知）", "Wilson interval, population unknown"),
    Method.WILSON_KISH: Words(
        "威尔逊区间（按基什有效样本量）", "Wilson interval on Kish's effective sample size"
    ),
    Method.CLOPPER_PEARSON: Words("克洛珀-皮尔逊区间", "Clopper-Pearson interval"),
    Method.T_OWN: Words("t 区间（业主之间的实际方差）", "t interval from the owners' own variance"),
    Method.T_KISH: Words(
        "t 区间（加权方差与基什有效样本量）",
        "t interval from the weighted variance and Kish's effective sample size",
    ),
    Method.CENSUS: Words("全部回收，无抽样误差", "everybody answered: no sampling error"),
    Method.LINEAR: Words("泰勒线性化的 t 区间", "t interval by Taylor linearisation"),
    Method.LOGIT: Words("对数几率尺度上的 t 区间", "t interval on the logit scale"),
    Method.BETA: Words(
        "贝塔区间（按设计的有效样本量）", "beta interval on the effective size of the design"
    ),
    Method.WOODRUFF: Words("伍德拉夫反推区间", "Woodruff's inverted interval"),
    Method.REPLICATES: Words("重复样本的 t 区间", "t interval from replicate samples"),
    Method.NONE: Words("无区间", "no interval"),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and highest value that the silent could still make true."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with everything it may not be printed without.

    Units: share 0 to 1, index 0 to 100, nps -100 to 100, gap in scale points (see `unit`).
    `se`, `df`, `ci_low`, `ci_high` are None where no interval may be given; `warnings` says why.
    """

    estimate: float
    se: float | None
    df: float | None
    ci_low: float | None
    ci_high: float | None
    n: int
    n_eff: float | None
    deff: float | None
    method: Method
    warnings: tuple[Caution, ...] = ()
    formula: str = ""
    unit: Unit = Unit.SHARE
    numerator: float | None = None
    denominator: float | None = None
    population: int | None = None
    bounds: Bounds | None = None
    level: float = 0.95

    @property
    def has_interval(self) -> bool:
        """Say whether both limits are known."""
        return self.ci_low is not None and self.ci_high is not None


class StatsError(Exception):
    """A refusal with a stable code, the field at fault and a sentence in both languages."""

    code = "E-STATS"

    def __init__(self, field: str, *, en: str, zh: str) -> None:
        """Keep the field and both sentences; `str()` gives the English one."""
        super().__init__(en)
        self.field = field
        self.en = en
        self.zh = zh


class BadCounts(StatsError):
    """Counts that cannot be: negative, more answers than people, more satisfied than answers."""

    code = "E-STATS-COUNTS"


class BadArgument(StatsError):
    """An argument outside the values that the method knows."""

    code = "E-STATS-ARGUMENT"


class BadDesign(StatsError):
    """A sample that cannot have been drawn so: weights, strata, clusters, population."""

    code = "E-STATS-DESIGN"


class NotIdentified(StatsError):
    """The answers do not decide: nothing varies, or two columns say the same thing."""

    code = "E-STATS-IDENTIFIED"


class NotCalibrated(StatsError):
    """Weights cannot agree with what is known: an empty category, margins that contradict."""

    code = "E-STATS-CALIBRATION"


class NoAnswers(StatsError):
    """Nothing to compute from: no valid answer."""

    code = "E-STATS-EMPTY"


class BasesMissing(StatsError):
    """An overall figure asked from parts whose numbers of answers are not known."""

    code = "E-STATS-BASES"


class NotWhole(StatsError):
    """A share of people whose numerator is not a whole number of people."""

    code = "E-STATS-WHOLE"


class ScaleMismatch(StatsError):
    """Figures from different scales or formulas averaged or trended without a mark."""

    code = "E-STATS-SCALE"


class BadScale(StatsError):
    """A scale that cannot be used: no value, one code twice, an unknown code."""

    code = "E-STATS-SCALE-DEF"


class BadWeights(StatsError):
    """Weights that do not sum to what they must, or name unknown things."""

    code = "E-STATS-WEIGHTS"


class Suppressed(StatsError):
    """A figure over fewer households than may be shown."""

    code = "E-STATS-SUPPRESSED"
