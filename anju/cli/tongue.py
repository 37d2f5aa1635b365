"""In which language a command speaks when nobody says: that of the machine."""

from __future__ import annotations

import locale
import os


def spoken(asked: str | None) -> str:
    """Return "zh" or "en": the language asked for, else the one of this machine."""
    here = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if (asked or here)[:2].lower() == "zh" else "en"
