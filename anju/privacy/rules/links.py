"""Links by which an owner sees once who looked at her data; pure."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

LASTS = timedelta(days=7)
# For so long the page that shows the list may be drawn anew: larger, or in the other language.
DRAWN_ANEW = timedelta(days=1)
TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{22})")


def token_hash(token: str) -> str:
    """Return what is stored of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def company_of_token(token: str) -> int | None:
    """Return the company that a well-formed link names, or None."""
    found = TOKEN.fullmatch(token)
    return int(found[1]) if found else None


def open_now(*, expires: datetime, used: datetime | None, at: datetime) -> bool:
    """Say whether a link still shows anything: once, and within its days."""
    return used is None and at < expires


def drawn_anew(*, used: datetime | None, at: datetime) -> bool:
    """Say whether the list that a link has shown may be drawn once more where it was shown."""
    return used is not None and timedelta(0) <= at - used < DRAWN_ANEW
