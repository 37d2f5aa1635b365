"""Signing in counts wrong passwords in one place, whoever serves the page and whoever sends them."""

from __future__ import annotations

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from anju.register.access import Role
from tests.cast import PASSWORD, the_cast

LOGIN = "/account/login/"
MAIL = "quality@anhe.example"
MOST = 10
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(settings):
    """Passwords whose hash is quick to make: what is tried here is how they are counted."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = the_cast()
    for role in (Role.QUALITY, Role.DESK):
        account = made.account(role)
        account.set_password(PASSWORD)
        account.save()
    return made


def tried(password, *, who=MAIL, network=1):
    client = Client(REMOTE_ADDR=f"10.1.0.{network}")
    answer = client.post(
        LOGIN, {"login": who, "password": password}, headers={"accept-language": "en"}
    )
    return answer.status_code == 302, answer.content.decode()


def test_after_ten_wrong_passwords_even_the_right_one_must_wait():
    for network in range(MOST):  # from ten networks: the account is what is guarded
        assert not tried("not the four words", network=network)[0]

    entered, page = tried(PASSWORD, network=99)

    assert not entered
    assert 'data-code="E-LOGIN-WAIT"' in page


def test_another_port_in_the_address_begins_no_new_count():
    for port in range(MOST):
        client = Client(
            REMOTE_ADDR="10.1.0.1", SERVER_NAME="127.0.0.1", SERVER_PORT=str(8000 + port)
        )
        client.post(LOGIN, {"login": MAIL.upper(), "password": "not the four words"})

    entered, page = tried(PASSWORD)

    assert not entered
    assert 'data-code="E-LOGIN-WAIT"' in page


def test_an_account_that_does_not_exist_must_wait_alike():
    for _ in range(MOST):
        tried("not the four words", who="nobody@anhe.example")

    _, page = tried("not the four words", who="nobody@anhe.example")

    assert 'data-code="E-LOGIN-WAIT"' in page


def test_wrong_passwords_of_one_do_not_keep_a_colleague_out():
    for _ in range(MOST + 1):
        tried("not the four words")

    assert tried(PASSWORD, who="desk@anhe.example")[0]


def test_after_an_hour_the_right_password_opens_again():
    with time_machine.travel("2026-11-20T01:30:00Z", tick=False) as clock:
        for _ in range(MOST):
            tried("not the four words")
        clock.shift(3601)

        assert tried(PASSWORD)[0]


def test_the_count_is_shared_by_all_processes():
    assert type(caches["default"]).__name__ == "DatabaseCache"
