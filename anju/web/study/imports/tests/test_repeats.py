"""The same homes sent again: told at the check, asked at the import, never taken silently."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from anju.kernel.models import Job
from anju.survey.models import Response, Wave
from anju.web.study.imports.tests.test_pages import a_file, begun, checked, imported
from anju.web.study.surveys.tests.going import work

WORDS = ["满意", "一般", "不满意"]
ROWS = [f"{n % 3 + 1}栋,{n // 6 + 1}0{n // 3 % 2 + 1},{WORDS[n % 3]}" for n in range(15)]
HEAD = "楼栋,房号,总体满意度\n"
FIRST = HEAD + "\n".join(ROWS) + "\n"


def _second(browser, cast, text: str):
    """Send another file to the only survey and return the page of its check."""
    with cast.inside():
        wave = Wave.objects.get()
    sent = browser.post(reverse("import-upload", args=[wave.pk]), {"file": a_file(text)})
    return checked(browser, browser.get(sent.url))


@pytest.fixture
def first(quality, cast):
    checked(quality, quality.get(begun(quality, cast, FIRST).url))
    imported(quality, Job.objects.latest("id"))


@pytest.mark.usefixtures("first")
def test_the_same_homes_are_told_and_need_a_tick(quality, cast):
    other = [*ROWS[1:], ROWS[0].replace("满意", "一般")]
    seen = _second(quality, cast, HEAD + "\n".join(other) + "\n")
    text = html.unescape(seen.content.decode())
    assert "15 of 15 homes already answered in import 1 (14 with the very same answers)." in text
    assert 'name="different"' in text
    job = Job.objects.latest("id")
    refused = quality.post(reverse("import-start", args=[job.id]))
    assert refused.status_code == 409
    assert b"E-IMP-SAME" in refused.content
    assert Job.objects.latest("id").id == job.id
    answer = quality.post(reverse("import-start", args=[job.id]), {"different": "on"})
    work()
    assert b"15 answers are imported" in quality.get(answer.url).content
    with cast.inside():
        assert Response.objects.count() == 30


@pytest.mark.usefixtures("first")
def test_homes_that_did_not_answer_yet_need_no_tick(quality, cast):
    seen = _second(quality, cast, HEAD + "1栋,501,满意\n2栋,501,不满意\n3栋,501,一般\n")
    assert b'name="different"' not in seen.content
    assert b"3 answers are imported" in imported(quality, Job.objects.latest("id")).content


@pytest.mark.usefixtures("first")
def test_answers_that_came_in_since_the_check_are_seen_by_the_import_too(quality, cast):
    new = HEAD + "1栋,501,满意\n2栋,501,不满意\n3栋,501,一般\n"
    _second(quality, cast, new)
    checked_first = Job.objects.latest("id")
    _second(quality, cast, new + "1栋,502,一般\n")
    imported(quality, Job.objects.latest("id"))
    refused = imported(quality, checked_first)
    assert "3 of 3 homes already answered" in html.unescape(refused.content.decode())
    assert b"Check again" in refused.content


@pytest.mark.usefixtures("first")
def test_more_answers_than_returned_forms_are_told_before_the_import(quality, cast):
    with cast.inside():
        wave = Wave.objects.get()
    quality.post(reverse("wave-counts", args=[wave.pk]), {"issued": "60", "returned": "16"})
    seen = _second(quality, cast, HEAD + "1栋,501,满意\n2栋,501,不满意\n3栋,501,一般\n")
    assert b"With this file 18 answers would be in use, but only 16 forms" in seen.content


def test_more_answers_than_issued_forms_are_refused_by_the_check_already(quality, cast):
    page = quality.get(begun(quality, cast, FIRST, issued="14").url)
    seen = html.unescape(checked(quality, page).content.decode())
    assert "The file was refused" in seen
    assert "14" in seen


def test_the_rows_of_a_home_that_stands_twice_are_listed(quality, cast):
    page = quality.get(begun(quality, cast, FIRST + ROWS[1] + "\n").url)
    text = html.unescape(checked(quality, page).content.decode())
    assert "Homes with more than one form in this file" in text
    assert "2-101: rows 3, 17" in text
    assert "came before" not in text


def test_one_cell_is_not_called_cells(quality, cast):
    page = quality.get(begun(quality, cast, FIRST + "9栋,501,满意\n").url)
    text = checked(quality, page).content.decode()
    assert "<h2>1 cell</h2>" in text
    assert "1 cells" not in text


def test_the_next_step_after_an_import_is_the_counts_until_they_are_known(quality, cast):
    checked(quality, quality.get(begun(quality, cast, FIRST).url))
    shown = imported(quality, Job.objects.latest("id")).content.decode()
    with cast.inside():
        wave = Wave.objects.get()
    counts = f'<a class="btn btn-primary" href="{reverse("wave-counts", args=[wave.pk])}"'
    assert counts in shown
    quality.post(reverse("wave-counts", args=[wave.pk]), {"issued": "60", "returned": "15"})
    later = quality.get(reverse("import-job", args=[Job.objects.latest("id").id]))
    assert counts not in later.content.decode()
