"""What a worker does at a place, step after step, and why he cannot finish; pure. Not who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from anju.casework.kinds import Evidence, Party, Photo, WaitedFor
from anju.casework.states import State


class Step(StrEnum):
    """What the one large button does, in this order."""

    TAKE = "take"
    ARRIVE = "arrive"
    BEFORE = "before"
    AFTER = "after"
    PARTS = "parts"
    DONE = "done"
    RESUME = "resume"


class Cannot(StrEnum):
    """Why somebody cannot finish."""

    PART = "part"
    AWAY = "away"
    BUILDER = "builder"
    HELP = "help"


class Cause(StrEnum):
    """What was found, as the button that reports it done."""

    WORN = "worn"
    BLOCKED = "blocked"
    BROKEN = "broken"
    BUILT = "built"
    OTHER = "other"


# Whose a cause is. What wears, blocks or breaks by itself is nobody's until a person says so.
PARTY: Mapping[Cause, Party] = {
    Cause.WORN: Party.UNKNOWN,
    Cause.BLOCKED: Party.UNKNOWN,
    Cause.BROKEN: Party.OUTSIDE,
    Cause.BUILT: Party.DEVELOPER,
    Cause.OTHER: Party.UNKNOWN,
}
WAITS: Mapping[Cannot, WaitedFor] = {
    Cannot.PART: WaitedFor.PART,
    Cannot.AWAY: WaitedFor.OWNER,
    Cannot.BUILDER: WaitedFor.BUILDER,
}
SHOWS: Mapping[Step, Photo] = {Step.BEFORE: Photo.BEFORE, Step.AFTER: Photo.AFTER}
# What an entry of the history says was seen to, so that the next button comes.
TAKEN, NO_PHOTO, PARTS, HELP = "taken", "photo_left_out", "parts_said", "help_asked"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen to since the case was last opened; `before` and `after` also when left out."""

    state: State
    taken: bool = False
    before: bool = False
    after: bool = False
    parts: bool = False


def step_of(facts: Facts) -> Step | None:
    """Return what the worker does next; None where nothing of his is left to do."""
    if facts.state in {State.ACCEPTED, State.SCHEDULED}:
        return Step.ARRIVE if facts.taken else Step.TAKE
    if facts.state is State.WAITING:
        return Step.RESUME
    if facts.state is not State.WORKING:
        return None
    ways = ((facts.before, Step.BEFORE), (facts.after, Step.AFTER), (facts.parts, Step.PARTS))
    return next((step for seen, step in ways if not seen), Step.DONE)


def demanded(evidence: str) -> frozenset[Step]:
    """Return the photos that a category asks for; the others can be left out."""
    wanted = {
        Evidence.AFTER.value: frozenset({Step.AFTER}),
        Evidence.BOTH.value: frozenset({Step.BEFORE, Step.AFTER}),
    }
    return wanted.get(evidence, frozenset())
