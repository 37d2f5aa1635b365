"""A survey of one's own is proposed whole: one page, sent as it is, and it can be opened."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from anju.survey.models import Wave
from anju.web.study.surveys import proposing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_day(monkeypatch):
    monkeypatch.setattr(proposing, "today", lambda: date(2026, 11, 22))


def sent_as_it_stands(page, cast):
    """Return what the form would send if only its button were pressed."""
    given = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]
        for name in ("title", "fieldwork_from", "fieldwork_to")
    }
    areas = {
        name: re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*([^<]*)</textarea>', page)[1]
        for name in ("goal", "method")
    }
    chosen = [
        re.search(r'value="(\w+)"', tag)[1]
        for tag in re.findall(r'<input[^>]*name="modes"[^>]*>', page)
        if "checked" in tag
    ]
    return given | areas | {"project_id": cast.project.id, "source": "own", "modes": chosen}


def test_days_and_way_are_proposed_and_taken_with_one_press(quality, cast):
    page = quality.get(reverse("wave-new")).content.decode()
    sent = sent_as_it_stands(page, cast)

    answer = quality.post(reverse("wave-new"), sent)

    with cast.inside():
        wave = Wave.objects.get()
    first = date(2026, 11, 22)
    assert (wave.fieldwork_from, wave.fieldwork_to) == (first, first + timedelta(days=14))
    assert wave.population == 30
    assert wave.design == "unknown"
    assert set(wave.modes) == {"paper", "online"}
    # no questionnaire is published here, so the plan is asked for that one thing
    assert answer.url == reverse("wave-edit", args=[wave.pk])


def test_a_survey_that_others_made_takes_none_of_it(quality, cast):
    page = quality.get(reverse("wave-new")).content.decode()

    quality.post(reverse("wave-new"), sent_as_it_stands(page, cast) | {"source": "third_party"})

    with cast.inside():
        wave = Wave.objects.get()
    assert (wave.fieldwork_from, wave.goal, wave.population) == (None, "", None)


def test_a_day_that_does_not_exist_is_refused_at_its_field(quality, cast):
    page = quality.get(reverse("wave-new")).content.decode()
    sent = sent_as_it_stands(page, cast) | {"fieldwork_to": "2026-02-30"}

    shown = quality.post(reverse("wave-new"), sent)

    assert shown.status_code == 422
    assert b'href="#fieldwork_to"' in shown.content
    with cast.inside():
        assert not Wave.objects.exists()


def test_a_name_that_is_taken_is_not_proposed_again(quality, cast):
    page = quality.get(reverse("wave-new")).content.decode()
    sent = sent_as_it_stands(page, cast)
    quality.post(reverse("wave-new"), sent)

    again = quality.get(reverse("wave-new")).content.decode()

    assert str(sent["title"]) not in re.search(r'<input[^>]*name="title"[^>]*>', again)[0]
