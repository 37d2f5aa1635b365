"""Return-visit calls: who may not make one, when to try again, and what a “no” leads to; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from anju.casework.visits import Attempt, Solved
from anju.kernel.pure.problems import Problem

# At home in the morning, at noon, in the afternoon, before and after supper.
HOURS = (9, 12, 15, 18, 20)
WORKED = frozenset({"start", "finish"})
NAMED = frozenset({"accept", "hand_over"})


class Then(StrEnum):
    """To whom a case goes that was opened again: who had it, who did the work, or the manager."""

    AGAIN = "again"
    ENGINEERING = "engineering"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a case's history, as far as it says who worked on it."""

    verb: str
    by: int | None
    payload: Mapping[str, object]


def doers(executor_id: int | None, entries: Sequence[Entry]) -> frozenset[int]:
    """Return who did the work: who does it now, and whoever was named for it and began or ended it."""
    named = {
        one.payload.get(name)
        for one in entries
        if one.verb in NAMED
        for name in ("assignee", "executor")
    }
    worked = {one.by for one in entries if one.verb in WORKED and one.by in named}
    return frozenset(one for one in {executor_id, *worked} if one is not None)


def check_then(solved: Solved, then: Then | None) -> Then:
    """Return to whom a case goes on; raises E-VISIT-NEXT for a “no” without an answer to that.

    What is partly solved goes back to who had it, unless somebody else is named.
    """
    if then is None and solved is Solved.NO:
        raise Problem(
            "E-VISIT-NEXT",
            "then",
            "Not solved: say who takes it on now. Open it again, to engineering, or to the manager.",
            "业主说未解决，请选择由谁跟进：重开、转工程或转经理。",
        )
    return then or Then.AGAIN


def next_try(attempts: Sequence[Attempt], zone: ZoneInfo) -> datetime | None:
    """Return when an owner is best tried again: at an hour of the day not yet tried; None at once.

    Example: tried in vain at 9:40 and at 12:10, so again from 15:00.
    """
    if not attempts or any(one.reached for one in attempts):
        return None
    last = max(one.at for one in attempts).astimezone(zone)
    tried = {_slot(one.at.astimezone(zone).hour) for one in attempts}
    for days in range(2):
        day = last.date() + timedelta(days=days)
        for hour in HOURS:
            there = datetime.combine(day, time(hour), tzinfo=zone)
            if there > last and hour not in tried:
                return there
    return datetime.combine(last.date() + timedelta(days=1), time(HOURS[0]), tzinfo=zone)


def _slot(hour: int) -> int:
    """Return the part of the day that an hour lies in, named by its beginning."""
    return max((one for one in HOURS if one <= hour), default=HOURS[-1])


def owner_of(reporter_id: int | None, phone: str, unit_id: int | None, visit_id: int) -> str:
    """Return what the calls to one owner share, so that she is called once for all of them."""
    if reporter_id is not None:
        return f"person:{reporter_id}"
    if phone:
        return f"phone:{phone}"
    return f"home:{unit_id}" if unit_id is not None else f"visit:{visit_id}"
