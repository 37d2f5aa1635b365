"""The sentences that stand beside figures, in both languages; one name for each.

Not refusals: a refusal is a `StatsError`.
"""

from __future__ import annotations

from anju.stats.results import Caution

POPULATION_UNKNOWN = Caution(
    "population-unknown",
    "总体户数未知：区间未按有限总体修正，无法给出未答者的上下限。",
    "Population unknown: the interval has no finite-population correction, "
    "and no bounds for the silent can be given.",
)
ISSUED_AS_POPULATION = Caution(
    "issued-as-population",
    "总户数未知，以发放数代替：区间和上下限只说明发到问卷的人，不代表整个小区。",
    "The number of homes is unknown and the number issued stands for it: intervals and limits "
    "speak of those who were asked, not of the whole estate.",
)
SILENT_AS_RANDOM = Caution(
    "silent-as-random",
    "区间把已答者视为全体的随机一部分；未答者若不同，以上下限为准。",
    "The interval takes those who answered as a random part of all; "
    "if the silent differ, the bounds hold.",
)
TOTALS_ONLY = Caution(
    "totals-only",
    "只有合计数，没有每位业主的回答，不能给出区间。",
    "Only totals are known, not each owner's answers: no interval can be given.",
)
ONE_ANSWER = Caution(
    "one-answer",
    "只有一份回答，无法估计业主之间的差异，不给区间。",
    "One answer only: the spread between owners cannot be estimated, so there is no interval.",
)
ONE_CLUSTER = Caution(
    "one-cluster",
    "所有回答来自同一个群（楼栋），看不出群与群之间的差异，不给区间。",
    "All answers come from one cluster: how clusters differ cannot be seen, so there is no interval.",
)
NO_DIFFERENCE = Caution(
    "no-difference",
    "各群（或逐户抽取时的各份回答）毫无差异，无法由此估计误差，不给区间。",
    "Clusters, or answers where each was drawn by itself, do not differ at all: no error can be "
    "estimated from them, so there is no interval.",
)
STILL = 1e-7  # of a figure: an error below it is what rounding leaves of none
NO_SPREAD = Caution(
    "no-spread",
    "所有回答相同，无法由此估计差异，不给区间。",
    "All answers are equal: the spread cannot be estimated from them, so there is no interval.",
)
UNBALANCED = Caution(
    "scale-unbalanced",
    "量表的满意选项与不满意选项数目不等，满意率偏高或偏低。",
    "The scale has unequal numbers of favourable and unfavourable levels: "
    "the share of satisfied leans to one side.",
)
MIXED_SCALES = Caution(
    "scales-mixed",
    "合并了不同量表的数值，已按标记允许，仅供参考。",
    "Figures from different scales stand together, as marked; read them with care.",
)
FORMULA_VERSION = Caution(
    "formula-version",
    "两次调查的公式版本不同。",
    "The two surveys use different versions of the formula.",
)
TIME_OF_DAY = Caution(
    "time-of-day",
    "两次调查的作答时段构成不同（上午、下午、晚上），差异可能来自时段。",
    "The two surveys differ in time of day; part of the difference may come from that.",
)
MONTH_PART = Caution(
    "month-part",
    "两次调查在月初、月中、月底的构成不同，差异可能来自时间。",
    "The two surveys differ in part of the month; part of the difference may come from that.",
)
HALF_YEAR = Caution(
    "half-year",
    "两次调查分属上半年和下半年，不宜直接比较。",
    "One survey lies in the first half of the year, the other in the second: not like for like.",
)
MODE = Caution(
    "mode",
    "两次调查的调查方式构成不同，差异可能来自方式。",
    "The two surveys differ in mode; part of the difference may come from that.",
)
TIMING_UNKNOWN = Caution(
    "timing-unknown",
    "至少一次调查的作答时间或方式未知，无法核对时间构成。",
    "Time or mode of the answers is unknown for at least one survey: timing could not be checked.",
)
NO_INTERVAL = Caution(
    "no-interval",
    "至少一次调查没有区间，不能判断变化。",
    "At least one survey has no interval: change cannot be judged.",
)
WEIGHTED_APPROXIMATE = Caution(
    "weights-kish",
    "权重的影响按基什有效样本量近似计入。",
    "The effect of the weights is taken into account approximately, by Kish's effective sample size.",
)
FEW_EFFECTIVE = Caution(
    "few-effective",
    "权重相差很大，有效样本量不足 5。",
    "The weights differ so much that fewer than five effective answers remain.",
)
HOUSEHOLDS_REPEAT = Caution(
    "households-repeat",
    "有的房屋交回了一份以上回答，区间按回答份数计算，可能偏窄。",
    "Some households gave more than one answer; the interval counts answers and may be too narrow.",
)
# How often a 95 % interval held the truth in 2,000 simulated samples of so many buildings of very
# unlike size (`run.py validate uneven`); with buildings alike it is 95 % from fifteen on.
FEW_CLUSTERS = ((5, 84), (10, 83), (15, 84), (20, 86), (30, 87), (50, 88))


def few_clusters(many: int) -> Caution | None:
    """Return the caution for a figure from so few clusters, with the simulated coverage; None from 50 on."""
    if many >= FEW_CLUSTERS[-1][0]:
        return None
    held = next(share for least, share in reversed(FEW_CLUSTERS) if many >= least or least == 5)
    return Caution(
        "few-clusters",
        f"仅有 {many} 个群（楼栋）：若各群规模悬殊，模拟中标称 95% 的区间约 {held}% 包含真值，请谨慎解读。",
        f"Only {many} clusters: where they differ much in size, intervals of 95 % held the truth in about "
        f"{held} % of simulated samples; read with care.",
    )


def unseen(answers: int) -> Caution:
    """Return why a mean has no interval whose answers all lie in one cluster; a row can be one."""
    return ONE_ANSWER if answers == 1 else ONE_CLUSTER


def of_clusters(clusters: int, rows: int) -> tuple[Caution, ...]:
    """Return what must stand beside a figure from few clusters; rows drawn one by one are none."""
    found = few_clusters(clusters) if clusters < rows else None
    return () if found is None else (found,)
