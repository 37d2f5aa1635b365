"""An own survey from its own spreadsheet: one form, every refusal at once, the file kept."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from anju.kernel.models import Job, StoredFile
from anju.survey.models import Wave
from anju.web.study.imports.tests.test_pages import PLAIN, a_file, checked, imported
from tests.cast import a_project

OWN = {
    "title": "锦绣花园2026",
    "source": "own",
    "goal": "What to mend first",
    "method": "Forms were left at every door",
    "modes": ["paper"],
    "fieldwork_from": "2026-10-09",
    "fieldwork_to": "2026-10-13",
    "issued": "100",
    "returned": "60",
}
NEEDED = ("goal", "method", "modes", "fieldwork_from", "fieldwork_to")


def _sent(browser, cast, **changes):
    sent = {"project_id": cast.project.id, "file": a_file()} | OWN | changes
    return browser.post(reverse("import-new"), sent)


def _kept(page) -> str:
    found = re.search(r'name="kept" value="(\d*)"', page.content.decode())
    assert found is not None
    return found[1]


def test_an_own_survey_takes_its_columns_for_its_questionnaire(quality, cast):
    page = quality.get(_sent(quality, cast).url)
    assert b"nothing is imported yet" in page.content
    assert b"60 answers are ready" in checked(quality, page).content
    imported(quality, Job.objects.latest("id"))
    with cast.inside():
        wave = Wave.objects.get()
        assert (wave.source, wave.state, wave.population) == ("own", "open", None)
        assert (wave.issued, wave.returned, wave.design) == (100, 60, "unknown")
        assert wave.version.questionnaire.from_file


def test_everything_that_is_missing_is_told_at_once_and_not_called_optional(quality, cast):
    empty = dict.fromkeys(NEEDED, "") | {"modes": []}
    shown = _sent(quality, cast, **empty)
    text = shown.content.decode()
    assert shown.status_code == 422
    assert [name for name in NEEDED if f'id="{name}-error"' not in text] == []
    for label in ("Goal", "Method", "How owners are asked", "First day of asking"):
        assert not re.search(rf">{label} <span[^>]*>\(optional\)", text)
    with cast.inside():
        assert not Wave.objects.exists()


def test_an_unknown_population_is_taken_and_its_consequence_is_said(quality, cast):
    text = quality.get(reverse("import-new")).content.decode()
    assert "the report speaks only of those asked" in text
    assert _sent(quality, cast, population="").status_code == 302


def test_the_file_is_kept_over_a_refusal(quality, cast):
    refused = _sent(quality, cast, goal="", file=a_file(name="锦绣花园.csv"))
    assert "“锦绣花园.csv” is kept." in html.unescape(refused.content.decode())
    sent = {"project_id": cast.project.id, "kept": _kept(refused)} | OWN
    answer = quality.post(reverse("import-new"), sent)
    assert answer.status_code == 302
    assert b"nothing is imported yet" in quality.get(answer.url).content
    assert StoredFile.objects.count() == 1


def test_another_file_takes_the_place_of_the_kept_one(quality, cast):
    refused = _sent(quality, cast, goal="")
    other = a_file(PLAIN + "1栋,满意,1\n", name="second.csv")
    answer = _sent(quality, cast, kept=_kept(refused), file=other)
    assert b"second.csv" in quality.get(answer.url).content


def test_a_kept_file_that_is_not_ours_does_not_exist(quality, cast):
    sent = {"project_id": cast.project.id, "kept": "99999"} | OWN
    assert quality.post(reverse("import-new"), sent).status_code == 404


def test_neither_a_file_nor_a_choice_who_asked_are_told_together(quality, cast):
    shown = quality.post(reverse("import-new"), {"project_id": cast.project.id}).content
    assert b'id="file-error"' in shown
    assert b'id="source-error"' in shown
    assert b'id="title-error"' in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"returned": "101"}, "returned"), ({"issued": "many"}, "issued"), ({"population": "9"}, "")],
)
def test_counts_that_do_not_fit_are_refused_and_nothing_is_made(quality, cast, changes, field):
    shown = _sent(quality, cast, **changes)
    assert shown.status_code == 422
    assert f'id="{field}-error"'.encode() in shown.content or not field
    with cast.inside():
        assert not Wave.objects.exists()


def test_the_only_project_is_chosen_already_and_several_are_not(quality, cast):
    mark = f'<option value="{cast.project.id}" selected'
    assert mark in quality.get(reverse("import-new")).content.decode()
    a_project(cast.quality, "云台", buildings={})
    assert mark not in quality.get(reverse("import-new")).content.decode()
