"""In which language and in whose day a command speaks when nobody says."""

from __future__ import annotations

import locale
import os
from zoneinfo import ZoneInfo

from anju.kernel.pure.problems import Problem

HOME = "Asia/Shanghai"  # as the installation's own ANJU_ZONE where nobody set it


def spoken(asked: str | None) -> str:
    """Return "zh" or "en": the language asked for, else the one of this machine."""
    here = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if (asked or here)[:2].lower() == "zh" else "en"


def here(words: tuple[str, str]) -> str:
    """Return the English or the Chinese of a sentence, as this machine speaks."""
    return words[spoken(None) == "zh"]


def zone_of(asked: str | None) -> ZoneInfo:
    """Return the zone that days are counted in: the one asked for, the installation's, China's.

    Errors: E-ZONE where there is no such zone.
    """
    name = asked or os.environ.get("ANJU_ZONE") or HOME
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Problem(
            "E-ZONE",
            "zone",
            "There is no time zone {zone}; write one such as Asia/Shanghai.",
            "没有时区 {zone}，请写成例如 Asia/Shanghai。",
            zone=name[:60],
        ) from None
