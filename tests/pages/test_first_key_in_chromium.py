"""A clerk's first key in a real Chromium: whoever types as soon as a page is there loses nothing.

A browser by itself places the first focus when it first paints, on a slow machine after the page
has loaded; the digits typed until then would go nowhere.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from tests.cast import Cast, a_wave, the_cast
from tests.pages.camera import Look, browser, looking

DESK = Look("zh-hans", "light", 1440)
TIMES = 4
SLOW = 10  # times slower than this machine
# What has the focus when the page has loaded, before anything can be pressed.
NOTED = "addEventListener('load', () => { window.focused = document.activeElement.id; });"


@pytest.fixture
def cast(transactional_db) -> Cast:
    return the_cast()


def slow(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})


@pytest.mark.chromium
def test_the_first_field_has_the_focus_before_a_page_has_loaded(cast, live_server):
    today = utc_now().date()
    week = timedelta(days=7)
    wave = a_wave(cast, fieldwork_from=today - week, fieldwork_to=today + week)
    client = Client()
    client.force_login(cast.account(Role.DESK))
    paper, call = reverse("paper-entry", args=[wave.pk]), reverse("case-new")

    seen = []
    who = ("sessionid", client.cookies["sessionid"].value)
    with browser() as started, looking(started, live_server.url, DESK, [who]) as context:
        page = context.new_page()
        page.add_init_script(NOTED)
        slow(page)
        for address in (paper, call) * TIMES:
            page.goto(live_server.url + address)
            seen.append(page.evaluate("window.focused"))
            page.keyboard.type("1-301")
            seen.append(page.locator("[autofocus]").input_value())
    assert seen == ["room", "1-301", "who", "1-301"] * TIMES
