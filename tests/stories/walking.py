"""How a story walks: whose browser asks, what the clock says, and what stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape
from itertools import count
from secrets import token_hex
from typing import Any, Protocol

import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anju.attachments.tests.making import a_picture
from anju.register.access import Actor
from anju.register.models import Account, Building, Person, Tie, Unit
from anju.voice.models import Case
from anju.web.owner.report.tests.hanging import phone
from tests.cast import Cast

LANGUAGES = ("zh-hans", "en")
ON_SITE = ("take", "arrive", "before", "after", "parts", "done")
_numbers = count(13_800_000_000)


class Came(Protocol):
    """What a test's browser got: its status and its bytes."""

    status_code: int

    @property
    def content(self) -> bytes:
        """All that came."""


@contextmanager
def clock(at: datetime) -> Iterator[None]:
    """Let every clock stand at a moment."""
    with time_machine.travel(at, tick=False):
        yield


def browser(actor: Actor, language: str) -> Client:
    """Return a colleague's browser; a fault of the server is raised, not shown."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(Account.objects.get(id=actor.account_id))
    return client


def read(answer: Came) -> str:
    """Return what somebody reads on a page that came: no markup, each gap one space."""
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[-2000:])
    whole = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", whole)).split())


def look(client: Client, address: str, **asked: str) -> str:
    """Open a page and return what is read on it."""
    return read(client.get(address, asked))


def says(page: str, *words: str) -> None:
    """Hold that a page says each of these."""
    missing = [one for one in words if one not in page]
    assert not missing, (missing, page[:6000])


def do(client: Client, case_id: int, act: str, **given: str) -> str:
    """Do an act from the case's page by its form, and return the page that follows."""
    there = reverse("case-act", args=[case_id, act])
    asked = client.get(there)
    assert asked.status_code == 200, (act, asked.status_code)
    found = re.search(r'name="version" value="(\d+)"', asked.content.decode())
    version = {"version": found.group(1)} if found else {}
    sent = client.post(there, {**version, **given})
    assert sent.status_code == 302, (act, read_wrong(sent))
    return read(client.get(sent["Location"]))


def read_wrong(answer: Came) -> str:
    """Return what a refusal says, for the message of a test that did not expect one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))[-1500:]


def press(client: Client, case_id: int, what: str, **more: Any) -> None:
    """Press a worker's large button, with a photo where the step shows one."""
    said: dict[str, Any] = {"case": case_id, "what": what, "id": token_hex(16), **more}
    if what in {"before", "after"}:
        said["photo"] = a_photo()
    answer = client.post(reverse("my-press"), said, HTTP_ACCEPT="application/json")
    assert answer.status_code == 200, answer.content.decode()


def a_photo() -> SimpleUploadedFile:
    """Return a photo as a phone sends it."""
    return SimpleUploadedFile("photo.jpg", a_picture())


def on_site(client: Client, case_id: int) -> None:
    """Let a worker go through all his steps."""
    for what in ON_SITE:
        press(client, case_id, what, cause="worn")


def tell(code: str, language: str, words: str, **more: Any) -> tuple[Client, str]:
    """Report by a code on the wall in its steps; return the phone and the address of the case's page."""
    owner, key = phone(language), token_hex(12)
    there = reverse("report-tell", args=[code])
    files = {name: more.pop(name) for name in ("photos", "voice") if name in more}
    said = {"kind": "repair", "what": "water", "key": key, "words": words, **more}
    act = said.pop("act", "send")
    checked = owner.post(there, {**said, **files, "step": "2", "act": "check"})
    assert checked.status_code == 200, read_wrong(checked)
    sent = owner.post(there, {**said, "step": "3", "act": act})
    assert sent.status_code == 302, read_wrong(sent)
    return owner, sent["Location"].partition("?")[0]


def judge(owner: Client, page: str, solved: str, **more: str) -> str:
    """Say on the case's own page whether it is solved, and return the page that thanks."""
    sent = owner.post(page, {"act": "judge", "key": token_hex(12), "solved": solved, **more})
    assert sent.status_code == 302, read_wrong(sent)
    return read(owner.get(sent["Location"]))


def homes(cast: Cast, *houses: str) -> list[Unit]:
    """Return the homes of some buildings; call it inside the company."""
    rows = Unit.objects.filter(building__name__in=houses, building__project=cast.project)
    return list(rows.select_related("building").order_by("building__name", "number"))


def lives(cast: Cast, unit: Unit, name: str = "李秀兰") -> str:
    """Let somebody own a home, and return her telephone number; call it inside the company."""
    number = str(next(_numbers))
    person = Person(
        company_id=cast.company.id, project=cast.project, name=name,
        phone=f"+86{number}", phone_tail=number[-4:],
    )  # fmt: skip
    person.save()
    Tie(company_id=cast.company.id, person=person, unit=unit, kind="owner").save()
    return number


def house(cast: Cast, name: str) -> Building:
    """Return a building; call it inside the company."""
    found: Building = Building.objects.get(name=name, project=cast.project)
    return found


def newest(cast: Cast) -> Case:
    """Return the case that came in last, as it stands."""
    with cast.inside():
        found: Case | None = (
            Case.objects.select_related("unit", "category").order_by("-number").first()
        )
    assert found is not None
    return found
