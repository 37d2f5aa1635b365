"""Secrets of links, made again whenever they are needed; only their hashes lie in the database.

A secret comes of the installation's own and of what it opens. So a slip can be printed twice and a
reminder can carry the link that its home already holds, and a stolen copy of the database opens
nothing. Where the installation's secret was changed, links must be renewed.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from django.conf import settings

from anju.fieldwork.models.asking import Lobby
from anju.fieldwork.rules.codes import code_from
from anju.fieldwork.rules.links import token_hash
from anju.survey.models import Invitation

BITS = 128
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _made(purpose: str, *parts: int) -> bytes:
    said = "\x1f".join([purpose, *(str(part) for part in parts)])
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()


def _token(company_id: int, secret: bytes) -> str:
    return f"{company_id}-{urlsafe_b64encode(secret[: BITS // 8]).decode().rstrip('=')}"


def _instant(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _parts(row: Invitation) -> tuple[int, int, int, int]:
    return row.company_id, row.wave_id, row.unit_id, _instant(row.expires_at)


def new_token(row: Invitation) -> str:
    """Return the link's secret of a home for its term: the company's number and 128 bits."""
    return _token(row.company_id, _made("link", *_parts(row)))


def token_of(row: Invitation) -> str | None:
    """Return the link's secret that a home holds; None where it was made under another secret."""
    token = new_token(row)
    return token if compare_digest(token_hash(token), row.token_hash) else None


def code_of(row: Invitation) -> str:
    """Return the short code that is printed on a home's slip; it ends when the link is renewed."""
    return code_from(_made("code", *_parts(row)))


def lobby_token(row: Lobby) -> str:
    """Return the secret of a lobby's link: the company's number and 128 bits."""
    parts = (row.company_id, row.wave_id, row.building_id or 0, _instant(row.made_at))
    return _token(row.company_id, _made("lobby", *parts))
