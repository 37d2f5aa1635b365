"""A calendar is changed by new versions alone, undone by another, and never lost."""

from datetime import UTC, date, datetime

import pytest

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register import calendars
from anju.register.access import Actor, Forbidden, NotFound, Role, Verb
from anju.register.actions import calendar as acts
from anju.register.actions.places import found_company
from anju.register.models import CalendarDay, CalendarVersion, WorkCalendar
from anju.register.rules import announced
from anju.register.rules.calendar import NEVER_CLOSED, USUAL, ZONE, read_days
from anju.worktime.deadlines import due
from anju.worktime.hours import DayKind, Shift

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 3, 1, tzinfo=UTC)
OFFICE = acts.HoursDraft("办公时间", ZONE, USUAL)
FIRST_HALF = (*["08:30-12:00"] * 5, "", "")
pytestmark = pytest.mark.django_db


@pytest.fixture
def quality():
    return Actor(1, found_company(name="翠湖物业", phone="", at=AT).id, Role.QUALITY, "赵敏")


@pytest.fixture
def office(quality):
    return acts.make_calendar(actor=quality, draft=OFFICE, at=AT)


def add(quality, office, text, seen=1):
    return acts.add_days(
        actor=quality, calendar_id=office.id, entries=read_days(text), seen=seen, at=LATER
    )


def facts(quality, office, number=None):
    with company_scope(quality.company_id):
        return calendars.facts_of(WorkCalendar.objects.get(id=office.id), number)


def test_a_new_calendar_knows_the_announced_days_and_is_the_usual_one(quality, office):
    found = facts(quality, office)

    assert (found.usual, found.number, found.newest, found.own) == (True, 1, True, ())
    assert found.calendar.shifts_on(date(2026, 2, 14)) == (Shift(510, 720), Shift(810, 1080))
    assert found.calendar.shifts_on(date(2026, 10, 1)) == ()
    assert found.calendar.known_until == announced.known_until(2029)
    with company_scope(quality.company_id):
        assert calendars.usual_calendar(at=AT) == found.calendar
        assert calendars.working_calendar(office.id) == found.calendar


def test_a_post_that_never_closes_follows_no_holiday(quality, office):
    draft = acts.HoursDraft("消控室", ZONE, NEVER_CLOSED, follows=False)
    post = acts.make_calendar(actor=quality, draft=draft, at=AT)

    found = facts(quality, post)
    assert (found.usual, found.calendar.days, found.calendar.known_until) == (False, (), None)
    with company_scope(quality.company_id):
        assert [line.name for line in calendars.calendar_lines()] == ["办公时间", "消控室"]


def test_own_days_make_a_version_and_the_old_one_still_explains_the_past(quality, office):
    start = datetime(2026, 12, 24, 9, 30, tzinfo=UTC)
    before = due(start, 60, facts(quality, office).calendar)

    assert add(quality, office, "2026-12-25 off 年会\n2026-10-01 08:30-12:00") == 2

    after = due(start, 60, facts(quality, office).calendar)
    assert after.instant > before.instant
    assert due(start, 60, facts(quality, office, 1).calendar) == before
    assert facts(quality, office).calendar.shifts_on(date(2026, 10, 1)) == (Shift(510, 720),)
    with company_scope(quality.company_id):
        assert [line.number for line in calendars.version_lines(office.id)] == [2, 1]
        assert calendars.working_calendar(office.id, 1) == facts(quality, office, 1).calendar


def test_adding_what_is_there_changes_nothing(quality, office):
    add(quality, office, "2026-12-25 off")

    assert add(quality, office, "2026-12-25 off again", seen=1) == 0
    assert facts(quality, office).number == 2


def test_row_30_a_line_that_the_own_table_contradicts_is_refused(quality, office):
    add(quality, office, "2026-12-26 work 年会调休")

    with pytest.raises(Problem, match=r"E-CAL-CONFLICT lines: Line 2 .*年会调休.* worked"):
        add(quality, office, "2026-12-25 off\n2026-12-26 off", seen=2)
    assert len(facts(quality, office).own) == 1


def test_a_day_is_taken_back_and_the_change_undone_and_redone(quality, office):
    add(quality, office, "2026-12-25 off")
    (own,) = facts(quality, office).own
    acts.remove_day(actor=quality, calendar_id=office.id, day_id=own.id, seen=2, at=LATER)
    assert facts(quality, office).own == ()

    assert acts.undo(actor=quality, calendar_id=office.id, seen=3, at=LATER) == 4
    assert [day.day for day in facts(quality, office).own] == [own.day]
    assert acts.undo(actor=quality, calendar_id=office.id, seen=4, at=LATER) == 5
    assert facts(quality, office).own == ()
    assert [len(facts(quality, office, n).own) for n in range(1, 6)] == [0, 1, 0, 1, 0]
    assert history.verify(history.Subject(quality.company_id, "calendar", office.id)) == 5


def test_an_announced_day_and_a_day_taken_back_cannot_be_removed(quality, office):
    with company_scope(quality.company_id):
        told = CalendarDay.objects.filter(origin="announced").first()
    for day_id in (told.id, 987_654):
        with pytest.raises(NotFound):
            acts.remove_day(actor=quality, calendar_id=office.id, day_id=day_id, seen=1, at=LATER)


