"""A report in a real Chromium at 375 pixels: taps, targets, no script, a photo made small."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anju.attachments.models import Attachment
from anju.attachments.tests.making import a_picture
from anju.voice.models import Case
from anju.web.owner.report.tests.hanging import a_code
from tests.cast import the_cast
from tests.pages.camera import browser, send

USUAL, SMALL = {"width": 375, "height": 667}, {"width": 320, "height": 640}


@pytest.fixture
def cast(transactional_db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return the_cast()


def owner(started, server, *, script: bool, care: bool = False, size=USUAL):
    context = started.new_context(java_script_enabled=script, viewport=size, has_touch=True)
    cookies = {"anju-language": "zh-hans", "anju-care": "1" if care else "0"}
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in cookies.items()]
    )
    return context.new_page()


def measured(page, least: int) -> None:
    """Say what scrolls sideways, and which target is too small."""
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    ), page.url
    for target in page.locator("main .btn, main label.opt, main label.chip").all():
        box = target.bounding_box()
        if box is not None:
            assert box["height"] >= least, (page.url, target.inner_text())


@pytest.mark.chromium
@pytest.mark.parametrize(("script", "care"), [(False, False), (True, True)])
def test_a_report_takes_six_taps_at_most_with_and_without_a_script(cast, live_server, script, care):
    code = a_code(cast)
    with browser() as started:
        page = owner(started, live_server, script=script, care=care)
        page.goto(live_server.url + reverse("report-home", args=[code]))
        taps = 0
        for press in ("a[href*='kind=repair']", "a[href*='what=water']"):
            send(page, f"main {press}")
            taps += 1
        page.locator("#words").click()
        page.locator("#words").press_sequentially("厨房漏水")
        taps += 1
        for press in (".pairsbtn .btn-primary", "#page > .btn-primary"):
            send(page, press)
            taps += 1
        assert "/o/c/" in page.url
        assert "已收到" in page.inner_text("main")
    assert taps <= 6
    with cast.inside():
        assert Case.objects.get().words == "厨房漏水"


@pytest.mark.chromium
@pytest.mark.parametrize("care", [False, True])
def test_no_page_scrolls_sideways_and_targets_are_large(cast, live_server, care):
    code = a_code(cast)
    tell = reverse("report-tell", args=[code])
    with browser() as started:
        page = owner(started, live_server, script=True, care=care, size=SMALL)
        names = [reverse(name, args=[code]) for name in ("report-home", "report-look")]
        for address in (*names, f"{tell}?kind=repair", f"{tell}?kind=repair&what=roof"):
            page.goto(live_server.url + address)
            measured(page, 60 if care else 44)
        page.locator("#words").fill("墙面渗水")
        send(page, ".pairsbtn .btn-primary")
        measured(page, 60 if care else 44)
        send(page, "#page > .btn-primary")
        measured(page, 60 if care else 44)


@pytest.mark.chromium
def test_a_large_photo_is_made_small_on_the_phone_and_words_stay_on_it_until_sent(
    cast, live_server, tmp_path
):
    code, photo = a_code(cast), tmp_path / "large.png"
    noise = a_picture("PNG", (2400, 1800))
    photo.write_bytes(noise + b"\x00" * (400_000 - len(noise)))
    address = f"{live_server.url}{reverse('report-tell', args=[code])}?kind=repair&what=water"
    with browser() as started:
        page = owner(started, live_server, script=True)
        page.goto(address)
        page.locator("#words").press_sequentially("漏水")
        page.goto(address)
        assert page.locator("#words").input_value() == "漏水"
        page.locator("#photos").set_input_files(photo)
        send(page, ".pairsbtn .btn-primary")
        send(page, "#page > .btn-primary")
        page.goto(address)
        assert page.locator("#words").input_value() == ""
    with cast.inside():
        kept = Attachment.objects.get()
        assert (kept.width, kept.name) == (1600, "photo.jpg")
