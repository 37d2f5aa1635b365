"""A title out of a file's name, for a sheet that has none over its columns."""

from __future__ import annotations

import re

_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PART = re.compile(r"[\s_.()（）\[\]-]+")
_HEX = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}|\d{10,}", re.IGNORECASE)
_MIXED = re.compile(r"(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{7,}")


def title_of(stem: str) -> str:
    """Return a file's name as a person would say it: without hashes, numbers of copies, strokes.

    Dates and names stay; "" where nothing else is in the name.

    Example:
        >>> title_of("3f9ac1d2_枫林苑答卷"), title_of("survey_2026-11"), title_of("9f86d081884c7d65")
        ('枫林苑答卷', 'survey 2026-11', '')
    """
    bare = _IDENTITY.sub(" ", stem)
    gone = [part for part in _PART.split(bare) if _HEX.fullmatch(part) or _MIXED.fullmatch(part)]
    for part in gone:
        bare = bare.replace(part, " ", 1)
    bare = re.sub(r"[(（\[]\s*\d{0,2}\s*[)）\]]", " ", bare)
    return " ".join(bare.replace("_", " ").split()).strip(" -.")
