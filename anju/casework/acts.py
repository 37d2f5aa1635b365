"""What somebody may do at a case now: the legal next verbs that are hers, and what takes no step; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from anju.casework.states import OPEN, CaseVerb, State, possible


class Also(StrEnum):
    """What is done at a case without a step of the table."""

    NOTE = "note"
    PHOTO = "photo"
    SORT = "sort"
    PROMISE = "promise"
    OBSERVE = "observe"
    BUNDLE = "bundle"
    JOIN = "join"
    DISPUTE = "dispute"
    COST = "cost"
    CHASE = "chase"


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a case: which rights she has, whether she did the work, what it holds.

    `builder`: he caused it, or is waited for.
    """

    state: State
    takes: bool = False
    works: bool = False
    steers: bool = False
    did: bool = False
    bundled: bool = False
    judged: bool = False
    builder: bool = False


STEERED = frozenset(
    {
        CaseVerb.ACCEPT, CaseVerb.REFER, CaseVerb.MERGE, CaseVerb.WITHDRAW,
        CaseVerb.REPORT_BACK, CaseVerb.SEND_BACK, CaseVerb.REOPEN,
    }
)  # fmt: skip
WORKED = frozenset(
    {
        CaseVerb.SCHEDULE, CaseVerb.START, CaseVerb.HAND_OVER, CaseVerb.DECLINE,
        CaseVerb.RESCHEDULE, CaseVerb.WAIT, CaseVerb.FINISH, CaseVerb.RESUME,
    }
)  # fmt: skip


def verbs_for(one: Standing) -> tuple[CaseVerb, ...]:
    """Return the verbs of the table that somebody may do now, in its order.

    A verdict and what follows from it belong to the owner and to who asks her, never to a button.
    """
    found = []
    for verb in possible(one.state):
        hers = (verb in STEERED and one.steers) or (verb in WORKED and one.works)
        if hers and not (verb is CaseVerb.REPORT_BACK and one.did):
            found.append(verb)
    return tuple(found)


def also_for(one: Standing) -> tuple[Also, ...]:
    """Return what somebody may do besides."""
    found = [Also.NOTE] if one.takes else []
    if one.works or one.takes:
        found.append(Also.PHOTO)
    if one.steers and one.state in OPEN:
        found += [Also.SORT, Also.PROMISE, Also.OBSERVE]
        found += [] if one.bundled else [Also.BUNDLE, Also.JOIN]
    if one.works and one.builder and one.state in OPEN:
        found.append(Also.CHASE)
    if one.works:
        found.append(Also.COST)
    if one.works and one.judged:
        found.append(Also.DISPUTE)
    return tuple(found)
