"""Gives a company what it starts with: categories, service levels, ladder, the figures it may set."""

from __future__ import annotations

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from anju.casework.defaults import CATEGORIES, LEVELS, RUNGS
from anju.kernel import history
from anju.kernel.scope import company_scope
from anju.register.models import Company
from anju.register.queries import company_ids
from anju.voice.models import Category, LadderRung, ServiceLevel, VoiceRule


@transaction.atomic
def give_defaults(*, company_id: int, at: datetime) -> bool:
    """Give a company its first settings; a second call changes nothing and returns False."""
    with company_scope(company_id):
        if VoiceRule.objects.exists():
            return False
        Company.objects.select_for_update(no_key=True).get(id=company_id)
        if VoiceRule.objects.exists():
            return False
        VoiceRule(company_id=company_id, visit_seed=secrets.token_hex(8)).save()
        known = _categories(company_id)
        _levels(company_id, known, at)
        LadderRung.objects.bulk_create(
            LadderRung(
                company_id=company_id, number=one.number, role=one.role,
                share=one.share, over=one.over, days=one.days,
            )
            for one in RUNGS
        )  # fmt: skip
        subject = history.Subject(company_id, "case_settings", company_id)
        history.write(subject, "given", actor_id=None, at=at)
        return True


def _categories(company_id: int) -> dict[str, int]:
    rows = [
        Category(
            company_id=company_id, code=one.code, zh=one.zh, en=one.en, kind=one.kind,
            spot=one.spot.value, evidence=one.evidence.value, words=dict(one.words),
            warranty_months=one.warranty_months, position=place,
        )
        for place, one in enumerate(CATEGORIES)
    ]  # fmt: skip
    Category.objects.bulk_create(rows)
    return dict(Category.objects.values_list("code", "id"))


def _levels(company_id: int, known: dict[str, int], at: datetime) -> None:
    first = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().replace(year=2000, month=1, day=1)
    ServiceLevel.objects.bulk_create(
        ServiceLevel(
            company_id=company_id, kind=one.kind.value, severity=one.severity,
            category_id=known.get(one.category), acknowledge=one.acknowledge,
            on_site=one.on_site, resolve=one.resolve, report_back=one.report_back,
            real_time=one.real_time, since=first, made_at=at,
        )
        for one in LEVELS
    )  # fmt: skip


def give_all(*, at: datetime) -> int:
    """Give every company that has none its first settings; return how many had none."""
    return sum(give_defaults(company_id=one, at=at) for one in company_ids())
