"""Which verb leads a case from one state to the next, and what it demands; pure. Not who may.

One table. Its version is kept on each case, so that an old case goes on by the table it began with;
a table that only gains steps keeps its version, since every history that was legal stays so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from anju.casework.words import DEMAND_WORDS, STATE_WORDS, VERB_WORDS
from anju.kernel.pure.problems import Problem

VERSION = 1


class Stage(StrEnum):
    """The five stages that people see everywhere: 登记·处理·跟进·关闭·回访."""

    REGISTERED = "registered"
    HANDLING = "handling"
    FOLLOWED = "followed"
    CLOSED = "closed"
    VISITED = "visited"


class State(StrEnum):
    """Where a case stands."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    WORKING = "working"
    WAITING = "waiting"
    DONE = "done"
    CLOSED = "closed"
    SETTLED = "settled"


class CaseVerb(StrEnum):
    """What can be done to a case."""

    ACCEPT = "accept"
    REFER = "refer"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    SCHEDULE = "schedule"
    START = "start"
    HAND_OVER = "hand_over"
    DECLINE = "decline"
    RESCHEDULE = "reschedule"
    WAIT = "wait"
    FINISH = "finish"
    RESUME = "resume"
    REPORT_BACK = "report_back"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    GIVE_UP = "give_up"
    SETTLE = "settle"


class Demand(StrEnum):
    """What a verb asks for before it is done."""

    ASSIGNEE = "assignee"  # a person with a name, never only a team
    REASON = "reason"  # in words; the owner sees them where the verb ends or refuses her matter
    APPOINTMENT = "appointment"  # an instant of arrival
    WAITED_FOR = "waited_for"  # owner, part, builder, authority, weather
    EVIDENCE = "evidence"  # as the category asks
    CAUSE = "cause"
    TOLD = "told"  # how and when the owner was told
    TARGET = "target"  # the case that this one goes on in
    VERDICT = "verdict"  # of the owner, or of a caller who did not do the work
    ATTEMPTS = "attempts"  # the log of attempts, used up


class Turn(StrEnum):
    """Whose turn it is."""

    DESK = "desk"  # desk, steward or project manager
    ASSIGNEE = "assignee"
    EXECUTOR = "executor"
    RECEIVER = "receiver"  # the first receiver or the desk, never the executor
    CALLER = "caller"  # whoever makes the return visit, or the owner by link
    NOBODY = "nobody"


