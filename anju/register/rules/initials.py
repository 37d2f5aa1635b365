"""The first letters of a name, so that typing `lxl` finds 李秀兰; it is no transcription."""

from __future__ import annotations

import re
from functools import lru_cache

from anju.kernel.pure.later import later

pypinyin = later("pypinyin")  # its tables take a quarter of a second to read
# Surnames that are read otherwise than the same sign in a sentence.
_SURNAMES = {"曾": "z", "单": "s", "解": "x", "仇": "q", "查": "z", "盖": "g", "朴": "p", "区": "o", "乐": "y", "翟": "z"}  # fmt: skip
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+|\S")


def initials(name: str) -> str:
    """Return one small letter for each sign or Latin word of a name; other signs are left out.

    Example:
        >>> initials("李秀兰"), initials("曾国强"), initials("Zhao Min")
        ('lxl', 'zgq', 'zm')
    """
    parts = _WORD.findall(name)
    letters = [_letter(part) for part in parts]
    if parts and parts[0] in _SURNAMES:
        letters[0] = _SURNAMES[parts[0]]
    return "".join(letters)[:80]


@lru_cache(maxsize=8_192)
def _letter(part: str) -> str:
    if part[0].isalpha() and (len(part) > 1 or part.isascii()):
        return part[0].lower()
    found = pypinyin.pinyin(part, style=pypinyin.Style.FIRST_LETTER, errors="ignore")
    return found[0][0][:1] if found else ""
