"""The standing words of posters and labels for reports, in both languages at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What one language says on a poster."""

    head: str
    steps: tuple[str, ...]
    foot: tuple[str, ...]


def poster_words(language: str, phone: str) -> Words:
    """Return what a poster says in a language; without a telephone none is named."""
    if language == "zh":
        call = (f"着火、燃气、有人被困：请马上打 {phone}",) if phone else ()
        return Words(
            "报修、投诉、建议，扫码就办",
            (
                "微信扫码，不用注册",
                "点一张图，写一句话，也可拍照或说话",
                "发送后就有单号，随时看进度",
            ),
            (*call, "不方便扫码，打电话也一样受理。"),
        )
    call = (f"Fire, gas, somebody trapped: call {phone} at once",) if phone else ()
    return Words(
        "Repairs, complaints, ideas: scan",
        (
            "Scan the code; no account needed",
            "Tap a picture, write one line; a photo or your voice will do",
            "You get a number and see how it goes",
        ),
        (*call, "Rather not scan? A call is just as good."),
    )


def label_words(language: str) -> str:
    """Return the one line of a label."""
    return "扫码报修、投诉、查进度" if language == "zh" else "Scan to report or to see how it goes"
