"""A worker's phone in a real Chromium, the network cut in the middle of each step of a job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from anju.attachments.models import Attachment
from anju.attachments.tests.making import A_PHOTO, a_picture
from anju.casework.kinds import CaseKind
from anju.casework.states import State
from anju.kernel import history
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.models import Account
from anju.voice.actions.handling import Named, hand_over
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Case
from anju.voice.tests.making import taken
from anju.web.field import presses
from tests.cast import Cast, a_person, the_cast
from tests.pages.camera import PATIENCE, Look, browser, looking

PHONE = Look("zh-hans", "dark", 375)
# What is pressed, and what the history must say of it: each exactly once.
STEPS = (
    ("take", "taken"),
    ("arrive", "start"),
    ("before", "file_added"),
    ("part", "wait"),
    ("resume", "resume"),
    ("after", "file_added"),
    ("parts", "parts_said"),
    ("done", "finish"),
)
SENT = "document.querySelector('[data-count]').textContent === about"


def sign_in(page: Page, base: str, account_id: int) -> None:
    client = Client()
    client.force_login(Account.objects.get(id=account_id))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])


def press(page: Page, what: str, photo: Path) -> None:
    """Press a step's button in the open job, or give it its photo."""
    if what == "part":
        page.locator("[data-cannot] > summary").first.click()
    form = page.locator(f'[data-job] form[data-press="{what}"]').first
    file = form.locator("input[type=file]")
    if file.count():  # as a camera gives it: what was pressed waits for the photo
        with page.expect_file_chooser(timeout=PATIENCE) as chosen:
            form.locator("label").first.click()
        # Whoever comes back from the camera comes back to the page: it asks for a fresh one.
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(400)
        chosen.value.set_files(photo)
    else:
        form.locator("button:visible").first.click()


def signal(page: Page, until: str, about: object) -> None:
    """Let signal come back again and again, as at the foot of a stair, until something is so."""
    again = f"(about) => {{ dispatchEvent(new Event('online')); return {until}; }}"
    page.wait_for_function(again, arg=about, polling=400, timeout=PATIENCE)


def quiet(page: Page) -> None:
    """Wait until no try to send is under way: one that began without network is not to be helped."""
    none = "navigator.locks.query().then(({ held, pending }) => !held.length && !pending.length)"
    page.wait_for_function(none, timeout=PATIENCE)


def step_through(page: Page, base: str, photo: Path) -> None:
    """Take a job to its end: each step without network, its answer lost once on the way back."""
    lost: list[str] = []
    once = [False]

    def swallow(route: Route) -> None:
        """Let the office have the first try of a step, and lose what it answers."""
        if not once[0]:
            route.continue_()
            return
        if route.fetch().ok:
            once[0] = False
            lost.append(route.request.url)
        route.abort()

    page.context.route("**/field/events/", swallow)
    for what, _verb in STEPS:
        form = f'[data-job] form[data-press="{what}"]'
        page.wait_for_selector(form, state="attached", timeout=PATIENCE)
        page.reload()  # with network: what the phone keeps of the page is of this step
        page.wait_for_load_state("networkidle")
        page.context.set_offline(True)
        page.reload()
        page.wait_for_selector(form, state="attached")
        press(page, what, photo)
        expect(page.locator("[data-count]")).to_have_text("1", timeout=PATIENCE)
        quiet(page)
        once[0] = True
        page.context.set_offline(False)
        signal(page, SENT, "0")
    page.context.unroute("**/field/events/")
    assert len(lost) == len(STEPS)


def refused(page: Page, given_away: Callable[[], object]) -> None:
    """Press at a job that goes to somebody else meanwhile; what was pressed stays with its reason."""
    page.goto(page.url.replace("outbox/", ""))
    page.context.set_offline(True)
    press(page, "take", Path())
    given_away()
    page.context.set_offline(False)
    page.wait_for_selector("[data-refused]:visible")
    page.goto(f"{page.url}outbox/")
    expect(page.locator("[data-list] [data-say]:visible")).to_have_count(1)
    expect(page.locator("[data-list] [data-say]:visible")).not_to_be_empty()
    page.reload()
    expect(page.locator("[data-again]:visible")).to_have_count(1)


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_a_job_done_without_network_arrives_once_whole_and_what_is_refused_stays_with_its_reason(
    live_server, settings, tmp_path, monkeypatch
):
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr(presses, "take_in", lambda _chunks, name: A_PHOTO)
    cast: Cast = the_cast()
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    case = taken(cast, worker, kind=CaseKind.COMPLAINT)
    photo = tmp_path / "dark.jpg"
    photo.write_bytes(a_picture(size=(640, 480)))

    with browser() as started, looking(started, live_server.url, PHONE) as context:
        page = context.new_page()
        sign_in(page, live_server.url, worker.account_id)
        page.goto(f"{live_server.url}/field/")
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        page.reload()
        assert page.evaluate("navigator.serviceWorker.controller !== null")
        step_through(page, live_server.url, photo)
        page.goto(f"{live_server.url}/field/outbox/")
        page.wait_for_selector("[data-list] li")
        assert page.locator("[data-list] li").count() == len(STEPS)
        assert page.locator("[data-none]").is_visible()
        other = taken(cast, worker, kind=CaseKind.COMPLAINT)
        named = Named(cast.desk.account_id)
        act: dict[str, Any] = {
            "actor": cast.manager,
            "named": named,
            "why": "换人",
            "at": utc_now(),
        }
        refused(page, lambda: hand_over(edition=Edition(other.pk), **act))

    with cast.inside():
        found = Case.objects.get(id=case.pk)
        assert found.state == State.DONE
        rows = list(history.entries(subject(case)).filter(seq__gt=2).order_by("seq"))
        assert [entry.verb for entry in rows] == [verb for _what, verb in STEPS]
        assert all(entry.payload["client_at"] for entry in rows)
        assert Attachment.objects.filter(subject_id=case.pk).count() == 2
