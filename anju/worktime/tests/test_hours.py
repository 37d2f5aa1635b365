"""Hours are read as they are written, and refused where they could mean nothing."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.pure.months import months_later
from anju.kernel.pure.problems import Problem
from anju.worktime.hours import (
    ALL_DAY,
    Day,
    DayKind,
    Shift,
    WorkingCalendar,
    hours_text,
    read_shifts,
    round_the_clock,
    week_of,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (Shift(510, 720), Shift(810, 1080))
WEEK = week_of([OFFICE] * 5 + [(), ()])


@pytest.mark.parametrize(
    "written",
    [
        "08:30-12:00, 13:30-18:00",
        "8:30–12:00 13:30–18:00",
        "13:30～18:00、08:30至12:00",
        "０８：３０－１２：００；13:30~18:00",
    ],
)
def test_hours_are_read_in_the_ways_people_write_them(written):
    assert read_shifts(written, "monday") == OFFICE


def test_a_shift_over_midnight_ends_on_the_next_day_and_nothing_is_a_day_off():
    assert read_shifts("22:00-06:00", "x") == (Shift(1320, 1800),)
    assert read_shifts("00:00-24:00", "x") == ALL_DAY
    assert read_shifts("08:00-08:00", "x") == (Shift(480, 1920),)
    assert read_shifts("  ", "x") == ()


@pytest.mark.parametrize(
    "written",
    ["8-12", "08:30", "24:00-25:00", "08:60-09:00", "08:00-09:60", "morning", "1:00-25:00"],
)
def test_what_is_no_span_of_hours_is_refused_with_the_way_to_write_it(written):
    with pytest.raises(Problem, match=r"E-CAL-HOURS monday: .*08:30-12:00"):
        read_shifts(written, "monday")


@pytest.mark.parametrize(("start", "end"), [(-1, 10), (1440, 1500), (10, 10), (10, 1451)])
def test_a_shift_that_is_none_cannot_be_made(start, end):
    with pytest.raises(Problem, match="E-CAL-HOURS"):
        Shift(start, end)


def test_two_shifts_that_share_a_minute_are_refused_by_name():
    with pytest.raises(Problem, match=r"E-CAL-OVERLAP monday: 08:30–12:00 and 11:59–18:00"):
        read_shifts("08:30-12:00, 11:59-18:00", "monday")


@given(st.lists(st.integers(0, 1439), min_size=2, max_size=6, unique=True))
def test_hours_written_out_are_read_back_as_they_were(minutes):
    edges = sorted(minutes)[: len(minutes) // 2 * 2]
    shifts = tuple(Shift(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))

    assert read_shifts(hours_text(shifts), "x") == shifts
    assert hours_text((Shift(1320, 1800),)) == "22:00–06:00"


def test_a_dated_exception_decides_before_the_week():
    days = (
        Day(date(2026, 2, 14), DayKind.WORK, "春节调休", "Spring Festival"),
        Day(date(2026, 2, 17), DayKind.OFF, "春节", "Spring Festival"),
        Day(date(2026, 2, 18), DayKind.HOURS, shifts=(Shift(540, 720),)),
    )
    calendar = WorkingCalendar(SHANGHAI, WEEK, days, 2026)

    assert calendar.shifts_on(date(2026, 2, 13)) == OFFICE
    assert calendar.shifts_on(date(2026, 2, 14)) == OFFICE
    assert calendar.shifts_on(date(2026, 2, 15)) == ()
    assert calendar.shifts_on(date(2026, 2, 17)) == ()
    assert calendar.shifts_on(date(2026, 2, 18)) == (Shift(540, 720),)


def test_a_make_up_day_has_the_hours_of_the_first_day_that_has_any():
    assert WorkingCalendar(SHANGHAI, WEEK).ordinary == OFFICE
    assert WorkingCalendar(SHANGHAI, week_of([()] * 6 + [ALL_DAY])).ordinary == ALL_DAY
    assert WorkingCalendar(SHANGHAI, week_of([()] * 7)).ordinary == ()


def test_two_calendars_that_say_the_same_are_equal():
    assert hash(round_the_clock(SHANGHAI)) == hash(round_the_clock(SHANGHAI))
    assert round_the_clock(SHANGHAI) == round_the_clock(SHANGHAI)
    assert round_the_clock(SHANGHAI) != WorkingCalendar(SHANGHAI, WEEK)


@pytest.mark.parametrize(
    ("end", "reminder"),
    [
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2028, 3, 31), date(2028, 2, 29)),
        (date(2026, 7, 31), date(2026, 6, 30)),
        (date(2026, 1, 15), date(2025, 12, 15)),
    ],
)
def test_o_14_one_month_before_a_warranty_ends_is_a_calendar_month(end, reminder):
    assert months_later(end, -1) == reminder


def test_months_go_forward_over_the_years_too():
    assert months_later(date(2026, 12, 31), 14) == date(2028, 2, 29)
    assert months_later(date(2026, 5, 5), 0) == date(2026, 5, 5)
