"""Which home a clerk means by what she types: a room in any writing, a building alone, or none; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.answers.rules.units import Home, nearest, normalise
from anju.kernel.pure.problems import Problem


@dataclass(frozen=True, slots=True)
class Meant:
    """The home or building that was meant; both empty where the form names none."""

    home: str = ""
    building: str = ""


def meant(
    room: str, building: str, *, homes: Mapping[str, Home], buildings: Mapping[str, int]
) -> Meant:
    """Return what a room box and the building that stays from form to form mean together.

    `homes` holds every clear spelling of a home, `buildings` the buildings by spelling. The room
    counts first within the building, then in the project, then without its separators.
    Errors: E-PAPER-WHICH where several homes are meant, E-PAPER-ROOM where none is.

    Example:
        >>> home = Home("3-502", "3栋")
        >>> meant("0502", "3栋", homes={"3-502": home}, buildings={"3": 1}).home
        '3-502'
    """
    key, block = normalise(room), normalise(building)
    if not key:
        return Meant(building=block if block in buildings else "")
    for written in (f"{block}-{key}" if block else key, key):
        if written in homes:
            return Meant(homes[written].key)
    if key in buildings:
        return Meant(building=key)
    return _loosely(room, key, homes)


def _loosely(room: str, key: str, homes: Mapping[str, Home]) -> Meant:
    every = sorted({home.key for home in homes.values()})
    close = [one for one in every if one.replace("-", "") == key.replace("-", "")]
    if len(close) == 1:
        return Meant(close[0])
    several = close or [one for one in every if one.endswith(f"-{key}")]
    if len(several) == 1:
        return Meant(several[0])
    if several:
        raise Problem(
            "E-PAPER-WHICH",
            "room",
            "Several homes may be “{room}”: {several}. Type the building as well, such as {first}.",
            "“{room}”可能是：{several}。请连同楼栋录入，如 {first}。",
            room=room.strip()[:40],
            several=", ".join(several[:5]),
            first=several[0],
        )
    raise _unknown(room, nearest(key, every))


def _unknown(room: str, like: str) -> Problem:
    if like:
        return Problem(
            "E-PAPER-ROOM",
            "room",
            "There is no home “{room}” in this project. Did you mean {like}?",
            "本项目没有“{room}”。是否为 {like}？",
            room=room.strip()[:40],
            like=like,
        )
    return Problem(
        "E-PAPER-ROOM",
        "room",
        "There is no home “{room}” in this project. Type building and room, such as 3-502.",
        "本项目没有“{room}”。请录入楼栋和房号，如 3-502。",
        room=room.strip()[:40],
    )