class Outcome(StrEnum):
    """How a case ended; each stays in the denominator."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    PARTLY = "partly"
    NOT_POSSIBLE = "not_possible"
    REFERRED = "referred"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


S, V = State, CaseVerb
STEPS: Mapping[tuple[State, CaseVerb], State] = {
    (S.REGISTERED, V.ACCEPT): S.ACCEPTED,
    (S.REGISTERED, V.REFER): S.CLOSED,
    (S.REGISTERED, V.MERGE): S.CLOSED,
    (S.REGISTERED, V.WITHDRAW): S.CLOSED,
    (S.ACCEPTED, V.SCHEDULE): S.SCHEDULED,
    (S.ACCEPTED, V.START): S.WORKING,
    (S.ACCEPTED, V.HAND_OVER): S.ACCEPTED,
    (S.ACCEPTED, V.DECLINE): S.CLOSED,
    (S.SCHEDULED, V.START): S.WORKING,
    (S.SCHEDULED, V.RESCHEDULE): S.SCHEDULED,
    (S.SCHEDULED, V.HAND_OVER): S.SCHEDULED,  # the appointment with the owner holds
    (S.WORKING, V.WAIT): S.WAITING,
    (S.WORKING, V.FINISH): S.DONE,
    (S.WORKING, V.HAND_OVER): S.ACCEPTED,  # who takes it over has yet to arrive
    (S.WAITING, V.RESUME): S.WORKING,
    (S.WAITING, V.HAND_OVER): S.WAITING,  # what is waited for is waited for still
    (S.DONE, V.REPORT_BACK): S.CLOSED,
    (S.DONE, V.SEND_BACK): S.WORKING,
    (S.CLOSED, V.CONFIRM): S.SETTLED,
    (S.CLOSED, V.REOPEN): S.ACCEPTED,
    (S.CLOSED, V.GIVE_UP): S.SETTLED,
    (S.CLOSED, V.SETTLE): S.SETTLED,
    (S.SETTLED, V.REOPEN): S.ACCEPTED,
}
DEMANDS: Mapping[CaseVerb, frozenset[Demand]] = {
    V.ACCEPT: frozenset({Demand.ASSIGNEE}),
    V.REFER: frozenset({Demand.REASON}),
    V.MERGE: frozenset({Demand.REASON, Demand.TARGET}),
    V.WITHDRAW: frozenset({Demand.REASON}),
    V.SCHEDULE: frozenset({Demand.APPOINTMENT}),
    V.START: frozenset(),
    V.HAND_OVER: frozenset({Demand.ASSIGNEE, Demand.REASON}),
    V.DECLINE: frozenset({Demand.REASON}),
    V.RESCHEDULE: frozenset({Demand.APPOINTMENT, Demand.REASON}),
    V.WAIT: frozenset({Demand.REASON, Demand.WAITED_FOR}),
    V.FINISH: frozenset({Demand.EVIDENCE, Demand.CAUSE}),
    V.RESUME: frozenset(),
    V.REPORT_BACK: frozenset({Demand.TOLD}),
    V.SEND_BACK: frozenset({Demand.REASON}),
    V.CONFIRM: frozenset({Demand.VERDICT}),
    V.REOPEN: frozenset({Demand.REASON}),
    V.GIVE_UP: frozenset({Demand.ATTEMPTS}),
    V.SETTLE: frozenset(),
}
STAGES: Mapping[State, Stage] = {
    S.REGISTERED: Stage.REGISTERED,
    S.ACCEPTED: Stage.HANDLING,
    S.SCHEDULED: Stage.HANDLING,
    S.WORKING: Stage.HANDLING,
    S.WAITING: Stage.HANDLING,
    S.DONE: Stage.FOLLOWED,
    S.CLOSED: Stage.CLOSED,
    S.SETTLED: Stage.VISITED,
}
TURNS: Mapping[State, Turn] = {
    S.REGISTERED: Turn.DESK,
    S.ACCEPTED: Turn.ASSIGNEE,
    S.SCHEDULED: Turn.EXECUTOR,
    S.WORKING: Turn.EXECUTOR,
    S.WAITING: Turn.ASSIGNEE,
    S.DONE: Turn.RECEIVER,
    S.CLOSED: Turn.CALLER,
    S.SETTLED: Turn.NOBODY,
}
# What a verb that ends a case makes of it. A verdict decides by itself: see `visits.outcome`.
ENDS: Mapping[CaseVerb, Outcome] = {
    V.REFER: Outcome.REFERRED,
    V.MERGE: Outcome.DUPLICATE,
    V.WITHDRAW: Outcome.WITHDRAWN,
    V.DECLINE: Outcome.NOT_POSSIBLE,
    V.REPORT_BACK: Outcome.UNCONFIRMED,
    V.CONFIRM: Outcome.CONFIRMED,
}
OPEN = frozenset({S.REGISTERED, S.ACCEPTED, S.SCHEDULED, S.WORKING, S.WAITING, S.DONE})


def step(state: State, verb: CaseVerb, has: Collection[Demand] = frozenset()) -> State:
    """Return the state after a verb.

    `has` names what came with the verb. Errors: E-STATE with what is possible instead;
    E-CASE-DEMAND naming the first thing that is missing.
    Example: `step(State.WORKING, CaseVerb.WAIT, {Demand.REASON, Demand.WAITED_FOR})` is WAITING.
    """
    if (state, verb) not in STEPS:
        raise _refused(state)
    missing = [demand for demand in Demand if demand in DEMANDS[verb] and demand not in has]
    if missing:
        raise _missing(verb, missing[0])
    return STEPS[state, verb]


def possible(state: State) -> tuple[CaseVerb, ...]:
    """Return what can be done to a case now, in the order of the table."""
    return tuple(verb for at, verb in STEPS if at is state)


def fold(verbs: Collection[CaseVerb]) -> State:
    """Return the state that a history of verbs leads to from the beginning; errors as `step`."""
    state = State.REGISTERED
    for verb in verbs:
        state = step(state, verb, DEMANDS[verb])
    return state


def diagram() -> str:
    """Return the table as a drawing in Mermaid's words, for the documents."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.REGISTERED.value}"]
    lines += [f"    {a.value} --> {b.value}: {verb.value}" for (a, verb), b in STEPS.items()]
    return "\n".join([*lines, f"    {State.SETTLED.value} --> [*]"])


def _refused(state: State) -> Problem:
    en, zh = STATE_WORDS[state.value]
    can = [VERB_WORDS[verb.value] for verb in possible(state)]
    return Problem(
        "E-STATE",
        "case",
        "This case is “{state_en}”. From here you can: {can_en}.",
        "本单当前为“{state_zh}”，可以：{can_zh}。",
        state_en=en,
        state_zh=zh,
        can_en=", ".join(words[0] for words in can),
        can_zh="、".join(words[1] for words in can),
    )


def _missing(verb: CaseVerb, demand: Demand) -> Problem:
    (verb_en, verb_zh), (en, zh) = VERB_WORDS[verb.value], DEMAND_WORDS[demand.value]
    return Problem(
        "E-CASE-DEMAND",
        demand.value,
        "To {verb_en}, give {what_en}.",
        "要{verb_zh}，请先填写{what_zh}。",
        verb_en=verb_en,
        verb_zh=verb_zh,
        what_en=en,
        what_zh=zh,
    )
