"""What the clock does for the reviews: the stock of the day, and word of last month's report."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.models import Account, Membership, Project
from anju.register.queries import company_ids
from anju.reviews.actions.taking import Wanted, take
from anju.reviews.actions.telling import READERS, tell_month, tell_unsigned
from anju.reviews.clock import CUT_OFF, local
from anju.reviews.models import Stocktake
from anju.voice.models import Case

FROM_HOUR, LAST_DAY = 8, 5
LOOK_BACK = timedelta(days=62)
log = structlog.get_logger("anju.reviews")


def take_due(*, at: datetime) -> int:
    """Take the stock of every project after the day's cut-off, once; return how many were taken."""
    if local(at).time() < CUT_OFF:
        return 0
    return sum(_take_company(company, at) for company in company_ids())


def _take_company(company_id: int, at: datetime) -> int:
    day, done = local(at).date(), 0
    with company_scope(company_id):
        if not Case.objects.exists():
            return 0
        taken = Stocktake.objects.filter(day=day).values_list("project_id", flat=True)
        missing = Project.objects.exclude(id__in=taken).order_by("id")
        for project_id in list(missing.values_list("id", flat=True)):
            try:
                _take(project_id, at)
                done += 1
            except Problem as refused:  # the rest of the projects are taken all the same
                log.exception("stocktake_refused", project=project_id, code=refused.code)
    return done


@transaction.atomic
def _take(project_id: int, at: datetime) -> None:
    sheet = take(Wanted(project_id), by=None, at=at)
    if sheet.open:
        tell_unsigned(sheet, at=at)


def tell_months(*, at: datetime) -> int:
    """Tell who answers for figures that last month's report can be read, once; return how many.

    In the first days of a month, from eight in the morning on.
    """
    here = local(at)
    if here.day > LAST_DAY or here.hour < FROM_HOUR:
        return 0
    return sum(_tell_company(company, at) for company in company_ids())


def _tell_company(company_id: int, at: datetime) -> int:
    with company_scope(company_id):
        if not Case.objects.filter(received_at__gte=at - LOOK_BACK).exists():
            return 0
        rows = Membership.objects.filter(active=True, account__is_active=True, role__in=READERS)
        accounts = list(Account.objects.filter(id__in=rows.values("account_id")).order_by("id"))
        return sum(tell_month(company_id, one, at=at) for one in accounts)
