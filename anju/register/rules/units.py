"""The one key of a unit within its project: its building and number in one spelling."""

from __future__ import annotations

import re

from anju.answers.rules.units import nearest, normalise

__all__ = ["KEY_MOST", "named_building", "nearest", "normalise", "unit_key", "unit_number"]

KEY_MOST = 100
_NAMED = re.compile(r"^\s*([^\s\-－]{1,20}?(?:号楼|[栋幢座楼]))")


def unit_key(building: str, number: str) -> str:
    """Return the key of a unit; a number that begins with its building is whole already.

    Example:
        >>> unit_key("3栋", "2-1201"), unit_key("03栋", "3-2-1201")
        ('3-2-1201', '3-2-1201')
    """
    first, rest = normalise(building), normalise(number)
    whole = rest if not first or rest.startswith(f"{first}-") else f"{first}-{rest}"
    return whole[:KEY_MOST]


def unit_number(key: str) -> str:
    """Return the number within its building: the key without its first part."""
    return key.partition("-")[2]


def named_building(written: str, key: str) -> str:
    """Return what the building of a whole number is called: as written, or its first part.

    Example:
        >>> named_building("3栋2单元1201", "3-2-1201"), named_building("3-2-1201", "3-2-1201")
        ('3栋', '3')
    """
    found = _NAMED.match(written)
    return found[1] if found else key.partition("-")[0]
