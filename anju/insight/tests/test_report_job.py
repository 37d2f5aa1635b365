"""A report that somebody orders: made in the background, once a job, numbered, and kept."""

from __future__ import annotations

import json
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from anju.insight import queries
from anju.insight.access import report_file
from anju.insight.actions import report as making
from anju.insight.actions.report import FORMS, REPORT, start_report
from anju.insight.actions.snapshot import take_snapshot
from anju.insight.measured.model import Head, SurveyFigures
from anju.insight.models import ReportRun
from anju.insight.reports.survey.render.files import write
from anju.insight.tests.stored import LATER, a_run, asked, closed
from anju.kernel import tasks
from anju.kernel.files import path_of
from anju.kernel.history import Subject, entries
from anju.kernel.models import HistoryEntry, Job, JobState, StoredFile
from anju.kernel.pure.plain import from_plain
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import run_job
from anju.survey.models import Wave
from tests.cast import AT, Cast, a_wave

BEGINNINGS = {
    "pdf": b"%PDF-",
    "xlsx": b"PK\x03\x04",
    "html": b"<!doctype html>",
    "json": b"{",
    "csv": "\ufeff".encode(),
}
DONE, REFUSED, FAILED = JobState.DONE, JobState.REFUSED, JobState.FAILED


def ordered(cast: Cast, wave: Wave, form: str = "json", language: str = "zh-hans") -> int:
    return start_report(actor=cast.manager, wave_id=wave.pk, form=form, language=language, at=LATER)


def made(cast: Cast, wave: Wave, form: str = "json", language: str = "zh-hans") -> ReportRun:
    """Order a report, let the worker do it, and return its row."""
    job_id = ordered(cast, wave, form, language)
    run_job.func(job_id)
    with cast.inside():
        found: ReportRun = ReportRun.objects.get(job_id=job_id)
        return found


def content(run: ReportRun) -> bytes:
    kept = report_file(run)
    return path_of(kept.company_id, kept.sha256).read_bytes()


def told(cast: Cast, wave: Wave) -> list[HistoryEntry]:
    """Return what the history of a wave says of its reports."""
    subject = Subject(cast.company.id, "wave", wave.pk)
    return list(entries(subject).filter(verb="report_made"))


def test_every_form_has_its_beginning_here():
    assert set(BEGINNINGS) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_made_in_every_form(cast, form):
    run = made(cast, asked(cast), form)

    assert content(run).startswith(BEGINNINGS[form])
    assert report_file(run).name.endswith(f".{form}")
    assert (run.number, run.form, run.language, run.final) == (1, form, "zh-hans", False)
    assert run.actor_id == cast.manager.account_id


def test_the_job_says_which_file_and_which_report_it_made(cast):
    wave = asked(cast)
    run = made(cast, wave)

    job = Job.objects.get(id=run.job_id)

    assert (job.kind, job.state) == (REPORT, DONE)
    assert job.result == {"file": run.file_id, "report": run.pk}
    assert (job.done, job.total) == (1, 2)


def test_a_report_keeps_the_figures_that_it_printed(cast):
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=AT)
    run = made(cast, wave)

    kept = from_plain(SurveyFigures, run.figures)

    assert kept == from_plain(SurveyFigures, json.loads(content(run)))
    assert (kept.head.number, kept.head.as_of) == (f"{wave.pk}-1", AT)
    assert (run.as_of, run.final) == (AT, True)
    with cast.inside():
        assert kept == queries.figures_of(wave.pk, at=LATER, number=f"{wave.pk}-1").figures


def test_a_report_speaks_the_language_that_was_asked_for(cast):
    wave = asked(cast)

    assert "满意" in content(made(cast, wave, "csv", "zh-hans")).decode()
    english = content(made(cast, wave, "csv", "en")).decode()

    assert english.lstrip("\ufeff").startswith("section,code,name")


def test_the_history_of_the_wave_tells_of_the_report(cast):
    wave = asked(cast)
    run = made(cast, wave)

    (entry,) = told(cast, wave)
    keys = [row["key"] for row in run.figures["formulas"]]

    assert entry.actor_id == cast.manager.account_id
    assert json.loads(entry.said)["payload"] == {"form": "json", "formulas": keys}
    assert keys


def test_a_job_that_is_done_again_makes_no_second_report(cast):
    wave = asked(cast)
    run = made(cast, wave)
    again = a_run(cast, run.job_id, wave=wave.pk, form="json", language="zh-hans")

    with cast.inside():
        assert making.report(again) == {"file": run.file_id, "report": run.pk}
        assert ReportRun.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_a_report_that_is_ordered_twice_is_made_twice_and_numbered(cast):
    wave = asked(cast)
    first, second = made(cast, wave), made(cast, wave, "csv")
    other = made(cast, asked(cast))

    assert (first.number, second.number, other.number) == (1, 2, 1)
    with cast.inside():
        lines = queries.report_lines(cast.quality, wave.pk)
    assert [(line.id, line.number, line.form) for line in lines] == [
        (second.pk, 2, "csv"),
        (first.pk, 1, "json"),
    ]
    assert lines[0].actor_id == cast.manager.account_id


def between(monkeypatch, act) -> None:
    """Let another worker act while this one prints."""

    def slow(*args, **named):
        write(*args, **named)
        act()

    monkeypatch.setattr(making, "write", slow)


