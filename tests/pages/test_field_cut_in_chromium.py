"""A worker's phone whose page is closed after each press and whose every answer is lost once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from anju.attachments.models import Attachment
from anju.attachments.tests.making import A_PHOTO
from anju.casework.kinds import CaseKind
from anju.casework.states import State
from anju.kernel import history
from anju.register.access import Role
from anju.voice.actions.storing import subject
from anju.voice.models import Case
from anju.voice.tests.making import taken
from anju.web.field import presses
from tests.cast import Cast, a_person, the_cast
from tests.pages.camera import Look, browser, looking
from tests.pages.test_field_in_chromium import SENT, quiet, sign_in, signal

PHONE = Look("zh-hans", "dark", 375)
# Every button of the page, and what the history must say of it.
PRESSES = (
    ("take", "taken"),
    ("arrive", "start"),
    ("before", "file_added"),
    ("help", "help_asked"),
    ("part", "wait"),
    ("resume", "resume"),
    ("away", "file_added wait"),
    ("resume", "resume"),
    ("builder", "wait"),
    ("resume", "resume"),
    ("after", "file_added"),
    ("parts", "parts_said"),
    ("done", "finish"),
)
CANNOT = {"help", "part", "away", "builder"}
# How far the phone's clock is behind, in milliseconds; further from the sixth press on.
BEHIND, FURTHER = -600_000, -900_000
CLOCK = """
const There = Date;
const shift = () => Number(localStorage.getItem("shift") ?? 0);
globalThis.Date = class extends There {
  constructor(...said) { if (said.length) super(...said); else super(There.now() + shift()); }
  static now() { return There.now() + shift(); }
};
"""


def reopened(context: BrowserContext, page: Page, address: str) -> Page:
    """Close the page and open it again, as a phone does whose browser was put away."""
    page.close()
    page = context.new_page()
    page.goto(address)
    return page


def press(page: Page, job: int, what: str, photo: Path) -> None:
    within = page.locator(f'[data-job="{job}"]')
    form = within.locator(f'form[data-press="{what}"]').first
    form.wait_for(state="attached")
    if what in CANNOT:
        within.locator("[data-cannot] > summary").click()
    file = form.locator("input[type=file]")
    if file.count():
        file.set_input_files(photo)
    else:
        form.locator("button:visible").first.click()


def all_pressed(context: BrowserContext, page: Page, job: int, photo: Path) -> Page:
    """Press every button without network; after each the page is closed and opened again."""
    address = page.url
    for done, (what, _verbs) in enumerate(PRESSES, 1):
        page.evaluate("by => localStorage.setItem('shift', by)", BEHIND if done < 6 else FURTHER)
        press(page, job, what, photo)
        expect(page.locator("[data-count]")).to_have_text(str(done))
        if what == "before":
            expect(page.locator(f'[data-job="{job}"] [data-dark]')).to_be_visible()
        page = reopened(context, page, address)
        expect(page.locator("[data-waits]")).to_have_text(re.compile(rf"^{done}\s*条待上传$"))
    return page


SHOWN = "document.querySelector(`[data-job='${about}']`) !== null"


def named(route: Route) -> bytes:
    """Return the name that the phone gave to a press."""
    found = re.search(rb'name="id"\r\n\r\n([0-9a-f]{32})', route.request.post_data_buffer or b"")
    assert found
    return found[1]


def losing(lost: set[bytes], *, rename: bool = False) -> Callable[[Route], None]:
    """Return what lets the office write each press, and loses its answer; the next try goes through.

    `rename` is the control: the try that gets lost travels under another name.
    """

    def swallow(route: Route) -> None:
        name = named(route)
        if name in lost:
            route.continue_()
            return
        body = route.request.post_data_buffer or b""
        answer = route.fetch(post_data=body.replace(name, b"f" * 32) if rename else body)
        if answer.ok:
            lost.add(name)
        route.abort()

    return swallow


def all_lost(context: BrowserContext, page: Page) -> int:
    """Come back to the network, where the answer to each press gets lost once; how many did."""
    lost: set[bytes] = set()
    context.route("**/field/events/", losing(lost))
    quiet(page)
    context.set_offline(False)
    signal(page, SENT, "0")
    context.unroute("**/field/events/")
    return len(lost)


def nameless(context: BrowserContext, page: Page, job: int) -> None:
    """Press once; the office hears of it twice, under two names."""
    context.route("**/field/events/", losing(set(), rename=True))
    press(page, job, "help", Path())
    expect(page.locator("[data-count]")).to_have_text("1")
    signal(page, SENT, "0")


def told_of(cast: Cast, case: Case) -> list[Any]:
    with cast.inside():
        return list(history.entries(subject(case)).filter(seq__gt=2).order_by("seq"))


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_each_button_pressed_on_a_page_that_is_closed_offline_arrives_once_in_order_with_its_time(
    live_server, settings, tmp_path, monkeypatch
):
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr(presses, "take_in", lambda _chunks, name: A_PHOTO)
    cast: Cast = the_cast()
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    case = taken(cast, worker, kind=CaseKind.COMPLAINT)
    photo = tmp_path / "dark.jpg"
    Image.new("RGB", (64, 48), "black").save(photo)

    with browser() as started, looking(started, live_server.url, PHONE) as context:
        context.add_init_script(CLOCK)
        page = context.new_page()
        sign_in(page, live_server.url, worker.account_id)
        page.goto(f"{live_server.url}/field/")
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        page.reload(wait_until="networkidle")
        context.set_offline(True)
        page = all_pressed(context, page, case.pk, photo)
        other = taken(cast, worker, kind=CaseKind.COMPLAINT)
        page = reopened(context, page, page.url)
        expect(page.locator(f'[data-job="{other.pk}"]')).to_have_count(0)
        assert all_lost(context, page) == len(PRESSES)
        signal(page, SHOWN, other.pk)
        nameless(context, page, other.pk)

    rows = told_of(cast, case)
    assert [entry.verb for entry in rows] == " ".join(said for _what, said in PRESSES).split()
    late = [entry.at - history_time(entry) for entry in rows]
    assert min(late[:5]) > timedelta(minutes=9, seconds=59)
    assert min(late[5:]) > timedelta(minutes=14, seconds=59)
    assert [entry.verb for entry in told_of(cast, other)] == ["help_asked", "help_asked"]
    with cast.inside():
        assert Case.objects.get(id=case.pk).state == State.DONE
        assert Attachment.objects.filter(subject_id=case.pk).count() == 3


def history_time(entry: Any) -> Any:
    """Return when it was pressed by the phone's clock."""
    return datetime.fromisoformat(entry.payload["client_at"])
