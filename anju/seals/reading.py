"""Reads every history of a company once, from the first entry on, and says where one was altered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from anju.kernel.history import GENESIS, HistoryEntry, Subject, follows, of_company


@dataclass(frozen=True, slots=True)
class Told:
    """What the histories of a company come to; `fault` names the first entry that was altered."""

    last_entry: int
    entries: int
    chains: int
    heads: str
    fault: str = ""


def read_all(company_id: int, *, up_to: int) -> Told:
    """Read the entries of a company up to one of them and return what they come to.

    Shapes: one pass in the order of subjects; memory does not grow with the number of entries.
    """
    rows = of_company(company_id).filter(id__lte=up_to).order_by("kind", "subject_id", "seq")
    heads, entries, chains, fault = hashlib.sha256(), 0, 0, ""
    for (kind, subject_id), chain in groupby(
        rows.iterator(chunk_size=2000), key=lambda row: (row.kind, row.subject_id)
    ):
        subject = Subject(company_id, kind, subject_id)
        count, last, altered = _chain(subject, chain)
        fault = fault or altered
        entries, chains = entries + count, chains + 1
        heads.update(f"{kind}\x1f{subject_id}\x1f{count}\x1f{last}\n".encode())
    return Told(up_to, entries, chains, heads.hexdigest(), fault)


def _chain(subject: Subject, rows: Iterator[HistoryEntry]) -> tuple[int, str, str]:
    """Return length and last hash of one history, and its first altered entry in words."""
    count, previous, fault = 0, GENESIS, ""
    for row in rows:
        count += 1
        if not fault and not follows(row, subject, count, previous):
            fault = f"{subject.kind} {subject.subject_id}: {row.seq}"
        previous = row.digest
    return count, previous, fault


def seal_digest(previous: str, day: str, told: Told) -> str:
    """Return the hash that binds a day's seal to all seals before it."""
    parts = [previous, day, str(told.last_entry), str(told.entries), str(told.chains), told.heads]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
