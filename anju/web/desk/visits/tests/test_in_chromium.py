"""A return visit at a real Chromium: at most five keys after the call, and no mouse."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from anju.casework.kinds import CaseKind
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.voice.models import ReturnVisit, Verdict
from anju.voice.tests.making import HOUR, closed
from tests.cast import a_person, the_cast
from tests.pages.camera import browser

PROMISED = 5


@pytest.mark.chromium
def test_each_call_takes_five_keys_at_most_and_leads_to_the_next(transactional_db, live_server):
    cast = the_cast()
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    for _ in range(2):
        closed(cast, worker, at=utc_now() - 4 * HOUR, kind=CaseKind.COMPLAINT)
    with cast.inside():
        first, second = ReturnVisit.objects.order_by("due_at", "id")
    client = Client()
    client.force_login(cast.account(Role.DESK))
    name = settings.SESSION_COOKIE_NAME
    with browser() as started:
        context = started.new_context(viewport={"width": 1440, "height": 900})
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{live_server.url}/desk/visits/{first.pk}/")
        content = ["1", "5", "a", "Control+Enter"]  # solved, five points, quickly done
        for key in content:
            page.keyboard.press(key)
        page.wait_for_url(f"**/desk/visits/{second.pk}/")
        unhappy = ["3", "q", "2", "z", "Control+Enter"]  # not solved, again, two points, too slow
        for key in unhappy:
            page.keyboard.press(key)
        page.wait_for_url("**/desk/visits/")
    with cast.inside():
        rows = list(Verdict.objects.order_by("id").values_list("solved", "score", "reasons"))
    assert rows == [("yes", 5, ["+speed"]), ("no", 2, ["-speed"])]
    assert max(len(content), len(unhappy)) <= PROMISED
