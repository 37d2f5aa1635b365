"""Jobs: done once, told how far, refused with reason, put back when a worker dies."""

from datetime import UTC, datetime, timedelta

import pytest

from anju.kernel import tasks
from anju.kernel.models import Job, JobState
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import current_company

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(monkeypatch):
    """A table of handlers that this test alone fills."""
    monkeypatch.setattr(tasks, "HANDLERS", {})
    return tasks.handles("test.work")


def a_job(**argument):
    return tasks.start("test.work", company_id=4, actor_id=2, at=AT, argument=argument)


def test_a_job_runs_in_its_company_and_keeps_its_result(handler):
    @handler
    def work(run):
        run.report(done=1, total=2, step="half")
        return {"company": current_company(), "asked": run.argument["rows"]}

    job = a_job(rows=5)
    tasks.run_job.func(job.id)

    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.result == {"company": 4, "asked": 5}
    assert (job.done, job.total, job.percent) == (1, 2, 50)
    assert not job.open


def test_a_refusal_keeps_its_sentence_for_the_page(handler):
    @handler
    def work(run):
        raise Problem(
            "E-IMP-COLUMN", "file", "Column {name} is missing.", "缺少{name}列。", name="A"
        )

    job = a_job()
    tasks.run_job.func(job.id)

    job.refresh_from_db()
    assert job.state == JobState.REFUSED
    assert Problem.from_plain(job.problem).text("zh-hans") == "缺少A列。"


def test_a_defect_ends_with_a_reference_and_not_with_a_silent_job(handler):
    @handler
    def work(run):
        raise ZeroDivisionError

    job = a_job()
    tasks.run_job.func(job.id)

    job.refresh_from_db()
    assert (job.state, job.problem["code"]) == (JobState.FAILED, "E-JOB")


def test_a_job_is_not_done_twice(handler):
    calls = []

    @handler
    def work(run):
        calls.append(run.job_id)

    job = a_job()
    tasks.run_job.func(job.id)
    tasks.run_job.func(job.id)

    assert calls == [job.id]


def test_a_cancelled_job_stops_at_its_next_report(handler):
    reached = []

    @handler
    def work(run):
        assert tasks.cancel(run.job_id, company_id=4, at=AT)
        run.report(done=1, total=2, step="x")
        reached.append("beyond")

    job = a_job()
    tasks.run_job.func(job.id)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert reached == []
    assert not tasks.cancel(job.id, company_id=4, at=AT)


def test_cancelling_does_not_reach_into_another_company(handler):
    job = a_job()

    assert not tasks.cancel(job.id, company_id=5, at=AT)


@pytest.mark.parametrize(
    ("attempts", "state", "count"), [(1, JobState.WAITING, 1), (3, JobState.FAILED, 0)]
)
def test_a_job_of_a_dead_worker_is_put_back_three_times_at_most(handler, attempts, state, count):
    job = a_job()
    Job.objects.filter(id=job.id).update(
        state=JobState.RUNNING, attempts=attempts, seen_at=AT - timedelta(minutes=5)
    )

    assert tasks.recover(at=AT) == count
    job.refresh_from_db()
    assert job.state == state


def test_a_job_that_still_reports_is_left_alone(handler):
    job = a_job()
    Job.objects.filter(id=job.id).update(state=JobState.RUNNING, seen_at=AT - timedelta(seconds=20))

    assert tasks.recover(at=AT) == 0


def test_two_handlers_of_one_kind_are_refused(handler):
    handler(lambda run: None)

    with pytest.raises(RuntimeError):
        handler(lambda run: {})
