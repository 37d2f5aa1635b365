"""When a measure is soon due and when it is late: at the borders, in the company's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anju.improve.rules.nearing import Nearing, nearing

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
DUE = date(2026, 11, 10)


def how(hours: float, zone: str = "UTC") -> Nearing:
    return nearing(BEGUN, DUE, BEGUN + timedelta(hours=hours), zone=zone)


def test_seven_tenths_of_ten_days_are_seven_days():
    assert how(24 * 7 - 1) is Nearing.EARLY
    assert how(24 * 7) is Nearing.SOON
    assert how(24 * 10 - 0.01) is Nearing.SOON
    assert how(24 * 10) is Nearing.LATE


def test_the_day_ends_where_the_company_is():
    assert how(24 * 10 - 8, "Asia/Shanghai") is Nearing.LATE
    assert how(24 * 10 - 8.01, "Asia/Shanghai") is Nearing.SOON


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 100))
def test_a_measure_never_becomes_earlier(days, passed, more):
    order = list(Nearing)
    due = (BEGUN + timedelta(days=days)).date()
    first = nearing(BEGUN, due, BEGUN + timedelta(days=passed), zone="Asia/Shanghai")
    then = nearing(BEGUN, due, BEGUN + timedelta(days=passed + more), zone="Asia/Shanghai")
    assert order.index(then) >= order.index(first)
