"""What a link leads to and until when; pure. Not who gets one, not what is answered."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anju.kernel.pure.problems import Problem

GRACE = timedelta(minutes=30)
CONTACT_TEXT = "contact-1"
TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{22})")


class Standing(StrEnum):
    """What a link leads to now."""

    OPEN = "open"
    ANSWERED = "answered"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Moments:
    """The instants that decide what a link leads to; None has not come, or has no end."""

    opened: datetime | None
    ends: datetime | None
    closed: datetime | None
    expires: datetime
    revoked: datetime | None
    seen: datetime | None
    submitted: datetime | None


def token_hash(token: str) -> str:
    """Return what is stored of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def company_of_token(token: str) -> int | None:
    """Return the company that a well-formed link names, or None."""
    found = TOKEN.fullmatch(token)
    return int(found[1]) if found else None


def end_of(moments: Moments) -> datetime | None:
    """Return when answering ends: the last day of asking or the closing, whichever comes first."""
    known = [moment for moment in (moments.ends, moments.closed) if moment is not None]
    return min(known) if known else None


def in_grace(moments: Moments, at: datetime) -> bool:
    """Say whether a page that was in use at the end may still be sent."""
    end = end_of(moments)
    if end is None or moments.seen is None:
        return False
    return end - GRACE <= moments.seen <= end + GRACE and end < at <= end + GRACE


def standing(moments: Moments, at: datetime) -> Standing:
    """Return what a link leads to at an instant."""
    end = end_of(moments)
    if moments.revoked is not None:
        return Standing.REVOKED
    if moments.opened is None:
        return Standing.NOT_YET
    if end is not None and at > end and not in_grace(moments, at):
        return Standing.CLOSED
    if at > moments.expires and not in_grace(moments, at):
        return Standing.EXPIRED
    return Standing.ANSWERED if moments.submitted is not None else Standing.OPEN


def refuse_closed() -> Problem:
    """Return E-SURVEY-CLOSED."""
    return Problem(
        "E-SURVEY-CLOSED",
        "survey",
        "This survey has ended. Call the service centre if there is something to say.",
        "本次调查已结束。如有意见，请致电服务中心。",
    )
