"""What may be done to a finding and to a measure, and what it needs; pure. Not who may do it.

A finding waits for its office until it has measures; from then on its state follows theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from anju.kernel.pure.problems import Problem


class FindingState(StrEnum):
    """Where a finding stands."""

    CANDIDATE = "candidate"
    OPEN = "open"
    SET = "set"
    RUNNING = "running"
    DONE = "done"
    NOT_EFFECTIVE = "not_effective"
    VERIFIED = "verified"
    SPLIT = "split"
    WAIVED = "waived"


class FindingVerb(StrEnum):
    """What an office does to a finding itself."""

    TAKE_UP = "take_up"
    WRITE = "write"
    DIVIDE = "divide"
    SET_MEASURE = "set_measure"
    WAIVE = "waive"
    REOPEN = "reopen"


class MeasureState(StrEnum):
    """Where a measure stands."""

    SET = "set"
    RUNNING = "running"
    DONE = "done"
    VERIFIED = "verified"
    NOT_EFFECTIVE = "not_effective"
    WITHDRAWN = "withdrawn"


class MeasureVerb(StrEnum):
    """What can be done to a measure."""

    CHANGE = "change"
    START = "start"
    HOLD = "hold"
    FINISH = "finish"
    TAKE_BACK = "take_back"
    VERIFY = "verify"
    REFUTE = "refute"
    RETURN = "return"
    WITHDRAW = "withdraw"


class Need(StrEnum):
    """What a verb asks for before it is done."""

    BOXES = "boxes"  # gap, cause and responsible are written
    REASON = "reason"  # in words, kept with the name of who said it
    EVIDENCE = "evidence"  # words or a file that somebody else can look at
    CHECKER = "checker"  # the named checker, who is not the one who did it


F, V = FindingState, FindingVerb
FINDING_STEPS: Mapping[tuple[FindingState, FindingVerb], FindingState] = {
    (F.CANDIDATE, V.TAKE_UP): F.OPEN,
    (F.CANDIDATE, V.WAIVE): F.WAIVED,
    (F.OPEN, V.WRITE): F.OPEN,
    (F.OPEN, V.DIVIDE): F.SPLIT,
    (F.OPEN, V.SET_MEASURE): F.SET,
    (F.OPEN, V.WAIVE): F.WAIVED,
    (F.SET, V.WRITE): F.SET,
    (F.SET, V.SET_MEASURE): F.SET,
    (F.RUNNING, V.WRITE): F.RUNNING,
    (F.RUNNING, V.SET_MEASURE): F.RUNNING,
    (F.NOT_EFFECTIVE, V.WRITE): F.NOT_EFFECTIVE,
    (F.NOT_EFFECTIVE, V.DIVIDE): F.SPLIT,
    (F.NOT_EFFECTIVE, V.SET_MEASURE): F.SET,
    (F.NOT_EFFECTIVE, V.WAIVE): F.WAIVED,
    (F.SPLIT, V.DIVIDE): F.SPLIT,
    (F.WAIVED, V.REOPEN): F.OPEN,
}
M, A = MeasureState, MeasureVerb
MEASURE_STEPS: Mapping[tuple[MeasureState, MeasureVerb], MeasureState] = {
    (M.SET, A.CHANGE): M.SET,
    (M.SET, A.START): M.RUNNING,
    (M.SET, A.WITHDRAW): M.WITHDRAWN,
    (M.RUNNING, A.CHANGE): M.RUNNING,
    (M.RUNNING, A.HOLD): M.SET,
    (M.RUNNING, A.FINISH): M.DONE,
    (M.RUNNING, A.WITHDRAW): M.WITHDRAWN,
    (M.DONE, A.TAKE_BACK): M.RUNNING,
    (M.DONE, A.RETURN): M.RUNNING,
    (M.DONE, A.VERIFY): M.VERIFIED,
    (M.DONE, A.REFUTE): M.NOT_EFFECTIVE,
}
# A finding in parts is carried by its parts; a verified one is settled. What comes back later is
# a new finding that names this one as its ancestor.
FINDING_FINAL = frozenset({F.VERIFIED, F.SPLIT})
MEASURE_FINAL = frozenset({M.VERIFIED, M.NOT_EFFECTIVE, M.WITHDRAWN})
FOLLOWED = frozenset({F.OPEN, F.SET, F.RUNNING, F.DONE, F.NOT_EFFECTIVE, F.VERIFIED})

FINDING_NEEDS: Mapping[FindingVerb, frozenset[Need]] = {
    V.TAKE_UP: frozenset(),
    V.WRITE: frozenset(),
    V.DIVIDE: frozenset(),
    V.SET_MEASURE: frozenset({Need.BOXES}),
    V.WAIVE: frozenset({Need.REASON}),
    V.REOPEN: frozenset({Need.REASON}),
}
MEASURE_NEEDS: Mapping[MeasureVerb, frozenset[Need]] = {
    A.CHANGE: frozenset(),
    A.START: frozenset({Need.BOXES}),
    A.HOLD: frozenset(),
    A.FINISH: frozenset({Need.EVIDENCE}),
    A.TAKE_BACK: frozenset(),
    A.VERIFY: frozenset({Need.EVIDENCE, Need.CHECKER, Need.REASON}),
    A.REFUTE: frozenset({Need.CHECKER, Need.REASON}),
    A.RETURN: frozenset({Need.CHECKER, Need.REASON}),
    A.WITHDRAW: frozenset({Need.REASON}),
}

# English and Chinese of states and verbs for refusals, which leave Django out.
STATE_WORDS: Mapping[str, tuple[str, str]] = {
    "candidate": ("to judge", "待判断"),
    "open": ("to complete", "待补齐"),
    "set": ("measure set", "措施已定"),
    "running": ("measure running", "措施进行中"),
    "done": ("waiting for the check", "待验证"),
    "not_effective": ("not effective", "未见成效"),
    "verified": ("verified", "已验证"),
    "split": ("split into parts", "已分解"),
    "waived": ("no action", "不处理"),
    "withdrawn": ("withdrawn", "已撤回"),
}
VERB_WORDS: Mapping[str, tuple[str, str]] = {
    "take_up": ("take it up", "立项"),
    "write": ("write its boxes", "填写各格"),
    "divide": ("split it into parts", "分解"),
    "set_measure": ("set a measure", "定措施"),
    "waive": ("decide on no action", "决定不处理"),
    "reopen": ("open it again", "重新打开"),
    "change": ("change it", "修改"),
    "start": ("start it", "开始"),
    "hold": ("undo the start", "撤销开始"),
    "finish": ("report it done", "报完成"),
    "take_back": ("undo the report", "撤销报完成"),
    "verify": ("verify it", "验证有效"),
    "refute": ("find it not effective", "判为未见成效"),
    "return": ("send it back", "退回"),
    "withdraw": ("withdraw it", "撤回"),
}
S = TypeVar("S", bound=StrEnum)
W = TypeVar("W", bound=StrEnum)


def step(state: FindingState, verb: FindingVerb) -> FindingState:
    """Return the state of a finding after a verb; raises E-STATE with what is possible instead."""
    return _step(FINDING_STEPS, state, verb, "finding")


def measure_step(state: MeasureState, verb: MeasureVerb) -> MeasureState:
    """Return the state of a measure after a verb; raises E-STATE with what is possible instead."""
    return _step(MEASURE_STEPS, state, verb, "measure")


def possible(state: FindingState) -> tuple[FindingVerb, ...]:
    """Return what can be done to a finding now, in the order of the table."""
    return tuple(verb for at, verb in FINDING_STEPS if at is state)


def measure_possible(state: MeasureState) -> tuple[MeasureVerb, ...]:
    """Return what can be done to a measure now, in the order of the table."""
    return tuple(verb for at, verb in MEASURE_STEPS if at is state)


def follow(measures: Sequence[MeasureState]) -> FindingState:
    """Return the state that measures, in the order of their setting, give to their finding.

    A measure that had no effect counts until another one was set after it.
    """
    last = len(measures) - 1
    live = [
        state
        for place, state in enumerate(measures)
        if state is not M.WITHDRAWN and (state is not M.NOT_EFFECTIVE or _is_last(measures, place))
    ]
    if last < 0 or not live:
        return F.OPEN
    if M.NOT_EFFECTIVE in live:
        return F.NOT_EFFECTIVE
    if set(live) == {M.VERIFIED}:
        return F.VERIFIED
    if set(live) <= {M.DONE, M.VERIFIED}:
        return F.DONE
    return F.SET if set(live) == {M.SET} else F.RUNNING


def _is_last(measures: Sequence[MeasureState], place: int) -> bool:
    return all(state is M.WITHDRAWN for state in measures[place + 1 :])


def _step(table: Mapping[tuple[S, W], S], state: S, verb: W, field: str) -> S:
    if (state, verb) in table:
        return table[state, verb]
    others = [other.value for at, other in table if at is state]
    en, zh = STATE_WORDS[state.value]
    if not others:
        raise Problem(
            "E-STATE",
            field,
            "This is “{state_en}” and stays so. Open a new finding instead.",
            "当前为“{state_zh}”，不能再改。请另建问题。",
            state_en=en,
            state_zh=zh,
        )
    raise Problem(
        "E-STATE",
        field,
        "From “{state_en}” you can: {can_en}.",
        "当前为“{state_zh}”，可以：{can_zh}。",
        state_en=en,
        state_zh=zh,
        can_en=", ".join(VERB_WORDS[verb][0] for verb in others),
        can_zh="、".join(VERB_WORDS[verb][1] for verb in others),
    )
