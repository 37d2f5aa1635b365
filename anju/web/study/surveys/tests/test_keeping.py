"""The pages of who keeps a survey, and what its pages then offer to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anju.fieldwork.actions.links import draw_invitations
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.models import Account
from anju.survey.models import Wave
from tests.cast import Cast, a_person, a_wave, the_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def signed_in(account_id: int, language: str = "en") -> Client:
    Account.objects.filter(id=account_id).update(language=language)
    client = Client(headers={"accept-language": language})
    client.force_login(Account.objects.get(id=account_id))
    return client


def test_a_survey_is_given_to_a_consultant_owners_read_it_and_she_hands_it_over(cast):
    lin = a_person(cast.company, Role.CONSULTANT, projects=[cast.project])
    today, week = utc_now().date(), timedelta(days=7)
    wave = a_wave(cast, population=40, fieldwork_from=today - week, fieldwork_to=today + week)
    quality, keeper = signed_in(cast.quality.account_id), signed_in(lin.account_id)
    choose, over = (reverse(n, args=[wave.pk]) for n in ("wave-keeper", "wave-hand-over"))

    assert quality.post(choose, {"keeper": str(cast.desk.account_id)}).status_code == 422
    assert quality.post(choose, {"keeper": str(lin.account_id)}).status_code == 302
    draw = reverse("wave-links-draw", args=[wave.pk])
    assert quality.post(draw).status_code == 403
    link = draw_invitations(actor=lin, wave_id=wave.pk, at=utc_now())[0]
    told = Client().get(reverse("answer", args=[link.token]))
    assert "您的答卷由独立顾问 林顾问 保管" in told.content.decode()

    page = quality.get(reverse("wave", args=[wave.pk])).content.decode()
    assert "林顾问" in page
    assert choose not in page, "links were made: it cannot be changed any more"
    for name in ("import-upload", "wave-export", "paper-entry"):
        assert reverse(name, args=[wave.pk]) not in page
        assert quality.get(reverse(name, args=[wave.pk])).status_code == 403
    assert over in keeper.get(reverse("wave", args=[wave.pk])).content.decode()
    sending = keeper.get(reverse("field-send", args=[wave.pk, "0"]))
    assert sending.status_code == 409, "messages of the company would show the links"

    assert quality.post(over, {"agreed": "yes"}).status_code == 403
    assert keeper.post(over, {}).status_code == 422
    assert keeper.post(over, {"agreed": "yes"}).status_code == 302
    with cast.inside():
        assert Wave.objects.get(id=wave.pk).keeper_id is None
    assert quality.get(reverse("import-upload", args=[wave.pk])).status_code == 200
