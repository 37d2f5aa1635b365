"""Codes for owners at the desk: made once a place, printed, taken down, and never another company's."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from anju.register.access import Role
from anju.register.models import Building
from anju.voice.models import CaseLink
from anju.voice.places import hung, to_print
from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def desk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account(Role.DESK))
    return client


def make(cast: Cast, desk: Client, **more: object):
    with cast.inside():
        house = Building.objects.get(name="3栋", project=cast.project).pk
    sent = {"building": house, "spot": "", "door": "", **more}
    return desk.post(reverse("case-places-project", args=[cast.project.pk]), sent)


def test_a_place_has_one_code_however_often_it_is_made(cast, desk):
    for _press in range(2):
        assert make(cast, desk).status_code == 302
    make(cast, desk, spot="2 号电梯")
    make(cast, desk, door="502")
    with cast.inside():
        assert CaseLink.objects.count() == 3
        assert {row.unit.number for row in CaseLink.objects.exclude(unit=None)} == {"502"}
    shown = desk.get(reverse("case-places-project", args=[cast.project.pk])).content.decode()
    assert "2 号电梯" in shown


def test_a_door_that_nobody_knows_is_refused_at_its_field(cast, desk):
    answer = make(cast, desk, door="99-99")
    assert (answer.status_code, 'data-code="E-REF"' in answer.content.decode()) == (422, True)
    with cast.inside():
        assert not CaseLink.objects.exists()


def test_poster_and_labels_print_on_one_sheet_each_and_carry_the_place(cast, desk):
    make(cast, desk)
    make(cast, desk, spot="2 号电梯")
    with cast.inside():
        link = CaseLink.objects.order_by("id")[0].pk
    for address in (
        reverse("case-place-poster", args=[link]),
        reverse("case-places-labels", args=[cast.project.pk]),
    ):
        answer = desk.get(address)
        pages = PdfReader(io.BytesIO(answer.content)).pages
        assert len(pages) == 1
        assert "3栋" in pages[0].extract_text().replace(" ", "")
        assert answer["Cache-Control"] == "no-store"


def test_a_code_that_was_taken_down_leads_nowhere_and_can_be_made_anew(cast, desk):
    make(cast, desk)
    with cast.inside():
        link = CaseLink.objects.get().pk
        secret = to_print(cast.desk, link)[1]
    assert desk.post(reverse("case-place-end", args=[link])).status_code == 302
    assert hung(secret) is None
    make(cast, desk)
    with cast.inside():
        again = CaseLink.objects.get(revoked_at=None).pk
        assert to_print(cast.desk, again)[1] != secret


def test_one_press_gives_each_lobby_its_code(cast, desk):
    make(cast, desk)
    make(cast, desk, act="lobbies")
    with cast.inside():
        houses = Building.objects.filter(project=cast.project).count()
        assert CaseLink.objects.count() == houses
