"""A removal undone and a long key read, in a real Chromium: what a client without eyes cannot see."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from anju.demo.actions import plant
from anju.kernel.pure.clock import utc_now
from tests.pages.camera import Look, browser, looking, send
from tests.pages.shoot import sign_in
from tests.standing import standing

ITEMS = "[id^=item-]"
REMOVE = 'form[action*="/items/"][action$="/remove/"] button'


def items(page: Page) -> list[str]:
    return [str(key) for key in page.locator(ITEMS).evaluate_all("e => e.map(x => x.id)")]


def undone(page: Page, base: str) -> tuple[list[str], list[str], list[str]]:
    """Copy a questionnaire, remove its second item and undo it; the items before, between, after."""
    page.goto(f"{base}/manage/questionnaires/")
    send(page, 'form[action$="/copy/"] button >> nth=0')
    before = items(page)
    send(page, f"{REMOVE} >> nth=1")
    between = items(page)
    send(page, ".toasts form button")
    return before, between, items(page)


def cut_off(page: Page, base: str) -> tuple[int, list[str]]:
    """Return how many tables all results hold, and those that are wider than their place."""
    page.goto(f"{base}/manage/surveys/")
    links = page.locator('main a[href^="/manage/surveys/"]').evaluate_all("e => e.map(x => x.href)")
    tables, wide = 0, []
    for link in sorted({str(link) for link in links if str(link).rstrip("/")[-1].isdigit()}):
        page.goto(f"{link.rstrip('/')}/results/")
        frames = page.locator(".table-responsive")
        tables += frames.count()
        wide += frames.evaluate_all(
            "e => e.filter(x => x.scrollWidth > x.clientWidth).map(x => x.ariaLabel)"
        )
    return tables, wide


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "look", [Look("zh-hans", "light", 1440), Look("en", "dark", 375)], ids=lambda look: look.name
)
def test_a_removal_is_undone_by_one_press_and_no_table_is_cut_off(look, live_server, settings):
    settings.DEMO = True
    standing("today's demonstration", lambda: plant(at=utc_now()))

    with browser() as started, looking(started, live_server.url, look) as context:
        sign_in(context, live_server.url, "administrator")
        page = context.new_page()
        before, between, after = undone(page, live_server.url)
        tables, wide = cut_off(page, live_server.url)

    assert between == [before[0], *before[2:]]
    assert after == before
    assert tables > 10
    assert wide == []
