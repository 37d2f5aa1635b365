"""Reads of the seals: whether what was sealed is still what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anju.kernel.history import GENESIS
from anju.register.queries import company_name
from anju.seals.models import Seal
from anju.seals.reading import Told, read_all, seal_digest


@dataclass(frozen=True, slots=True)
class Standing:
    """How the histories of a company stand: when last sealed, and what was found altered."""

    company: str
    sealed: date | None
    digest: str
    entries: int
    chains: int
    fault: str


def altered(company_id: int) -> str:
    """Read everything again and return in words what was altered first, or nothing.

    The company is in force. Shapes: "finding 3: 2" is an entry, "2026-11-20" the day of a seal.
    """
    if day := _broken_seal():
        return day
    last = Seal.objects.filter(fault="").order_by("-day").first()
    if last is None:
        return ""
    told = read_all(company_id, up_to=last.last_entry)
    same = (told.entries, told.chains, told.heads) == (last.entries, last.chains, last.heads)
    return told.fault or ("" if same else last.day.isoformat())


def _broken_seal() -> str:
    previous = GENESIS
    for row in Seal.objects.order_by("day"):
        told = Told(row.last_entry, row.entries, row.chains, row.heads)
        honest = seal_digest(previous, row.day.isoformat(), told)
        if (row.previous, row.digest) != (previous, honest):
            return str(row.day.isoformat())
        previous = row.digest
    return ""


def standing(company_id: int) -> Standing:
    """Return how a company's histories stood at the last seal; the company is in force."""
    last = Seal.objects.order_by("-day").first()
    name = company_name(company_id)
    if last is None:
        return Standing(name, None, "", 0, 0, "")
    return Standing(name, last.day, last.digest, last.entries, last.chains, last.fault)


def has_seal(digest: str) -> bool:
    """Say whether a seal that somebody noted down is still among those of the company in force."""
    return bool(Seal.objects.filter(digest=digest).exists())
