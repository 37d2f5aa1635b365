"""Counting characters as a person sees them; it is not a full text segmentation library.

Covers what owners type: combining marks, joined and skin-toned emoji, flags, key caps, Hangul
jamo, the vowel signs of Indic scripts. Source: Unicode Annex 29 (2024), simplified.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(
    "[\n\x20-\u02ff\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30a0-\u9fff\uff00-\uffef]*"
)
_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})
# A person sees one character however many marks it carries; we count one more for every
# thirty-two code points, so that a megabyte of marks is not "one character".
_CLUSTER_MOST = 32


def graphemes(text: str) -> int:
    """Return how many characters a person sees in the text.

    Example:
        >>> graphemes("a\u0301"), graphemes("\U0001f468\u200d\U0001f469\u200d\U0001f467")
        (1, 1)
    """
    if _PLAIN.fullmatch(text):
        return len(text)
    count, size, flags, joined = 0, 0, 0, False
    for char in text:
        extends = _extends(char) or joined or (_is_flag(char) and flags % 2 == 1)
        extends = extends and size > 0
        size = size + 1 if extends else 1
        if not extends or size % _CLUSTER_MOST == 0:
            count += 1
        flags = flags + 1 if _is_flag(char) else 0
        joined = char == _JOINER
    return count


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _extends(char: str) -> bool:
    """Say whether the character belongs to the one before it."""
    if char < "\u0300":
        return False
    return (
        char == _JOINER
        or char == "\u200c"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or "\u1160" <= char <= "\u11ff"
        or unicodedata.category(char) in _MARKS
    )
