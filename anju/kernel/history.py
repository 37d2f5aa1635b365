"""Append-only, hash-chained entries: who did which verb to what, when and why. The one event log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction

from anju.kernel.models import HistoryEntry as HistoryEntry

Plain = str | int | float | bool | None | list[str]
GENESIS = "0" * 64
# Under this name an entry keeps what its undo brings back; people are not shown it.
KEPT = "kept"


class BrokenChain(RuntimeError):
    """A stored entry does not follow from the one before it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing whose history is written: its kind and its id within the company."""

    company_id: int
    kind: str
    subject_id: int


def digest(previous: str, subject: Subject, seq: int, verb: str, *, said: str) -> str:
    """Return the hash that binds an entry to all entries before it."""
    whole = "\x1f".join(
        [previous, str(subject.company_id), subject.kind, str(subject.subject_id), str(seq), verb]
    )
    return hashlib.sha256(f"{whole}\x1f{said}".encode()).hexdigest()


def _said(actor_id: int | None, at: datetime, payload: Mapping[str, Plain]) -> str:
    return json.dumps(
        {"actor": actor_id, "at": at.isoformat(), "payload": dict(payload)},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


@transaction.atomic(savepoint=False)
def write(
    subject: Subject,
    verb: str,
    *,
    actor_id: int | None,
    at: datetime,
    payload: Mapping[str, Plain] | None = None,
) -> int:
    """Append one entry to a subject's chain and return its number; never changes an earlier one."""
    whose: list[int | str] = [subject.company_id, subject.kind, subject.subject_id]
    said = _said(actor_id, at, payload or {})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, digest FROM kernel_historyentry WHERE company_id = %s AND kind = %s"
            " AND subject_id = %s ORDER BY seq DESC LIMIT 1",
            whose,
        )
        seq, previous = cursor.fetchone() or (0, GENESIS)
        made = digest(previous, subject, seq + 1, verb, said=said)
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(
            "INSERT INTO kernel_historyentry (company_id, kind, subject_id, seq, actor_id, verb, at,"
            " said, previous, digest) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [*whose, seq + 1, actor_id, verb, moment, said, previous, made],
        )
    return int(seq) + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that is to be written: the verb, who and when, and what is remembered."""

    verb: str
    actor_id: int | None
    at: datetime
    payload: Mapping[str, Plain]


@transaction.atomic(savepoint=False)
def write_first(chains: Iterable[tuple[Subject, Sequence[Entry]]]) -> int:
    """Write the histories of many subjects that have none yet, at once; return how many entries.

    A subject that has one already is refused by its first number, and all is taken back.
    """
    rows = [row for subject, told in chains for row in _chain(subject, told)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO kernel_historyentry (company_id, kind, subject_id, seq, actor_id, verb, at,"
            " said, previous, digest) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )
    return len(rows)


def _chain(subject: Subject, told: Sequence[Entry]) -> Iterator[list[int | str | None]]:
    previous = GENESIS
    for seq, entry in enumerate(told, start=1):
        said = _said(entry.actor_id, entry.at, entry.payload)
        made = digest(previous, subject, seq, entry.verb, said=said)
        moment = connection.ops.adapt_datetimefield_value(entry.at)
        whose: list[int | str] = [subject.company_id, subject.kind, subject.subject_id]
        yield [*whose, seq, entry.actor_id, entry.verb, moment, said, previous, made]
        previous = made


def entries(subject: Subject) -> models.QuerySet[HistoryEntry]:
    """Return the entries of one subject, in no declared order."""
    return HistoryEntry.objects.filter(
        company_id=subject.company_id, kind=subject.kind, subject_id=subject.subject_id
    )


def of_subjects(
    company_id: int, subjects: Sequence[tuple[str, Iterable[int]]]
) -> models.QuerySet[HistoryEntry]:
    """Return the entries of the named subjects of a company: each a kind with its ids.

    Ids may be a query, which is then asked within this one.
    """
    among = models.Q(pk__in=())
    for kind, ids in subjects:
        among |= models.Q(kind=kind, subject_id__in=ids)
    return of_company(company_id).filter(among)


def of_company(company_id: int) -> models.QuerySet[HistoryEntry]:
    """Return every entry of a company, in no declared order."""
    return HistoryEntry.objects.filter(company_id=company_id)


def verify(subject: Subject) -> int:
    """Recompute a chain and return its length; raises BrokenChain at the first entry that lies."""
    previous, count = GENESIS, 0
    for entry in entries(subject).order_by("seq"):
        count += 1
        if not follows(entry, subject, count, previous):
            raise BrokenChain(f"{subject.kind} {subject.subject_id}: entry {count} was altered")
        previous = entry.digest
    return count


def follows(entry: HistoryEntry, subject: Subject, seq: int, previous: str) -> bool:
    """Say whether an entry is the next one of a chain, with the who and when that its digest binds."""
    if (entry.seq, entry.previous) != (seq, previous) or not _as_said(entry):
        return False
    return entry.digest == digest(previous, subject, seq, entry.verb, said=entry.said)


def _as_said(entry: HistoryEntry) -> bool:
    """Say whether the columns of who and when are what the entry told."""
    by = "null" if entry.actor_id is None else entry.actor_id
    if entry.said.startswith(f'{{"actor":{by},"at":"{entry.at.isoformat()}",'):
        return True  # as nearly every entry is written; another zone's hour is the same instant
    try:
        told = json.loads(entry.said)
        moment = datetime.fromisoformat(told["at"])
    except (ValueError, KeyError, TypeError):
        return False
    return bool(told["actor"] == entry.actor_id and moment == entry.at)
