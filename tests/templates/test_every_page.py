"""Every page of the demonstration, for every role, in both languages: sound and translated."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings as configured
from django.test import Client

from anju.demo.actions import plant
from anju.register.models import Account
from tests.standing import standing
from tests.templates import crawl, page

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
ROLES = ("administrator", "quality", "manager", "desk")


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.DEMO = True
    settings.FILES_ROOT = tmp_path
    return standing("the demonstration", lambda: plant(at=AT, language="zh-hans"))


def signed_in(email: str, language: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(email=email))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.mark.timeout(300)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_link_leads_to_is_sound_and_translated(role, demonstration):
    wrong, pages = [], 0
    for visit in crawl.walk(signed_in(demonstration.accounts[role], "zh-hans")):
        pages += 1
        place = f"{visit.address} (from {visit.origin})"
        if visit.status != 200:
            wrong.append(f"{place}: status {visit.status}")
        elif visit.page is not None:
            wrong += [f"{place}: {fault}" for fault in page.faults(visit.page, crawl.resolves)]

    assert not wrong, "\n".join(wrong)
    assert pages > 3


@pytest.mark.timeout(300)
def test_every_page_of_an_english_reader_is_english(demonstration):
    visits = crawl.walk(signed_in(demonstration.accounts["quality"], "en"))

    assert {visit.page.language for visit in visits if visit.page is not None} == {"en"}
