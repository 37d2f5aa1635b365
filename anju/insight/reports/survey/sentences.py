"""Titles that state the finding, in both languages, made by rules from figures alone.

No cause is ever named, nothing is ranked that cannot be told apart, and every share keeps its n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anju.paper.formats import (
    TO,
    count,
    figure,
    interval,
    percent,
    plain,
    signed,
)
from anju.stats.change import Change, Verdict
from anju.stats.results import Bounds, Estimate, Unit, Words

MOST_NAMES = 4


def names(given: Sequence[str], language: str) -> str:
    """Join names as a language does; past four the rest are counted.

    Example:
        >>> names(["1栋", "3栋"], "zh"), names(["A", "B", "C"], "en")
        ('1栋、3栋', 'A, B and C')
    """
    shown = list(given[:MOST_NAMES])
    rest = len(given) - len(shown)
    if language == "zh":
        return "、".join(shown) + (f"等{len(given)}组" if rest else "")
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def headline(label: Words, found: Estimate) -> Words:
    """State the headline figure with its interval, or why there is none, and its base.

    Example: 满意率95.0%，95%区间88.0–96.0，n = 20 / 25。
    """
    level = f"{100 * found.level:.0f}%"
    base = f"n = {found.n:,}"
    if found.has_interval:
        limits = interval(found)
        return Words(
            f"{label.zh}{figure(found)}，{level}区间{limits}，{base}",
            f"{label.en} {figure(found)}, {level} interval {limits}, {base}",
        )
    return Words(
        f"{label.zh}{figure(found)}，没有区间，{base}",
        f"{label.en} {figure(found)}, no interval, {base}",
    )


def response(issued: int | None, returned: int | None, rate: float | None) -> Words:
    """State how many forms went out and came back; what nobody counted is called unknown."""
    if rate is not None:
        return Words(
            f"发放{count(issued)}份，收回{count(returned)}份，回收率{percent(rate)}",
            f"{count(issued)} issued, {count(returned)} returned: response rate {percent(rate)}",
        )
    if returned is None:
        return Words("回收率未知", "Response rate unknown")
    return Words(
        f"收回{count(returned)}份，回收率未知", f"{count(returned)} returned, response rate unknown"
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """Those without a valid answer among a base, by what became of them; `item` is what to."""

    base: int
    parts: tuple[tuple[Words, int], ...]
    unit: Words
    item: Words | None = None


def silence(gap: Gap, label: Words, bounds: Bounds, unit: Unit) -> Words:
    """State what those who did not answer leave open, and how they came to be."""
    low, high = plain(bounds.low, unit), plain(bounds.high, unit)
    sign = "%" if unit is Unit.SHARE else ""
    silent = sum(number for _, number in gap.parts)
    if silent == 0:
        return Words(f"{gap.base:,}{gap.unit.zh}全部作答", f"All {gap.base:,} answered")
    zh = "，".join(f"{words.zh}{number:,}" for words, number in gap.parts)
    en = ", ".join(f"{number:,} {words.en}" for words, number in gap.parts)
    to_zh = f"没有对“{gap.item.zh}”给出有效回答" if gap.item else "没有回答"
    to_en = f"gave no valid answer to “{gap.item.en}”" if gap.item else "did not answer"
    return Words(
        f"{gap.base:,}{gap.unit.zh}里{silent:,}{gap.unit.zh}{to_zh}（{zh}）："
        f"他们若都不满意，{label.zh}为{low}{sign}；若都满意，为{high}{sign}",
        f"{silent:,} of {gap.base:,} {to_en} ({en}): were they all dissatisfied, "
        f"{lower(label.en)} would be {low}{sign}; all satisfied, {high}{sign}",
    )


def too_many(answered: int, most: int, counted: Words) -> Words:
    """Say that more answers are in use than forms were counted, and what to do."""
    return Words(
        f"使用中有{answered:,}份回答，而登记的{counted.zh}数是{most:,}：请检查是否重复导入，或更正登记的数目",
        f"{answered:,} answers are in use, but only {most:,} were counted as {counted.en}: look for "
        "a file imported twice, or correct the count",
    )


def those_asked(issued: int) -> Words:
    """Say whom an interval speaks of where the number of homes is not known."""
    return Words(
        f"总户数未知：区间说明的是发到问卷的{issued:,}份，不是整个小区",
        f"The number of homes is unknown: the interval speaks of the {issued:,} asked, "
        "not of the whole estate",
    )


def pooled(got: float, possible: float) -> Words:
    """Say what owners gave and could have given where some items were left out."""
    points = f"{count(got)} / {count(possible)}"
    share = percent(got / possible)
    return Words(
        f"有题目漏答：得分率是先算每位业主所答各题的得分率，再对业主取平均；全部回答合计得{points}分（{share}）",
        "Some items were left out: the share of points is each owner's share on the items "
        f"answered, averaged over owners; all answers together gave {points} points ({share})",
    )


def silence_unknown(answered: int) -> Words:
    """State that the number of the silent is not known."""
    return Words(
        f"{answered:,}份回答；没有回答的人数未知，无法给出上下界",
        f"{answered:,} answers; the number of the silent is unknown, so no bounds can be given",
    )


def silence_hidden(answered: int, base: int) -> Words:
    """State that a figure which is not shown has no bounds for the silent either."""
    return Words(
        f"{base:,}份里有{answered:,}份回答：结果不单独显示，也就不给出上下界",
        f"{answered:,} of {base:,} answered: the figure is not shown, so neither are its bounds",
    )


def too_few(homes: int, k: int) -> Words:
    """Say how many homes answered, and from how many on results are shown."""
    return Words(
        f"{homes:,}户作答：从{k}户作答起才显示结果，以免认出是谁",
        f"{homes:,} {'home has' if homes == 1 else 'homes have'} answered: results are shown from "
        f"{k} homes on, so that nobody is found out",
    )


def items(rows: Sequence[tuple[Words, Estimate]]) -> Words:
    """Name the lowest and the highest item, only where their intervals lie apart."""
    known = [(label, found) for label, found in rows if found.has_interval]
    if len(rows) == 1:
        label, found = rows[0]
        return Words(
            f"{label.zh}：{figure(found)}满意，n = {found.n:,}",
            f"{label.en}: {figure(found)} satisfied, n = {found.n:,}",
        )
    if len(known) < 2:
        return Words("各题满意率", "Share satisfied by item")
    low = min(known, key=lambda row: row[1].estimate)
    high = max(known, key=lambda row: row[1].estimate)
    if (low[1].ci_high or 0.0) >= (high[1].ci_low or 0.0):
        return Words("各题满意率相近，分不出高低", "The items are close and cannot be told apart")
    return Words(
        f"{low[0].zh}最低（{figure(low[1])}，n = {low[1].n:,}），"
        f"{high[0].zh}最高（{figure(high[1])}，n = {high[1].n:,}）",
        f"Lowest: {low[0].en} ({figure(low[1])}, n = {low[1].n:,}); "
        f"highest: {high[0].en} ({figure(high[1])}, n = {high[1].n:,})",
    )


def dimensions(rows: Sequence[tuple[Words, Estimate]]) -> Words:
    """Name the lowest and the highest dimension, only where their intervals lie apart."""
    known = [(label, found) for label, found in rows if found.has_interval]
    if len(known) < 2:
        return Words("各维度指数", "Index by dimension")
    low = min(known, key=lambda row: row[1].estimate)
    high = max(known, key=lambda row: row[1].estimate)
    if (low[1].ci_high or 0.0) >= (high[1].ci_low or 0.0):
        return Words("各维度相近，分不出高低", "The dimensions are close and cannot be told apart")
    return Words(
        f"{low[0].zh}最低（{figure(low[1])}，n = {low[1].n:,}），"
        f"{high[0].zh}最高（{figure(high[1])}，n = {high[1].n:,}）",
        f"{low[0].en} is lowest ({figure(low[1])}, n = {low[1].n:,}), {lower(high[0].en)} highest "
        f"({figure(high[1])}, n = {high[1].n:,})",
    )


def groups(kind: Words, low: Sequence[str], high: Sequence[str], tie: int) -> Words:
    """Say which groups differ clearly from the others together, and how many cannot be told."""
    if not low and not high:
        if tie < 2:
            return Words(
                f"按{kind.zh}：没有可以比较的组", f"By {lower(kind.en)}: nothing to compare"
            )
        return Words(
            f"按{kind.zh}：{tie}组分不出高低", f"By {lower(kind.en)}: {tie} cannot be told apart"
        )
    zh = [f"{names(low, 'zh')}明显低"] if low else []
    en = [f"{names(low, 'en')} clearly below the others"] if low else []
    if high:
        zh.append(f"{names(high, 'zh')}明显高")
        en.append(f"{names(high, 'en')} clearly above")
    if tie:
        zh.append(f"其余{tie}组无法判断")
        en.append(f"the other {tie} cannot be told apart from the rest")
    return Words("，".join(zh), "; ".join(en))


def none_shown(kind: Words) -> Words:
    """Say that no group of a kind may be shown."""
    return Words(f"按{kind.zh}：各组都不能显示", f"By {lower(kind.en)}: no group may be shown")


def alike(groups: Sequence[Sequence[str]]) -> tuple[Words, ...]:
    """Say for each run of groups that its members cannot be told apart."""
    return tuple(
        Words(f"{names(run, 'zh')}之间分不出高低", f"{names(run, 'en')} cannot be told apart")
        for run in groups
    )


def changed(what: Words, earlier: str, found: Change) -> Words:
    """Say whether a figure moved against the earlier wave, with the interval of the difference."""
    difference = moved(found)
    before = f"“{earlier}”" if earlier else ""
    quoted = f' "{earlier}"' if earlier else ""
    if found.ci_low is None:
        return Words(
            f"与上次{before}相比，{what.zh}{difference}，没有区间，不能判断",
            f"Against the earlier survey{quoted}, {lower(what.en)} {difference}, "
            "without an interval: cannot tell",
        )
    verdict = {
        Verdict.BETTER: ("上升", "rose"),
        Verdict.WORSE: ("下降", "fell"),
        Verdict.CANNOT_TELL: (
            "变化在误差之内，无法判断升降",
            "moved within the error, cannot tell",
        ),
    }[found.verdict]
    return Words(
        f"与上次{before}相比，{what.zh}{verdict[0]}（{difference}，区间{change_span(found, 'zh')}）",
        f"Against the earlier survey{quoted}, {lower(what.en)} {verdict[1]} "
        f"({difference}, interval {change_span(found, 'en')})",
    )


def moved(found: Change) -> str:
    """Return a difference in points: shares in percentage points, gaps in points of the scale."""
    scale = 100 if found.unit is Unit.SHARE else 1
    return signed(scale * found.difference, 2 if found.unit is Unit.GAP else 1)


def change_span(found: Change, language: str) -> str:
    """Return the interval of a difference, or a dash."""
    if found.ci_low is None or found.ci_high is None:
        return "–"
    scale = 100 if found.unit is Unit.SHARE else 1
    return f"{signed(scale * found.ci_low)}{TO[language]}{signed(scale * found.ci_high)}"


TARGET_SOURCES = {
    "project": Words("取自项目", "set for the project"),
    "survey": Words("本次调查设定", "set for this survey"),
}


def goal(value: float, source: str) -> Words:
    """Name a target with its kind and where it comes from: 90% satisfied (set for the project)."""
    where = TARGET_SOURCES.get(source)
    zh, en = (f"，{where.zh}", f", {where.en}") if where else ("", "")
    return Words(f"{value:g}%（满意率{zh}）", f"{value:g}% (share satisfied{en})")


def other_kind(label: Words, value: float, source: str) -> Words:
    """Say that the target is a share satisfied and the headline is none."""
    told = goal(value, source)
    return Words(
        f"目标{told.zh}与{label.zh}口径不同，不作比较",
        f"The target of {told.en} is not comparable with this figure, {lower(label.en)}",
    )


def target_by_item(stand: Sequence[str]) -> Words:
    """Say of how many items the share satisfied lies below the target, above, or within chance."""
    n, low, high, tie = len(stand), stand.count("low"), stand.count("high"), stand.count("tie")
    return Words(
        f"逐题对照目标：{n}道题中，满意率低于目标的{low}道，高于目标的{high}道，差别在误差之内的{tie}道",
        f"Item by item, the share satisfied of {n} items lies below the target for {low}, above it"
        f" for {high} and cannot be told from it for {tie}",
    )


def target(label: Words, value: float, source: str, verdict: str) -> Words:
    """Say how the headline, a share satisfied, stands to the target."""
    told = goal(value, source)
    words = {
        "low": (f"低于目标{told.zh}", f"lies below the target of {told.en}"),
        "high": (f"高于目标{told.zh}", f"lies above the target of {told.en}"),
        "tie": (
            f"与目标{told.zh}的差别在误差之内，无法判断",
            f"cannot be told from the target of {told.en}",
        ),
    }[verdict]
    return Words(f"{label.zh}{words[0]}", f"{label.en} {words[1]}")


def gaps(below: Sequence[Words], above: Sequence[Words]) -> Words:
    """Name the dimensions where perception lies clearly below or above expectation."""
    if not below and not above:
        return Words(
            "感知与期望的差距都在误差之内", "Perception and expectation cannot be told apart"
        )
    zh, en = [], []
    if below:
        zh.append(f"{names([w.zh for w in below], 'zh')}低于期望")
        en.append(f"below expectation: {names([lower(w.en) for w in below], 'en')}")
    if above:
        zh.append(f"{names([w.zh for w in above], 'zh')}高于期望")
        en.append(f"above expectation: {names([lower(w.en) for w in above], 'en')}")
    return Words("，".join(zh), _upper("; ".join(en)))


def plane(first: Sequence[Words]) -> Words:
    """Name what matters much and is done badly, where both can be told."""
    if not first:
        return Words(
            "重要而做得差的题目：没有一题能够确定", "No item is clearly both important and poor"
        )
    return Words(
        f"重要而做得差：{names([w.zh for w in first], 'zh')}",
        f"Important and poor: {names([w.en for w in first], 'en')}",
    )


def hidden(small: Sequence[str], beside: Sequence[str], k: int) -> tuple[Words, ...]:
    """Say which groups are kept back, why, and what can be done about it."""
    if not small and not beside:
        return ()
    zh, en = [], []
    if small:
        one = "has" if len(small) == 1 else "have"
        zh.append(f"{names(small, 'zh')}不足{k}户作答，不显示")
        en.append(f"{names(small, 'en')} {one} fewer than {k} households that answered: not shown")
    if beside:
        one = "is" if len(beside) == 1 else "are"
        zh.append(f"{names(beside, 'zh')}也不显示，否则可以推算出人少的组")
        en.append(
            f"{names(beside, 'en')} {one} hidden too, so that the small one cannot be computed"
        )
    zh.append("可以把人少的组与另一组合并，或再收回一些答卷")
    en.append("join the small group with another, or collect more answers")
    return (Words("；".join(zh), "; ".join(en)),)


def lower(text: str) -> str:
    """Return a phrase as it stands within a sentence: proper short forms keep their capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
