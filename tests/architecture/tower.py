"""The tower as data, read from .importlinter so that there is one statement of it."""

from __future__ import annotations

import configparser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def floors(contracts: Path = ROOT / ".importlinter") -> tuple[frozenset[str], ...]:
    """Return the rooms of each floor, the highest first."""
    reader = configparser.ConfigParser()
    reader.read(contracts, encoding="utf-8")
    lines = reader["importlinter:contract:layers"]["layers"].split("\n")
    return tuple(
        frozenset(room.strip(" ()") for room in line.split("|")) for line in lines if line.strip()
    )


def height(room: str, tower: tuple[frozenset[str], ...] | None = None) -> int:
    """Return how far from the ground a room stands; an unknown room is an error."""
    for level, rooms in enumerate(reversed(tower or floors())):
        if room in rooms:
            return level
    raise LookupError(f"the room {room} is not in .importlinter")


def rooms() -> tuple[Path, ...]:
    """Return the folders of the rooms that exist."""
    return tuple(sorted(path.parent for path in (ROOT / "anju").glob("*/__init__.py")))
