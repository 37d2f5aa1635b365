"""Limits that all workers share: buckets that fill again with time, kept in the database.

Names are hashes made here, so that neither a token nor a network address is stored.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from anju.kernel.models import Bucket
from anju.kernel.pure.clock import as_moment

UNUSED_FOR = timedelta(days=1)
Held = tuple[str, float, datetime]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many acts at once, and so many a minute after that."""

    name: str
    burst: int
    a_minute: float


def bucket_name(limit: Limit, who: str) -> str:
    """Return the name that a sender has in a limit; it cannot be turned back without the secret."""
    whole = f"{settings.SECRET_KEY}\x1f{limit.name}\x1f{who}"
    return f"{limit.name}:{hashlib.sha256(whole.encode()).hexdigest()[:32]}"


def take(limit: Limit, who: str, *, at: datetime) -> int:
    """Take one act; return 0, or after how many whole seconds there is one again."""
    return take_each([(limit, who)], at=at)


@transaction.atomic(savepoint=False)
def take_each(wanted: Sequence[tuple[Limit, str]], *, at: datetime) -> int:
    """Take one act of each limit, or of none, as part of the transaction in force; as `take`."""
    limits = {bucket_name(limit, who): limit for limit, who in wanted}
    full = [(name, float(limits[name].burst), at) for name in sorted(limits)]
    left, wait = list[Held](), 0
    for name, held, since in _buckets("name = excluded.name", full):  # makes, locks and reads them
        limit, passed = limits[name], max(0.0, (at - since).total_seconds())
        now = min(float(limit.burst), held + passed * limit.a_minute / 60)
        if now < 1:
            wait = max(wait, 1, math.ceil((1 - now) * 60 / limit.a_minute))
        # A clock that was put back must not fill the bucket when it comes forward again.
        left.append((name, now - 1, max(at, since)))
    if not wait:
        _buckets('"left" = excluded."left", at = excluded.at', left)
    return wait


def _buckets(known: str, rows: Sequence[Held]) -> list[Held]:
    """Make the buckets that are new, and do what is said to the known; return all."""
    adapt = connection.ops.adapt_datetimefield_value
    values = [value for name, left, at in rows for value in (name, left, adapt(at))]
    sql = f"""INSERT INTO kernel_bucket (name, "left", at) VALUES {", ".join(["(%s, %s, %s)"] * len(rows))}
        ON CONFLICT (name) DO UPDATE SET {known} RETURNING name, "left", at"""  # noqa: S608 ours
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(name, left, as_moment(at)) for name, left, at in cursor.fetchall()]


def sweep(*, at: datetime) -> int:
    """Forget buckets that nobody used for a day, all full by then; return how many."""
    return Bucket.objects.filter(at__lt=at - UNUSED_FOR).delete()[0]
