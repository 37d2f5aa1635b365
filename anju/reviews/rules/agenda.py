"""The weekly meeting: why a case is on its agenda, in which order, and what an item needs; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from anju.kernel.pure.problems import Problem


class Why(StrEnum):
    """Why a case is spoken of; in this order, each case once."""

    OVERDUE = "overdue"
    REPEATED = "repeated"
    UNHAPPY = "unhappy"


class Checked(StrEnum):
    """What became of last week's measure."""

    DONE = "done"
    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not_effective"


class Box(StrEnum):
    """What the meeting decides of a case."""

    MEASURE = "measure"
    PERSON = "responsible"
    DATE = "due"


@dataclass(frozen=True, slots=True)
class Matter:
    """A case that may have to be spoken of; `age` is how late it is, or how long it is there."""

    case_id: int
    overdue: bool = False
    repeated: bool = False
    unhappy: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What was decided of a case so far."""

    number: str
    why: Why
    measure: str = ""
    responsible_id: int | None = None
    due: date | None = None


def agenda(matters: Sequence[Matter]) -> tuple[tuple[int, Why], ...]:
    """Return the cases to speak of, each once under its first reason; the longest late go first."""
    found = [(why, one) for one in matters if (why := _why(one)) is not None]
    order = list(Why)
    found.sort(key=lambda pair: (order.index(pair[0]), _moment(pair[1]), pair[1].case_id))
    return tuple((one.case_id, why) for why, one in found)


def _why(one: Matter) -> Why | None:
    said = {Why.OVERDUE: one.overdue, Why.REPEATED: one.repeated, Why.UNHAPPY: one.unhappy}
    return next((why for why in Why if said[why]), None)


def _moment(one: Matter) -> float:
    return one.since.timestamp() if one.since is not None else 0.0


def missing(item: Item) -> tuple[Box, ...]:
    """Return what an item still needs: a decision, a person, a date."""
    given = {
        Box.MEASURE: bool(item.measure.strip()),
        Box.PERSON: item.responsible_id is not None,
        Box.DATE: item.due is not None,
    }
    return tuple(box for box in Box if not given[box])


def check_closable(items: Sequence[Item]) -> None:
    """Raise E-MEET-OPEN naming the first overdue case that lacks a decision, a person or a date."""
    for item in items:
        if item.why is Why.OVERDUE and (gone := missing(item)):
            raise Problem(
                "E-MEET-OPEN",
                gone[0].value,
                "Case {number} is overdue and still lacks its {gone_en}. Decide it, then close the "
                "meeting.",
                "超时单 {number} 还缺{gone_zh}。请先确定，再结束会议。",
                number=item.number,
                gone_en=_WORDS[gone[0]][0],
                gone_zh=_WORDS[gone[0]][1],
            )


_WORDS: Mapping[Box, tuple[str, str]] = {
    Box.MEASURE: ("decision", "措施"),
    Box.PERSON: ("responsible person", "责任人"),
    Box.DATE: ("date", "完成日期"),
}
