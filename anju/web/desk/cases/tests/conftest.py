"""The cast with one person in each role that touches cases, and browsers for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as configured
from django.test import Client

from anju.register.access import Actor, Role
from anju.register.models import Account
from tests.cast import Cast, a_person, the_cast

Browser = Callable[..., Client]


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path / "files"
    settings.DATA = tmp_path
    return the_cast()


@pytest.fixture
def worker(cast) -> Actor:
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


@pytest.fixture
def browser() -> Browser:
    def signed_in(actor: Actor, language: str = "en") -> Client:
        client = Client(raise_request_exception=True)
        client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
        client.force_login(Account.objects.get(id=actor.account_id))
        return client

    return signed_in


@pytest.fixture
def desk(cast: Cast, browser: Browser) -> Client:
    return browser(cast.desk)
