"""A draft in a real Chromium: kept while one types, and a second window is asked."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from anju.improve.tests.making import a_finding
from tests.cast import the_cast
from tests.pages.camera import browser

PATIENCE = 20_000


@pytest.mark.chromium
def test_what_is_typed_is_kept_and_a_second_window_is_asked(transactional_db, live_server):
    cast = the_cast()
    client = Client()
    client.force_login(cast.account(cast.quality.role))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    form = live_server.url + reverse("finding-gap", args=[a_finding(cast).pk])
    with browser() as started:
        context = started.new_context()
        named = {settings.SESSION_COOKIE_NAME: session, "anju-language": "zh-hans"}
        context.add_cookies(
            [{"name": name, "value": said, "url": live_server.url} for name, said in named.items()]
        )
        first, second = context.new_page(), context.new_page()
        first.goto(form)
        first.fill("#gap", "东门夜间无人")
        first.locator("[data-draft-words]", has_text="草稿已存").wait_for(timeout=PATIENCE)

        second.goto(form)
        second.fill("#gap", "另一份")
        second.locator("[data-draft-wins]").click(timeout=PATIENCE)
        second.locator("[data-draft-ask]").wait_for(state="hidden", timeout=PATIENCE)

        first.goto(f"{form}?draft=1")
        assert first.input_value("#gap") == "另一份"
