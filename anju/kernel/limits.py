"""Limits that all workers share: buckets that fill again with time, kept in the database.

Names are hashes made here, so that neither a token nor a network address is stored.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from anju.kernel.models import Bucket

UNUSED_FOR = timedelta(days=1)


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


@transaction.atomic
def take(limit: Limit, who: str, *, at: datetime) -> int:
    """Take one act; return 0, or after how many whole seconds there is one again."""
    name = bucket_name(limit, who)
    Bucket.objects.bulk_create(
        [Bucket(name=name, left=float(limit.burst), at=at)], ignore_conflicts=True
    )
    row = Bucket.objects.select_for_update().get(name=name)
    passed = max(0.0, (at - row.at).total_seconds())
    left = min(float(limit.burst), row.left + passed * limit.a_minute / 60)
    if left < 1:
        return max(1, math.ceil((1 - left) * 60 / limit.a_minute))
    # A clock that was put back must not fill the bucket when it comes forward again.
    Bucket.objects.filter(id=row.pk).update(left=left - 1, at=max(at, row.at))
    return 0


def sweep(*, at: datetime) -> int:
    """Forget buckets that nobody used for a day, all full by then; return how many."""
    return Bucket.objects.filter(at__lt=at - UNUSED_FOR).delete()[0]
