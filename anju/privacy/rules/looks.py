"""Why personal data may be looked at, how often a day, and the seal on each look; pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from anju.kernel.pure.problems import Problem

SHOWN_FOR = timedelta(seconds=60)


class Grade(StrEnum):
    """How much harm a look could do: personal, or sensitive."""

    PERSONAL = "P2"
    SENSITIVE = "P3"


class What(StrEnum):
    """What was looked at."""

    PHONE = "phone"
    CARE = "care"
    EXPORT = "export"


class Reason(StrEnum):
    """Why; a list, so that the history holds nothing personal."""

    CALL = "call"
    VISIT = "visit"
    REPAIR = "repair"
    EMERGENCY = "emergency"
    CHECK = "check"
    ASKED = "asked"
    OTHER = "other"


GRADES: dict[What, Grade] = {
    What.PHONE: Grade.PERSONAL,
    What.CARE: Grade.SENSITIVE,
    What.EXPORT: Grade.SENSITIVE,
}
# A front desk takes about sixty calls a day; whoever needs more copies a directory.
A_DAY: dict[Grade, int] = {Grade.PERSONAL: 80, Grade.SENSITIVE: 20}


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of the list with the words that explain it."""

    reason: str
    words: str = ""


def reason_of(why: Why) -> Reason:
    """Return the reason; E-CHOICE for one that is not on the list, E-REASON for `other` unsaid."""
    if why.reason not in set(Reason):
        raise Problem("E-CHOICE", "reason", "Choose a reason of the list.", "请从列表中选择原因。")
    if why.reason == Reason.OTHER and len(why.words.strip()) < 4:
        raise Problem(
            "E-REASON",
            "words",
            "Say in a few words what it is needed for.",
            "请用几个字说明需要查看的原因。",
        )
    return Reason(why.reason)


def refuse_over(grade: Grade, today: int) -> None:
    """Refuse a look beyond what one person may have in a day: E-QUOTA."""
    if today >= A_DAY[grade]:
        raise Problem(
            "E-QUOTA",
            "reason",
            "You have looked {most} times today, as often as one person may. Ask a colleague, or go"
            " on tomorrow.",
            "您今天已查看 {most} 次，达到每人每日上限。请由同事代查，或明天再查。",
            most=A_DAY[grade],
        )


def shows(seen: datetime, at: datetime) -> bool:
    """Say whether what was looked at may still stand on the page: one minute."""
    return seen <= at < seen + SHOWN_FOR


def spoken(phone: str) -> str:
    """Return a number as people say it: a mainland mobile in three groups, others as they are.

    Example:
        >>> spoken("+8613800132201"), spoken("+442079460000")
        ('138 0013 2201', '+442079460000')
    """
    national = phone.removeprefix("+86")
    if len(national) == 11 and not national.startswith("+"):
        return f"{national[:3]} {national[3:7]} {national[7:]}"
    return phone if national == phone else national


def seal(salt: str, words: str) -> str:
    """Return what the history keeps of the words: a hash that the salt in the row opens."""
    return hashlib.sha256(f"{salt}\x1f{words}".encode()).hexdigest() if words else ""


def instant(at: datetime) -> str:
    """Return an instant in the one writing that is compared."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
