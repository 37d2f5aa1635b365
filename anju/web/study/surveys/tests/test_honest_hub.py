"""The survey page says what is unknown, what does not fit, and how a mistake is taken back."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from anju.register.models import Project
from anju.survey.models import Wave
from anju.survey.rules.wave import Design, Source
from tests.cast import a_wave, answers

ROW = ["vs"] * 10 + [None]


def _page(browser, wave) -> str:
    return html.unescape(browser.get(reverse("wave", args=[wave.pk])).content.decode())


def _counted(browser, wave, **counts) -> None:
    browser.post(reverse("wave-counts", args=[wave.pk]), counts)


def test_a_plan_in_which_something_is_unknown_is_not_called_done(quality, cast):
    wave = a_wave(cast, source=Source.THIRD_PARTY, population=None, method="")
    shown = _page(quality, wave)
    assert "The report calls unknown: Everybody or a sample, Population, Method." in shown
    full = a_wave(cast, design=Design.CENSUS)
    assert "The report calls unknown" not in _page(quality, full)


def test_nothing_says_that_everybody_was_asked_before_a_person_does(quality, cast):
    sent = {"project_id": cast.project.id, "title": "2026 H2", "source": "own"}
    quality.post(reverse("wave-new"), sent)
    with cast.inside():
        assert Wave.objects.get().design == "unknown"


def test_who_asked_is_not_preset_where_the_answers_are_there_already(quality):
    shown = quality.get(reverse("import-new")).content.decode()
    assert "Who asked the owners" in shown
    radios = [part.split(">")[0] for part in shown.split('name="source"')[1:]]
    assert radios
    assert not any("checked" in radio for radio in radios)


@pytest.mark.parametrize("name", ["wave", "wave-counts"])
def test_more_answers_than_returned_forms_are_told_in_red(quality, cast, name):
    wave = a_wave(cast, population=None)
    answers(wave, [ROW] * 26)
    _counted(quality, wave, issued="60", returned="26")
    fits = quality.get(reverse(name, args=[wave.pk])).content.decode()
    assert 'class="say is-over"' not in fits
    answers(wave, [ROW] * 26)
    shown = quality.get(reverse(name, args=[wave.pk])).content.decode()
    assert 'class="say is-over" role="alert"' in shown
    assert "52 answers are in use, but only 26 forms are counted as returned" in shown
    primary = f'<a class="btn btn-primary" href="{reverse("wave-counts", args=[wave.pk])}"'
    assert name != "wave" or primary in shown


def test_the_next_step_after_the_answers_leads_to_the_counts(quality, cast):
    wave = a_wave(cast, population=None)
    answers(wave, [ROW] * 6)
    primary = f'<a class="btn btn-primary" href="{reverse("wave-counts", args=[wave.pk])}"'
    shown = _page(quality, wave)
    assert primary in shown
    assert f'<a class="btn" href="{reverse("results", args=[wave.pk])}"' in shown
    _counted(quality, wave, issued="60", returned="6")
    assert primary not in _page(quality, wave)


def test_a_survey_opened_by_mistake_goes_back_and_is_deleted(quality, cast):
    wave = a_wave(cast)
    assert "Put back to planning" in _page(quality, wave)
    quality.post(reverse("wave-revise", args=[wave.pk]))
    assert "Delete the draft" in _page(quality, wave)
    quality.post(reverse("wave-delete", args=[wave.pk]))
    with cast.inside():
        assert not Wave.objects.exists()
    past = quality.get(reverse("history")).content.decode()
    assert "put back to planning" in past


def test_a_survey_with_answers_in_use_cannot_go_back(quality, cast):
    wave = a_wave(cast)
    answers(wave, [ROW])
    assert "Put back to planning" not in _page(quality, wave)
    assert quality.post(reverse("wave-revise", args=[wave.pk])).status_code == 409


def test_closing_without_answers_asks_for_the_reason_and_names_the_other_way(quality, cast):
    wave = a_wave(cast)
    page = reverse("wave-close", args=[wave.pk])
    shown = quality.get(page).content
    assert b'name="reason"' in shown
    assert b"Put it back to planning instead" in shown
    assert quality.post(page).status_code == 422
    assert quality.post(page, {"reason": "called off"}).status_code == 302


def test_the_survey_page_always_leads_to_its_reports(quality, cast):
    wave = a_wave(cast)
    assert f'href="{reverse("reports", args=[wave.pk])}"' in _page(quality, wave)


def test_the_target_that_is_used_is_shown_with_its_source(quality, cast):
    with cast.inside():
        Project.objects.filter(id=cast.project.id).update(target=90)
    theirs, own = a_wave(cast), a_wave(cast, target=85.5)
    assert '90 % <span class="i2">from the project</span>' in _page(quality, theirs)
    assert '85.5 % <span class="i2">set for this survey</span>' in _page(quality, own)
    with cast.inside():
        Project.objects.filter(id=cast.project.id).update(target=None)
    assert "<dt>Target</dt><dd>none</dd>" in _page(quality, theirs)


def test_days_do_not_break_inside_in_the_list(quality, cast):
    a_wave(cast)
    shown = quality.get(reverse("surveys")).content.decode()
    assert '<span class="text-nowrap">2026-06-15</span>' in shown


def test_what_an_own_survey_needs_is_told_all_at_once_and_not_called_optional(quality, cast):
    sent = {"project_id": cast.project.id, "title": "2026 H2", "source": "own"}
    quality.post(reverse("wave-new"), sent)
    with cast.inside():
        wave = Wave.objects.get()
    opened = quality.post(reverse("wave-open", args=[wave.pk]), follow=True)
    shown = html.unescape(opened.content.decode())
    for what in ("the goal", "the method", "the first day of fieldwork"):
        assert f"Fill in {what} before the survey opens." in shown
    assert 'for="goal">Goal</label>' in shown
    assert 'for="population">Population <span class="i3">(optional)' in shown
