"""The list of background work and the page that hands a report over."""

from __future__ import annotations

from django.urls import reverse

from anju.kernel.models import Job
from anju.web.study.surveys.tests.going import work
from tests.cast import AT, a_wave, answers


def _job(cast, **known) -> Job:
    fixed = {"company_id": cast.company.id, "kind": "survey.import", "created_at": AT}
    argument = {"wave": 1, "dry_run": False}
    return Job.objects.create(**(fixed | {"argument": argument} | known))


def test_finished_work_is_done_whatever_it_counted_last(quality, cast):
    _job(cast, state="done", done=0, total=26)
    shown = quality.get(reverse("jobs")).content.decode()
    assert "100 %" in shown
    assert ">0 %" not in shown


def test_work_that_ended_early_claims_no_share(quality, cast):
    _job(cast, state="refused", done=13, total=26)
    assert "50 %" not in quality.get(reverse("jobs")).content.decode()


def test_work_under_way_says_how_far(quality, cast):
    _job(cast, state="running", done=13, total=26)
    assert "50 %" in quality.get(reverse("jobs")).content.decode()


def test_a_check_is_not_called_an_import(quality, cast):
    _job(cast, state="done", argument={"wave": 1, "dry_run": True})
    shown = quality.get(reverse("jobs")).content
    assert b"Check of a file" in shown
    assert b"Import of answers" not in shown


def test_a_report_is_handed_over_by_the_page_that_waited_for_it(quality, cast):
    wave = a_wave(cast)
    answers(wave, [["vs"] * 10 + [None]] * 6)
    page = quality.post(reverse("report", args=[wave.pk]), {"form": "csv", "language": "en"}).url
    done = work()
    assert done.state == "done"
    told = quality.get(page, headers={"HX-Request": "true"})
    assert told["HX-Redirect"] == f"{page}?made=1"
    shown = quality.get(told["HX-Redirect"]).content.decode()
    report = reverse("report-file", args=[wave.pk, done.result["report"]])
    assert f'content="1;url={report}"' in shown
    assert "The report is ready" in shown
    assert reverse("results", args=[wave.pk]) in shown
    assert "http-equiv" not in quality.get(page).content.decode()
