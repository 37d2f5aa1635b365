"""Labels of the report in both languages: kinds of groups, dimensions, formulas, states."""

from __future__ import annotations

from anju.stats.formulas import FORMULAS
from anju.stats.results import Words
from anju.stats.suppress import State

DIMENSIONS: dict[str, Words] = {
    "tangibles": Words("有形度", "Tangibles"),
    "professionalism": Words("专业度", "Professionalism"),
    "assurance": Words("专业度", "Professionalism"),
    "trust": Words("信赖度", "Trust"),
    "reliability": Words("信赖度", "Trust"),
    "responsiveness": Words("反应度", "Responsiveness"),
    "empathy": Words("同理度", "Empathy"),
}
KINDS: dict[str, Words] = {
    "building": Words("楼栋", "Building"),
    "use_type": Words("业态", "Use type"),
    "stratum": Words("分层", "Stratum"),
    "mode": Words("调查方式", "Mode"),
}
MODES: dict[str, Words] = {
    "paper": Words("纸质问卷", "paper"),
    "door": Words("入户", "door visit"),
    "phone": Words("电话", "phone"),
    "online": Words("网络", "online"),
    "sms": Words("短信", "text message"),
    "other": Words("其他", "other"),
}
FORMULA_WORDS: dict[str, Words] = {
    "share_top": Words("满意率", "Share satisfied"),
    "share_ticked": Words("勾选率", "Share ticked"),
    "points_share": Words("得分率", "Share of points"),
    "mean_index": Words("均值指数", "Mean index"),
    "nps": Words("净推荐值", "Net promoter score"),
    "composite": Words("综合指数", "Composite index"),
    "gap": Words("感知减期望", "Perception less expectation"),
    "dimension": Words("维度指数", "Dimension index"),
}
SOURCES: dict[str, Words] = {
    "own": Words("本公司", "Own survey"),
    "third_party": Words("第三方调查", "Third-party survey"),
    "published": Words("他人公布的数据", "Published by others"),
}
DESIGNS: dict[str, Words] = {
    "census": Words("全部住户都问", "everybody was asked"),
    "sample": Words("抽取一部分住户", "a part was drawn"),
}
BASES: dict[str, Words] = {
    "dwellings": Words("套", "dwellings"),
    "households": Words("户", "households"),
    "owners": Words("位业主", "owners"),
}
BANDS: dict[str, Words] = {
    "morning": Words("上午", "morning"),
    "afternoon": Words("下午", "afternoon"),
    "evening": Words("晚上", "evening"),
    "start": Words("月初", "start of month"),
    "middle": Words("月中", "middle of month"),
    "end": Words("月底", "end of month"),
    "H1": Words("上半年", "first half-year"),
    "H2": Words("下半年", "second half-year"),
}
STATES: dict[State, Words] = {
    State.SMALL: Words("不足{k}户，不显示，以免认出是谁", "fewer than {k} households, not shown"),
    State.COMPLEMENT: Words(
        "不显示，否则可以推算出相邻的小组", "not shown, to protect a small group beside it"
    ),
    State.EMPTY: Words("没有回答", "no answers"),
    State.BAND: Words("回答过于一致，只显示区段", "answers too alike: a range only"),
}
_DIMENSION = Words(
    "维度指数（0–100）：该维度各题折成0–100后，每人取平均，再对所有人取平均",
    "index of a dimension (0-100): each person's mean over its items, each brought to 0-100",
)
FEW = Words("答卷较少", "few answers")
NO_INDEX = Words("没有满意度题目，不计算指数", "No satisfaction item, so no index")
NO_DATA = Words("没有数据", "no data")
UNKNOWN = Words("未知", "unknown")
VERDICTS: dict[str, Words] = {
    "low": Words("明显低", "clearly below"),
    "high": Words("明显高", "clearly above"),
    "tie": Words("无法判断", "cannot tell"),
}


def both(text: str) -> Words:
    """Return a text that is the same in both languages, as people's own names are."""
    return Words(text, text)


def of(table: dict[str, Words], key: str) -> Words:
    """Return the words for a code, or the code itself where a company made its own."""
    return table.get(key) or both(key)


def formula_meaning(key: str) -> Words:
    """Return what a formula's key means, in a sentence."""
    name = key.split("[", 1)[0].split("@", 1)[0]
    if key.startswith("composite[1*"):
        return _DIMENSION
    if name in FORMULAS:
        return Words(FORMULAS[name].zh, FORMULAS[name].en)
    return of(FORMULA_WORDS, name)


def state_note(state: State, k: int) -> Words | None:
    """Return the words that stand in place of a figure."""
    words = STATES.get(state)
    return Words(words.zh.format(k=k), words.en.format(k=k)) if words else None
