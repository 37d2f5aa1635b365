"""What a case is by its history alone: every entry in its turn, from the first word on; pure.

The columns of a case must always be what this makes of its entries. It reads no clock and no row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from anju.casework.promises import Promised
from anju.casework.states import ENDS, STEPS, CaseVerb, Outcome, State
from anju.casework.visits import Solved, led_to
from anju.worktime.deadlines import Pause

Plain = str | int | float | bool | None | list[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a case's history: what was done, by whom (None: owner or clock), when, and what it
    tells.
    """

    verb: str
    by: int | None
    at: datetime
    payload: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(slots=True)
class Held:
    """What the entries so far leave a case with; `kind` to `severity` as given and as corrected."""

    state: State = State.REGISTERED
    outcome: str = ""
    kind: str = ""
    severity: str = ""
    category_id: int | None = None
    sorted_at: datetime | None = None
    first_receiver_id: int | None = None
    assignee_id: int | None = None
    executor_id: int | None = None
    transfers: int = 0
    reopened: int = 0
    received_at: datetime | None = None
    clock_from: datetime | None = None
    appointment_at: datetime | None = None
    arrived_at: datetime | None = None
    done_at: datetime | None = None
    closed_at: datetime | None = None
    settled_at: datetime | None = None
    urged_at: datetime | None = None
    waited_for: str = ""
    cause: str = ""
    party: str = ""
    cost: int | None = None
    payer: str = ""
    target: int | None = None
    bundle_id: int | None = None
    rung: int = 0
    solved: str = ""
    met: dict[Promised, datetime | None] = field(default_factory=dict)
    by_hand: dict[str, str] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)

    @property
    def running(self) -> tuple[Pause, ...]:
        """The stretches for which the clock stood since it last began to run."""
        begin = self.clock_from
        if begin is None:
            return ()
        return tuple(
            Pause(max(one.start, begin), one.end, one.reason)
            for one in self.pauses
            if one.end is None or one.end > begin
        )

    def missed(self, promised: Promised) -> bool:
        """Say whether a promise is not met yet."""
        return self.met.get(promised) is None


def folded(entries: Sequence[Entry]) -> Held:
    """Return what a case is after its entries, in their order.

    Errors: KeyError for a step that the table of states does not have. An entry of a verb that is
    unknown here changes nothing.
    """
    held = Held()
    for entry in entries:
        if entry.verb in _VERBS:
            verb = CaseVerb(entry.verb)
            held.state = STEPS[held.state, verb]
            if held.state is State.CLOSED:
                held.closed_at = entry.at
            if held.state is State.SETTLED:
                held.settled_at = entry.at
        if entry.verb in _MARKS:
            _MARKS[entry.verb](held, entry)
    return held


def _number(entry: Entry, name: str) -> int | None:
    found = entry.payload.get(name)
    return found if isinstance(found, int) else None


def _text(entry: Entry, name: str) -> str:
    return str(entry.payload.get(name) or "")


def _received(held: Held, entry: Entry) -> None:
    held.received_at = entry.at
    begins = _text(entry, "clock_from")  # of an old ledger: promised from its import on
    held.clock_from = datetime.fromisoformat(begins) if begins else entry.at
    held.first_receiver_id = entry.by
    held.kind, held.severity = _text(entry, "kind"), _text(entry, "severity")
    if entry.by is not None:
        held.met[Promised.ACKNOWLEDGE] = entry.at


def _answered(held: Held, entry: Entry) -> None:
    if held.missed(Promised.ACKNOWLEDGE):
        held.met[Promised.ACKNOWLEDGE] = entry.at


def _named(held: Held, entry: Entry) -> None:
    held.assignee_id = _number(entry, "assignee")
    held.executor_id = _number(entry, "executor") or held.assignee_id


def _accept(held: Held, entry: Entry) -> None:
    _named(held, entry)
    _answered(held, entry)
    if held.first_receiver_id is None:
        held.first_receiver_id = entry.by


def _hand_over(held: Held, entry: Entry) -> None:
    _named(held, entry)
    held.transfers += 1
    if held.state is State.ACCEPTED:
        held.arrived_at = None


def _schedule(held: Held, entry: Entry) -> None:
    held.appointment_at = datetime.fromisoformat(_text(entry, "arrival"))


def _start(held: Held, entry: Entry) -> None:
    held.arrived_at = entry.at
    held.executor_id = held.executor_id or entry.by
    if held.missed(Promised.ON_SITE):
        held.met[Promised.ON_SITE] = entry.at


