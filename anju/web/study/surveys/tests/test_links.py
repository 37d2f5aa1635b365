"""The page that makes links for owners: what is refused is said at its field, and kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
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


def test_the_file_of_links_begins_once_with_the_mark_that_a_spreadsheet_looks_for(client):
    cast = the_cast()
    client.force_login(cast.account(Role.QUALITY))
    today, week = utc_now().date(), timedelta(days=7)
    wave = a_wave(cast, population=40, fieldwork_from=today - week, fieldwork_to=today + week)

    answer = client.post(reverse("wave-links-draw", args=[wave.pk]), {"who": "all"})

    assert answer.content.decode().count("\ufeff") == 1
    assert "/o/s/" in answer.content.decode("utf-8-sig")
