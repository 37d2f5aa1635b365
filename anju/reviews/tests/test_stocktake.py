"""The daily stocktake: taken from the history, filled line by line, signed by name, then frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.casework.kinds import CaseKind, Party
from anju.intake.actions.ledgers import undo_ledger
from anju.intake.ledgers import LEDGER_JOB
from anju.kernel import history, tasks
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Forbidden, NotFound, Role
from anju.register.models import Project
from anju.reviews.actions.clockwork import take_due
from anju.reviews.actions.signing import Said, say, sign
from anju.reviews.actions.taking import Wanted, take_by_hand
from anju.reviews.models import Stocktake, StocktakeLine
from anju.voice.actions import closing, receiving
from anju.voice.actions.handling import Moment, Named, Work, accept, finish, start
from anju.voice.actions.storing import Edition
from anju.voice.models import Case
from anju.voice.tests.making import AT, a_case, a_report, taken
from tests.cast import Cast, a_person, the_cast

WORK = Work("人手不足", Party.PROPERTY, "已加派")
COMPLAINT = {"kind": CaseKind.COMPLAINT}
DAY = timedelta(days=1)
EVENING = AT + timedelta(hours=8)  # 17:30 in China


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def the_sheet(cast, at=EVENING, **more):
    return take_by_hand(actor=cast.desk, wanted=Wanted(cast.project.pk, **more), at=at)


def lines(cast, sheet):
    with cast.inside():
        return list(StocktakeLine.objects.filter(stocktake=sheet).order_by("case__number"))


def test_the_clock_takes_each_project_once_after_the_cut_off(cast, worker):
    case = taken(cast, worker, **COMPLAINT)
    a_case(cast)  # a repair is no complaint
    assert take_due(at=EVENING - timedelta(minutes=1)) == 0
    with cast.inside():
        every = Project.objects.count()
    assert take_due(at=EVENING) == every
    assert take_due(at=EVENING + timedelta(minutes=10)) == 0
    with cast.inside():
        sheet = Stocktake.objects.get(project=cast.project)
        assert (sheet.carried, sheet.new, sheet.open) == (0, 1, 1)
        line = StocktakeLine.objects.get(stocktake=sheet)
        assert (line.case_id, line.assignee_id) == (case.pk, worker.account_id)


def test_days_reconcile_over_a_closing_and_every_kind_is_a_switch(cast, worker):
    case = taken(cast, worker, **COMPLAINT)
    a_case(cast)
    assert the_sheet(cast).open == 1
    start(actor=worker, edition=Edition(case.pk), moment=Moment(EVENING + DAY / 3))
    finish(actor=worker, edition=Edition(case.pk), work=WORK, moment=Moment(EVENING + DAY / 3))
    told = closing.Told("已电话告知", EVENING + DAY / 2)
    closing.report_back(actor=cast.desk, edition=Edition(case.pk), told=told, at=EVENING + DAY / 2)
    next_day = the_sheet(cast, EVENING + DAY)
    counts = (next_day.carried, next_day.new, next_day.closed, next_day.open)
    assert counts == (1, 0, 1, 0)
    assert the_sheet(cast, EVENING + 2 * DAY, every_kind=True).open == 1
    assert the_sheet(cast, EVENING + 3 * DAY).every_kind


def test_nobody_signs_over_a_hole_and_a_signed_sheet_stays(cast, worker):
    case = a_case(cast, **COMPLAINT)
    late = case.next_due_at + 3 * DAY
    sheet = the_sheet(cast, late)
    (line,) = lines(cast, sheet)
    asked = {"actor": cast.desk, "stocktake_id": sheet.pk, "version": sheet.version}
    with pytest.raises(Problem, match="E-STOCK-OPEN") as refused:
        sign(**asked, at=late)
    assert f"#{case.number}" in str(refused.value)
    with pytest.raises(Problem, match="E-STOCK-CAUSE"):
        say(actor=cast.desk, line_id=line.pk, said=Said(promise=late + DAY), at=late)
    said = Said("等配件", "已下单", today=False, promise=late + DAY, person_id=worker.account_id)
    say(actor=cast.desk, line_id=line.pk, said=said, at=late)
    signed = sign(**asked, at=late + timedelta(minutes=5))
    assert signed.signed_by_id == cast.desk.account_id
    with cast.inside():
        case.refresh_from_db()
        assert (case.assignee_id, case.resolve_due) == (worker.account_id, late + DAY)
        assert history.verify(history.Subject(cast.company.id, "stocktake", sheet.pk)) == 3
    for again in (
        lambda: say(actor=cast.desk, line_id=line.pk, said=Said("x"), at=late),
        lambda: sign(**asked, at=late),
        lambda: the_sheet(cast, late),
    ):
        with pytest.raises(Problem, match="E-STOCK-SIGNED"):
            again()


def test_taken_anew_before_it_is_signed_it_keeps_what_was_said(cast, worker):
    taken(cast, worker, **COMPLAINT)
    first = the_sheet(cast)
    say(actor=cast.desk, line_id=lines(cast, first)[0].pk, said=Said("等业主在家"), at=EVENING)
    a_case(cast, "电梯吵", at=EVENING + timedelta(minutes=1), **COMPLAINT)
    again = the_sheet(cast, EVENING + timedelta(minutes=2))
    assert (again.pk, again.new, again.open) == (first.pk, 2, 2)
    assert [line.cause for line in lines(cast, again)] == ["等业主在家", ""]
    with pytest.raises(Problem, match="E-STALE"):
        sign(actor=cast.desk, stocktake_id=first.pk, version=first.version, at=EVENING + DAY / 24)
    tomorrow = the_sheet(cast, EVENING + DAY)
    assert [line.cause for line in lines(cast, tomorrow)] == ["等业主在家", ""]


def test_a_row_that_its_history_does_not_bear_out_is_refused(cast, worker):
    case = taken(cast, worker, **COMPLAINT)
    with cast.inside():
        Case.objects.filter(id=case.pk).update(state="closed", closed_at=EVENING)
    with pytest.raises(Problem, match="E-STOCK-SUM"):
        the_sheet(cast)


def test_the_managers_mailbox_stays_out_and_nobody_reads_what_is_said_of_her(cast, worker):
    report = a_report(cast, "经理态度差", **COMPLAINT)
    about = receiving.receive(actor=cast.desk, report=report, at=AT)
    accept(actor=cast.desk, edition=Edition(about.pk), named=Named(worker.account_id), at=AT)
    with cast.inside():
        Case.objects.filter(id=about.pk).update(about_id=cast.manager.account_id)
    shut = a_case(cast, "信箱", **COMPLAINT)
    with cast.inside():
        Case.objects.filter(id=shut.pk).update(restricted=True)
    sheet = the_sheet(cast)
    assert sheet.open == 1
    (line,) = lines(cast, sheet)
    with pytest.raises(NotFound):
        say(actor=cast.manager, line_id=line.pk, said=Said(), at=EVENING)


def test_who_only_repairs_or_sits_elsewhere_takes_no_stock(cast, worker):
    wanted = Wanted(cast.project.pk)
    with pytest.raises(Forbidden):
        take_by_hand(actor=worker, wanted=wanted, at=EVENING)
    with company_scope(cast.company.id):
        other = Project.objects.exclude(id=cast.project.pk).first()
    elsewhere = other.pk if other else 987_654
    with pytest.raises(NotFound):
        take_by_hand(actor=cast.desk, wanted=Wanted(elsewhere), at=EVENING)


def test_a_ledger_whose_case_stands_on_a_sheet_is_not_taken_back_and_says_so(cast, worker):
    case = taken(cast, worker, **COMPLAINT)
    job = tasks.start(
        LEDGER_JOB, company_id=cast.company.pk, actor_id=None, at=AT,
        argument={"project": cast.project.pk},
    )  # fmt: skip
    with cast.inside():
        Case.objects.update(batch=job.pk, version=1)
    the_sheet(cast)
    with pytest.raises(Problem, match="E-UNDO-USED"):
        undo_ledger(actor=cast.quality, job_id=job.pk, at=EVENING)
    with cast.inside():
        assert Case.objects.filter(id=case.pk).exists()
