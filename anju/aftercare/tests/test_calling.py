"""Return visits through the acts and reads: the queue, a “no”, coverage, digests, disputes, grievances."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from anju.aftercare import coverage, disputes, grievances, visits
from anju.aftercare.actions import digests, visiting
from anju.aftercare.events import events, shares
from anju.aftercare.kept import Span
from anju.casework.calls import Then
from anju.casework.grievance import Cause
from anju.casework.kinds import CaseKind, Mode
from anju.casework.states import State
from anju.casework.visits import Solved
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.privacy.blocks import Home, blocks_of
from anju.register.access import Role
from anju.register.models import Person
from anju.voice.actions import closing
from anju.voice.actions.receiving import Teller
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Case, ReturnVisit
from anju.voice.tests.making import AT, HOUR, a_case, closed, finished, her_home, taken
from tests.cast import MRS_LI, Cast, a_person, the_cast

SHANGHAI = ZoneInfo("Asia/Shanghai")
COMPLAINT = {"kind": CaseKind.COMPLAINT}
DAY = timedelta(days=1)
SPAN = Span(AT - DAY, AT + DAY)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def call(cast, case, *, at, solved=None, score=None, by=None, then=None, mode=Mode.PHONE):
    """Make the visit of a case that is due, with an answer or in vain."""
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case, state="due")
    answer = visiting.Answer(solved, score, ("-speed",)) if solved else None
    said = visiting.Call(mode, answer=answer, onward=visiting.Onward(then) if then else None)
    return visiting.record(actor=by or cast.desk, visit_id=visit.pk, version=None, call=said, at=at)


def test_one_owner_with_two_cases_is_one_line_and_her_quiet_hours_send_her_to_the_end(cast, worker):
    with cast.inside():
        who = Person(company_id=cast.company.id, project=cast.project, name=MRS_LI)
        who.save()
    for _ in range(2):
        closed(cast, worker, **COMPLAINT, teller=Teller(person_id=who.pk))
    noon = AT + 3 * HOUR  # 12:30 in China
    with cast.inside():
        found = visits.queue(cast.desk, at=noon)
        assert (len(found.now), found.visits, len(found.now[0].visits)) == (1, 2, 2)
        Person.objects.filter(id=who.pk).update(quiet_from="12:00", quiet_until="14:00")
        quiet = visits.queue(cast.desk, at=noon)
        page = visits.visit_page(cast.desk, found.now[0].first.id, at=noon)
    assert (quiet.now, quiet.later[0].quiet) == ((), True)
    assert quiet.later[0].from_at.astimezone(SHANGHAI).hour == 14
    assert (len(page.owner.visits), page.owner.name) == (2, MRS_LI)


def test_a_call_in_vain_is_tried_again_at_another_part_of_the_day(cast, worker):
    case = closed(cast, worker, **COMPLAINT)
    call(cast, case, at=AT + 3 * HOUR)
    with cast.inside():
        found = visits.queue(cast.desk, at=AT + 4 * HOUR)
    assert found.now == ()
    assert found.later[0].from_at.astimezone(SHANGHAI).hour == 15
    assert found.later[0].first.tries == 1


def test_a_no_by_phone_opens_the_case_again_and_gives_it_to_whom_the_caller_says(cast, worker):
    case = closed(cast, worker, **COMPLAINT)
    with pytest.raises(Problem, match="E-VISIT-NEXT"):
        call(cast, case, at=AT + 3 * HOUR, solved=Solved.NO)
    call(cast, case, at=AT + 3 * HOUR, solved=Solved.NO, then=Then.MANAGER)
    with cast.inside():
        again = Case.objects.get(id=case.pk)
        told = Message.objects.filter(account_id=cast.manager.account_id)
        codes = set(told.values_list("template", flat=True))
        verbs = list(history.entries(subject(case)).order_by("seq").values_list("verb", flat=True))
    assert (again.state, again.number, again.reopened) == (State.ACCEPTED, case.number, 1)
    assert (again.assignee_id, again.executor_id) == (cast.manager.account_id,) * 2
    assert codes >= {"case.again", "case.given"}
    assert verbs[-3:] == ["verdict", "reopen", "hand_over"]


def test_who_did_the_work_before_it_was_handed_over_cannot_call_either(cast, worker):
    steward = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    case = finished(cast, steward, **COMPLAINT)
    with cast.inside():
        Case.objects.filter(id=case.pk).update(executor=worker.account_id)
    told = closing.Told("已告知", AT + HOUR)
    closing.report_back(actor=cast.desk, edition=Edition(case.pk), told=told, at=AT + 2 * HOUR)
    with pytest.raises(Problem, match="E-VISIT-DOER"):
        call(cast, case, at=AT + 3 * HOUR, solved=Solved.YES, by=steward)
    with cast.inside():
        found = visits.queue(steward, at=AT + 3 * HOUR)
    assert found.now == ()
    assert steward.name in found.blocked[0].first.doers


def test_an_owner_is_asked_the_second_time_on_her_day_and_her_no_counts_then_too(cast, worker):
    case = closed(cast, worker, **COMPLAINT)
    call(cast, case, at=AT + 3 * HOUR, solved=Solved.YES)
    with pytest.raises(Problem, match="E-VISIT-EARLY"):
        call(cast, case, at=AT + 4 * HOUR, solved=Solved.YES)
    month = AT + 31 * DAY
    with cast.inside():
        assert visits.queue(cast.desk, at=month).visits == 0
        assert visits.queue(cast.desk, at=month, second=True).visits == 1
        owed = coverage.again(cast.desk, Span(AT, AT + 60 * DAY))
        assert (owed.due, owed.asked) == (1, 0)
    call(cast, case, at=month, solved=Solved.NO, then=Then.AGAIN)
    with cast.inside():
        found = coverage.again(cast.desk, Span(AT, AT + 60 * DAY))
        assert Case.objects.get(id=case.pk).state == State.ACCEPTED
    assert (found.due, found.asked, found.said[Solved.NO]) == (1, 1, 1)


def test_what_is_owed_adds_up_by_kind_and_by_the_way_in_which_owners_were_reached(cast, worker):
    by_phone, at_door, by_link, silent = (closed(cast, worker, **COMPLAINT) for _ in range(4))
    call(cast, by_phone, at=AT + 3 * HOUR, solved=Solved.YES)
    call(cast, at_door, at=AT + 3 * HOUR, solved=Solved.PARTLY, mode=Mode.DOOR)
    visiting.answer_by_owner(
        company_id=cast.company.id,
        case_id=by_link.pk,
        answer=visiting.Answer(Solved.YES),
        at=AT + 3 * HOUR,
    )
    for later in (3, 6, 9):
        call(cast, silent, at=AT + later * HOUR)
    waiting = closed(cast, worker, **COMPLAINT)
    late = AT + 20 * DAY
    with cast.inside():
        (line, total) = coverage.coverage(cast.desk, SPAN, at=late)
        gone = coverage.missing(cast.desk, SPAN, at=late)
        said = shares(events(SPAN))
    assert (line.owed, line.reached, line.not_reached, line.waiting, line.late) == (5, 3, 1, 1, 1)
    assert (total.owed, total.in_time, total.percent) == (5, 3, 60)
    assert sum(line.modes.values()) == line.reached
    assert {one.number for one in gone} == {silent.number, waiting.number}
    assert (said.n, said.solved[Solved.YES], said.modes[Mode.LINK]) == (3, 2, 1)


def test_the_draw_can_be_made_again_by_anybody(cast, worker):
    case = closed(cast, worker, kind=CaseKind.ENQUIRY)
    with cast.inside():
        found = coverage.draw(cast.desk, SPAN)
        visited = ReturnVisit.objects.filter(case=case).exists()
    assert found.pool == (case.number,)
    assert (case.number in found.drawn) is visited
    assert found.policy.seed


def test_each_responsible_person_hears_once_a_week_of_her_own_verdicts_alone(cast, worker):
    case = closed(cast, worker, **COMPLAINT)
    call(cast, case, at=AT + 3 * HOUR, solved=Solved.YES, score=2)
    monday = AT + 4 * DAY
    assert digests.digest_all(at=monday) == 1
    assert digests.digest_all(at=monday + DAY) == 0
    with cast.inside():
        told = Message.objects.get(template="case.digest")
        own = disputes.mine(worker, since=AT - DAY)
        others = disputes.mine(cast.desk, since=AT - DAY)
    assert told.account_id == worker.account_id
    assert (told.values["n"], told.values["low"], told.values["week"]) == (1, 1, "2026-W47")
    assert ([one.score for one in own], others) == ([2], ())


def test_an_objection_is_answered_and_the_verdict_stays(cast, worker):
    case = closed(cast, worker, **COMPLAINT)
    call(cast, case, at=AT + 3 * HOUR, solved=Solved.NO, then=Then.AGAIN)
    with cast.inside():
        (verdict,) = events(SPAN)
    row = visiting.dispute(
        actor=worker, verdict_id=verdict.id, words="已当面修好", at=AT + 5 * HOUR
    )
    visiting.answer_dispute(actor=cast.quality, dispute_id=row.pk, words="已核实", at=AT + 6 * HOUR)
    with cast.inside():
        (line,) = disputes.disputes(cast.quality)
        again = list(events(SPAN))
    assert (line.answer, line.verdict.solved, again) == ("已核实", Solved.NO, [verdict])


def test_a_home_holds_a_broken_promise_against_us_until_its_owner_is_content(cast, worker):
    case = taken(cast, worker, **COMPLAINT)
    later = AT + 20 * DAY
    with cast.inside():
        (found,) = grievances.of_project(cast.desk, cast.project.pk, at=later)
        unit = her_home(cast)
        home = Home(unit.pk, cast.project.pk, (), date(2026, 12, 10))
        blocks = {one.key: one for one in blocks_of(home, cast.desk)}
    assert found.causes == (Cause.UNRESOLVED, Cause.BROKEN_PROMISE)
    assert found.balance.total < 0
    assert {one.case_id for one in found.held} == {case.pk}
    assert list(blocks)[:2] == ["grievances", "cases"]
    assert len(blocks["grievances"].moments) == 3


def test_a_content_owner_holds_nothing_and_a_later_broken_promise_shows_beside_her_content(
    cast, worker
):
    case = closed(cast, worker, **COMPLAINT)
    call(cast, case, at=AT + 3 * HOUR, solved=Solved.YES, score=5)
    with cast.inside():
        assert grievances.of_project(cast.desk, cast.project.pk, at=AT + 4 * HOUR) == ()
    taken(cast, worker, **COMPLAINT)
    with cast.inside():
        (found,) = grievances.of_project(cast.desk, cast.project.pk, at=AT + 20 * DAY)
    assert found.content_all_the_same


def test_a_restricted_case_is_not_in_what_a_home_holds_against_us(cast):
    a_case(cast, **COMPLAINT, restricted=True)
    with cast.inside():
        assert grievances.of_unit(her_home(cast).pk, at=AT + 20 * DAY) is None
