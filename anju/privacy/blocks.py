"""Blocks of the owner file, contributed by rooms; it knows none of them and reads no row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from anju.register.access import Actor


@dataclass(frozen=True, slots=True)
class Home:
    """Whose file it is: a unit of a project, with everybody who is or was tied to it."""

    unit_id: int
    project_id: int
    person_ids: tuple[int, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, as a line of its block and of the timeline."""

    day: date | None
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What one room knows of a home; `nothing` stands where there are no lines."""

    key: str
    title: str
    moments: tuple[Moment, ...]
    nothing: str


Contributor = Callable[[Home, Actor], Block | None]
_CONTRIBUTORS: dict[str, tuple[int, Contributor]] = {}


def contribute(key: str, contributor: Contributor, *, place: int) -> None:
    """Add a room's block; the smaller its place, the higher it stands."""
    _CONTRIBUTORS[key] = (place, contributor)


def blocks_of(home: Home, actor: Actor) -> tuple[Block, ...]:
    """Return the blocks of a home; a room gives None where the reader may not see its block."""
    ordered = sorted(_CONTRIBUTORS.values(), key=lambda one: one[0])
    given = (contributor(home, actor) for _place, contributor in ordered)
    return tuple(block for block in given if block is not None)
