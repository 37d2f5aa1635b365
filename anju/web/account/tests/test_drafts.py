"""Drafts of long forms at the pages: kept, offered, gone on with, asked about, dropped when sent."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from anju.drafts.models import Draft
from anju.improve.tests.making import a_finding
from anju.register.models import Account
from tests.cast import the_cast

TYPED = "东门夜间无人巡逻，草稿"


@pytest.fixture
def cast(db):
    return the_cast()


@pytest.fixture
def client(cast) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(id=cast.quality.account_id))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    return client


@pytest.fixture
def form(cast) -> str:
    return reverse("finding-gap", args=[a_finding(cast).pk])


def sign_of(client, form: str) -> tuple[str, str]:
    shown = client.get(form).content.decode()
    (sign,) = re.findall(r'data-draft="([^"]+)"', shown)
    (known,) = re.findall(r'data-known="(\d+)"', shown)
    return html.unescape(sign), known


def typed(client, form: str, *, window: str = "w1", text: str = TYPED, **more: str):
    sign, known = sign_of(client, form)
    fields = urlencode({"gap": text, "title": "东门", "version": "1"})
    data = {"sign": sign, "window": window, "known": known, "fields": fields, **more}
    return client.post(reverse("draft-save"), data)


def test_what_is_typed_is_kept_and_offered_when_the_form_is_opened_again(client, form):
    saved = typed(client, form)
    assert saved.status_code == 200
    assert re.fullmatch(r"草稿已存 \d\d:\d\d", saved.json()["words"])

    again = client.get(form).content.decode()
    assert TYPED not in again, "what is stored stands there until the person chooses"
    assert "接着填写" in again
    assert TYPED in client.get(form + "?draft=1").content.decode()


def test_a_second_window_is_asked_and_may_win(client, form):
    typed(client, form)

    other = typed(client, form, window="w2", text="另一份")
    assert (other.status_code, other.json()["code"]) == (409, "E-DRAFT-OTHER")
    assert typed(client, form, window="w2", text="另一份", wins="yes").status_code == 200
    assert "另一份" in client.get(form + "?draft=1").content.decode()


def test_a_form_that_was_accepted_leaves_no_draft_and_a_refused_one_keeps_it(client, form, cast):
    typed(client, form)
    refused = client.post(form, {"gap": "", "title": "", "version": "1"})
    assert refused.status_code == 422
    with cast.inside():
        assert Draft.objects.count() == 1

    assert client.post(form, {"gap": "x", "title": "y", "version": "1"}).status_code == 302
    with cast.inside():
        assert Draft.objects.count() == 0


def test_a_draft_of_an_old_version_shows_both_when_it_is_sent(client, form):
    typed(client, form)
    client.post(form, {"gap": "他人先写", "title": "y", "version": "1"})
    late = client.post(form, {"gap": TYPED, "title": "东门", "version": "1"})

    assert late.status_code == 409
    assert TYPED in late.content.decode()
    assert "他人先写" in late.content.decode()


def test_a_draft_can_be_thrown_away_and_leads_back_to_its_form_alone(client, form, cast):
    typed(client, form)
    sign, _known = sign_of(client, form)

    gone = client.post(reverse("draft-drop"), {"sign": sign, "back": form})

    assert gone["Location"] == form
    with cast.inside():
        assert Draft.objects.count() == 0
    for evil in ("//evil.example", "https://evil.example/", ""):
        there = client.post(reverse("draft-drop"), {"sign": sign, "back": evil})
        assert there["Location"] == reverse("home")


@pytest.mark.parametrize("sign", ["", "finding-gap.1:forged", "x"])
def test_a_form_that_nobody_was_shown_has_no_draft(client, cast, sign):
    assert client.post(reverse("draft-save"), {"sign": sign}).status_code == 422
    with cast.inside():
        assert Draft.objects.count() == 0


def test_too_much_is_refused_in_words(client, form):
    sign, known = sign_of(client, form)
    fields = urlencode([(f"f{n}", "") for n in range(400)])
    data = {"sign": sign, "known": known, "window": "w", "fields": fields}
    answer = client.post(reverse("draft-save"), data)

    assert answer.status_code == 422
    assert "草稿" in answer.json()["words"]


@pytest.mark.parametrize("name", ["wave-new", "finding-new"])
def test_every_long_form_keeps_a_draft(client, name):
    assert 'data-draft="' in client.get(reverse(name)).content.decode()
