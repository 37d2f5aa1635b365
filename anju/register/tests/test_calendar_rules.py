"""Announced days are those of the notices; a company's list is understood or refused by line."""

from datetime import UTC, date, datetime, timedelta

import pytest

from anju.kernel.pure.problems import Problem
from anju.register.rules import announced
from anju.register.rules.calendar import (
    NEVER_CLOSED,
    USUAL,
    Entry,
    checked,
    make_day,
    over,
    read_days,
    read_week,
    read_zone,
    said,
    span,
)
from anju.worktime.hours import Day, DayKind, Shift

# As the State Council's office announced them in November 2024 and November 2025.
OFF = {
    2025: [("01-01", 1), ("01-28", 8), ("04-04", 3), ("05-01", 5), ("05-31", 3), ("10-01", 8)],
    2026: [
        ("01-01", 3), ("02-15", 9), ("04-04", 3), ("05-01", 5), ("06-19", 3), ("09-25", 3),
        ("10-01", 7),
    ],
}  # fmt: skip
WORKED = {
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


def spread(year: int) -> set[date]:
    spans = ((date.fromisoformat(f"{year}-{day}"), length) for day, length in OFF[year])
    return {first + timedelta(days=n) for first, length in spans for n in range(length)}


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_announced_days_are_those_of_the_notice(year):
    found = announced.announced(year, year).days

    assert {d.day for d in found if d.kind is DayKind.OFF} == spread(year)
    worked = [d.day for d in found if d.kind is DayKind.WORK]
    assert worked == [date.fromisoformat(f"{year}-{day}") for day in WORKED[year]]


def test_a_day_carries_its_festival_in_both_languages():
    by_day = {day.day: day for day in announced.announced(2025, 2026).days}

    assert (by_day[date(2026, 2, 14)].zh, by_day[date(2026, 2, 14)].en) == (
        "春节",
        "Spring Festival",
    )
    both = by_day[date(2025, 10, 11)]
    assert (both.zh, both.en) == ("国庆节、中秋节", "National Day, Mid-Autumn Festival")


def test_a_year_without_a_notice_brings_only_what_the_law_fixes():
    until = announced.known_until(2060)
    after = announced.announced(until + 2, until + 2)

    assert until >= 2026
    assert announced.known_until(2025) == 2025
    assert after.known_until == until
    assert not [day for day in after.days if day.kind is DayKind.WORK]
    assert 9 <= len(after.days) <= 13
    assert date(until + 2, 10, 3) in {day.day for day in after.days}


def test_around_an_instant_are_last_year_and_the_first_year_unknown():
    years = {day.day.year for day in announced.around(datetime(2026, 11, 2, tzinfo=UTC))}

    assert min(years) == 2025
    assert max(years) == announced.known_until(2029) + 1


def test_a_list_of_days_is_read_in_both_languages():
    found = read_days(
        "2027-02-05 to 2027-02-07 off Spring Festival\n\n"
        "2027年2月20日 班 春节\n"
        "2027-02-21 09:00-12:00, 13:00-15:00 Market\n"
        "20270301~20270302 放假\n"
        "2027-03-06 Workday: for March"
    )

    days = [entry.day for entry in found]
    assert [(e.line, e.day.kind) for e in found] == [
        *[(1, DayKind.OFF)] * 3, (3, DayKind.WORK), (4, DayKind.HOURS),
        *[(5, DayKind.OFF)] * 2, (6, DayKind.WORK),
    ]  # fmt: skip
    assert days[0].en == "Spring Festival"
    assert days[4].shifts == (Shift(540, 720), Shift(780, 900))
    assert (days[4].zh, days[7].zh) == ("Market", "for March")


def test_row_30_a_day_off_that_is_also_worked_names_both_lines():
    with pytest.raises(Problem, match=r"E-CAL-CONFLICT") as caught:
        read_days("2027-02-05 to 2027-02-11 off\n2027-02-20 work\n2027-02-10 work make-up")

    assert caught.value.text("en").startswith(
        "Line 1 and line 3 disagree about 2027-02-10: off and"
    )
    assert "第 1 行与第 3 行" in caught.value.text("zh-hans")


def test_the_same_day_twice_with_one_meaning_is_one_day():
    assert len(read_days("2027-02-05 off\n2027-02-05 休 春节")) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("tomorrow off", "E-CAL-LINE"),
        ("2027-02-05 perhaps", "E-CAL-LINE"),
        ("2027-02-05 offside", "E-CAL-LINE"),
        ("2027-02-30 off", "E-DATE"),
        ("2027-02-07 to 2027-02-05 off", "E-SLA-ORDER"),
        ("2027-02-05 25:00-26:00", "E-CAL-HOURS"),
        ("2027-02-05 off " + "x" * 41, "E-TEXT-LONG"),
    ],
)
def test_a_line_that_is_none_is_refused_by_its_number(line, code):
    with pytest.raises(Problem) as caught:
        read_days(f"2027-01-01 off\n{line}")

    assert (caught.value.code, caught.value.field) == (code, "lines")
    assert "ine 2" in caught.value.text("en")
    assert "第 2 行" in caught.value.text("zh-hans")


def test_no_day_and_too_many_days_are_refused():
    for text in (" \n", "2027-01-01 to 2029-12-31 off"):
        with pytest.raises(Problem, match="E-CAL-LINE"):
            read_days(text)


def test_a_day_from_a_form_says_what_is_missing():
    with pytest.raises(Problem, match="E-CHOICE kind"):
        make_day(date(2027, 1, 1), "party", "", "")
    with pytest.raises(Problem, match="E-CAL-HOURS hours"):
        make_day(date(2027, 1, 1), "hours", " ", "")
    assert make_day(date(2027, 1, 1), "off", "ignored", "").shifts == ()


def test_a_span_of_days_must_go_forward_and_end():
    one = date(2027, 1, 1)

    assert list(span(one, one)) == [one]
    assert len(list(span(one, date(2199, 1, 1)))) == 401
    with pytest.raises(Problem, match="E-SLA-ORDER last"):
        list(span(one, date(2026, 12, 31)))


def test_the_companys_own_day_wins_over_the_announced_one():
    told = Day(date(2026, 2, 14), DayKind.WORK)
    own = Day(date(2026, 2, 14), DayKind.OFF)

    assert over([told], [own, Day(date(2026, 1, 2), DayKind.WORK)])[1] == own
    assert said(Day(told.day, DayKind.HOURS, shifts=(Shift(0, 60),))) == ("00:00–01:00",) * 2
    assert said(own)[0] != said(told)[0]


def test_a_week_without_hours_is_refused_and_so_is_a_place_that_is_no_zone():
    assert read_week(USUAL)[5] == ()
    assert read_week(NEVER_CLOSED)[6] == (Shift(0, 1440),)
    with pytest.raises(Problem, match="E-SLA-EMPTY monday"):
        read_week([""] * 7)
    with pytest.raises(Problem, match="E-CAL-HOURS tuesday"):
        read_week(["08:00-09:00", "x", *[""] * 5])
    with pytest.raises(Problem, match="E-CAL-ZONE zone"):
        read_zone("Asia/Peking")
    assert read_zone(" America/New_York ").key == "America/New_York"


def test_entries_come_back_in_the_order_of_days():
    two, one = Day(date(2027, 1, 2), DayKind.OFF), Day(date(2027, 1, 1), DayKind.OFF)

    assert [entry.day for entry in checked([Entry(1, two), Entry(2, one)])] == [one, two]