def test_a_number_that_another_worker_took_meanwhile_is_left_to_it(cast, monkeypatch):
    wave = asked(cast)
    mine, others = ordered(cast, wave), ordered(cast, wave, "csv")
    taken = []

    def other_worker():
        if not taken:
            taken.append(others)
            run_job.func(others)

    between(monkeypatch, other_worker)
    run_job.func(mine)

    with cast.inside():
        numbers = dict(ReportRun.objects.values_list("job_id", "number"))
        run = ReportRun.objects.get(job_id=mine)
    assert numbers == {others: 1, mine: 2}
    assert json.loads(content(run))["head"]["number"] == f"{wave.pk}-2"
    assert StoredFile.objects.count() == 2
    assert len(told(cast, wave)) == 2


def test_a_job_that_two_workers_do_at_once_makes_one_report(cast, monkeypatch):
    wave = asked(cast)
    job_id = ordered(cast, wave)
    Job.objects.filter(id=job_id).update(state=JobState.RUNNING)
    again = a_run(cast, job_id, wave=wave.pk, form="json", language="zh-hans")
    results = []

    def other_worker():
        if not results:
            results.append(None)
            results[0] = making.report(again)

    between(monkeypatch, other_worker)
    with cast.inside():
        assert making.report(again) == results[0]
        assert ReportRun.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_a_number_that_is_never_free_is_a_defect_and_no_endless_loop(cast, monkeypatch):
    job_id = ordered(cast, asked(cast))
    tried = []

    def never(*_args, **_named):
        tried.append(1)
        raise IntegrityError("report_run_one_number")

    monkeypatch.setattr(making, "_store", never)
    run_job.func(job_id)

    assert len(tried) == making.TRIES
    assert Job.objects.get(id=job_id).state == FAILED


def test_a_form_that_we_do_not_write_is_refused_before_any_job(cast):
    wave = asked(cast)

    with pytest.raises(Problem, match="E-CHOICE") as refused:
        ordered(cast, wave, "doc")

    assert (refused.value.field, "pdf" in str(refused.value)) == ("form", True)
    assert not Job.objects.filter(kind=REPORT).exists()


def test_a_report_that_cannot_be_made_is_refused_in_words(cast, monkeypatch):
    job_id = ordered(cast, asked(cast))

    def refused(*_args, **_named):
        raise Problem("E-EMPTY", "answers", "Nothing to report.", "没有可报告的内容。")

    monkeypatch.setattr(making, "write", refused)
    run_job.func(job_id)

    job = Job.objects.get(id=job_id)
    assert (job.state, job.problem["code"]) == (REFUSED, "E-EMPTY")
    assert (job.problem["en"], job.problem["zh"]) == ("Nothing to report.", "没有可报告的内容。")
    with cast.inside():
        assert not ReportRun.objects.exists()


def test_a_report_of_a_wave_without_answers_says_that_there_are_none(cast):
    run = made(cast, a_wave(cast), "pdf")

    assert run.figures["overall"]["primary"]["figure"] is None
    assert content(run).startswith(BEGINNINGS["pdf"])


def test_a_defect_in_printing_leaves_a_reference_and_nothing_else(cast, monkeypatch):
    wave = asked(cast)
    job_id = ordered(cast, wave)

    def broken(*_args, **_named):
        raise RuntimeError("the printer burns")

    with monkeypatch.context() as patch:
        patch.setattr(making, "write", broken)
        run_job.func(job_id)

    job = Job.objects.get(id=job_id)
    assert (job.state, job.problem) == (FAILED, {"code": "E-JOB", "reference": f"J{job_id}"})
    assert "printer" not in json.dumps(job.problem)
    with cast.inside():
        assert not ReportRun.objects.exists()
    assert not told(cast, wave)
    assert not StoredFile.objects.exists()
    assert made(cast, wave).number == 1  # and the next order is not disturbed


def test_a_report_that_is_stopped_leaves_nothing(cast, monkeypatch):
    wave = asked(cast)
    job_id = ordered(cast, wave)
    figures_of = making.figures_of

    def stopped_meanwhile(*args, **named):
        assert tasks.cancel(job_id, company_id=cast.company.id, at=LATER)
        return figures_of(*args, **named)

    monkeypatch.setattr(making, "figures_of", stopped_meanwhile)
    run_job.func(job_id)

    assert Job.objects.get(id=job_id).state == JobState.CANCELLED
    with cast.inside():
        assert not ReportRun.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_name_says_provisional_and_its_day_and_makes_no_folder(cast, settings):
    run = made(cast, asked(cast, title="2026/上半年：复查: 一"), "csv")

    day = run.as_of.astimezone(ZoneInfo(settings.TIME_ZONE))
    assert report_file(run).name == f"翠湖苑_2026-上半年：复查- 一_暂定_{day:%Y-%m-%d}.csv"


@pytest.mark.parametrize(
    ("final", "language", "word"),
    [(True, "zh", ""), (False, "zh", "_暂定"), (False, "en", "_provisional")],
)
def test_a_long_name_keeps_its_day_and_fits_every_file_system(final, language, word):
    head = Head(title="满意度" * 60, as_of=AT, project="翠湖苑")
    page = SimpleNamespace(figures=SimpleNamespace(head=head), final=final)

    name = making._name(page, "xlsx", language)

    assert name.endswith(f"{word}_{AT:%Y-%m-%d}.xlsx")
    assert ("暂定" in name or "provisional" in name) is not final
    assert len(name.encode()) <= 255
