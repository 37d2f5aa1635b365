"""The picture tiles of the first step and the chips for a time to come, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import pgettext as _p

from anju.casework.kinds import CaseKind, Spot
from anju.intake.mine import Tile, tiles

MOST = 8
OTHER = "other"
# Whichever categories a company keeps, these pictures go with the codes that it starts with.
PICTURES = {
    "water": "droplet", "roof": "umbrella", "power": "bulb", "lift": "elevator", "doors": "door",
    "facilities": "horse-toy", "cleaning": "brush", "greening": "tree", "parking": "car",
    "safety": "shield", "noise": "volume", "conduct": "user", "fees": "receipt",
    "decoration": "hammer", "suggestion": "pencil", "praise": "thumb-up",
}  # fmt: skip
# On which of the two first tiles a kind is found; what has none is on both.
SIDES = {
    "repair": frozenset({"repair", "service", "enquiry", ""}),
    "complaint": frozenset({"complaint", "suggestion", "praise", ""}),
}
MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an owner chose: a category, or a kind without one."""

    code: str
    label: str
    kind: CaseKind
    category_id: int | None = None
    spot: Spot = Spot.ANY

    @property
    def picture(self) -> str:
        """The drawing of its tile."""
        return PICTURES.get(self.code, "help" if self.code == OTHER else "tool")


def _of(tile: Tile, branch: str) -> Choice:
    label = tile.zh if (get_language() or "").startswith("zh") else tile.en
    kind = CaseKind(tile.kind) if tile.kind else CaseKind(branch)
    return Choice(tile.code, label, kind, tile.id, tile.spot)


def _bare(branch: str) -> tuple[Choice, ...]:
    if branch != "complaint":
        return ()
    return (
        Choice("suggestion", _p("tile", "A suggestion"), CaseKind.SUGGESTION),
        Choice("praise", _p("tile", "Praise"), CaseKind.PRAISE),
    )


def _all(branch: str) -> tuple[Choice, ...]:
    side = SIDES[branch]
    own = [_of(tile, branch) for tile in tiles() if tile.kind in side]
    return (*own, *_bare(branch))


def tiles_of(branch: str) -> tuple[Choice, ...]:
    """Return eight tiles at most, and the one for everything else."""
    bare = _bare(branch)
    own = [one for one in _all(branch) if one not in bare][: MOST - len(bare)]
    other = Choice(OTHER, _p("tile", "Something else, or hard to say"), CaseKind(branch))
    return (*own, *bare, other)


def chosen(branch: str, code: str) -> Choice | None:
    """Return what a code stands for; None where there is no such tile. The mailbox asks for none."""
    if branch == MAILBOX:
        return Choice(MAILBOX, _p("tile", "To the manager in person"), CaseKind.COMPLAINT)
    if code == OTHER:
        return Choice(OTHER, _p("tile", "Something else, or hard to say"), CaseKind(branch))
    return next((one for one in _all(branch) if one.code == code), None)


def wishes(now: str) -> tuple[tuple[str, bool], ...]:
    """Return the times to come that an owner can tick, and which one is."""
    said = (
        _p("time to come", "Any time"),
        _p("time to come", "Today before evening"),
        _p("time to come", "This evening"),
        _p("time to come", "Tomorrow morning"),
        _p("time to come", "Tomorrow afternoon"),
        _p("time to come", "At the weekend"),
    )
    return tuple((one, one == now) for one in said)
