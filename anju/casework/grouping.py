"""When many reports of one building are one fault, told of once; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.casework.kinds import CaseKind
from anju.casework.likeness import ALIKE, words_alike

# What a new company begins with; each sets its own.
TOGETHER, WITHIN = 5, timedelta(minutes=30)
GROUPED = frozenset({CaseKind.REPAIR.value, CaseKind.COMPLAINT.value, CaseKind.ENQUIRY.value})


@dataclass(frozen=True, slots=True)
class Near:
    """An earlier report of the same building and topic; a report of no home counts for itself."""

    id: int
    home_id: int | None
    words: str


def like_reports(words: str, near: Iterable[Near], *, sorted_: bool) -> tuple[Near, ...]:
    """Return the reports that tell the same: all of one category, else those in like words."""
    if sorted_:
        return tuple(near)
    return tuple(one for one in near if words_alike(words, one.words) >= ALIKE)


def homes(reports: Iterable[Near]) -> int:
    """Return from how many homes reports come; one of no home counts for itself."""
    return len({one.home_id or -one.id for one in reports})


def is_one_fault(reports: Iterable[Near], *, enough: int = TOGETHER) -> bool:
    """Say whether so many homes tell the same that it is one fault."""
    return homes(reports) >= enough


def goes_on(last: datetime | None, at: datetime, within: timedelta = WITHIN) -> bool:
    """Say whether reports of a fault still come in: the last one lies half an hour back at most."""
    return last is not None and at - last <= within
