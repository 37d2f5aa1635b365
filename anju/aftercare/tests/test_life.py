"""The life of a case through the actions, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.aftercare.actions import visiting
from anju.casework.kinds import CaseKind, Mode, VisitState, WaitedFor
from anju.casework.states import Outcome, State
from anju.casework.visits import Solved
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.register.access import Role
from anju.voice.actions import closing, handling, writing
from anju.voice.actions.clockwork import escalate_due
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Case, ReturnVisit, ServiceLevel, Verdict
from anju.voice.refold import faults
from anju.voice.tests.making import AT, HOUR, a_case, closed, finished, taken
from tests.cast import Cast, a_person, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


# "suggestion" asks for no photo and is visited by the draw alone.
PLAIN = {"kind": CaseKind.COMPLAINT}


def test_a_call_becomes_a_case_with_a_number_and_its_promises(cast):
    case = a_case(cast)
    assert (case.number, case.state, case.first_receiver_id) == (
        1,
        State.REGISTERED,
        cast.desk.account_id,
    )
    assert case.acknowledge_met == AT
    assert case.resolve_first == case.resolve_due
    assert case.next_due_at == case.on_site_due
    with cast.inside():
        assert history.verify(subject(case)) == 1
        assert ServiceLevel.objects.exists()


def test_a_complaint_goes_from_the_call_to_the_confirmed_verdict(cast, worker):
    case = closed(cast, worker, **PLAIN)
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.UNCONFIRMED)
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case)
    assert case.next_due_at == visit.due_at
    answer = visiting.Answer(Solved.YES, 5, ("+speed",), "很快")
    call = visiting.Call(Mode.PHONE, answer=answer)
    visiting.record(actor=cast.desk, visit_id=visit.pk, version=None, call=call, at=AT + 5 * HOUR)
    with cast.inside():
        case.refresh_from_db()
        assert (case.state, case.outcome) == (State.SETTLED, Outcome.CONFIRMED)
        assert ReturnVisit.objects.get(
            case=case, second=True
        ).from_at == case.closed_at + timedelta(days=28)
        verbs = list(history.entries(subject(case)).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["received", "accept", "start", "finish", "report_back", "verdict", "confirm"]


def test_an_unhappy_owner_opens_the_same_case_again_at_once(cast, worker):
    case = closed(cast, worker, **PLAIN)
    visiting.answer_by_owner(
        company_id=cast.company.id,
        case_id=case.pk,
        answer=visiting.Answer(Solved.NO, words="还在漏"),
        at=AT + 6 * HOUR,
    )
    with cast.inside():
        again = Case.objects.get(id=case.pk)
        assert (again.state, again.reopened, again.number) == (State.ACCEPTED, 1, case.number)
        assert again.resolve_first == case.resolve_first
        assert again.resolve_due > case.resolve_due
        assert Verdict.objects.get(case=case).by_id is None
        assert ReturnVisit.objects.get(case=case).state == VisitState.REACHED


def test_three_calls_in_vain_at_three_hours_settle_it_with_the_verdict_unknown(cast, worker):
    case = closed(cast, worker, **PLAIN)
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case)
    for later in (3, 5, 7):
        visiting.record(
            actor=cast.desk,
            visit_id=visit.pk,
            version=None,
            call=visiting.Call(Mode.PHONE),
            at=AT + later * HOUR,
        )
    with cast.inside():
        case.refresh_from_db()
        visit.refresh_from_db()
        assert (case.state, case.outcome) == (State.SETTLED, Outcome.UNCONFIRMED)
        assert visit.state == VisitState.NOT_REACHED
        assert not Verdict.objects.filter(case=case).exists()


def test_who_did_the_work_neither_closes_it_nor_asks_its_owner(cast):
    case = finished(cast, cast.desk, **PLAIN)
    told = closing.Told("已告知", AT + HOUR)
    with pytest.raises(Problem, match="E-CASE-DOER"):
        closing.report_back(actor=cast.desk, edition=Edition(case.pk), told=told, at=AT + 2 * HOUR)
    closing.report_back(actor=cast.manager, edition=Edition(case.pk), told=told, at=AT + 2 * HOUR)
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case)
    with pytest.raises(Problem, match="E-VISIT-DOER"):
        visiting.record(
            actor=cast.desk,
            visit_id=visit.pk,
            version=None,
            call=visiting.Call(Mode.PHONE),
            at=AT + 3 * HOUR,
        )


def test_waiting_stops_the_clock_and_going_on_moves_the_promise(cast, worker):
    case = taken(cast, worker, **PLAIN)
    first = case.resolve_due
    handling.start(actor=worker, edition=Edition(case.pk), moment=handling.Moment(AT + HOUR))
    waiting = handling.Waiting(WaitedFor.PART, "等配件")
    stopped = handling.wait(
        actor=worker,
        edition=Edition(case.pk),
        waiting=waiting,
        moment=handling.Moment(AT + HOUR),
    )
    assert stopped.resolve_due is None
    going = handling.resume(
        actor=worker, edition=Edition(case.pk), moment=handling.Moment(AT + 2 * HOUR)
    )
    assert (going.resolve_due, going.resolve_first) == (first + HOUR, first)


def test_a_late_case_climbs_the_ladder_and_each_rung_is_told_once(cast, worker):
    case = taken(cast, worker, **PLAIN)
    late = case.resolve_due + timedelta(days=8)
    assert escalate_due(at=late) == 1
    assert escalate_due(at=late) == 0
    with cast.inside():
        case.refresh_from_db()
        told = history.entries(subject(case)).filter(verb="escalated").count()
    assert (case.rung >= 4, told >= 4) == (True, True)


def test_an_owner_urges_once_a_day_and_at_once_after_a_broken_promise(cast):
    case = a_case(cast)
    urge = {"company_id": cast.company.id, "case_id": case.pk}
    writing.urge(**urge, at=AT + HOUR)
    with pytest.raises(Problem, match="E-URGE"):
        writing.urge(**urge, at=AT + 2 * HOUR)
    writing.urge(**urge, at=case.next_due_at + timedelta(minutes=1))


def test_an_owner_whom_nobody_reached_confirms_by_herself_and_the_outcome_says_so(cast, worker):
    case = closed(cast, worker, **PLAIN)
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case)
    for hours in (3, 5, 8):
        call = visiting.Call(Mode.PHONE, "无人接听")
        at = AT + hours * HOUR
        visiting.record(actor=cast.desk, visit_id=visit.pk, version=None, call=call, at=at)
    with cast.inside():
        case.refresh_from_db()
    assert (case.state, case.outcome) == (State.SETTLED, Outcome.UNCONFIRMED)
    settled = case.settled_at
    answer, at = visiting.Answer(Solved.YES), AT + 30 * HOUR
    visiting.answer_by_owner(company_id=cast.company.id, case_id=case.pk, answer=answer, at=at)
    with cast.inside():
        case.refresh_from_db()
        assert faults(case, at=at) == {}
    assert (case.state, case.outcome, case.settled_at) == (
        State.SETTLED, Outcome.CONFIRMED, settled,
    )  # fmt: skip
