"""An administrator makes a key, sees it once, and ends it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from anju.register.actions import programs
from anju.register.models import Account, ProgramKey
from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def client(cast) -> Client:
    made = Client()
    made.force_login(Account.objects.get(id=cast.administrator.account_id))
    made.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"
    return made


def test_a_key_is_shown_once_and_kept_as_a_hash(client, cast):
    given = {"name": "Hotline", "projects": [str(cast.project.pk)]}
    response = client.post(reverse("program-key-new"), given)
    key = re.search(r"anju-\d+-[\w-]{32}", response.content.decode())
    assert key is not None
    assert response.headers["Cache-Control"] == "no-store"
    told = client.get(reverse("program-keys")).content.decode()
    assert ("Hotline" in told, cast.project.name in told, key[0] in told) == (True, True, False)
    with cast.inside():
        row = ProgramKey.objects.get()
    assert key[0] not in str(row.__dict__)

    client.post(reverse("program-key-end", args=[row.pk]))

    assert "End the key" not in client.get(reverse("program-keys")).content.decode()


@pytest.mark.parametrize(
    ("given", "code"),
    [({"name": " "}, "E-TEXT-EMPTY"), ({"name": "x", "projects": ["987654321"]}, "E-REF")],
)
def test_a_key_without_a_name_or_for_a_strange_project_is_refused(client, cast, given, code):
    response = client.post(reverse("program-key-new"), given)
    assert (response.status_code, code in response.content.decode()) == (422, True)
    with cast.inside():
        assert not ProgramKey.objects.exists()


def test_there_is_an_end_to_keys(client, cast, monkeypatch):
    monkeypatch.setattr(programs, "MOST", 1)
    for name in ("one", "one more"):
        response = client.post(reverse("program-key-new"), {"name": name})
    assert "E-PROGRAM-MANY" in response.content.decode()
