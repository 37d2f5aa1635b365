"""Rows 25, 26, 28, 30 and 33 where a working calendar meets them: hours, days, deadlines."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from anju.register.actions.calendar import HoursDraft, add_days, make_calendar
from anju.register.rules.calendar import USUAL, WEEKDAYS, read_days
from tests.cast import AT
from tests.catalogue.desk import BOTH, Refused, expect, nothing_written, refused


@pytest.fixture
def calendar(desk):
    draft = HoursDraft("纽约", "America/New_York", USUAL)
    return make_calendar(actor=desk.cast.quality, draft=draft, at=AT)


TRIALS = {
    "row-25-the-clocks-skipped-it": (
        {"start": "2026-03-08 02:30", "amount": "1"},
        Refused(
            422, "E-TIME-GAP", "start", "下一个有效时刻是 2026-03-08 03:30", "next time there was"
        ),
    ),
    "row-26-it-came-twice": (
        {"start": "2026-11-01 01:30", "amount": "1"},
        Refused(422, "E-TIME-FOLD", "start", "UTC-0400 还是 UTC-0500", "UTC-0400 or UTC-0500"),
    ),
    "row-28-ten-years": (
        {"start": "2026-11-02 09:00", "amount": "87600"},
        Refused(422, "E-SLA-RANGE", "amount", "且不超过十年", "at most ten years ahead"),
    ),
}


@pytest.mark.parametrize("row", TRIALS)
def test_a_deadline_that_cannot_be_is_refused(row, desk, calendar):
    query, wanted = TRIALS[row]
    path = reverse("calendar", args=[calendar.pk]) + "?" + urlencode(query)
    for language in BOTH:
        desk.client(language)
    with nothing_written():
        for language in BOTH:
            expect(desk.get(path, language), wanted, language)


def test_row_28_a_calendar_without_working_time_is_refused(desk, calendar):
    path = reverse("calendar-hours", args=[calendar.pk])
    empty = dict.fromkeys(WEEKDAYS, "") | {"name": "空", "zone": "Asia/Shanghai", "seen": "1"}
    zh, en = "没有任何工作时间的日历", "without any working time"

    refused(desk, path, empty, Refused(422, "E-SLA-EMPTY", "monday", zh, en))


def test_row_28_an_end_before_its_beginning_is_refused(desk, calendar):
    path = reverse("calendar-days", args=[calendar.pk])
    back = {"seen": "1", "first": "2026-12-26", "last": "2026-12-25", "kind": "off"}
    zh, en = "2026-12-25 早于 2026-12-26", "2026-12-25 lies before 2026-12-26"

    refused(desk, path, back, Refused(422, "E-SLA-ORDER", "last", zh, en))


def test_row_30_a_make_up_workday_also_listed_as_holiday_names_both_lines(desk, calendar):
    path = reverse("calendar-days", args=[calendar.pk])
    told = {"seen": "1", "lines": "2027-02-05 to 2027-02-11 off\n2027-02-06 work"}
    zh, en = (
        "第 1 行与第 2 行对 2027-02-06 的说法不一致",
        "Line 1 and line 2 disagree about 2027-02-06",
    )

    refused(desk, path, told, Refused(422, "E-CAL-CONFLICT", "lines", zh, en))


def test_row_33_a_stale_version_is_told_with_both_numbers(desk, calendar):
    days = read_days("2026-12-25 off")
    quality = desk.cast.quality
    add_days(actor=quality, calendar_id=calendar.pk, entries=days, seen=1, at=AT)
    path = reverse("calendar-days", args=[calendar.pk])
    late = {"seen": "1", "first": "2026-12-28", "kind": "off"}
    zh, en = "您看到的是第 1 版，现在是第 2 版", "you saw version 1, it is now version 2"

    refused(desk, path, late, Refused(409, "E-STALE", "", zh, en))
