"""What the day's stock of every project costs, taken as the clock takes it: one after the other.

It runs in one process, as the role that jobs run as, on the same million cases as the pages.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.figure import Figure

AFTER_CUT_OFF = 10  # 18:00 in China, in UTC
SECONDS = 60.0


def evening(now: datetime) -> datetime:
    """Return the next instant at which the day's stock is due."""
    here = now.replace(hour=AFTER_CUT_OFF, minute=0, second=0, microsecond=0)
    return here if here > now else here + timedelta(days=1)


def taken() -> Iterator[Figure]:
    """Take the stock of a day; Django is ready and the cases are there."""
    from anju.kernel.pure.clock import utc_now  # noqa: PLC0415 (after Django's start)
    from anju.kernel.scope import company_scope  # noqa: PLC0415
    from anju.register.queries import company_ids  # noqa: PLC0415
    from anju.reviews.actions.clockwork import take_due  # noqa: PLC0415
    from anju.reviews.models import StocktakeLine  # noqa: PLC0415

    at = evening(utc_now())
    began, own = time.monotonic(), time.process_time()
    projects = take_due(at=at)
    spent, own = time.monotonic() - began, time.process_time() - own
    lines = 0
    for company in company_ids():
        with company_scope(company):
            lines += StocktakeLine.objects.count()
    note = f"{lines} open complaints; {own:.1f} s of its own"
    yield Figure(f"daily stocktake of {projects} projects", spent, "s", SECONDS, note=note)
