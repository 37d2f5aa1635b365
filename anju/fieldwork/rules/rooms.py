"""Which home a clerk means by what she types: a room in any writing, a building alone, or none; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.answers.rules.entrances import alike
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
    counts first within the building, then in the project, then without its separators. A home of
    another building than the one that stays is taken only where its building was typed as well.
    Errors: E-PAPER-WHICH where several homes are meant, or one elsewhere; E-PAPER-ROOM where none is.

    Example:
        >>> home = Home("3-502", "3栋")
        >>> meant("0502", "3栋", homes={"3-502": home}, buildings={"3": 1}).home
        '3-502'
    """
    key, block = normalise(room), normalise(building)
    if not key:
        return Meant(building=block if block in buildings else "")
    within = homes.get(f"{block}-{key}") if block else None
    if within and (within.key == f"{block}-{key}" or _in_block(room, key, block, buildings)):
        return Meant(within.key)
    if key in homes and (homes[key].key == key or not block or _inside(homes[key], block)):
        return Meant(homes[key].key)
    if key in buildings:
        return Meant(building=key)
    return _loosely(room, key, block, {home.key: home for home in homes.values()})


def _in_block(room: str, key: str, block: str, buildings: Mapping[str, int]) -> bool:
    """Say whether the first part of a room names no other building than the one that stays."""
    first, rest = key.partition("-")[::2]
    return not rest or first == block or "单元" in room or first not in buildings


def _inside(home: Home, block: str) -> bool:
    return normalise(home.building) == block


def _loosely(room: str, key: str, block: str, every: Mapping[str, Home]) -> Meant:
    here = {one for one, home in every.items() if _inside(home, block)}
    bare = key.replace("-", "")
    wanted = {bare, f"{block}{bare}".replace("-", "")}
    close = [one for one in sorted(here) if one.replace("-", "") in wanted]
    close = close or [one for one in sorted(every) if one.replace("-", "") == bare]
    found = close or [one for one in sorted(every) if one.endswith(f"-{key}")]
    found += [one for one in alike(key, sorted(every)) if one not in found]
    found = [one for one in found if one in here] or found
    if len(found) == 1 and (not block or found[0] in here):
        return Meant(found[0])
    if len(found) == 1:
        raise _elsewhere(room, every[found[0]])
    if found:
        raise Problem(
            "E-PAPER-WHICH",
            "room",
            "Several homes may be “{room}”: {several}. Type the building as well, such as {first}.",
            "“{room}”可能是：{several}。请连同楼栋录入，如 {first}。",
            room=room.strip()[:40],
            several=", ".join(found[:5]),
            first=found[0],
        )
    raise _unknown(room, nearest(key, sorted(here) or sorted(every)))


def _elsewhere(room: str, home: Home) -> Problem:
    return Problem(
        "E-PAPER-WHICH",
        "room",
        "The building chosen has no home “{room}”; {building} has one. Choose that building, or type"
        " {first}.",
        "所选楼栋没有“{room}”，{building}有。请改选楼栋，或录入 {first}。",
        room=room.strip()[:40],
        building=home.building,
        first=home.key,
    )


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
