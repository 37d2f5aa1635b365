"""Dates and local times as written, with the refusals of the catalogue."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.pure import dates
from anju.kernel.pure.problems import Problem

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def problem_of(call, *args, **kwargs) -> Problem:
    with pytest.raises(Problem) as caught:
        call(*args, **kwargs)
    assert caught.value.text("zh") != caught.value.text("en")
    return caught.value


@pytest.mark.parametrize(
    "written",
    [
        "2026-04-03",
        "2026/4/3",
        "2026.4.3",
        "2026年4月3日",
        "20260403",
        "２０２６－０４－０３",
        date(2026, 4, 3),
        datetime(2026, 4, 3, 9, tzinfo=UTC),
    ],
)
def test_a_day_with_its_year_first_is_understood(written: str | date) -> None:
    assert dates.day(written, "day") == date(2026, 4, 3)


@pytest.mark.parametrize("written", ["2026-02-30", "2025-02-29", "2026-13-01", "20260231"])
def test_a_day_that_never_was_is_refused(written: str) -> None:
    assert problem_of(dates.day, written, "day").code == "E-DATE"


@pytest.mark.parametrize("written", ["0001-01-01", "9999-12-31", "0000-01-01", date(1, 1, 1)])
def test_a_day_far_away_is_refused(written: str | date) -> None:
    assert problem_of(dates.day, written, "day").code == "E-DATE-RANGE"


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("03/04/2026", "2026-04-03"),
        ("12/25/2026", "2026-12-25"),
        ("3.4.26", "2026-04-03"),
        ("next week", "2026-04-03"),
    ],
)
def test_a_day_with_its_year_last_is_refused_with_the_spelling(written: str, spelling: str) -> None:
    problem = problem_of(dates.day, written, "day")

    assert problem.code == "E-DATE-FORMAT"
    assert f"write {spelling}" in problem.text("en")


@pytest.mark.parametrize(
    ("serial", "system_1904", "meant"),
    [(1, False, date(1900, 1, 1)), (59, False, date(1900, 2, 28)), (61, False, date(1900, 3, 1)),
     (46115, False, date(2026, 4, 3)), (46115.7, False, date(2026, 4, 3)), (44653, True, date(2026, 4, 3))],
)  # fmt: skip
def test_a_day_number_is_a_day(serial: float, *, system_1904: bool, meant: date) -> None:
    assert dates.from_serial(serial, "day", system_1904=system_1904) == meant


def test_the_day_sixty_is_none_and_far_numbers_are_out_of_range() -> None:
    assert problem_of(dates.from_serial, 60, "day").code == "E-DATE"
    assert dates.from_serial(60, "day", system_1904=True) == date(1904, 3, 1)
    for serial in (0, -5, 1e12, 200_000):
        assert problem_of(dates.from_serial, serial, "day").code == "E-DATE-RANGE"


def test_a_local_time_becomes_an_instant() -> None:
    assert dates.instant("2026-04-03 17:30", "at", SHANGHAI) == datetime(
        2026, 4, 3, 9, 30, tzinfo=UTC
    )
    assert dates.local("2026-04-03", "at").isoformat() == "2026-04-03T00:00:00"
    assert dates.local("2026-04-03T08:05:09", "at").isoformat() == "2026-04-03T08:05:09"


@pytest.mark.parametrize(
    "written", ["2026-04-03 25:00", "2026-04-03 12:60", "2026-04-03 noon", "2026-04-03 1:00:99"]
)
def test_a_time_that_is_none_is_refused(written: str) -> None:
    assert problem_of(dates.local, written, "at").code == "E-DATE-FORMAT"


def test_a_time_that_the_clocks_skipped_is_refused_with_the_next() -> None:
    problem = problem_of(dates.instant, "2026-03-29 02:30", "at", BERLIN)

    assert problem.code == "E-TIME-GAP"
    assert "2026-03-29 03:30" in problem.text("en")


def test_a_time_that_came_twice_asks_which() -> None:
    assert problem_of(dates.instant, "2026-10-25 02:30", "at", BERLIN).code == "E-TIME-FOLD"
    first = dates.instant("2026-10-25 02:30", "at", BERLIN, fold=0)
    second = dates.instant("2026-10-25 02:30", "at", BERLIN, fold=1)
    assert (second - first).total_seconds() == 3600


@given(st.dates(min_value=dates.FIRST, max_value=dates.LAST))
def test_every_day_in_range_comes_back(day: date) -> None:
    assert dates.day(day.isoformat(), "day") == day
