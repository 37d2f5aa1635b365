"""A finding in a real Chromium: filled in without a script, and nothing bold wrong in any look."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anju.demo.actions import plant
from anju.improve.models import Finding
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import company_scope
from tests.pages.camera import Look, browser, looking, send, visit
from tests.pages.shoot import sign_in
from tests.standing import standing

LOOKS = (Look("zh-hans", "light", 375), Look("zh-hans", "dark", 1440))


@pytest.fixture
def finding(transactional_db, settings, tmp_path) -> Finding:
    settings.DEMO = True
    settings.FILES_ROOT = tmp_path
    planted = standing("today's demonstration", lambda: plant(at=utc_now()))
    with company_scope(planted.company_id):
        found: Finding = Finding.objects.filter(
            state="open", cause="", responsible=None, item__isnull=False
        ).latest("id")
        return found


@pytest.mark.chromium
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_no_page_of_a_finding_fails_a_bold_item(look, finding, live_server):
    addresses = [
        reverse("findings"),
        reverse("findings-table"),
        reverse("finding", args=[finding.pk]),
        reverse("finding-people", args=[finding.pk]),
        reverse("finding-waive", args=[finding.pk]),
    ]
    faults = []
    with browser() as started, looking(started, live_server.url, look) as context:
        sign_in(context, live_server.url, "quality")
        page = context.new_page()
        for address in addresses:
            faults += visit(page, live_server.url, address, look, None)

    assert [str(fault) for fault in faults] == []


@pytest.mark.chromium
def test_the_boxes_are_filled_without_a_script(finding, live_server):
    with browser() as started:
        context = started.new_context(java_script_enabled=False)
        context.add_cookies([{"name": "anju-language", "value": "en", "url": live_server.url}])
        sign_in(context, live_server.url, "quality")
        page = context.new_page()
        page.goto(live_server.url + reverse("finding", args=[finding.pk]))
        assert page.locator(".boxes .gone").count() == 3

        page.click("text=Fill in: Root cause")
        page.fill("#cause", "路线两年未变")
        page.select_option("#party", "property")
        send(page, "text=Save the root cause")

        assert page.locator(".boxes .gone").count() == 2
        assert "路线两年未变" in page.locator(".boxes").inner_text()
        context.close()
