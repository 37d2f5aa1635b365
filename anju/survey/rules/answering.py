"""What an owner may answer and until when; pure. Not how an answer is stored or shown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anju.answers.rules.answers import NA_CODE
from anju.kernel.pure.problems import Problem
from anju.survey.rules.questionnaire import ItemPlan, ScalePlan

GRACE = timedelta(minutes=30)
CONTACT_TEXT = "contact-1"
TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{22})")


class Privacy(StrEnum):
    """Who may see whose answer it is; stricter later in the list. Never loosened."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"


class Channel(StrEnum):
    """By which way answers came in."""

    FILE = "file"
    LINK = "link"


class Contact(StrEnum):
    """How an owner wishes to be contacted about what she answered."""

    NONE = "none"
    CALL = "call"
    VISIT = "visit"


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


def may_set(now: Privacy, wanted: Privacy, *, asked: bool) -> bool:
    """Say whether who sees the answers may be changed: freely before asking, then only tightened."""
    order = list(Privacy)
    return not asked or order.index(wanted) >= order.index(now)


def na_code(scale: ScalePlan) -> str:
    """Return the code of “did not meet it” on a scale: its own, else the one of all scales."""
    own = [option.code for option in scale.options if option.value is None]
    return own[0] if own and not scale.choose_any else NA_CODE


def _allowed(item: ItemPlan) -> frozenset[str]:
    if item.scale is None:
        return frozenset()
    codes = {option.code for option in item.scale.options}
    return frozenset(codes if item.scale.choose_any else codes | {na_code(item.scale)})


def check_answers(items: Sequence[ItemPlan], given: Mapping[str, Sequence[str]]) -> None:
    """Raise E-SURVEY-ANSWER for an item of another form, or an option of another scale."""
    known = {item.code: item for item in items}
    for code, ticked in given.items():
        item = known.get(code)
        one = item is not None and item.scale is not None and not item.scale.choose_any
        if item is None or not set(ticked) <= _allowed(item) or (one and len(ticked) > 1):
            raise Problem(
                "E-SURVEY-ANSWER",
                f"q.{code}" if item else "survey",
                "This answer does not belong to this questionnaire. Load the page and choose again.",
                "该答案不属于本问卷。请刷新页面后重新选择。",
            )


def row_of(items: Sequence[ItemPlan], given: Mapping[str, Sequence[str]]) -> list[str | None]:
    """Return the option's code or None for each item in printed order; lists to tick stay apart."""
    return [
        next(iter(given.get(item.code, ())), None)
        if item.scale is not None and not item.scale.choose_any
        else None
        for item in items
    ]
