"""One survey from printed paper and from phones in a real Chromium: every count is the same count.

Phones of every kind answer by their links while a clerk types what came back on paper. Homes try
both ways, two browsers share one link, a connection is lost midway; no home counts twice.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from anju.kernel import history
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.models import Building
from anju.survey.models import Invitation, Response, Wave
from tests.cast import HER_BUILDING, Cast, a_wave, the_cast
from tests.pages.camera import browser, send

WEEK = timedelta(days=7)
USUAL, SMALL = {"width": 375, "height": 667}, {"width": 320, "height": 640}
# A home's number, the phone it answers with: its window, a script or none, large print or not.
PHONES = (
    ("101", USUAL, True, False),
    ("102", USUAL, True, True),
    ("201", SMALL, False, False),
    ("202", SMALL, False, True),
)
ON_PAPER = ("401", "402", "501")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def cast(transactional_db) -> Cast:
    return the_cast()


def signed_in(cast: Cast, role: Role) -> Client:
    client = Client()
    client.force_login(cast.account(role))
    client.cookies["anju-language"] = "zh-hans"
    return client


def drawn(client: Client, wave: Wave) -> dict[str, str]:
    """Draw links for every home, as the quality department does; the paths of one building."""
    file = client.post(reverse("wave-links-draw", args=[wave.pk]), {"who": "all"})
    rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    return {row[1]: urlsplit(row[2]).path for row in rows if row[0] == HER_BUILDING}


def printed(client: Client, wave: Wave, building: Building) -> list[str]:
    """Print the forms of a building; the words of each."""
    address = reverse("wave-print", args=[wave.pk])
    file = client.get(f"{address}?building={building.pk}&language=zh-hans")
    return [page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages]


class Street:
    """A browser in which each phone, and the clerk's desk, is a window of its own."""

    def __init__(self, started, server) -> None:
        self.started, self.url = started, server.url

    def phone(self, size, *, script, care=False):
        context = self.started.new_context(
            java_script_enabled=script, viewport=size, has_touch=True, reduced_motion="reduce"
        )
        said = {"anju-language": "zh-hans", "anju-care": "1" if care else "0"}
        context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in said.items()]
        )
        return context

    def desk(self, client):
        context = self.started.new_context(viewport={"width": 1280, "height": 800})
        kept = {key: client.cookies[key].value for key in (settings.SESSION_COOKIE_NAME,)}
        kept["anju-language"] = "zh-hans"
        context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in kept.items()]
        )
        return context.new_page()


def press(page) -> None:
    """Send the page."""
    send(page, ".pairsbtn .btn-primary")


def tick(page) -> None:
    for fieldset in page.locator("fieldset").all():
        fieldset.locator("label.opt").first.click()


def answer_all(page) -> None:
    """Tick and go on until the answers are to be checked; nothing is wider than the phone."""
    while "/q/" in page.url:
        assert page.evaluate(WIDER) == 0, page.url
        tick(page)
        press(page)
    assert page.url.endswith("/check/")


def begin(page, address: str) -> None:
    page.goto(address)
    send(page, "main .btn-primary")


def lose_connection(context, page, address: str) -> None:
    """Answer one page, lose the connection on the second, come back by the link."""
    begin(page, address)
    tick(page)
    press(page)
    context.set_offline(True)
    tick(page)
    page.locator(".pairsbtn .btn-primary").click(no_wait_after=True)
    page.wait_for_timeout(200)
    context.set_offline(False)
    begin(page, address)
    assert page.url.endswith("/q/2/")


def by_phone(street: Street, paths: dict[str, str]) -> None:
    """Answer with each phone; the last one loses its connection midway."""
    for number, size, script, care in PHONES:
        context = street.phone(size, script=script, care=care)
        page, address = context.new_page(), street.url + paths[number]
        if number == PHONES[-1][0]:
            lose_connection(context, page, address)
        else:
            begin(page, address)
        answer_all(page)
        press(page)
        page.wait_for_url("**/thanks/")
        page.goto(address)  # looking at it again sends nothing
        context.close()


def two_with_one_link(street: Street, path: str) -> None:
    """Two browsers answer by one link: one is taken, the other is told."""
    pages = [street.phone(USUAL, script=script).new_page() for script in (True, False)]
    for page in pages:
        begin(page, street.url + path)
        answer_all(page)
    for page in pages:
        press(page)
    pages[0].wait_for_url("**/thanks/")
    assert "E-SURVEY-ANSWERED" in pages[1].content()


def typed(page, room: str, digits: str = "1231231230") -> None:
    page.wait_for_load_state("load")  # the page's script is there once it has loaded
    page.keyboard.type(f"{room}")
    page.keyboard.press("Enter")
    page.keyboard.type(digits)
    page.keyboard.press("Enter")


def by_paper(street: Street, client: Client, wave: Wave) -> None:
    """Type three forms, one of them twice, and one of a home that answered by phone."""
    page = street.desk(client)
    page.goto(f"{street.url}{reverse('paper-entry', args=[wave.pk])}?building={HER_BUILDING}")
    for number, room in enumerate(ON_PAPER, start=1):
        typed(page, room)
        page.get_by_text(f"第 {number} 份已保存").wait_for()
    for room in (ON_PAPER[0], PHONES[0][0]):
        typed(page, room)
        page.get_by_text("该户已有答卷").first.wait_for()
        page.goto(f"{street.url}{reverse('paper-entry', args=[wave.pk])}?building={HER_BUILDING}")


def paper_then_phone(street: Street, path: str) -> None:
    """A home that answered on paper tries its link as well."""
    page = street.phone(USUAL, script=False).new_page()
    begin(page, street.url + path)
    answer_all(page)
    press(page)
    assert "E-SURVEY-PAPER" in page.content()


@pytest.mark.chromium
def test_every_count_of_a_survey_by_paper_and_phones_is_the_same(cast, live_server):
    today = utc_now().date()
    wave = a_wave(cast, population=30, fieldwork_from=today - WEEK, fieldwork_to=today + WEEK)
    quality, clerk = signed_in(cast, Role.QUALITY), signed_in(cast, Role.DESK)
    paths = drawn(quality, wave)
    with cast.inside():
        building = Building.objects.get(name=HER_BUILDING)
    forms = printed(quality, wave, building)
    assert len(forms) == len(paths) == 10
    assert all(any(room in form for form in forms) for room in ON_PAPER)

    with browser() as started:
        street = Street(started, live_server)
        by_phone(street, paths)
        by_paper(street, clerk, wave)
        two_with_one_link(street, paths["301"])
        paper_then_phone(street, paths[ON_PAPER[0]])

    phones = len(PHONES) + 1
    with cast.inside():
        rows = Response.objects.filter(wave=wave)
        modes = Counter(rows.values_list("mode", flat=True))
        homes = set(rows.values_list("unit_id", flat=True))
        sent = Invitation.objects.filter(wave=wave, submitted_at__isnull=False).count()
        wave.refresh_from_db()
        past = history.entries(history.Subject(cast.company.pk, "wave", wave.pk))
        told = Counter(past.values_list("verb", flat=True))
    assert modes == {"online": phones, "paper": len(ON_PAPER)}
    assert (len(homes), sent, wave.returned) == (phones + len(ON_PAPER), phones, len(homes))
    assert (told["answered"], told["answer_changed"], told["paper_entered"]) == (phones, 0, 3)
    field = quality.get(reverse("field", args=[wave.pk])).content.decode()
    results = quality.get(reverse("results", args=[wave.pk])).content.decode()
    assert re.search(rf"\b{len(homes)}\b", field)
    assert re.search(rf"n ?= ?{len(homes)}\b", results)
