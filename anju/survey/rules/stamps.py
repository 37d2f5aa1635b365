"""Which state of a thing a person had before her eyes: a stamp of what it said. Pure."""

from __future__ import annotations

import hashlib

from anju.kernel.pure.problems import Problem


def stamp(said: object) -> str:
    """Return a short text that is another one as soon as the thing says something else.

    Shapes: a frozen dataclass of plain values; equal values give equal stamps.
    """
    return hashlib.sha256(repr(said).encode()).hexdigest()[:20]


def refuse_stale(seen: str, said: object) -> None:
    """Raise E-STALE where a person saw something else than what stands there now.

    Without a stamp nothing is compared: whoever writes then did not look before.
    """
    if seen and seen != stamp(said):
        raise Problem(
            "E-STALE",
            "version",
            "Somebody else changed this meanwhile. Nothing of yours was saved.",
            "内容刚被他人修改，您的填写尚未保存。",
        )
