"""The four boxes of a finding and who may stand in them; pure. Not how they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from anju.kernel.pure.problems import Problem

FARTHEST = timedelta(days=3 * 366)


class Box(StrEnum):
    """差距, 根源, 责任, 措施."""

    GAP = "gap"
    CAUSE = "cause"
    RESPONSIBLE = "responsible"
    MEASURE = "measure"


class Party(StrEnum):
    """Who causes a gap."""

    PROPERTY = "property"
    DEVELOPER = "developer"
    CONTRACTOR = "contractor"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """Where a finding comes from."""

    LOW_ITEM = "low_item"
    PROCESS = "process"
    COMMENT = "comment"
    THIRD_PARTY = "third_party"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Filled:
    """Which boxes hold something."""

    gap: bool
    cause: bool
    responsible: bool
    measure: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague as the rules need her; `sees` where her role and projects reach the finding."""

    account_id: int
    active: bool
    sees: bool


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """What is to be done, until when, and by what one will see that it helped."""

    text: str
    due: date
    metric: str
    target: str


def missing(filled: Filled) -> tuple[Box, ...]:
    """Return the empty boxes in their order; a finding is red until there is none."""
    return tuple(box for box in Box if not getattr(filled, box.value))


def needs_parts(origin: Origin, *, is_part: bool) -> bool:
    """Say whether a finding must be split first: a problem that others found, as imported."""
    return origin is Origin.THIRD_PARTY and not is_part


def ready_for_measure(filled: Filled, origin: Origin, *, is_part: bool) -> None:
    """Raise where a measure would stand on nothing: E-MEASURE-PART, -GAP, -CAUSE, -NOBODY."""
    if needs_parts(origin, is_part=is_part):
        raise Problem(
            "E-MEASURE-PART",
            "text",
            "Split this imported problem into parts first, or decide on no action.",
            "请先把这个外部调查的问题分解，或写明不处理的理由。",
        )
    empty = [box for box in missing(filled) if box is not Box.MEASURE]
    if not empty:
        return
    code, en, zh = {
        Box.GAP: ("E-MEASURE-GAP", "Write the gap first.", "请先填写差距。"),
        Box.CAUSE: ("E-MEASURE-CAUSE", "Write the root cause first.", "请先填写根源。"),
        Box.RESPONSIBLE: (
            "E-MEASURE-NOBODY",
            "Name who is responsible and who checks first.",
            "请先指定责任人和验证人。",
        ),
    }[empty[0]]
    raise Problem(code, "text", en, zh)


def check_people(responsible: Person | None, checker: Person | None) -> None:
    """Raise unless both are named, still here, able to see it, and not the same person.

    Errors: E-MEASURE-NOBODY, E-MEASURE-LEFT, E-MEASURE-RIGHT, E-MEASURE-SELF.
    """
    one, other = _named(responsible, "responsible"), _named(checker, "checker")
    check_not_self(one.account_id, other.account_id, "checker")


def _named(person: Person | None, field: str) -> Person:
    if person is None:
        raise Problem("E-MEASURE-NOBODY", field, "Name a colleague here.", "请在此指定一位同事。")
    check_here(person, field)
    if not person.sees:
        raise Problem(
            "E-MEASURE-RIGHT",
            field,
            "This colleague cannot see findings of this project. Choose another one, or have an "
            "administrator change the role.",
            "该同事无权查看本项目的问题。请另选一人，或请管理员调整其岗位权限。",
        )
    return person


def check_here(person: Person, field: str) -> None:
    """Raise E-MEASURE-LEFT for a colleague who is disabled or has left."""
    if not person.active:
        raise Problem(
            "E-MEASURE-LEFT",
            field,
            "This colleague has left or is disabled. Name somebody else.",
            "该同事已离职或已停用。请另指定一人。",
        )


def check_not_self(doer: int, checker: int, field: str) -> None:
    """Raise E-MEASURE-SELF where one person would check her own work."""
    if doer == checker:
        raise Problem(
            "E-MEASURE-SELF",
            field,
            "Who does the work cannot check it. Name somebody else as checker.",
            "执行人不能验证自己的工作。请另指定验证人。",
        )


def check_due(due: date, today: date) -> None:
    """Raise E-MEASURE-DUE for a day that is over or more than three years away."""
    if due < today:
        raise Problem(
            "E-MEASURE-DUE",
            "due",
            "{due} is over. Choose today or a later day.",
            "{due} 已经过去。请选择今天或以后的日期。",
            due=due.isoformat(),
        )
    if due - today > FARTHEST:
        raise Problem(
            "E-MEASURE-DUE",
            "due",
            "{due} is more than three years away. Check the year.",
            "{due} 距今超过三年。请核对年份。",
            due=due.isoformat(),
        )


def check_evidence(*, words: str, has_file: bool) -> None:
    """Raise E-MEASURE-EVIDENCE where neither words nor a file show that it was done."""
    if not words.strip() and not has_file:
        raise Problem(
            "E-MEASURE-EVIDENCE",
            "evidence",
            "Write what shows that it was done, or attach a file.",
            "请写明完成的依据，或上传一个文件。",
        )
