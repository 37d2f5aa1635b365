"""An old ledger: checked, marked where wrong, taken in whole, taken back for a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anju.aftercare.grievances import broken_at
from anju.aftercare.kept import Span, counts
from anju.casework.promises import Promised
from anju.casework.states import Outcome, State
from anju.intake.actions.ledgers import undo_ledger
from anju.kernel import history, tasks
from anju.kernel.models import Job
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.register.models import Account
from anju.voice.actions.clockwork import escalate_due
from anju.voice.casefile import case_file
from anju.voice.models import Case, CaseNote
from anju.voice.refold import faults
from anju.voice.tests.making import a_case
from tests.cast import Cast, the_cast

SEND = "/desk/cases/import/"
GOOD = (
    "单号,受理时间,房号,投诉内容,类型,状态,完成时间,责任人,处理结果\r\n"
    "A1,2026-03-02 09:30,3-502,楼上噪音扰民,投诉,已关闭,2026-03-05,,已协调\r\n"
    "A2,2026-10-02,3-502,水管漏水,报修,处理中,,陈前台,已约\r\n"
    "A3,2026-10-03,,小区路灯不亮,,,,,\r\n"
)
BAD = "受理时间,房号,内容,状态\r\n2026-13-40,3-502,漏水,\r\n2026-10-02,99-999,漏水,也许\r\n2026-10-02,3-502,漏水,\r\n"


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def quality(cast, client):
    client.force_login(Account.objects.get(id=cast.quality.account_id))
    return client


def sent(cast: Cast, client, text: str, encoding: str = "utf-8") -> Job:
    """Send a list, take its columns as they are guessed, and let the check run."""
    file = SimpleUploadedFile("旧台账.csv", text.encode(encoding))
    answer = client.post(SEND, {"project": str(cast.project.pk), "file": file})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"])
    given = {line.name: line.column for line in page.context["lines"]}
    begun = client.post(answer["Location"], given)
    assert begun.status_code == 302, begun.content.decode()
    return done(int(begun["Location"].split("/")[-2]))


def done(job_id: int) -> Job:
    tasks.run_job.func(job_id)
    return Job.objects.get(id=job_id)


def taken_in(cast: Cast, client, text: str = GOOD, encoding: str = "utf-8") -> Job:
    checked = sent(cast, client, text, encoding)
    assert checked.result is not None
    assert (checked.state, checked.result["faults"]) == ("done", 0), checked.result
    begun = client.post(reverse("case-import-start", args=[checked.pk]))
    return done(int(begun["Location"].split("/")[-2]))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_ledger_becomes_cases_that_are_what_their_history_says(cast, quality, encoding):
    job = taken_in(cast, quality, encoding=encoding)
    with cast.inside():
        over, open_, bare = Case.objects.order_by("received_at")
        assert (over.state, over.outcome) == (State.SETTLED, Outcome.UNCONFIRMED)
        assert over.received_at == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
        assert (open_.state, open_.assignee_id) == (State.ACCEPTED, cast.desk.account_id)
        assert (bare.state, bare.unit_id, bare.kind) == (State.REGISTERED, None, "repair")
        assert {one.channel for one in (over, open_, bare)} == {"ledger"}
        assert {one.batch for one in (over, open_, bare)} == {job.pk}
        for one in (over, open_, bare):
            assert faults(one, at=utc_now()) == {}
    escalate_due(at=utc_now())
    assert not Message.objects.unscoped("a test counts").exists()


def test_what_was_late_before_the_import_broke_no_promise_and_what_comes_after_it_does(
    cast, quality
):
    now = utc_now()
    taken_in(cast, quality)
    later = now + timedelta(days=60)
    with cast.inside():
        open_, bare = Case.objects.exclude(closed_at__isnull=False).order_by("received_at")
        assert (bare.clock_from > now, bare.resolve_due > now) == (True, True)
        for one in (open_, bare):
            assert (broken_at(one, utc_now()), bool(broken_at(one, later))) == (None, True)
        assert not case_file(cast.quality, bare.pk, at=utc_now()).broken
        span = Span(datetime(2026, 1, 1, tzinfo=UTC), now)
        ((first, since),) = (
            [counts(span, at=at)[0].first[Promised.RESOLVE].broken for at in (utc_now(), later)],
        )
        assert (first, since) == (0, 2)
    assert escalate_due(at=later) == 2


def test_a_list_with_three_wrong_cells_comes_back_marked_and_keeps_nothing(cast, quality):
    checked = sent(cast, quality, BAD)
    assert checked.result is not None
    assert checked.result["faults"] == 3
    said = quality.get(reverse("case-import-job", args=[checked.pk])).content.decode()
    assert "99-999" in said
    file = b"".join(quality.get(reverse("case-import-marked", args=[checked.pk])))
    assert "问题" in file.decode("utf-8-sig")
    with cast.inside():
        assert not Case.objects.exists()


def test_the_same_file_is_refused_until_it_is_taken_back(cast, quality):
    job = taken_in(cast, quality)
    file = SimpleUploadedFile("again.csv", GOOD.encode())
    page = quality.post(SEND, {"project": str(cast.project.pk), "file": file})
    assert 'data-code="E-IMP-SAME"' in page.content.decode()
    quality.post(reverse("case-import-undo", args=[job.pk]))
    with cast.inside():
        assert not Case.objects.exists()
    taken_in(cast, quality)


def test_a_ledger_is_not_taken_back_after_a_week_or_once_somebody_worked_with_it(cast, quality):
    job = taken_in(cast, quality)
    act = {"actor": cast.quality, "job_id": job.pk}
    with pytest.raises(Problem, match="E-UNDO-LATE"):
        undo_ledger(**act, at=utc_now() + timedelta(days=8))
    with cast.inside():
        Case.objects.filter(state=State.REGISTERED).update(version=2)
    with pytest.raises(Problem, match="E-UNDO-USED"):
        undo_ledger(**act, at=utc_now())


def test_a_job_done_again_after_a_kill_doubles_nothing(cast, quality):
    job = taken_in(cast, quality)
    Job.objects.filter(id=job.pk).update(state="waiting")
    assert done(job.pk).state == "done"
    with cast.inside():
        assert Case.objects.count() == 3


def test_a_worker_that_dies_at_any_row_leaves_nothing_to_be_seen(cast, quality, monkeypatch):
    checked = sent(cast, quality, GOOD)
    places = ("next_number", "history.write_first", "subject", "Run.report")
    for attempt, place in enumerate(places):
        with monkeypatch.context() as patched:
            patched.setattr(f"anju.intake.actions.ledger_rows.{place}", died)
            begun = quality.post(reverse("case-import-start", args=[checked.pk]))
            assert done(int(begun["Location"].split("/")[-2])).state == "failed", place
        with cast.inside():
            assert (attempt, Case.objects.count(), CaseNote.objects.count()) == (attempt, 0, 0)
            assert not history.of_company(cast.company.id).filter(kind="case").exists()
    assert taken_in(cast, quality).state == "done"


def died(*_said: object, **_more: object) -> None:
    raise RuntimeError("the worker died here")


def test_numbers_of_a_list_taken_back_are_given_to_no_other_case(cast, quality):
    job = taken_in(cast, quality)
    undo_ledger(actor=cast.quality, job_id=job.pk, at=utc_now())

    assert a_case(cast).number == 4


def test_a_list_of_more_rows_than_come_in_at_once_is_refused_with_both_numbers(
    cast, quality, monkeypatch
):
    monkeypatch.setattr("anju.intake.actions.ledgers.ROWS_MOST", 2)
    job = sent(cast, quality, GOOD)

    said = quality.get(reverse("case-import-job", args=[job.pk])).content.decode()
    assert (job.state, "3" in said, "2" in said) == ("refused", True, True)
    assert "一次最多导入 2 行" in said or "at most 2 come in at once" in said


def test_a_list_without_its_needed_columns_says_which(cast, quality):
    file = SimpleUploadedFile("x.csv", "姓名,备注\r\n李,好\r\n".encode())
    answer = quality.post(SEND, {"project": str(cast.project.pk), "file": file})
    page = quality.post(answer["Location"], {"column-0": "caller", "column-1": "ignored"})
    assert 'data-code="E-IMP-COLUMN"' in page.content.decode()
