"""The page that makes links for owners: what is refused is said at its field, and kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from anju.fieldwork.frame import askable
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.models import Person, Tie, TieKind
from anju.survey.models import Invitation
from tests.cast import a_wave, the_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", ["", "0", "many", "9" * 20])
def test_a_sample_of_no_number_is_refused_at_its_field_and_makes_no_link(client, size):
    cast = the_cast()
    client.force_login(cast.account(Role.QUALITY))
    client.cookies["anju-language"] = "en"
    address = reverse("wave-links-draw", args=[a_wave(cast).pk])

    answer = client.post(address, {"who": "sample", "size": size, "seed": "7"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'id="size-error"' in page
    assert f'value="{size}"' in page
    assert 'value="sample" checked' in page
    with cast.inside():
        assert not Invitation.objects.exists()


def test_what_stands_is_shown_after_links_are_made_and_the_list_can_be_had_again(client):
    cast = the_cast()
    client.force_login(cast.account(Role.QUALITY))
    client.cookies["anju-language"] = "en"
    today, week = utc_now().date(), timedelta(days=7)
    wave = a_wave(cast, population=40, fieldwork_from=today - week, fieldwork_to=today + week)
    draw = reverse("wave-links-draw", args=[wave.pk])
    with cast.inside():
        her = Person(company_id=wave.company_id, project_id=wave.project_id, name="李秀兰")
        her.save()
        home = askable(wave.project_id)[0]
        Tie(company_id=wave.company_id, person=her, unit=home, kind=TieKind.OWNER).save()

    made = client.post(draw, {"who": "all", "then": "page"}, follow=True).content.decode()
    again = client.post(draw, {"who": "all", "then": "page"}, follow=True).content.decode()
    lists = [client.post(draw, {"then": "list"}).content.decode("utf-8-sig") for _ in "ab"]

    assert "homes have new links" in made
    assert "Download the list of links" in made
    assert "Every home chosen has its link already" in again
    assert lists[0] == lists[1]
    head, first, *_ = lists[0].splitlines()
    assert head.rstrip("\r") == "Building,Unit,Link,Owner"
    assert first.rstrip("\r").endswith(",李秀兰")


def test_the_file_of_links_begins_once_with_the_mark_that_a_spreadsheet_looks_for(client):
    cast = the_cast()
    client.force_login(cast.account(Role.QUALITY))
    today, week = utc_now().date(), timedelta(days=7)
    wave = a_wave(cast, population=40, fieldwork_from=today - week, fieldwork_to=today + week)

    answer = client.post(reverse("wave-links-draw", args=[wave.pk]), {"who": "all"})

    assert answer.content.decode().count("\ufeff") == 1
    assert "/o/s/" in answer.content.decode("utf-8-sig")
