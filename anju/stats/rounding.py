"""Rounding as people round: an exact half goes up. Not for arithmetic, only for what is printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# Below this lies the dust of binary fractions: 78.25 may have come out as 78.24999999999999.
_TRUE = 9


def rounded(value: float, places: int) -> str:
    """Write a number with so many places, an exact half away from nought.

    Example:
        >>> rounded(53.25, 1), rounded(78.24999999999999, 1), rounded(-0.125, 2), rounded(81.2, 1)
        ('53.3', '78.3', '-0.13', '81.2')
    """
    near = Decimal(repr(round(value, _TRUE)))
    return f"{near.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
