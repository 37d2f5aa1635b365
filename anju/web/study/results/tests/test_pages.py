"""The results pages: what was done with the cells, alerts, zones, reports made before a change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anju.insight.tests.stored import asked
from anju.insight.tests.test_report_job import made
from anju.register.access import Role
from anju.survey.models import ImportBatch, OpenAnswer, Response, Wave
from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def browser(cast: Cast, role: Role, language: str = "en") -> Client:
    client = Client()
    client.force_login(cast.account(role))
    client.cookies["anju-language"] = language
    return client


def results(client: Client, wave: Wave) -> str:
    return client.get(reverse("results", args=[wave.pk])).content.decode()


def remark(cast: Cast, wave: Wave) -> None:
    with cast.inside():
        row = Response.objects.filter(wave=wave).order_by("id").first()
        OpenAnswer(
            company_id=cast.company.id, response=row, heading="您的建议", text="电梯慢"
        ).save()


def test_remarks_are_counted_and_lead_to_where_they_may_be_read(cast):
    wave = asked(cast)
    remark(cast, wave)
    page = results(browser(cast, Role.QUALITY), wave)
    assert "What was done with the cells" in page
    assert "“您的建议” 1" in page
    assert reverse("wave-export", args=[wave.pk]) in page
    assert "电梯慢" not in page


def test_whoever_may_not_export_is_not_sent_there(cast):
    wave = asked(cast)
    remark(cast, wave)
    page = results(browser(cast, Role.MANAGER), wave)
    assert "What was done with the cells" in page
    assert reverse("wave-export", args=[wave.pk]) not in page


def test_more_answers_than_were_counted_are_called_out_in_red(cast):
    wave = asked(cast)
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(issued=60, returned=24)
    page = results(browser(cast, Role.QUALITY), wave)
    assert "30 answers are in use, but only 24 were counted as returned" in page
    assert 'class="say is-over"' in page


def test_the_moment_of_the_data_names_the_zone(cast, settings):
    wave = asked(cast)
    made(cast, wave)
    client = browser(cast, Role.QUALITY)
    assert f", {settings.TIME_ZONE})" in results(client, wave)
    lists = client.get(reverse("reports", args=[wave.pk])).content.decode()
    assert f"Data as of ({settings.TIME_ZONE})" in lists


def test_a_report_made_before_a_change_of_the_answers_is_marked(cast):
    wave = asked(cast)
    run = made(cast, wave)
    client, where = browser(cast, Role.QUALITY), reverse("reports", args=[wave.pk])
    assert "made before a change" not in client.get(where).content.decode()
    with cast.inside():
        ImportBatch.objects.filter(wave=wave).update(live_at=run.as_of + timedelta(hours=1))
    assert "made before a change of the answers" in client.get(where).content.decode()


def test_one_home_is_told_in_one_card_with_the_way_on(cast):
    wave = asked(cast, {"1栋": (1, "vs")})
    page = results(browser(cast, Role.QUALITY), wave)
    assert "1 home has answered so far" in page
    assert "Results are shown from 5 homes on" in page
    assert reverse("field", args=[wave.pk]) in page
    assert page.count('<section class="card') == 1
    assert "1栋" not in page
    assert "<table" not in page
