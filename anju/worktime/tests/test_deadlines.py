"""Deadlines agree with a clock that looks at every minute, and explain themselves."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import (
    MOST_MINUTES,
    Day,
    DayKind,
    Pause,
    Shift,
    StepKind,
    WorkingCalendar,
    due,
    due_many,
    end_of_day,
    round_the_clock,
    within_working_days,
    work_minutes_between,
)
from anju.worktime.hours import ALL_DAY, week_of
from anju.worktime.steps import MOST, Reason
from anju.worktime.tests.slow_clock import SlowClock

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
OFFICE = (Shift(510, 720), Shift(810, 1080))
NIGHT = (Shift(0, 150), Shift(1320, 1800))
WEEK = week_of([OFFICE] * 5 + [(), ()])
DAYS = (
    Day(date(2026, 2, 14), DayKind.WORK, "春节", "Spring Festival"),
    *(Day(date(2026, 2, d), DayKind.OFF, "春节", "Spring Festival") for d in range(15, 24)),
    Day(date(2026, 2, 28), DayKind.WORK, "春节", "Spring Festival"),
    *(Day(date(2026, 10, d), DayKind.OFF, "国庆节", "National Day") for d in range(1, 8)),
    Day(date(2026, 11, 4), DayKind.HOURS, "店庆", "Anniversary", (Shift(600, 660),)),
)
CHINA = WorkingCalendar(SHANGHAI, WEEK, DAYS, 2026)
CALENDARS = (
    CHINA,
    round_the_clock(NEW_YORK),
    WorkingCalendar(NEW_YORK, week_of([NIGHT] * 7)),
    WorkingCalendar(LORD_HOWE, week_of([(Shift(60, 135),), OFFICE, *[NIGHT] * 5]), DAYS, 2027),
    WorkingCalendar(NEW_YORK, WEEK, DAYS),
)
ANCHORS = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((2, 10), (3, 7), (10, 30))]
EMPTY = WorkingCalendar(SHANGHAI, week_of([()] * 7))


def local(text: str, calendar: WorkingCalendar = CHINA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone).astimezone(UTC)


def wall(at: datetime | None, calendar: WorkingCalendar = CHINA) -> str:
    return f"{at.astimezone(calendar.zone):%Y-%m-%d %H:%M}" if at else "never"


instants = st.integers(0, 540 * 86_400).map(
    lambda seconds: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
calendars = st.sampled_from(CALENDARS)
minutes_ = st.integers(1, 5000)
spans_ = st.tuples(instants, st.integers(0, 50_000)).map(
    lambda pair: Pause(pair[0], pair[0] + timedelta(minutes=pair[1]))
)
pauses_ = st.lists(spans_, max_size=3)


@pytest.mark.parametrize(
    ("done", "back"),
    [
        ("2026-01-09T16:00", "2026-01-12"),
        ("2026-02-13T16:00", "2026-02-14"),
        ("2026-02-14T16:00", "2026-02-24"),
        ("2026-09-30T16:00", "2026-10-08"),
    ],
)
def test_o_13_a_return_visit_within_one_working_day_ends_with_that_day(done, back):
    found = within_working_days(local(done), 1, CHINA)

    assert found.instant == end_of_day(date.fromisoformat(back), CHINA)
    assert wall(found.instant - timedelta(minutes=1)) == f"{back} 23:59"


def test_the_account_of_working_days_names_what_was_skipped():
    found = within_working_days(local("2026-02-14T16:00"), 2, CHINA)
    kinds = [step.kind for step in found.steps]

    assert wall(found.instant) == "2026-02-26 00:00"
    assert kinds == [StepKind.WAIT, StepKind.DAY, StepKind.DAY]
    assert found.steps[0].why[0].zh == "春节"
    assert found.steps[-1].left == timedelta()


@pytest.mark.parametrize(
    ("start", "minutes", "at"),
    [
        ("2026-11-02T09:00", 30, "2026-11-02 09:30"),
        ("2026-11-02T11:30", 60, "2026-11-02 14:00"),
        ("2026-11-02T11:30", 30, "2026-11-02 12:00"),
        ("2026-11-06T17:30", 60, "2026-11-09 09:00"),
        ("2026-11-07T10:00", 1, "2026-11-09 08:31"),
        ("2026-02-13T17:30", 60, "2026-02-14 09:00"),
        ("2026-02-14T17:30", 60, "2026-02-24 09:00"),
        ("2026-11-03T17:30", 60, "2026-11-04 10:30"),
    ],
)
def test_a_deadline_lies_where_a_person_would_put_it(start, minutes, at):
    assert wall(due(local(start), minutes, CHINA).instant) == at


def test_the_account_tells_each_step_in_order():
    found = due(local("2026-02-14T17:30"), 300, CHINA)

    told = [
        (s.kind, wall(s.start), s.end and wall(s.end), s.left.seconds // 60) for s in found.steps
    ]
    assert told == [
        (StepKind.WORK, "2026-02-14 17:30", "2026-02-14 18:00", 270),
        (StepKind.WAIT, "2026-02-14 18:00", "2026-02-24 08:30", 270),
        (StepKind.WORK, "2026-02-24 08:30", "2026-02-24 12:00", 60),
        (StepKind.WAIT, "2026-02-24 12:00", "2026-02-24 13:30", 60),
        (StepKind.WORK, "2026-02-24 13:30", "2026-02-24 14:30", 0),
    ]
    assert [w.reason for w in found.steps[0].why] == [Reason.MAKE_UP]
    assert [w.reason for w in found.steps[1].why] == [Reason.HOLIDAY]
    assert [w.reason for w in found.steps[3].why] == [Reason.BREAK]


@pytest.mark.parametrize(
    ("start", "reasons"),
    [
        ("2026-11-02T07:00", [Reason.OUTSIDE]),
        ("2026-11-02T18:30", [Reason.OUTSIDE]),
        ("2026-11-06T18:00", [Reason.WEEKEND]),
        ("2026-09-30T18:00", [Reason.HOLIDAY]),
        ("2026-02-27T18:00", [Reason.OUTSIDE]),
        ("2026-11-03T19:00", [Reason.OUTSIDE]),
    ],
)
def test_a_wait_says_why(start, reasons):
    first = due(local(start), 5, CHINA).steps[0]

    assert (first.kind, [why.reason for why in first.why]) == (StepKind.WAIT, reasons)


def test_hours_of_their_own_are_said_to_be_so():
    (step,) = due(local("2026-11-04T10:10"), 5, CHINA).steps

    assert [why.reason for why in step.why] == [Reason.OWN_HOURS]


def test_a_pause_stops_the_clock_and_gives_its_reason():
    pause = Pause(local("2026-11-02T10:00"), local("2026-11-02T15:00"), "业主不在家")
    touching = Pause(local("2026-11-02T15:00"), local("2026-11-02T15:10"))
    empty = Pause(local("2026-11-02T09:10"), local("2026-11-02T09:10"))
    over = Pause(local("2026-11-01T10:00"), local("2026-11-01T11:00"))

    found = due(local("2026-11-02T09:00"), 90, CHINA, [touching, empty, over, pause])

    assert wall(found.instant) == "2026-11-02 15:40"
    assert [step.kind for step in found.steps] == [StepKind.WORK, StepKind.PAUSE, StepKind.WORK]
    assert found.steps[1].why[0].zh == "业主不在家"


def test_a_pause_that_lasts_holds_the_deadline_open():
    open_ = Pause(local("2026-11-02T10:00"))

    held = due(local("2026-11-02T09:00"), 90, CHINA, [open_])
    assert (held.instant, held.steps[-1].end) == (None, None)
    assert held.steps[-1].left == timedelta(minutes=30)
    assert wall(due(local("2026-11-02T09:00"), 60, CHINA, [open_]).instant) == "2026-11-02 10:00"
    later = due(local("2026-12-31T09:00"), 90, CHINA, [Pause(local("2026-12-31T10:00"))])
    assert (later.instant, later.unannounced) == (None, None)


def test_an_open_pause_far_away_does_not_hold_what_ends_before():
    few = WorkingCalendar(SHANGHAI, week_of([(Shift(0, 60),), *[()] * 6]))
    far = Pause(local("2031-01-01T00:00"))

    assert due(local("2026-01-05T00:00"), 60 * 150, few, [far]).instant is not None


def test_a_year_that_nobody_announced_is_named():
    start = local("2026-12-31T17:30")

    assert due(start, 20, CHINA).unannounced is None
    assert due(start, 60, CHINA).unannounced == 2027
    assert due(local("2028-03-01T09:00"), 60, CHINA).unannounced == 2028
    assert due(start, 60, CALENDARS[4]).unannounced is None
    assert within_working_days(start, 1, CHINA).unannounced == 2027


def test_an_aware_addition_over_the_gap_is_real_time_and_so_are_ours():
    emergency = round_the_clock(NEW_YORK)
    before_gap = local("2026-03-08T01:00", emergency)
    before_fold = local("2026-10-31T12:00", emergency)

    assert wall(due(before_gap, 120, emergency).instant, emergency) == "2026-03-08 04:00"
    assert wall(due(before_fold, 1440, emergency).instant, emergency) == "2026-11-01 11:00"


@pytest.mark.parametrize(("day", "minutes"), [("2026-03-08", 60), ("2026-11-01", 150)])
def test_an_hour_that_never_was_is_no_work_and_one_that_came_twice_counts_twice(day, minutes):
    early = WorkingCalendar(NEW_YORK, week_of([(Shift(60, 150),)] * 7))
    first = local(f"{day}T00:00", early)
    last = first + timedelta(hours=12)

    assert work_minutes_between(first, last, early) == minutes
    assert SlowClock(early).minutes(first, last) == minutes


def test_two_thousand_random_deadlines_agree_with_the_slow_clock():
    draw = random.Random(16)
    clocks = {calendar: SlowClock(calendar) for calendar in CALENDARS}
    for _ in range(2000):
        calendar = draw.choice(CALENDARS)
        anchor = draw.choice(ANCHORS)
        start = anchor + timedelta(minutes=draw.randrange(4 * 1440))
        minutes = draw.randrange(1, 400)
        pauses = [
            Pause(begin, begin + timedelta(minutes=draw.randrange(600)))
            for begin in (
                start + timedelta(minutes=draw.randrange(-300, 1500))
                for _ in range(draw.randrange(3))
            )
        ]
        found = due(start, minutes, calendar, pauses).instant
        assert found == clocks[calendar].due(start, minutes, pauses), (start, minutes, pauses)
        assert work_minutes_between(start, found, calendar, pauses) == minutes


def test_a_clock_that_ignores_make_up_days_or_holidays_is_told_apart():
    start = local("2026-02-13T17:30")
    honest = due(start, 60, CHINA).instant

    assert honest == SlowClock(CHINA).due(start, 60)
    assert honest != SlowClock(CHINA, make_up=False).due(start, 60)
    assert due(local("2026-02-14T17:30"), 60, CHINA).instant != SlowClock(
        CHINA, holidays=False
    ).due(local("2026-02-14T17:30"), 60)


@given(instants, minutes_, calendars, pauses_)
@settings(max_examples=150, deadline=None)
def test_a_deadline_is_never_off_hours_nor_inside_a_pause(start, minutes, calendar, pauses):
    found = due(start, minutes, calendar, pauses)
    last = found.instant - timedelta(microseconds=1)

    assert SlowClock(calendar).works(last)
    assert not any(pause.start <= last < pause.end for pause in pauses)
    assert sum((step.worked for step in found.steps), timedelta()) == timedelta(minutes=minutes)
    assert found.steps[-1].left == timedelta()
    assert len(found.steps) <= MOST + 1
    for one, two in zip(found.steps, found.steps[1:], strict=False):
        assert one.end == two.start


@given(instants, minutes_, minutes_, calendars, pauses_)
@settings(max_examples=150, deadline=None)
def test_deadlines_add_up_and_never_go_back(start, one, two, calendar, pauses):
    middle = due(start, one, calendar, pauses).instant
    whole = due(start, one + two, calendar, pauses).instant

    assert due(middle, two, calendar, pauses).instant == whole
    assert start < middle < whole
    later = due(start + timedelta(minutes=7), one, calendar, pauses).instant
    assert later >= middle


@given(instants, st.integers(1, MOST_MINUTES), st.sampled_from([SHANGHAI, NEW_YORK, LORD_HOWE]))
@settings(max_examples=100, deadline=None)
def test_round_the_clock_is_plain_addition(start, minutes, zone):
    assert due(start, minutes, round_the_clock(zone)).instant == start + timedelta(minutes=minutes)


@given(st.lists(st.tuples(instants, minutes_), min_size=1, max_size=20), calendars)
@settings(max_examples=60, deadline=None)
def test_many_deadlines_at_once_are_the_same_ones(cases, calendar):
    starts = np.array([at.replace(tzinfo=None) for at, _ in cases], dtype="datetime64[us]")
    minutes = np.array([minutes for _, minutes in cases])

    found = due_many(starts, minutes, calendar)

    single = [due(at, m, calendar).instant.replace(tzinfo=None) for at, m in cases]
    assert found.tolist() == single


def test_many_deadlines_may_be_none_or_years_ahead():
    few = WorkingCalendar(SHANGHAI, week_of([(Shift(0, 60),), *[()] * 6]))
    starts = np.array(["2026-01-05T00:00"], dtype="datetime64[m]")

    assert len(due_many(starts[:0], 5, CHINA)) == 0
    single = due(datetime(2026, 1, 5, tzinfo=UTC), 60 * 300, few)
    assert due_many(starts, 60 * 300, few).tolist() == [single.instant.replace(tzinfo=None)]
    assert len(single.steps) == MOST + 1
    assert single.steps[MOST // 2].kind is StepKind.MANY
    with pytest.raises(Problem, match="E-SLA-RANGE minutes"):
        due_many(starts, 60 * 3000, few)
    with pytest.raises(Problem, match="E-SLA-EMPTY"):
        due_many(starts, 60, EMPTY)


@pytest.mark.parametrize("minutes", [0, -5, MOST_MINUTES + 1, 10 * 365 * 1440])
def test_row_28_a_ten_year_deadline_or_none_is_out_of_range(minutes):
    with pytest.raises(Problem, match="E-SLA-RANGE minutes"):
        due(local("2026-11-02T09:00"), minutes, CHINA)
    with pytest.raises(Problem, match="E-SLA-RANGE minutes"):
        due_many(np.array(["2026-11-02T09:00"], dtype="datetime64[us]"), minutes, CHINA)


def test_row_28_a_deadline_that_the_hours_put_beyond_ten_years_is_out_of_range():
    few = WorkingCalendar(SHANGHAI, week_of([(Shift(0, 60),), *[()] * 6]))

    with pytest.raises(Problem, match="E-SLA-RANGE minutes"):
        due(local("2026-11-02T09:00"), 60 * 53 * 11, few)
    with pytest.raises(Problem, match="E-SLA-RANGE days"):
        within_working_days(local("2026-11-02T09:00"), 367, few)
    rare = Day(date(2026, 11, 9), DayKind.WORK)
    once = WorkingCalendar(SHANGHAI, EMPTY.week, (Day(rare.day, DayKind.HOURS, shifts=ALL_DAY),))
    with pytest.raises(Problem, match="E-SLA-RANGE days"):
        within_working_days(local("2026-11-02T09:00"), 2, once)


def test_row_28_a_calendar_without_working_time_is_refused():
    once = WorkingCalendar(
        SHANGHAI, EMPTY.week, (Day(date(2026, 1, 9), DayKind.HOURS, shifts=ALL_DAY),)
    )

    for calendar in (EMPTY, once):
        with pytest.raises(Problem, match="E-SLA-EMPTY calendar"):
            due(local("2026-11-02T09:00"), 5, calendar)
        with pytest.raises(Problem, match="E-SLA-EMPTY calendar"):
            within_working_days(local("2026-11-02T09:00"), 1, calendar)
    assert work_minutes_between(local("2026-11-02T09:00"), local("2026-11-03T09:00"), EMPTY) == 0


def test_row_28_an_end_before_its_beginning_is_refused():
    one, two = local("2026-11-02T09:00"), local("2026-11-02T10:00")

    with pytest.raises(Problem, match="E-SLA-ORDER end"):
        work_minutes_between(two, one, CHINA)
    with pytest.raises(Problem, match="E-SLA-ORDER pause"):
        due(one, 5, CHINA, [Pause(two, one)])
    with pytest.raises(Problem, match="E-SLA-RANGE days"):
        within_working_days(one, 0, CHINA)


def test_a_naive_time_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        due(datetime(2026, 11, 2, 9, tzinfo=UTC).replace(tzinfo=None), 5, CHINA)
