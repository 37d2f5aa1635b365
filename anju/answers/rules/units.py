"""Unit numbers as people write them, brought to one spelling; not which units there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_MARKS = re.compile(r"号楼|单元|[栋幢座楼室房户号层#/\\_.,，、\s\-－–—~]+")
_WORDS = frozenset(
    {
        *("building", "bldg", "block", "tower", "entrance", "unit"),
        *("room", "rm", "apartment", "apt", "flat", "no"),
    }
)


@dataclass(frozen=True, slots=True)
class Home:
    """A unit that the project knows: the key under which it counts, and its building."""

    key: str
    building: str


def normalise(text: str) -> str:
    """Return one spelling for a unit or building number, parts joined by hyphens.

    Example:
        >>> normalise("3栋2单元1201"), normalise("03-02-1201"), normalise("Building 3, Apt 1201")
        ('3-2-1201', '3-2-1201', '3-1201')
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    parts = [part for part in _MARKS.split(plain) if part and part not in _WORDS]
    return "-".join(_part(part) for part in parts)


def _part(text: str) -> str:
    return text.lstrip("0") or "0" if text.isdigit() else text.upper()


def nearest(key: str, known: Iterable[str]) -> str:
    """Return the known unit that looks most like the key, or an empty text."""
    close = get_close_matches(key, known, n=1, cutoff=0.6)
    return close[0] if close else ""
