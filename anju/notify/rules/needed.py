"""Whether a message is still needed: the room that wrote it is asked just before it would go. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

About = tuple[str, int]
# From ids of one kind of thing to why messages about them are not needed; who still needs hers is
# not in it. It is asked inside the company.
Check = Callable[[Collection[int], datetime], Mapping[int, str]]
CHECKS: dict[str, Check] = {}


def ask_before_sending(kind: str, check: Check) -> None:
    """Make known whom to ask about messages of a kind of thing; each room answers for its own."""
    CHECKS[kind] = check


def not_needed(things: Iterable[About], at: datetime) -> dict[About, str]:
    """Return (kind, id) → why messages about it are not to go any more, for those that are not."""
    asked: defaultdict[str, set[int]] = defaultdict(set)
    for kind, one in things:
        asked[kind].add(one)
    return {
        (kind, one): why
        for kind, ids in asked.items()
        if kind in CHECKS
        for one, why in CHECKS[kind](ids, at).items()
    }
