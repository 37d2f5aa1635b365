"""The owner file over HTTP: masked, shown for a minute, told to the owner, given out, erased."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from anju.privacy.actions.looks import check_looks
from anju.privacy.models import Look
from anju.register.access import Role
from anju.register.models import Account, Person, Unit
from tests.cast import Cast, everybody, the_cast

LI = {"name": "李秀兰", "phone": "13800132201", "kind": "owner", "since": "2024-01-01",
      "quiet_from": "12:00", "quiet_until": "14:00", "channel": "phone"}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path / "files"
    settings.DATA = tmp_path
    return the_cast()


def browser(cast: Cast, role: Role) -> Client:
    client = Client()
    client.cookies["anju-language"] = "en"
    client.force_login(cast.account(role))
    return client


@pytest.fixture
def desk(cast) -> Client:
    return browser(cast, Role.DESK)


@pytest.fixture
def unit(cast) -> Unit:
    with cast.inside():
        found: Unit = Unit.objects.get(key="3-502")
        return found


@pytest.fixture
def li(cast, desk, unit) -> int:
    desk.post(reverse("move-in", args=[unit.pk]), LI)
    with cast.inside():
        return int(Person.objects.get().pk)


def said(page) -> str:
    return html.unescape(page.content.decode())


def key_of(page) -> str:
    found = re.search(r'name="key" value="([^"]+)"', said(page))
    assert found is not None
    return found[1]


def test_the_file_is_masked_and_led_to_from_unit_and_search(desk, unit, li):
    address = reverse("home-file", args=[unit.pk])
    page = said(desk.get(address))

    assert "138****2201" in page
    assert "13800132201" not in page
    for words in ("no calls 12:00–14:00", "李秀兰 moved in", "Not asked in any survey so far."):
        assert words in page
    assert f'href="{address}"' in said(desk.get(reverse("unit", args=[unit.pk])))
    assert f'href="{address}"' in said(desk.get(reverse("search"), {"q": "3-502"}))


def test_a_phone_is_shown_against_a_reason_and_for_one_minute(cast, desk, li):
    address = reverse("resident-phone", args=[li])
    form = desk.get(address)
    assert "13800132201" not in said(form)
    sent = {"reason": "call", "words": "电梯的事", "key": key_of(form)}

    refused = desk.post(address, sent | {"reason": ""})
    shown = desk.post(address, sent)

    assert refused.status_code == 422
    assert "13800132201" not in said(refused)
    assert "电梯的事" in said(refused)
    assert "138 0013 2201" in said(shown)
    assert shown["Refresh"].startswith("60;")
    assert "no-store" in shown["Cache-Control"]
    with cast.inside():
        Look.objects.update(at="2026-01-01T00:00:00Z")
    assert "13800132201" not in said(desk.post(address, sent))


def test_the_owner_sees_on_paper_and_by_link_who_looked(cast, desk, li):
    address = reverse("resident-phone", args=[li])
    desk.post(address, {"reason": "call", "key": key_of(desk.get(address))})

    assert "陈前台" in said(desk.get(reverse("resident-looks", args=[li])))
    assert "陈前台" in said(desk.get(reverse("resident-looks-print", args=[li])))
    made = said(desk.post(reverse("resident-looks-link", args=[li])))
    found = re.search(r"/o/f/[^/<]+/", made)
    assert found is not None
    owner = Client()
    for _look in range(3):
        first = owner.get(found[0])
        assert (first.status_code, "陈前台" in said(first)) == (200, False)
    assert "陈前台" in said(owner.post(found[0]))
    assert owner.post(found[0]).status_code == 404
    assert owner.get("/o/f/1-guessed/").status_code == 404


def test_the_owner_makes_it_larger_and_changes_the_language_before_and_after(cast, desk, li):
    address = reverse("resident-phone", args=[li])
    desk.post(address, {"reason": "call", "key": key_of(desk.get(address))})
    made = said(desk.post(reverse("resident-looks-link", args=[li])))
    link = re.search(r"/o/f/[^/<]+/", made)[0]
    owner = Client()

    pressed = [owner.post(link, {"act": act}) for act in ("care", "zh-hans")]
    assert [answer.status_code for answer in pressed] == [303, 303]
    waiting = said(owner.get(link))
    assert 'data-surface="care"' in waiting
    assert "谁看过我的信息" in waiting
    shown = said(owner.post(link, {"act": "show"}))
    proof = re.search(r'name="again" value="([^"]+)"', shown)[1]

    english = owner.post(link, {"act": "en", "again": proof})
    plain = said(owner.post(link, {"act": "plain", "again": proof}))

    assert "Who looked at my data" in said(english)
    assert "陈前台" in said(english)
    assert "Front desk" in said(english)
    assert 'data-surface="owner"' in plain
    assert "Who looked at my data" in plain
    # the link alone shows nothing more, and a made-up proof neither
    assert owner.get(link).status_code == 404
    assert owner.post(link, {"act": "show", "again": proof}).status_code == 404
    wrong = owner.post(link, {"act": "en", "again": proof[:-2] + "xx"}, follow=True)
    assert wrong.status_code == 404


def test_a_list_altered_by_hand_says_so(cast, desk, li):
    address = reverse("resident-phone", args=[li])
    desk.post(address, {"reason": "call", "key": key_of(desk.get(address))})
    looks = reverse("resident-looks", args=[li])
    assert "no entry was altered" in said(desk.get(looks))

    with cast.inside():
        Look.objects.update(reason="visit")

    assert "altered outside the program" in said(desk.get(looks))


def test_guesses_at_links_run_out(cast):
    guesser = Client()
    answers = [guesser.get(f"/o/f/1-{number:022d}/").status_code for number in range(31)]

    assert (answers[0], answers[-1]) == (404, 429)


def test_a_person_is_given_out_and_erased(cast, desk, unit, li):
    quality = browser(cast, Role.QUALITY)
    give = reverse("resident-export", args=[li])
    assert quality.post(give, {"reason": ""}).status_code == 422
    given = quality.post(give, {"reason": "asked", "key": key_of(quality.get(give))})
    with zipfile.ZipFile(BytesIO(given.content)) as archive:
        assert "+8613800132201" in archive.read("data.json").decode()
        assert "李秀兰" in archive.read("index.html").decode()
    erase = reverse("resident-erase", args=[li])
    page = said(quality.get(erase))
    assert "What goes and what stays" in page
    assert quality.post(erase, {"ground": "asked", "confirm": "李"}).status_code == 422

    done = quality.post(erase, {"ground": "asked", "confirm": "李秀兰"}, follow=True)

    assert f"Erased person no. {li}" in said(done)
    assert "李秀兰" not in said(done)
    assert quality.get(erase).status_code == 409
    assert "#" + str(li) in said(desk.get(reverse("unit", args=[unit.pk])))
    assert f"/residents/{li}/" not in said(desk.get(reverse("search"), {"q": "李秀兰"}))
    assert check_looks(cast.company.pk)[1] == []


def test_each_role_finds_only_its_own_acts(cast, unit, li):
    people = everybody(cast)
    acts = {
        Role.DESK: {"resident-phone", "resident-looks"},
        Role.MANAGER: {"resident-phone", "resident-care", "resident-looks"},
        Role.STEWARD: {"resident-care"},
        Role.QUALITY: {"resident-looks", "resident-export", "resident-erase"},
    }
    names = set().union(*acts.values())
    for role, wanted in acts.items():
        client = Client()
        client.force_login(Account.objects.get(id=people[role].account_id))
        page = said(client.get(reverse("home-file", args=[unit.pk])))
        found = {name for name in names if reverse(name, args=[li]) in page}
        assert found == wanted, role