def _wait(held: Held, entry: Entry) -> None:
    held.waited_for = _text(entry, "waited_for")
    held.pauses.append(Pause(entry.at, None, held.waited_for))


def _resume(held: Held, entry: Entry) -> None:
    held.waited_for = ""
    stood = held.pauses.pop()
    held.pauses.append(Pause(stood.start, entry.at, stood.reason))


def _finish(held: Held, entry: Entry) -> None:
    held.done_at = held.met[Promised.RESOLVE] = entry.at
    held.cause, held.party = _text(entry, "cause"), _text(entry, "party") or held.party
    held.executor_id = held.executor_id or entry.by


def _send_back(held: Held, _entry: Entry) -> None:
    held.done_at = held.met[Promised.RESOLVE] = None


def _report_back(held: Held, entry: Entry) -> None:
    held.outcome = Outcome.UNCONFIRMED.value
    held.met[Promised.REPORT_BACK] = datetime.fromisoformat(_text(entry, "told_at"))


def _end(held: Held, entry: Entry) -> None:
    _answered(held, entry)
    taken_back = bool(entry.payload.get("taken_back"))
    held.outcome = (Outcome.WITHDRAWN if taken_back else ENDS[CaseVerb(entry.verb)]).value
    held.met[Promised.REPORT_BACK] = entry.at


def _merge(held: Held, entry: Entry) -> None:
    held.outcome, held.target = Outcome.DUPLICATE.value, _number(entry, "target")


def _confirm(held: Held, _entry: Entry) -> None:
    if held.outcome in {Outcome.UNCONFIRMED, Outcome.PARTLY}:
        held.outcome = Outcome.CONFIRMED.value


def _reopen(held: Held, entry: Entry) -> None:
    if "verdict" in entry.payload:
        held.outcome = led_to(Solved(held.solved))[1].value
    held.reopened += 1
    held.clock_from, held.rung, held.by_hand = entry.at, 0, {}
    held.arrived_at = held.done_at = held.closed_at = held.settled_at = held.urged_at = None
    held.met = {Promised.ACKNOWLEDGE: held.met.get(Promised.ACKNOWLEDGE)}


def _verdict(held: Held, entry: Entry) -> None:
    held.solved = _text(entry, "solved")
    if held.settled_at is not None and held.solved == Solved.YES:
        _confirm(held, entry)  # she was not asked, or not reached, and says it by herself


def _escalated(held: Held, entry: Entry) -> None:
    held.rung = max(held.rung, _number(entry, "rung") or 0)


def _urged(held: Held, entry: Entry) -> None:
    held.urged_at = entry.at


def _sorted(held: Held, entry: Entry) -> None:
    held.kind = _text(entry, "kind") or held.kind
    held.severity = _text(entry, "severity") or held.severity
    held.category_id = _number(entry, "category") or held.category_id
    held.party = _text(entry, "party") or held.party
    held.sorted_at = entry.at


def _cost_set(held: Held, entry: Entry) -> None:
    held.cost, held.payer = _number(entry, "cost"), _text(entry, "payer")


def _promise_moved(held: Held, entry: Entry) -> None:
    held.by_hand = {**held.by_hand, _text(entry, "promise"): _text(entry, "due")}


def _bundled(held: Held, entry: Entry) -> None:
    held.bundle_id = _number(entry, "bundle")


def _unbundled(held: Held, _entry: Entry) -> None:
    held.bundle_id = None


_VERBS = frozenset(verb.value for verb in CaseVerb)
_MARKS: Mapping[str, Callable[[Held, Entry], None]] = {
    "received": _received,
    "accept": _accept,
    "hand_over": _hand_over,
    "schedule": _schedule,
    "reschedule": _schedule,
    "start": _start,
    "wait": _wait,
    "resume": _resume,
    "finish": _finish,
    "send_back": _send_back,
    "report_back": _report_back,
    "refer": _end,
    "withdraw": _end,
    "decline": _end,
    "merge": _merge,
    "confirm": _confirm,
    "reopen": _reopen,
    "verdict": _verdict,
    "escalated": _escalated,
    "urged": _urged,
    "sorted": _sorted,
    "promise_moved": _promise_moved,
    "cost_set": _cost_set,
    "bundled": _bundled,
    "unbundled": _unbundled,
}
