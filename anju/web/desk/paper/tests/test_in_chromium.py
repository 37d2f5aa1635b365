"""A clerk at a real Chromium: forms entered by keyboard alone, and within the time that was promised."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from anju.register.access import Role
from anju.survey.models import Response, Wave
from tests.cast import a_wave, the_cast
from tests.pages.camera import browser

# Card, Moran and Newell 1980: a key of an average typist, and one look with a decision.
KEY, LOOK = 0.28, 1.35
PROMISED = 12.0


@pytest.fixture
def cast(transactional_db):
    return the_cast()


def signed_in(cast, server):
    client = Client()
    client.force_login(cast.account(Role.DESK))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": server.url}


class Clerk:
    """Presses keys and counts them; there is no mouse."""

    def __init__(self, page) -> None:
        self.page = page
        self.keys: list[str] = []

    def press(self, keys: str) -> None:
        self.page.wait_for_load_state("load")
        for key in keys:
            self.page.keyboard.press("Enter" if key == "\n" else key)
            self.keys.append(key)


@pytest.mark.chromium
def test_three_forms_are_entered_by_keyboard_alone_each_within_twelve_seconds(cast, live_server):
    wave = a_wave(cast, population=40)
    with browser() as started:
        context = started.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([signed_in(cast, live_server)])
        page = context.new_page()
        page.goto(f"{live_server.url}/desk/paper/{wave.pk}/?building=3栋")
        clerk = Clerk(page)
        for number, form in enumerate(("101\n1231231230\n", "102\n1111111111\n"), start=1):
            clerk.press(form)
            page.get_by_text(f"第 {number} 份已保存").wait_for()
        clerk.press("201\n7")
        bad = page.locator(":focus")
        assert (bad.get_attribute("aria-invalid"), bad.input_value()) == ("", "7")
        clerk.press("1222222222\n")
        page.get_by_text("第 3 份已保存").wait_for()
    with cast.inside():
        rows = list(Response.objects.order_by("row").values_list("household", "answers"))
        assert Wave.objects.get(id=wave.pk).returned == 3
    assert [home for home, _ in rows] == ["3-101", "3-102", "3-201"]
    assert (rows[0][1][9], rows[2][1][0]) == (None, "vs")
    a_form = clerk.keys[:15]
    assert set(clerk.keys) <= set("0123456789\n")
    assert a_form[3] == a_form[14] == "\n"
    # A look at the room and one for each five digits.
    assert len(a_form) * KEY + 3 * LOOK <= PROMISED
