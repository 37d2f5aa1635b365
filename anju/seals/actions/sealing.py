"""Sets the seal of a day on every history of a company, after everything was read."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models import Max

from anju.kernel.history import GENESIS, of_company
from anju.kernel.scope import company_scope
from anju.register.queries import company_ids
from anju.seals.models import Seal
from anju.seals.queries import altered
from anju.seals.reading import read_all, seal_digest

log = structlog.get_logger("anju.seals")


@transaction.atomic
def _last_entry(company_id: int) -> int:
    """Return the newest entry below which none can appear any more."""
    if connection.vendor == "postgresql":
        # Numbers are given before they are committed: wait a moment for those who are writing.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE kernel_historyentry IN SHARE MODE")
    return int(of_company(company_id).aggregate(last=Max("id"))["last"] or 0)


def seal_company(company_id: int, *, at: datetime) -> Seal | None:
    """Seal the day of an instant for one company; None where it is sealed already.

    What was altered since the last whole seal is written into this one, not hidden by it.
    """
    day = at.date()
    with company_scope(company_id):
        before = Seal.objects.order_by("-day").first()
        if before is not None and before.day >= day:
            return None
        fault = altered(company_id)
        told = read_all(company_id, up_to=_last_entry(company_id))
        previous = before.digest if before else GENESIS
        seal = Seal(
            company_id=company_id,
            day=day,
            last_entry=told.last_entry,
            entries=told.entries,
            chains=told.chains,
            heads=told.heads,
            previous=previous,
            digest=seal_digest(previous, day.isoformat(), told),
            fault=fault or told.fault,
            at=at,
        )
        seal.save()
    say = log.error if seal.fault else log.info
    say("sealed", company=company_id, day=str(day), digest=seal.digest, fault=seal.fault)
    return seal


def seal_all(*, at: datetime) -> int:
    """Seal the day for every company; return how many were sealed now."""
    made = [seal_company(company_id, at=at) for company_id in company_ids()]
    return sum(1 for seal in made if seal is not None)
