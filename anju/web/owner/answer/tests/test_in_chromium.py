"""The owner's pages in a real Chromium: phone widths, care, no script, a connection that is lost."""

from __future__ import annotations

import pytest

from anju.survey.models import Response
from tests.cast import the_cast
from tests.pages.camera import browser, send

SMALL, USUAL = {"width": 320, "height": 640}, {"width": 375, "height": 667}


@pytest.fixture
def cast(transactional_db):
    return the_cast()


def phone(started, server, *, language="zh-hans", care=False, script=False, size=USUAL):
    context = started.new_context(java_script_enabled=script, viewport=size, has_touch=True)
    cookies = {"anju-language": language, "anju-care": "1" if care else "0"}
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in cookies.items()]
    )
    return context


def answer_all(page) -> int:
    """Tick the first option of every question, go on to the check page; return the presses."""
    presses = 0
    while "/q/" in page.url:
        for fieldset in page.locator("fieldset").all():
            fieldset.locator("label.opt").first.click()
            presses += 1
        send(page, ".pairsbtn .btn-primary")
        presses += 1
    return presses


def no_sideways(page) -> bool:
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


@pytest.mark.chromium
@pytest.mark.parametrize(("care", "most"), [(False, 17), (True, 24)])
def test_an_answer_without_a_script_takes_few_presses(cast, links, live_server, care, most):
    with browser() as started:
        page = phone(started, live_server, care=care).new_page()
        page.goto(f"{live_server.url}/o/s/{links[0].token}/")
        send(page, "main .btn-primary")
        presses = 1 + answer_all(page)
        send(page, ".pairsbtn .btn-primary")
        assert page.url.endswith("/thanks/")
    assert presses + 1 <= most
    with cast.inside():
        assert Response.objects.count() == 1


@pytest.mark.chromium
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("care", [False, True])
def test_no_page_scrolls_sideways_and_targets_are_large(links, live_server, language, care):
    least = 60 if care else 44
    with browser() as started:
        context = phone(started, live_server, language=language, care=care, script=True, size=SMALL)
        page = context.new_page()
        for tail in ("", "q/1/", "q/11/", "check/", "thanks/"):
            page.goto(f"{live_server.url}/o/s/{links[0].token}/{tail}")
            assert no_sideways(page), tail
            for target in page.locator("main label.opt, main .btn").all():
                box = target.bounding_box()
                assert box is not None
                assert box["height"] >= least, (tail, target.inner_text())


@pytest.mark.chromium
@pytest.mark.parametrize("script", [False, True])
def test_a_lost_connection_loses_one_page_at_most_and_with_a_script_none(
    cast, links, live_server, script
):
    address = f"{live_server.url}/o/s/{links[0].token}/"
    with browser() as started:
        context = phone(started, live_server, care=True, script=script)
        page = context.new_page()
        page.goto(f"{address}q/1/")
        page.locator("label.opt").first.click()
        send(page, ".pairsbtn .btn-primary")
        context.set_offline(True)
        page.locator("label.opt").first.click()
        page.locator(".pairsbtn .btn-primary").click(no_wait_after=True)
        page.wait_for_timeout(300)
        assert page.locator("[data-offline]").is_visible() is script
        context.set_offline(False)
        page.goto(address)
        send(page, "main .btn-primary")
        assert page.url.endswith("/q/2/")
        assert page.locator("input:checked").count() == int(script)
        answer_all(page)
        send(page, ".pairsbtn .btn-primary")
    with cast.inside():
        assert Response.objects.count() == 1


@pytest.mark.chromium
def test_of_two_browsers_with_one_link_one_is_stored_and_the_other_is_told(
    cast, links, live_server
):
    address = f"{live_server.url}/o/s/{links[0].token}/"
    with browser() as started:
        pages = [phone(started, live_server, language="en").new_page() for _ in range(2)]
        for page in pages:
            page.goto(f"{address}q/1/")
            answer_all(page)
        for page in pages:
            send(page, ".pairsbtn .btn-primary")
        assert pages[0].url.endswith("/thanks/")
        assert "already answered from another page" in pages[1].locator(".errsum").inner_text()
    with cast.inside():
        assert Response.objects.count() == 1
