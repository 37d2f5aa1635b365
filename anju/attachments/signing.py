"""Addresses of files that hold for minutes; an address is no right, that is asked each time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from anju.kernel.clocks import slot_of
from anju.register.access import NotFound

HOLDS = timedelta(minutes=10)
SALT = "anju.attachments"
WHOLE, PREVIEW = "whole", "preview"


def signed(attachment_id: int, size: str, *, at: datetime) -> str:
    """Return the sign for one file in one size; the same for ten minutes, so browsers keep it."""
    slot = int(slot_of(at, HOLDS).timestamp()) // int(HOLDS.total_seconds())
    return Signer(salt=SALT).sign(f"{attachment_id}.{size}.{slot}").replace(":", ".")


def read_sign(sign: str, *, at: datetime) -> tuple[int, str]:
    """Return which file in which size a sign stands for; raises NotFound if forged or too old."""
    whole, _dot, seal = sign.rpartition(".")
    try:
        said = Signer(salt=SALT).unsign(f"{whole}:{seal}")
        attachment_id, size, slot = said.split(".")
        given = int(slot) * int(HOLDS.total_seconds())
    except (BadSignature, ValueError):
        raise NotFound("sign") from None
    if not 0 <= slot_of(at, HOLDS).timestamp() - given <= HOLDS.total_seconds():
        raise NotFound("sign")
    return int(attachment_id), size
