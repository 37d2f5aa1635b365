"""The cast, for the tests of these pages."""

from __future__ import annotations

import pytest
from django.conf import settings as configured
from django.test import Client

from anju.register.models import Account
from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def signed_in(account_id: int) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(id=account_id))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def quality(cast) -> Client:
    return signed_in(cast.quality.account_id)


@pytest.fixture
def manager(cast) -> Client:
    return signed_in(cast.manager.account_id)
