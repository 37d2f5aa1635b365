"""The weekly meeting: agenda by itself, four boxes a case, closed with tasks, last week's first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.aftercare.actions import visiting
from anju.casework.kinds import CaseKind
from anju.casework.visits import Solved
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.register.access import Forbidden, NotFound, Role
from anju.reviews.actions.meeting import Decision, begin, check, close, decide
from anju.reviews.meetings import room_of
from anju.reviews.models import MeetingItem
from anju.reviews.rules.agenda import Checked, Why
from anju.voice.models import Case
from anju.voice.tests.making import AT, closed, taken
from tests.cast import Cast, a_person, the_cast

COMPLAINT = {"kind": CaseKind.COMPLAINT}
DAY = timedelta(days=1)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def begun(cast, at):
    return begin(actor=cast.manager, project_id=cast.project.pk, at=at)


def items(cast, meeting):
    with cast.inside():
        return list(MeetingItem.objects.filter(meeting=meeting).order_by("position"))


def test_a_meeting_closes_only_when_every_late_case_has_decision_person_and_date(cast, worker):
    late = taken(cast, worker, **COMPLAINT)
    unhappy = closed(cast, worker, words="噪声", **COMPLAINT)
    at = AT + 6 * DAY
    answer = visiting.Answer(Solved.NO, words="还在响")
    asked = {"company_id": cast.company.id, "case_id": unhappy.pk, "answer": answer}
    visiting.answer_by_owner(**asked, at=at)
    meeting = begun(cast, at)
    first, second = items(cast, meeting)
    assert [(first.case_id, first.why), (second.case_id, second.why)] == [
        (late.pk, Why.OVERDUE),
        (unhappy.pk, Why.REPEATED),
    ]
    assert begun(cast, at + DAY).pk == meeting.pk
    with pytest.raises(Problem, match="E-MEET-OPEN"):
        close(actor=cast.manager, meeting_id=meeting.pk, at=at)
    day = (at + 7 * DAY).date()
    with pytest.raises(Problem, match="E-MEET-DATE"):
        decide(actor=cast.manager, item_id=first.pk, decision=Decision(due=AT.date() - DAY), at=at)
    decision = Decision("晚了", "缺人", worker.account_id, "加派一人", day)
    decide(actor=cast.manager, item_id=first.pk, decision=decision, at=at)
    over = close(actor=cast.manager, meeting_id=meeting.pk, at=at)
    assert over.closed_by_id == cast.manager.account_id
    with pytest.raises(Problem, match="E-MEET-CLOSED"):
        decide(actor=cast.manager, item_id=first.pk, decision=decision, at=at)
    with cast.inside():
        assert Message.objects.filter(template="review.task").count() == 1
        assert history.verify(history.Subject(cast.company.id, "meeting", meeting.pk)) == 3


def test_last_weeks_measures_stand_first_until_somebody_says_what_became_of_them(cast, worker):
    taken(cast, worker, **COMPLAINT)
    at = AT + 6 * DAY
    meeting = begun(cast, at)
    (item,) = items(cast, meeting)
    decision = Decision("", "", worker.account_id, "加派一人", (at + 3 * DAY).date())
    decide(actor=cast.manager, item_id=item.pk, decision=decision, at=at)
    close(actor=cast.manager, meeting_id=meeting.pk, at=at)
    with pytest.raises(Problem, match="E-MEET-CLOSED"):
        begun(cast, at + timedelta(hours=1))
    following = begun(cast, at + 7 * DAY)
    room = room_in(cast, following)
    assert [one.id for one in room.measures] == [item.pk]
    said = {"meeting_id": following.pk, "item_id": item.pk, "checked": Checked.NOT_EFFECTIVE}
    check(actor=cast.manager, **said, at=at + 7 * DAY)
    assert room_in(cast, following).measures[0].checked is Checked.NOT_EFFECTIVE
    with cast.inside():
        assert MeetingItem.objects.get(id=item.pk).checked == "not_effective"


def room_in(cast, meeting):
    with cast.inside():
        return room_of(cast.manager, meeting.pk)


def test_nobody_speaks_of_a_case_about_herself_and_who_repairs_holds_no_meeting(cast, worker):
    case = taken(cast, worker, **COMPLAINT)
    with cast.inside():
        Case.objects.filter(id=case.pk).update(about_id=cast.manager.account_id)
    meeting = begin(actor=cast.desk, project_id=cast.project.pk, at=AT + 6 * DAY)
    room = room_in(cast, meeting)
    assert (room.items, room.hidden) == ((), 1)
    (item,) = items(cast, meeting)
    with pytest.raises(NotFound):
        decide(actor=cast.manager, item_id=item.pk, decision=Decision(), at=AT + 6 * DAY)
    with pytest.raises(Forbidden):
        begin(actor=worker, project_id=cast.project.pk, at=AT + 6 * DAY)
