"""The standing words of a printed questionnaire, in both languages; a printed page is one or the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormWords:
    """What stands on every printed questionnaire whatever it asks."""

    building: str
    unit: str
    day: str
    signature: str
    how: str
    how_empty: str
    takes: str
    return_by: str
    call: str
    many: str
    page_of: str
    seen_by: str
    scan: str
    scan_own: str


CHINESE = FormWords(
    building="楼栋",
    unit="房号",
    day="日期",
    signature="业主签名",
    how="请在所选答案的方框内打“√”，每题选一项。没有遇到过的，请选最后一项或留空。",
    how_empty="请在所选答案的方框内打“√”，每题选一项。没有遇到过的，请留空。",
    takes="约需 {0} 分钟",
    return_by="请于 {0} 前交回",
    call="有疑问请致电 {0}",
    many="（可多选）",
    page_of="第 {0} 页，共 {1} 页",
    seen_by="单份答卷仅录入人员和品质部可见，公布的只有汇总结果",
    scan="也可扫码在手机上作答，两种方式任选其一",
    scan_own="也可扫码在手机上作答，两种方式任选其一；此码仅供本户使用",
)
ENGLISH = FormWords(
    building="Building",
    unit="Unit",
    day="Date",
    signature="Signature of the owner",
    how=(
        "Tick the box of your answer, one for each question."
        " If you have not met something, choose the last answer or leave it empty."
    ),
    how_empty=(
        "Tick the box of your answer, one for each question."
        " If you have not met something, leave it empty."
    ),
    takes="about {0} min",
    return_by="Please hand it back by {0}",
    call="Questions? Call {0}",
    many=" (several answers possible)",
    page_of="Page {0} of {1}",
    seen_by="Only who enters forms and the quality department see them; only sums are published.",
    scan="Or scan and answer on your phone: one of the two is enough.",
    scan_own="Or scan and answer on your phone: one of the two is enough. For this home alone.",
)


def words_in(language: str) -> FormWords:
    """Return the standing words in a language; anything but Chinese reads English."""
    return CHINESE if language.startswith("zh") else ENGLISH
