"""Homes written with or without their entrance: which one is meant where there is only one; pure."""

from __future__ import annotations

from collections.abc import Iterable

# Who writes an entrance of a building that has no second one writes this.
ONLY = "1"


def parted(key: str) -> tuple[str, str, str]:
    """Return building, entrance and room of a key; no entrance where it names none.

    A key of other than two or three parts has neither: its building and room are empty.

    Example:
        >>> parted("3-2-1201"), parted("3-1201"), parted("1201")
        (('3', '2', '1201'), ('3', '', '1201'), ('', '', ''))
    """
    parts = key.split("-")
    if len(parts) == 2:
        return parts[0], "", parts[1]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")


def alike(key: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the homes that a key means if its entrance was left out, or written though none is kept.

    The first entrance alone may be written in vain, and only in a building of which no home is
    kept with one.

    Example:
        >>> alike("2-104", ["2-1-104"]), alike("1-1-103", ["1-103"]), alike("1-2-103", ["1-103"])
        (('2-1-104',), ('1-103',), ())
    """
    block, entrance, room = parted(key)
    beside = [one for one in keys if block and parted(one)[0] == block]
    if not entrance:
        return tuple(one for one in beside if parted(one)[1] and parted(one)[2] == room)
    if entrance != ONLY or any(parted(one)[1] for one in beside):
        return ()
    return tuple(one for one in beside if parted(one)[2] == room)


def clear_writings(keys: Iterable[str]) -> dict[str, str]:
    """Return the further writings by which `alike` finds exactly one home, beside that home."""
    every = {key: parted(key) for key in keys}
    entered = {block for block, entrance, _room in every.values() if entrance}
    found: dict[str, str] = {}
    for key, (block, entrance, room) in every.items():
        if not block or (not entrance and block in entered):
            continue
        other = f"{block}-{room}" if entrance else f"{block}-{ONLY}-{room}"
        found[other] = "" if other in found else key
    return {other: key for other, key in found.items() if key and other not in every}
