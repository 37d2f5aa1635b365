"""The page that makes links for owners: what is refused is said at its field, and kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

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
