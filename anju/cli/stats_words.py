"""The words of the report that `anju stats --report` writes, in both languages."""

from __future__ import annotations

from anju.stats.results import Words

WORDS: dict[str, Words] = {
    "kind": Words("抽样设计统计", "Design-based statistics"),
    "mean": Words("平均分：{0}", "Mean of {0}"),
    "index": Words("指数（0–100）：{0}", "Index (0–100) of {0}"),
    "means": Words("平均分", "Means"),
    "indices": Words("指数（0–100）", "Indices (0–100)"),
    "changes": Words("变化", "Changes"),
    "drivers": Words("各因素对“{0}”的解释", "What goes together with {0}"),
    "item": Words("题目", "Item"),
    "estimate": Words("估计", "Estimate"),
    "se": Words("标准误", "SE"),
    "interval": Words("{0}%区间", "{0} % interval"),
    "n": Words("n", "n"),
    "df": Words("自由度", "df"),
    "share": Words("占解释部分", "Share explained"),
    "factor": Words("因素", "Factor"),
    "how": Words("怎样算出", "How this was computed"),
    "design": Words("抽样", "Sample"),
    "alone": Words("逐户抽取，不加权", "drawn one by one, unweighted"),
    "weight": Words("权数“{0}”", "weights: {0}"),
    "strata": Words("分层“{0}”", "strata: {0}"),
    "cluster": Words("整群“{0}”", "clusters: {0}"),
    "population": Words("总体数“{0}”", "population sizes: {0}"),
    "rake": Words("校准", "Calibration"),
    "rake_one": Words("按“{0}”事后分层，区间按校准后的估计量计算",
        "post-stratified by {0}; intervals are those of the calibrated estimator"),
    "rake_more": Words("按{0}迭代比例调整，区间按校准后的估计量计算",
        "raked to {0}; intervals are those of the calibrated estimator"),
    "errors": Words("标准误", "Standard errors"),
    "taylor": Words("按抽样设计作泰勒线性化，t分布区间，自由度为群数减层数",
        "Taylor linearisation under the design; t intervals with clusters minus strata as df"),
    "paired": Words("同一批人前后之差，按同一抽样设计计算",
        "differences of the same people before and after, under the same design"),
    "lmg": Words("LMG：R² 按所有加入次序平均分给各因素；这是关联，不说明原因；没有区间，不加权",
        "LMG: R² shared among factors over every order of entry; association, no cause; no interval, unweighted"),
    "engine": Words("求和", "Sums made by"),
    "rate": Words("回收率", "Response rate"),
    "rate_unknown": Words("文件没有说明问了多少人：各项结果只说明已回答的人。",
        "The file does not say how many were asked: figures speak of those who answered."),
    "version": Words("公式", "Formulas"),
    "cautions": Words("注意", "Take care"),
    "said": Words("“{0}”：{1}，{2}%区间 {3}，n = {4}。", "{0}: {1}, {2} % interval {3}, n = {4}."),
    "bare": Words("“{0}”：{1}，没有区间，n = {2}。", "{0}: {1}, no interval, n = {2}."),
    "spread": Words("“{0}”分{1}组，从{2}到{3}；区间重叠的组难分高低。",
        "{0} in {1} groups runs from {2} to {3}; groups whose intervals overlap are hard to tell apart."),
    "spread_bare": Words("“{0}”分{1}组，从{2}到{3}；无法给出区间。",
        "{0} in {1} groups runs from {2} to {3}; no interval can be given."),
    "rose": Words("“{0}”上升{1}（{2}%区间 {3}）。", "{0} rose by {1} ({2} % interval {3})."),
    "fell": Words("“{0}”下降{1}（{2}%区间 {3}）。", "{0} fell by {1} ({2} % interval {3})."),
    "untold": Words("“{0}”的变化为{1}，{2}%区间 {3} 含0：看不出变化。",
        "{0} moved by {1}; the {2} % interval {3} holds nought, so no change can be told."),
    "explained": Words("所列因素说明“{0}”差异的{1}%，其中“{2}”最多（{3}%）。",
        "The factors go with {1} % of the differences in {0}, {2} most of all ({3} % of that)."),
    "tidy": Words("数据", "Data"),
    "printed": Words("报告", "Report"),
}  # fmt: skip


def say(key: str, language: str, *parts: object) -> str:
    """Return words in a language, with what belongs into them."""
    found = WORDS[key]
    return (found.zh if language == "zh" else found.en).format(*parts)
