"""How many cases a day began with, took in, opened again and closed: from their histories; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from anju.casework.states import OPEN, STEPS, CaseVerb, State
from anju.casework.stocktake import Day

RECEIVED, SORTED = "received", "sorted"
_VERBS = frozenset(verb.value for verb in CaseVerb)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a case's history; `kind` where the entry says or corrects it."""

    verb: str
    at: datetime
    kind: str = ""


@dataclass(slots=True)
class _Tally:
    """What the day's entries add up to."""

    carried: int = 0
    new: int = 0
    reopened: int = 0
    closed: int = 0
    open: int = 0


def counted(histories: Iterable[Sequence[Told]], since: datetime, kinds: Collection[str]) -> Day:
    """Return the counts of a day that began after `since`, of cases of these kinds.

    Shapes: one sequence a case, in the order in which it was written. A case that is sorted into
    one of the kinds while open counts as new, one that is sorted out of them as closed: so a day
    begins with what the day before ended with. An entry never lies before the one it follows.
    Errors: KeyError for a step that the table of states does not have.
    """
    tally = _Tally()
    for entries in histories:
        _count(tally, entries, since, kinds)
    return Day(tally.carried, tally.new, tally.reopened, tally.closed, tally.open)


def _count(tally: _Tally, entries: Sequence[Told], since: datetime, kinds: Collection[str]) -> None:
    state, kind, within, began = State.REGISTERED, "", False, False
    for entry in entries:
        if entry.at > since and not began:
            tally.carried += within
            began = True
        if entry.verb in _VERBS:
            state = STEPS[state, CaseVerb(entry.verb)]
        kind = entry.kind or kind
        now = state in OPEN and kind in kinds
        if began:
            _move(tally, entry.verb, was=within, now=now)
        within = now
    tally.carried += within and not began
    tally.open += within


def _move(tally: _Tally, verb: str, *, was: bool, now: bool) -> None:
    if was and not now:
        tally.closed += 1
    elif now and not was:
        if verb == CaseVerb.REOPEN:
            tally.reopened += 1
        else:
            tally.new += 1
