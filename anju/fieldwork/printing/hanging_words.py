"""The standing words of lobby posters and slips, in both languages; the poster carries both at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PosterWords:
    """What one language says on a poster."""

    head: str
    steps: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What stands on every slip in one language."""

    code: str
    scan: str
    seen_by: str
    until: str
    call: str


def poster_words(
    language: str, *, until: date | None, phone: str, minutes: int, named: bool
) -> PosterWords:
    """Return what a poster says in a language; what is not known is not said."""
    day = until.isoformat() if until else ""
    said = _chinese if language.startswith("zh") else _english
    return said(day, phone, minutes, named=named)


def _chinese(day: str, phone: str, minutes: int, *, named: bool) -> PosterWords:
    steps = (
        "微信扫码，无需注册",
        "填写房号",
        "填写纸条上的六位数字，或登记手机号后四位",
        f"作答约 {minutes} 分钟，每户一份",
    )
    seen = (
        "答卷会注明房号，服务中心员工可见。"
        if named
        else "答卷保密：仅品质部可见，公布的只有汇总结果。"
    )
    foot = [seen]
    foot += [f"截止日期：{day}"] if day else []
    foot += [f"不方便扫码？请致电 {phone}"] if phone else []
    return PosterWords("请您说说心里话", steps, tuple(foot))


def _english(day: str, phone: str, minutes: int, *, named: bool) -> PosterWords:
    steps = (
        "Scan the code; no account needed",
        "Write the number of your home",
        "Write the six digits of your slip, or the last four of your telephone",
        f"About {minutes} min; one answer a home",
    )
    seen = (
        "Answers carry the home; the staff of the service centre can see it."
        if named
        else "Confidential: only the quality department sees single answers."
    )
    foot = [seen]
    foot += [f"Open until {day}"] if day else []
    foot += [f"Cannot scan? Call {phone}"] if phone else []
    return PosterWords("Tell us what you think", steps, tuple(foot))


def slip_words(language: str, *, named: bool) -> SlipWords:
    """Return what every slip says in a language."""
    if language.startswith("zh"):
        return SlipWords(
            code="大堂扫码时填写此六位数字",
            scan="扫码为本户作答",
            seen_by="答卷注明房号，服务中心可见" if named else "答卷保密，仅品质部可见",
            until="请于 {0} 前作答",
            call="咨询电话 {0}",
        )
    return SlipWords(
        code="Your code for the poster in the lobby",
        scan="Scan to answer for this home",
        seen_by=(
            "Named: the service centre sees it"
            if named
            else "Confidential: quality department only"
        ),
        until="Please answer by {0}",
        call="Questions? Call {0}",
    )