def test_undoing_added_days_and_changed_hours_brings_the_old_ones_back(quality, office):
    draft = acts.HoursDraft("上午", ZONE, FIRST_HALF, follows=False)
    acts.change_hours(actor=quality, calendar_id=office.id, draft=draft, seen=1, at=LATER)
    half = facts(quality, office)
    assert (half.name, half.calendar.days, half.calendar.known_until) == ("上午", (), None)

    acts.undo(actor=quality, calendar_id=office.id, seen=2, at=LATER)

    assert facts(quality, office).calendar == facts(quality, office, 1).calendar
    assert facts(quality, office, 2).calendar == half.calendar


def test_a_calendar_that_was_never_changed_has_nothing_to_undo(quality, office):
    with pytest.raises(Problem, match="E-STATE"):
        acts.undo(actor=quality, calendar_id=office.id, seen=1, at=LATER)


def test_row_33_who_saw_an_old_version_changes_nothing(quality, office):
    add(quality, office, "2026-12-25 off")

    with pytest.raises(Problem, match=r"E-STALE calendar: .*version 1, it is now version 2"):
        add(quality, office, "2026-12-28 off", seen=1)
    with pytest.raises(Problem, match="E-STALE"):
        acts.undo(actor=quality, calendar_id=office.id, seen=1, at=LATER)
    assert facts(quality, office).number == 2


def test_a_name_taken_and_a_week_without_hours_leave_nothing(quality, office):
    with pytest.raises(Problem, match="E-NAME-TAKEN"):
        acts.make_calendar(actor=quality, draft=OFFICE, at=AT)
    with pytest.raises(Problem, match="E-SLA-EMPTY"):
        acts.make_calendar(actor=quality, draft=acts.HoursDraft("空", ZONE, ("",) * 7), at=AT)
    with company_scope(quality.company_id):
        assert (WorkCalendar.objects.count(), CalendarVersion.objects.count()) == (1, 1)


def test_another_calendar_can_become_the_usual_one(quality, office):
    other = acts.make_calendar(actor=quality, draft=acts.HoursDraft("客服", ZONE, USUAL), at=AT)

    for _ in range(2):
        acts.make_usual(actor=quality, calendar_id=other.id, at=LATER)

    with company_scope(quality.company_id):
        assert next((c.name, c.usual) for c in calendars.calendar_lines()) == ("客服", True)
    assert history.verify(history.Subject(quality.company_id, "calendar", other.id)) == 2


def test_a_year_announced_later_is_taken_over_once_and_own_days_stay(quality, office, monkeypatch):
    post = acts.HoursDraft("消控室", ZONE, NEVER_CLOSED, follows=False)
    acts.make_calendar(actor=quality, draft=post, at=AT)
    add(quality, office, "2027-05-03 work 值班")
    with company_scope(quality.company_id):
        CalendarVersion.objects.filter(calendar=office).update(known_until=2025)
        CalendarDay.objects.filter(calendar=office, day__year=2026, kind="work").delete()
        CalendarDay.objects.filter(calendar=office, day=date(2026, 5, 4)).update(zh="改名")
    old = facts(quality, office, 2).calendar
    assert old.shifts_on(date(2026, 2, 14)) == ()

    assert [acts.follow_announcements(at=LATER) for _ in range(2)] == [1, 0]

    now = facts(quality, office).calendar
    assert now.shifts_on(date(2026, 2, 14)) != ()
    assert now.known_until == announced.known_until(2029)
    assert now.by_day[date(2027, 5, 3)].kind is DayKind.WORK
    assert now.by_day[date(2026, 5, 4)].zh == "劳动节"
    assert facts(quality, office, 2).calendar == old
    with company_scope(quality.company_id):
        assert calendars.version_lines(office.id)[0].actor_id is None


def test_what_was_announced_long_ago_stays_when_a_later_year_is_taken_over(quality, office):
    with company_scope(quality.company_id):
        CalendarVersion.objects.filter(calendar=office).update(known_until=2025)

    assert acts.follow_announcements(at=datetime(2028, 12, 1, tzinfo=UTC)) == 1

    now = facts(quality, office).calendar
    assert now.by_day[date(2026, 2, 14)].kind is DayKind.WORK
    assert date(2029, 10, 1) in now.by_day


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DESK])
def test_who_may_look_may_not_change(quality, office, role):
    actor = Actor(2, quality.company_id, role)

    with company_scope(quality.company_id):
        assert calendars.calendar_for(actor, office.id, Verb.SEE_CALENDAR).id == office.id
    with pytest.raises(Forbidden):
        acts.make_calendar(actor=actor, draft=OFFICE, at=AT)
    with pytest.raises(Forbidden):
        acts.undo(actor=actor, calendar_id=office.id, seen=1, at=AT)


def test_another_companys_calendar_and_a_missing_one_look_the_same(quality, office):
    stranger = Actor(3, found_company(name="别家", phone="", at=AT).id, Role.ADMINISTRATOR)

    for missing in (office.id, 987_654):
        with pytest.raises(NotFound):
            acts.undo(actor=stranger, calendar_id=missing, seen=1, at=AT)
    with company_scope(stranger.company_id):
        with pytest.raises(NotFound):
            calendars.working_calendar(office.id)
        usual = calendars.usual_calendar(at=AT)
    assert usual.shifts_on(date(2026, 11, 2)) == (Shift(510, 720), Shift(810, 1080))
    with pytest.raises(NotFound):
        facts(quality, office, 9)
