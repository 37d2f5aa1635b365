"""Mrs Li gets a link, answers with large text, asks for a call; the office sees counts, not her name."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from anju.register.access import Role
from anju.survey.models import Invitation, Response
from tests.cast import HER_BUILDING, HER_UNIT, Cast, a_wave, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def tick_all(phone: Client, address: str) -> str:
    answer = phone.post(address, {"act": "begin"}, follow=True)
    while "/q/" in answer.request["PATH_INFO"]:
        found = re.findall(r'name="(q\.[^"]+)" value="([^"]+)"', answer.content.decode())
        body = {**dict(reversed(found)), "questions": "1", "act": "next"}
        answer = phone.post(answer.request["PATH_INFO"], body, follow=True)
    return answer.content.decode()


def test_from_a_link_to_an_answer_that_counts(cast):
    days = {"fieldwork_from": date(2026, 1, 1), "fieldwork_to": date(2027, 12, 1)}
    wave = a_wave(cast, population=30, **days)
    zhao = Client()
    zhao.force_login(cast.account(Role.QUALITY))

    file = zhao.post(reverse("wave-links-draw", args=[wave.pk]), {"who": "all"})
    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))
    hers = next(row[2] for row in rows if row[:2] == [HER_BUILDING, HER_UNIT])
    assert len(rows) == 31

    phone, address = Client(enforce_csrf_checks=True), urlsplit(hers).path
    first = phone.get(address).content.decode()
    assert f"{HER_BUILDING} {HER_UNIT}" in first
    phone.post(address, {"act": "care"})
    check = tick_all(phone, address)
    hidden = dict(re.findall(r'type="hidden" name="(key|known)" value="([^"]*)"', check))
    sent = phone.post(f"{address}check/", {**hidden, "contact": "call", "where": "晚上七点后"})
    assert sent["Location"] == f"{address}thanks/"

    progress = zhao.get(reverse("field", args=[wave.pk])).content.decode()
    assert HER_BUILDING in progress
    assert HER_UNIT not in progress
    assert zhao.get(reverse("results", args=[wave.pk])).status_code == 200
    with cast.inside():
        row = Response.objects.get(wave_id=wave.pk)
        asked = Invitation.objects.get(response=row)
    assert (row.building_label, row.mode) == (HER_BUILDING, "online")
    assert (asked.contact, asked.contact_where) == ("call", "晚上七点后")

    wish = {"who": "sample", "size": "99", "seed": "7"}
    again = zhao.post(reverse("wave-links-draw", args=[wave.pk]), wish)
    assert again.status_code == 422
    assert "E-NUM-RANGE" in again.content.decode()


def test_the_desk_sees_progress_and_gets_no_links(cast):
    wave = a_wave(cast, population=30)
    chen = Client()
    chen.force_login(cast.account(Role.DESK))
    assert chen.get(reverse("wave-links", args=[wave.pk])).status_code == 200
    for name in ("wave-links-draw", "wave-links-renew", "wave-privacy"):
        assert chen.post(reverse(name, args=[wave.pk])).status_code == 403
    with cast.inside():
        assert not Invitation.objects.exists()
