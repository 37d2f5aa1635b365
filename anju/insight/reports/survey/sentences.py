"""Titles that state the finding, in both languages, made by rules from figures alone.

No cause is ever named, nothing is ranked that cannot be told apart, and every share keeps its n.
"""

from __future__ import annotations

from collections.abc import Sequence

from anju.insight.reports.survey.formats import (
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


def silence(base: int, silent: int, label: Words, bounds: Bounds, unit: Unit) -> Words:
    """State what those who did not answer leave open."""
    low, high = plain(bounds.low, unit), plain(bounds.high, unit)
    sign = "%" if unit is Unit.SHARE else ""
    if silent == 0:
        return Words(f"{base:,}户全部作答", f"All {base:,} answered")
    return Words(
        f"{base:,}户里{silent:,}户没有回答，所以{label.zh}在{low}{sign}到{high}{sign}之间",
        f"{silent:,} of {base:,} did not answer, so {_lower(label.en)} lies between "
        f"{low}{sign} and {high}{sign}",
    )


def silence_unknown(answered: int) -> Words:
    """State that the number of the silent is not known."""
    return Words(
        f"{answered:,}份回答；没有回答的人数未知，无法给出上下界",
        f"{answered:,} answers; the number of the silent is unknown, so no bounds can be given",
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
        f"{low[0].en} is lowest ({figure(low[1])}, n = {low[1].n:,}), {_lower(high[0].en)} highest "
        f"({figure(high[1])}, n = {high[1].n:,})",
    )


def groups(kind: Words, low: Sequence[str], high: Sequence[str], tie: int) -> Words:
    """Say which groups differ clearly from the others together, and how many cannot be told."""
    if not low and not high:
        if tie < 2:
            return Words(
                f"按{kind.zh}：没有可以比较的组", f"By {_lower(kind.en)}: nothing to compare"
            )
        return Words(
            f"按{kind.zh}：{tie}组分不出高低", f"By {_lower(kind.en)}: {tie} cannot be told apart"
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
    return Words(f"按{kind.zh}：各组都不能显示", f"By {_lower(kind.en)}: no group may be shown")


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
            f"Against the earlier wave{quoted}, {_lower(what.en)} {difference}, "
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
        f"Against the earlier wave{quoted}, {_lower(what.en)} {verdict[1]} "
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


def target(label: Words, value: float, unit: Unit, verdict: str) -> Words:
    """Say how the headline stands to the target."""
    goal = f"{value:g}%" if unit is Unit.SHARE else f"{value:g}"
    words = {
        "low": (f"低于目标{goal}", f"lies below the target of {goal}"),
        "high": (f"高于目标{goal}", f"lies above the target of {goal}"),
        "tie": (
            f"与目标{goal}的差别在误差之内，无法判断",
            f"cannot be told from the target of {goal}",
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
        en.append(f"below expectation: {names([_lower(w.en) for w in below], 'en')}")
    if above:
        zh.append(f"{names([w.zh for w in above], 'zh')}高于期望")
        en.append(f"above expectation: {names([_lower(w.en) for w in above], 'en')}")
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


def hidden(number: int, k: int) -> Words:
    """Say how many groups are kept back and why."""
    some = "group is" if number == 1 else "groups are"
    return Words(
        f"{number}组不显示：不足{k}户，或为保护这样的小组",
        f"{number} {some} not shown: fewer than {k} households, or to protect such a group",
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
