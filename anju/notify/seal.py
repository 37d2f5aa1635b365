"""Seals what a copy of the database alone must not give away: links of owners, keys of robots."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

WHAT_FOR = b"anju notify 1\x1f"


class Unreadable(ValueError):
    """Something was sealed under a secret that this installation no longer knows."""


def _seals() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *getattr(settings, "SECRET_KEY_FALLBACKS", [])]
    keys = [hashlib.sha256(WHAT_FOR + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(values: Mapping[str, str]) -> str:
    """Return values as text that only this installation can open; nothing stays nothing."""
    if not values:
        return ""
    return _seals().encrypt(json.dumps(dict(values)).encode()).decode("ascii")


def unseal(sealed: str) -> dict[str, str]:
    """Return sealed values; raises Unreadable."""
    if not sealed:
        return {}
    try:
        found: dict[str, str] = json.loads(_seals().decrypt(sealed.encode("ascii")))
    except InvalidToken:
        raise Unreadable("sealed under another secret") from None
    return found
