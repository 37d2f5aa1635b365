"""Secrets of links to cases, made again whenever they are needed; only hashes lie in the database."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from django.conf import settings

BITS = 128
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def token_for(purpose: str, company_id: int, key: int, at: datetime) -> str:
    """Return the secret of a link: the company's number and 128 bits of the installation's secret."""
    moment = (at - EPOCH) // timedelta(microseconds=1)
    said = f"{purpose}\x1f{company_id}\x1f{key}\x1f{moment}"
    made = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
    return f"{company_id}-{urlsafe_b64encode(made[: BITS // 8]).decode().rstrip('=')}"


def hash_of(token: str) -> str:
    """Return what the database keeps of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def company_in(token: str) -> int | None:
    """Return the company that a token names; None for anything that is no token."""
    head, _, tail = token.partition("-")
    known = head.isascii() and head.isdigit() and len(head) <= 12 and bool(tail)
    return int(head) if known else None
