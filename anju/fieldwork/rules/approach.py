"""Whom a survey may write to, at which stage, and why somebody is left out; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from anju.kernel.pure.problems import Problem

REST_DAYS = 90
REST_MOST = 730
# Two reminders on one day would be one too many: days between a message and the next.
BETWEEN = timedelta(days=3)


class Stage(IntEnum):
    """The messages that a home may get about one survey; there is no further one."""

    INVITE = 0
    FIRST = 1
    SECOND = 2


class OutcomeKind(StrEnum):
    """What was found at a door where no answer came."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class Skipped(StrEnum):
    """Why a home that was drawn is not written to now; the first that holds is told.

    Consent, the way to somebody, and the rest between surveys are judged where messages are made.
    """

    ANSWERED = "answered"
    REVOKED = "revoked"
    REFUSED = "refused"
    DONE = "done"
    NOT_INVITED = "not_invited"
    NOT_YET = "not_yet"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who lives in a home now or owns it, and how well she can be written to."""

    person_id: int
    owner: bool
    agreed: bool
    phone: bool


@dataclass(frozen=True, slots=True)
class HomeNow:
    """What is known of a drawn home when messages are prepared; `told` is who got the last one."""

    answered: bool = False
    revoked: bool = False
    refused: bool = False
    stages: frozenset[int] = frozenset()
    last: datetime | None = None
    told: int | None = None
    readers: Sequence[Reader] = ()


def reader_of(home: HomeNow) -> Reader | None:
    """Return who of a home is written to: who was before, then who agreed, owners first."""
    return min(home.readers, key=lambda one: _rank(one, home.told), default=None)


def _rank(reader: Reader, told: int | None) -> tuple[bool, bool, bool, bool, int]:
    again = reader.person_id == told
    return not again, not reader.agreed, not reader.phone, not reader.owner, reader.person_id


def decide(home: HomeNow, stage: Stage, at: datetime) -> Reader | Skipped:
    """Return who of a drawn home would be written to at a stage, or why nobody is.

    A reminder goes only to a home that had the message before it, three days ago or more.
    """
    standing = {
        Skipped.ANSWERED: home.answered,
        Skipped.REVOKED: home.revoked,
        Skipped.REFUSED: home.refused,
        Skipped.DONE: stage in home.stages,
        Skipped.NOT_INVITED: stage > Stage.INVITE and stage - 1 not in home.stages,
        Skipped.NOT_YET: home.last is not None and at < home.last + BETWEEN,
    }
    why = next((reason for reason, holds in standing.items() if holds), None)
    return why or reader_of(home) or Skipped.NOBODY


def refuse_rest(days: int) -> None:
    """Raise E-NUM-RANGE for a rest that is no number of days up to two years."""
    if not 0 <= days <= REST_MOST:
        raise Problem(
            "E-NUM-RANGE",
            "days",
            "The rest between two surveys lies between 0 and {most} days. Change the number.",
            "两次调查之间的间隔须为 0 到 {most} 天。请修改天数。",
            most=REST_MOST,
        )


def refuse_unexpected(expected: int, found: int, *, agreed: bool) -> None:
    """Raise E-CONFIRM without the tick, E-STALE where the number of people is another by now."""
    if not agreed:
        raise Problem(
            "E-CONFIRM",
            "agreed",
            "Tick that the messages shall go out. Nothing was sent.",
            "请勾选确认发送。目前没有发送任何消息。",
        )
    if expected != found:
        raise Problem(
            "E-STALE",
            "agreed",
            "It is now {found} homes, not {expected}. Check the number and confirm again.",
            "现在是 {found} 户，不是 {expected} 户。请核对后再次确认。",
            found=found,
            expected=expected,
        )
