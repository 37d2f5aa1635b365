"""One key for each home of a sheet, whether or not its rows name the entrance; it refuses nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from anju.answers.rules.entrances import ONLY, clear_writings, parted

_BUILDING = re.compile(r"号楼|[栋幢座]|^\s*(?:building|bldg|block|tower)\b", re.IGNORECASE)
_ENTRANCE = "单元"


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says of its home: building, entrance and unit as keys, the unit as written, its use."""

    building: str
    entrance: str
    unit: str
    text: str
    use: str = ""


def whole_keys(rows: Sequence[Row], known: Collection[str]) -> list[tuple[str, str]]:
    """Return of each row its whole key, and the key as its writing says it; empty without a unit.

    Beside a column of the building, “1-103” is room 103 of entrance 1 in every building, unless
    the sheet writes its buildings there. The rooms of a building then get one form: that of the
    homes known, else with the one entrance that the building has in the sheet.
    """
    by_entrance = _by_entrance(rows)
    keys = [_read(row, known, by_entrance=by_entrance) for row in rows]
    return list(zip(_one_form(keys, [row.use for row in rows], known), keys, strict=True))


def _by_entrance(rows: Iterable[Row]) -> bool:
    """Say what the first of two parts is in the most rows; in building 1 it could be either."""
    votes = 0
    for row in rows:
        first, room = row.unit.partition("-")[::2]
        silent = not _BUILDING.search(row.text) and _ENTRANCE not in row.text
        if row.building and room and "-" not in room and silent and not row.entrance:
            votes += 1 if first != row.building else -1 if first != ONLY else 0
    return votes >= 0


def _read(row: Row, known: Collection[str], *, by_entrance: bool) -> str:
    """Return the key with building and entrance in front, where the unit does not hold them."""
    if not row.building or not row.unit:
        return row.unit
    first, room = row.unit.partition("-")[::2]
    if not room:
        return "-".join(part for part in (row.building, row.entrance, row.unit) if part)
    joined = f"{row.building}-{row.unit}"
    named = first == row.building and bool(_BUILDING.search(row.text))
    if "-" in room:
        return joined if joined in known and not named else row.unit
    other = bool(row.entrance) and row.entrance != first
    silent = _ENTRANCE not in row.text and not by_entrance and joined not in known
    if first == row.building and (named or other or silent):
        return "-".join(part for part in (row.building, row.entrance, room) if part)
    return joined


def _one_form(keys: list[str], uses: Sequence[str], known: Collection[str]) -> list[str]:
    held, clear = _entrances(known), clear_writings(known)
    written = _entrances(keys)
    of_use: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, use in zip(keys, uses, strict=True):
        block, entrance, _room = parted(key)
        of_use[block, use] |= {entrance} - {""}
    found = []
    for key, use in zip(keys, uses, strict=True):
        block, entrance, _room = parted(key)
        here = written.get(block, set()) - {""}
        # Shops on the ground floor have numbers of their own beside the homes of an entrance.
        apart = bool(here) and not of_use[block, use]
        if key in known or not block or (apart and not entrance) or (entrance and here != {ONLY}):
            found.append(key)
        elif key in clear:
            found.append(clear[key])
        else:
            found.append(_formed(key, held.get(block, set()), of_use[block, use]))
    return found


def _formed(key: str, held: set[str], written: set[str]) -> str:
    """Return a new home's key in the form that its building has; `held` has "" for homes without."""
    block, entrance, room = parted(key)
    if held == {""}:
        return f"{block}-{room}"  # an entrance that comes here is the first, and the only one
    every = (held | written) - {""}
    if entrance or len(every) != 1 or not room[:1].isdigit():
        return key
    return f"{block}-{min(every)}-{room}"


def _entrances(keys: Iterable[str]) -> dict[str, set[str]]:
    """Return the entrances of each building that keys name, "" for homes without one."""
    found: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        block, entrance, _room = parted(key)
        if block:
            found[block].add(entrance)
    return found
