"""The lobby page over HTTP: it asks, it opens a home to its code, and it says every refusal."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from anju.conf.logs import without_links
from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.actions.lobby import end_lobby, make_lobby
from anju.fieldwork.lobby import token_in_force
from anju.fieldwork.models import Lobby
from anju.fieldwork.tokens import code_of
from anju.kernel.models import Bucket
from anju.kernel.pure.clock import utc_now
from anju.survey.models import Invitation
from tests.cast import Cast, a_wave, the_cast

WEEK = timedelta(days=7)


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


@pytest.fixture
def address(cast: Cast) -> str:
    today = utc_now().date()
    days = {"fieldwork_from": today - WEEK, "fieldwork_to": today + WEEK}
    wave = a_wave(cast, population=40, **days)
    draw_invitations(actor=cast.quality, wave_id=wave.pk, at=utc_now())
    lobby_id = make_lobby(actor=cast.quality, wave_id=wave.pk, building_id=None, at=utc_now())
    with cast.inside():
        return reverse("lobby", args=[token_in_force(lobby_id)])


def code(cast: Cast) -> str:
    with cast.inside():
        return code_of(Invitation.objects.get(unit__number="502", unit__building__name="3栋"))


def test_a_get_shows_the_question_and_changes_nothing(cast, address):
    answer = Client().get(address)

    assert answer.status_code == 200
    assert "3-502" in answer.content.decode()
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")
    assert not Bucket.objects.exists()
    assert not answer.cookies


def test_home_and_code_lead_to_the_homes_own_page_without_a_cookie(cast, address):
    phone = Client(enforce_csrf_checks=True)
    sent = phone.post(address, {"room": "3栋502", "code": code(cast), "act": "open"})

    assert sent.status_code == 302
    assert urlsplit(sent["Location"]).path.startswith("/o/s/")
    assert "3栋 502" in phone.get(sent["Location"]).content.decode()
    with cast.inside():
        assert not Invitation.objects.filter(seen_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("room", "written", "said"),
    [
        ("", "1", "E-LOBBY-ROOM"),
        ("8-999", "1", "E-LOBBY-ROOM"),
        ("3-502", "", "E-LOBBY-CODE"),
        ("3-502", "000000", "E-LOBBY-CODE"),
        ("3-502\x00", "0'; DROP", "E-LOBBY-ROOM"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_the_code_is_not_given_back(
    cast, address, room, written, said
):
    answer = Client().post(address, {"room": room, "code": written, "act": "open"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    if len(written) > 2:
        assert written not in page


def test_many_tries_at_one_home_are_slowed_for_everybody(cast, address):
    wrong = {"room": "3-502", "code": "000000", "act": "open"}
    tries = [Client(REMOTE_ADDR=f"10.0.0.{n}").post(address, wrong) for n in range(9)]

    assert [one.status_code for one in tries] == [422] * 8 + [429]
    assert "E-LOBBY-OFTEN" in tries[-1].content.decode()


def test_language_and_text_size_are_pressed_without_opening_anything(cast, address):
    phone = Client()
    turned = phone.post(address, {"room": "3-502", "code": "x", "act": "en"})

    assert (turned.status_code, turned["Location"]) == (303, address)
    assert "Number of your home" in phone.get(address).content.decode()


def test_an_ended_poster_and_an_unknown_one_look_the_same(cast, address):
    with cast.inside():
        row = Lobby.objects.get()
    end_lobby(actor=cast.quality, wave_id=row.wave_id, lobby_id=row.pk, at=utc_now())
    ended = Client().get(address)
    unknown = Client().get(f"{address[:-5]}zzzz/")

    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert ended.content == unknown.content


def test_the_log_hides_what_stands_in_the_address(address):
    assert without_links(f"GET {address} 200") == "GET /o/l/…/ 200"
