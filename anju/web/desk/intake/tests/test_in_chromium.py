"""One call in a real Chromium, by keyboard alone: the keys are counted, and the time they would take."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Case
from tests.cast import the_cast
from tests.pages.camera import PATIENCE, browser

WORDS = "厨房水管从昨晚开始漏水地上有积水"
KEY, THINK, MOST_KEYS = 0.28, 1.35, 12  # Card, Moran, Newell (1980): an average typist


class Clerk:
    """Presses keys and counts them; there is no mouse."""

    def __init__(self, page) -> None:
        self.page = page
        self.count = 0

    def type(self, keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def press(self, chord: str) -> None:
        self.page.keyboard.press(chord)
        self.count += chord.count("+") + 1


@pytest.mark.chromium
def test_a_call_takes_twelve_keys_besides_its_words_and_no_mouse(transactional_db, live_server):
    cast = the_cast()
    give_defaults(company_id=cast.company.id, at=utc_now())
    client = Client()
    client.force_login(cast.account(Role.DESK))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    with browser() as started:
        context = started.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(PATIENCE)
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{live_server.url}/desk/cases/new/")
        clerk = Clerk(page)
        clerk.type("3-502")
        clerk.press("Enter")
        page.keyboard.insert_text(WORDS)
        page.locator('[data-take="category"]').wait_for()
        clerk.press("Alt+Digit1")
        with page.expect_navigation():
            clerk.press("Control+Enter")
        page.locator("form[action$='/undo/']").wait_for()
        assert page.evaluate("document.activeElement.id") == "who"
    assert clerk.count <= MOST_KEYS
    spelled = len(WORDS) * 2.5 * KEY  # a sentence in pinyin
    assert clerk.count * KEY + 2 * THINK + spelled <= 25
    with cast.inside():
        case = Case.objects.get()
        assert (case.unit.number, case.category.code, case.kind) == ("502", "water", "repair")
