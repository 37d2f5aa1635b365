"""The lobby's page in a real Chromium: two phones and one home, a lost connection, a small screen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.actions.lobby import make_lobby
from anju.fieldwork.lobby import token_in_force
from anju.fieldwork.tokens import code_of
from anju.kernel.pure.clock import utc_now
from anju.survey.models import Invitation, Response
from tests.cast import Cast, a_wave, the_cast
from tests.pages.camera import browser, send

SMALL = {"width": 320, "height": 640}
WEEK = timedelta(days=7)


@pytest.fixture
def cast(transactional_db) -> Cast:
    return the_cast()


@pytest.fixture
def lobby(cast: Cast, live_server) -> tuple[str, str]:
    """Return the address that hangs in the lobby, and the code of Mrs Li's slip."""
    today, quality = utc_now().date(), cast.quality
    days = {"fieldwork_from": today - WEEK, "fieldwork_to": today + WEEK}
    wave = a_wave(cast, population=40, **days)
    draw_invitations(actor=quality, wave_id=wave.pk, at=utc_now())
    lobby_id = make_lobby(actor=quality, wave_id=wave.pk, building_id=None, at=utc_now())
    with cast.inside():
        home = Invitation.objects.get(unit__number="502", unit__building__name="3栋")
        return f"{live_server.url}/o/l/{token_in_force(lobby_id)}/", code_of(home)


def a_phone(started, server):
    context = started.new_context(java_script_enabled=False, viewport=SMALL, has_touch=True)
    context.add_cookies([{"name": "anju-language", "value": "en", "url": server.url}])
    return context, context.new_page()


def go_in(page, address: str, code: str) -> None:
    page.goto(address)
    page.get_by_label("Number of your home").fill("3-502")
    page.get_by_label("Code of your home's slip").fill(code)
    send(page, "main .btn-primary")


def answer_all(page) -> None:
    while "/q/" in page.url:
        for fieldset in page.locator("fieldset").all():
            fieldset.locator("label.opt").first.click()
        send(page, ".pairsbtn .btn-primary")


@pytest.mark.chromium
def test_two_phones_one_lobby_link_and_one_home_store_one_answer(cast, lobby, live_server):
    address, code = lobby
    with browser() as started:
        phones = [a_phone(started, live_server) for _ in range(2)]
        (context, first), (_, second) = phones
        first.goto(address)
        sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not first.evaluate(sideways)
        go_in(first, address, "000000")
        assert "do not belong together" in first.locator(".errsum").inner_text()

        context.set_offline(True)
        first.get_by_label("Code of your home's slip").fill(code)
        first.locator("main .btn-primary").click(no_wait_after=True)
        first.wait_for_timeout(300)
        context.set_offline(False)
        for _, page in phones:
            go_in(page, address, code)
            assert "3栋 502" in page.locator("main").inner_text()
            send(page, "main .btn-primary")
        for _, page in phones:
            answer_all(page)
        for _, page in phones:
            send(page, ".pairsbtn .btn-primary")

        assert first.url.endswith("/thanks/")
        assert "already answered from another page" in second.locator(".errsum").inner_text()
    with cast.inside():
        assert Response.objects.count() == 1
        assert Invitation.objects.filter(submitted_at__isnull=False).count() == 1
