"""Which way a message goes, who is left out and why; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anju.notify.rules.words import TOLD_AT_ONCE, Kind

NEEDS_CONSENT = frozenset({"survey", "contact"})
BY_HAND = frozenset({"visit", "paper"})
# After the server slept, or its clock jumped, what came due meanwhile goes one by one, not at once:
# so long from one such message to a home until the next one.
APART = timedelta(days=1)
SPACED = "survey"


class Way(StrEnum):
    """How a message goes out; `outbox` is handed over by people, `digest` waits for the summary."""

    INAPP = "inapp"
    MAIL = "mail"
    SMS = "sms"
    OFFICIAL = "official"
    ROBOT = "robot"
    OUTBOX = "outbox"
    DIGEST = "digest"


OUTWARD = frozenset({Way.MAIL, Way.SMS, Way.OFFICIAL, Way.ROBOT})
DISTURBING = OUTWARD | {Way.OUTBOX}


class State(StrEnum):
    """Where a message stands: due, sent, given up by us, or let go by a person or a rule."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    LET_GO = "let_go"


class LeftOut(StrEnum):
    """Why somebody is not written to."""

    ALREADY = "already"
    NOBODY = "nobody"
    NO_WAY = "no_way"
    NO_CONSENT = "no_consent"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a colleague wants at once, whether also by mail, and the rest as a daily summary."""

    kinds: frozenset[str] = frozenset(TOLD_AT_ONCE)
    by_mail: bool = False
    digest: bool = True


@dataclass(frozen=True, slots=True)
class Household:
    """What is known of somebody's home when she is about to be written to."""

    phone: bool
    wish: str
    consents: frozenset[str]
    last_asked: datetime | None = None


def colleague_way(kind: Kind, wishes: Wishes, *, mail: bool) -> Way:
    """Return how a colleague is told; the list of her messages shows it in any case."""
    if kind in TOLD_AT_ONCE and kind not in wishes.kinds:
        return Way.DIGEST if wishes.digest else Way.INAPP
    return Way.MAIL if wishes.by_mail and mail else Way.INAPP


def owner_way(wish: str, *, phone: bool, sms: bool, follows: bool = False) -> Way:
    """Return how an owner is told: by text message where she wishes no other way, else by people.

    Who follows the company's official account is told there instead of by text message.
    """
    if follows and wish in {"", "sms"}:
        return Way.OFFICIAL
    return Way.SMS if sms and phone and wish in {"", "sms"} else Way.OUTBOX


def household_limit(last_asked: datetime | None, at: datetime, days: int) -> bool:
    """Say whether a home may be asked again: no two askings within so many days; 0 is no limit."""
    return days <= 0 or last_asked is None or at - last_asked >= timedelta(days=days)


def may_write(home: Household, purpose: str, at: datetime, *, days: int = 0) -> LeftOut | None:
    """Return why an owner is left out, None where she may be written to."""
    if purpose in NEEDS_CONSENT and purpose not in home.consents:
        return LeftOut.NO_CONSENT
    if not home.phone and home.wish not in BY_HAND:
        return LeftOut.NO_WAY
    if not household_limit(home.last_asked, at, days):
        return LeftOut.TOO_OFTEN
    return None
