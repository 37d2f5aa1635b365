"""What somebody at the lobby's link must know of a home before she answers for it; pure.

Not a password: tries are limited by home and by network, and the prize is one questionnaire.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from hmac import compare_digest

DIGITS = 6
TAIL = 4
_NOISE = re.compile(r"[\s\-－–—·.]+")


class Proof(StrEnum):
    """What a lobby's visitor showed of a home."""

    NONE = "none"
    CODE = "code"
    TAIL = "tail"
    TAIL_BEGUN = "tail_begun"


def code_from(secret: bytes) -> str:
    """Return six digits of a secret; each of the million is as likely as any other.

    Errors: ValueError for fewer than eight bytes.
    """
    if len(secret) < 8:
        raise ValueError("a code needs eight bytes of a secret")
    return f"{int.from_bytes(secret[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def spaced(code: str) -> str:
    """Return a code as it is printed, in two groups.

    Example:
        >>> spaced("042917")
        '042 917'
    """
    return f"{code[:3]} {code[3:]}"


def plain(written: str) -> str:
    """Return what somebody typed as a code: narrow digits without spaces and dashes."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", written))[:20]


def prove(written: str, code: str, tails: Iterable[str], *, begun: bool) -> Proof:
    """Return what a text proves of a home.

    The last four digits of a telephone open a questionnaire that nobody has begun: neighbours may
    know them, so they must not show what the home has ticked. The slip's code always opens it.
    """
    said = plain(written)
    if compare_digest(said.encode(), code.encode()):
        return Proof.CODE
    known = [tail for tail in tails if len(tail) == TAIL]
    matched = [compare_digest(said.encode(), tail.encode()) for tail in known]
    if not any(matched):
        return Proof.NONE
    return Proof.TAIL_BEGUN if begun else Proof.TAIL
