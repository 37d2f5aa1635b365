"""The work list in a real Chromium: moved through, chosen from and opened without a mouse."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from anju.casework.kinds import CaseKind
from anju.register.models import Account
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import VoiceRule
from anju.voice.tests.making import AT, taken
from tests.cast import the_cast
from tests.pages.camera import Look, browser, looking, visit

LOOKS = (Look("zh-hans", "light", 375), Look("en", "dark", 1440))


@pytest.mark.chromium
def test_the_list_is_worked_from_the_keyboard_and_no_page_fails_a_bold_item(
    transactional_db, live_server
):
    cast = the_cast()
    give_defaults(company_id=cast.company.id, at=AT)
    with cast.inside():
        VoiceRule.objects.update(texts=[["收到", "今天给您答复。"], ["谢谢", "谢谢您。"]])
    cases = [taken(cast, cast.manager, kind=CaseKind.COMPLAINT) for _ in range(3)]
    client = Client()
    client.force_login(Account.objects.get(id=cast.desk.account_id))
    name = settings.SESSION_COOKIE_NAME
    cookies = [(name, client.cookies[name].value)]
    one = reverse("case", args=[cases[1].pk])
    addresses = [reverse("cases"), one, reverse("case-act", args=[cases[1].pk, "hand_over"])]
    faults = []
    with browser() as started:
        for look in LOOKS:
            with looking(started, live_server.url, look, cookies) as context:
                page = context.new_page()
                for address in addresses:
                    faults += visit(page, live_server.url, address, look, None)
        with looking(started, live_server.url, LOOKS[1], cookies) as context:
            page = context.new_page()
            page.goto(live_server.url + reverse("cases"))
            assert page.locator("[data-many]").is_hidden()
            for key in "jjx":
                page.keyboard.press(key)
            assert page.locator("[data-count]").inner_text() == "1"
            assert page.locator("[data-many]").is_visible()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            assert page.url == live_server.url + one
            # Two colons and a name bring a text of the company's own into the reply.
            box = page.locator("textarea[name=words]")
            box.press_sequentially("陈前台：::收")
            assert box.input_value() == "陈前台：今天给您答复。"
            page.locator("#reply-text").select_option(index=2)
            assert box.input_value() == "陈前台：今天给您答复。谢谢您。"

    assert [str(fault) for fault in faults] == []
