"""The daily stocktake: what must be said of each open case, and whether the day adds up; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anju.kernel.pure.problems import Problem


class Lacks(StrEnum):
    """What an open case still needs before the day can be signed."""

    PERSON = "person"
    CAUSE = "cause"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Line:
    """An open case at the cut-off: who answers for it, its deadline, what was said of its delay."""

    number: str
    assignee_id: int | None
    due_at: datetime | None
    cause: str = ""
    promise: datetime | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Counts of a day; `carried` were open when it began."""

    carried: int
    new: int
    reopened: int
    closed: int
    open: int


def lacking(line: Line, at: datetime) -> tuple[Lacks, ...]:
    """Return what an open case lacks: always a person; when late, a cause and a new promise ahead."""
    late = line.due_at is not None and line.due_at < at
    found = [Lacks.PERSON] if line.assignee_id is None else []
    if late and not line.cause.strip():
        found.append(Lacks.CAUSE)
    if late and (line.promise is None or line.promise <= at):
        found.append(Lacks.PROMISE)
    return tuple(found)


def check_sum(day: Day) -> None:
    """Raise E-STOCK-SUM unless what was carried, new and reopened less closed is what is open."""
    expected = day.carried + day.new + day.reopened - day.closed
    if expected != day.open:
        raise Problem(
            "E-STOCK-SUM",
            "open",
            "{carried} carried + {new} new + {reopened} reopened − {closed} closed is {expected}, but "
            "{open} are open. Look at the history of the difference before signing.",
            "结转 {carried} + 新增 {new} + 重开 {reopened} − 关闭 {closed} 应为 {expected}，实际未结 {open}。"
            "请先核对差异再签字。",
            carried=day.carried,
            new=day.new,
            reopened=day.reopened,
            closed=day.closed,
            expected=expected,
            open=day.open,
        )


def check_signable(lines: Sequence[Line], at: datetime) -> None:
    """Raise E-STOCK-OPEN naming the first case that still lacks something."""
    for line in lines:
        if lacks := lacking(line, at):
            raise Problem(
                "E-STOCK-OPEN",
                lacks[0].value,
                "Case {number} still lacks its {lacks_en}. Fill it in, then sign.",
                "单号 {number} 还缺{lacks_zh}。请补齐后签字。",
                number=line.number,
                lacks_en=_WORDS[lacks[0]][0],
                lacks_zh=_WORDS[lacks[0]][1],
            )


_WORDS = {
    Lacks.PERSON: ("responsible person", "责任人"),
    Lacks.CAUSE: ("cause of the delay", "超时根源"),
    Lacks.PROMISE: ("new promise", "新的答复期限"),
}
