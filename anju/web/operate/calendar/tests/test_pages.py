"""The pages of a calendar: made, looked at, changed, refused, undone, in both languages."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from anju.register import calendars as read
from anju.register.models import Account, CalendarDay, CalendarVersion, WorkCalendar
from anju.register.rules.calendar import WEEKDAYS
from tests.cast import the_cast

pytestmark = pytest.mark.django_db
WEEK = dict.fromkeys(WEEKDAYS[:5], "08:30-12:00, 13:30-18:00") | dict.fromkeys(WEEKDAYS[5:], "")
OFFICE = {"name": "办公时间", "zone": "Asia/Shanghai", "follows": "yes", **WEEK}


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def client(cast):
    return signed_in(cast.quality.account_id)


def signed_in(account_id: int, language: str = "en") -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(id=account_id))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.fixture
def office(client, cast):
    client.post(reverse("calendar-new"), OFFICE)
    with cast.inside():
        return WorkCalendar.objects.get()


def look(client, office, **query):
    response = client.get(reverse("calendar", args=[office.id]), query)
    return response.status_code, response.content.decode()


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_without_a_calendar_the_page_offers_one(client, cast):
    page = client.get(reverse("calendars")).content.decode()
    assert "No working calendar yet" in page
    assert reverse("calendar-new") in page

    desk = signed_in(cast.desk.account_id).get(reverse("calendars")).content.decode()
    assert reverse("calendar-new") not in desk


def test_the_form_of_a_new_calendar_comes_filled(client):
    page = client.get(reverse("calendar-new")).content.decode()
    post = client.get(reverse("calendar-new"), {"kind": "post"}).content.decode()

    assert page.count("08:30-12:00, 13:30-18:00") == 6
    assert post.count('value="00:00-24:00"') == 7


def test_a_year_shows_holidays_and_make_up_days_by_letter_and_word(client, office):
    status, page = look(client, office, year=2026)

    assert status == 200
    assert page.count('<table class="month">') == 12
    assert '<td class="work" title="make-up workday Spring Festival">14<b>W</b>' in page
    assert '<td class="shut off" title="day off National Day">1<b>H</b>' in page
    assert client.get(reverse("calendars")).url == reverse("calendar", args=[office.id])


def test_the_same_year_in_chinese(cast, office):
    _status, page = look(signed_in(cast.quality.account_id, "zh-hans"), office, year=2026)

    assert '<td class="work" title="调休上班 春节">14<b>班</b>' in page
    assert "2月" in page


def test_a_year_that_nobody_announced_carries_a_warning(client, office, cast):
    with cast.inside():
        known = read.facts_of(office).calendar.known_until
    assert f"{known + 2} is not announced yet" in look(client, office, year=known + 2)[1]
    with cast.inside():
        CalendarVersion.objects.update(known_until=2090)
    assert "is not announced yet" not in look(client, office, year=2026)[1]
    with cast.inside():
        CalendarVersion.objects.update(known_until=None, follows=False)
    assert "is not announced yet" not in look(client, office, year=2026)[1]


def test_a_trial_tells_each_step_in_the_readers_language(client, office, cast):
    query = {"start": "2026-02-13 17:30", "amount": "2", "unit": "hours"}
    _status, page = look(client, office, **query)
    told = plain(page)
    assert "Due Sat 14 Feb 2026, 10:00" in told
    assert (
        "The clock runs until Fri 13 Feb 2026, 18:00: 30 minutes, 1 hour 30 minutes left." in told
    )
    assert "The clock stands until Sat 14 Feb 2026, 08:30: outside working hours." in told
    assert "(make-up workday, Spring Festival): 1 hour 30 minutes, 0 minutes left." in told

    _status, page = look(signed_in(cast.quality.account_id, "zh-hans"), office, **query)
    told = plain(page)
    assert "到期时间：2026年2月14日" in told
    assert "（调休上班，春节）：用去 1 小时 30 分钟，还剩 0 分钟。" in told


def test_a_trial_counts_working_days_and_minutes_too(client, office):
    days = {"start": "2026-02-14 16:00", "amount": "1", "unit": "days"}
    told = plain(look(client, office, **days)[1])
    assert "Due Tue 24 Feb 2026, 24:00" in told
    assert "day off, Spring Festival." in told
    assert "A working day; 0 working days left." in told
    assert "(make-up workday, Spring Festival); 0 working days left" in plain(
        look(client, office, start="2026-02-13 16:00", amount="1", unit="days")[1]
    )
    minutes = {"start": "2026-11-06 17:30", "amount": "10", "unit": "minutes"}
    assert "Due Fri 6 Nov 2026, 17:40" in plain(look(client, office, **minutes)[1])


def test_a_trial_into_a_year_not_announced_says_that_it_may_move(client, office, cast):
    with cast.inside():
        known = read.facts_of(office).calendar.known_until
    query = {"start": f"{known}-12-31 17:30", "amount": "5", "unit": "hours"}

    assert f"lies in {known + 1}, which is not announced yet" in plain(
        look(client, office, **query)[1]
    )


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"start": "2026-02-30 10:00", "amount": "1"}, "E-DATE"),
        ({"start": "2026-02-03 10:00", "amount": "0"}, "E-SLA-RANGE"),
        ({"start": "2026-02-03 10:00", "amount": "5256000", "unit": "minutes"}, "E-SLA-RANGE"),
        ({"start": "2026-02-03 10:00", "amount": "3650", "unit": "days"}, "E-SLA-RANGE"),
        ({"start": "2026-02-03 10:00", "amount": "9" * 30}, "E-NUM-RANGE"),
        ({"start": "2026-02-03 10:00", "amount": "some"}, "E-NUM-FORMAT"),
    ],
)
def test_a_trial_that_cannot_be_is_refused_in_its_place(client, office, query, code):
    status, page = look(client, office, **query)

    assert (status, f'data-code="{code}"' in page) == (422, True)


@pytest.mark.parametrize("query", [{"year": "x"}, {"version": "9"}, {"version": "-1"}])
def test_an_address_that_names_nothing_is_not_found(client, office, query):
    assert look(client, office, **query)[0] == 404


def test_days_are_added_one_by_one_and_as_a_list_and_removed_and_undone(client, office, cast):
    address = reverse("calendar-days", args=[office.id])
    assert 'value="2026-12-25"' in client.get(address, {"day": "2026-12-25"}).content.decode()
    one = {"seen": "1", "first": "2026-12-25", "kind": "off", "name": "年会"}
    assert client.post(address, one, follow=True).status_code == 200
    many = {"seen": "2", "lines": "2026-12-26 work 年会\n2026-12-28 to 2026-12-29 09:00-12:00"}
    assert "3 days were added." in client.post(address, many, follow=True).content.decode()

    page = look(client, office, year=2026)[1]
    assert '<td class="shut off own" title="day off 年会">25<b>H</b>' in page
    assert "open 09:00–12:00" in page
    with cast.inside():
        day = CalendarDay.objects.get(day="2026-12-26")
    gone = reverse("calendar-day-remove", args=[office.id, day.pk])
    assert client.post(gone, {"seen": "3"}, follow=True).status_code == 200
    assert "work own" not in look(client, office, year=2026)[1]
    client.post(reverse("calendar-undo", args=[office.id]), {"seen": "4"})
    assert "work own" in look(client, office, year=2026)[1]
    old = look(client, office, year=2026, version=2)[1]
    assert "You see version 2 as it was" in plain(old)
    assert "Undo the last change" not in old


def test_row_30_a_list_that_contradicts_itself_comes_back_as_written(client, office):
    address = reverse("calendar-days", args=[office.id])
    lines = "2026-12-26 off\n2026-12-26 work"

    refused = client.post(address, {"seen": "1", "lines": lines})

    assert refused.status_code == 422
    assert 'data-code="E-CAL-CONFLICT"' in refused.content.decode()
    assert "Line 1 and line 2 disagree about 2026-12-26" in refused.content.decode()
    assert "2026-12-26 work</textarea>" in refused.content.decode()
    one = client.post(address, {"seen": "1", "first": "2026-12-26", "last": "2026-12-25"})
    assert 'data-code="E-CHOICE"' in one.content.decode() or "E-SLA-ORDER" in one.content.decode()


def test_row_33_a_form_of_an_older_version_is_told_both_numbers(client, office):
    hours = reverse("calendar-hours", args=[office.id])
    changed = OFFICE | {"monday": "09:00-17:00"}
    assert client.post(hours, changed | {"seen": "1"}).status_code == 302

    stale = client.post(hours, OFFICE | {"seen": "1"})

    assert stale.status_code == 409
    assert "you saw version 1, it is now version 2" in stale.content.decode()
    assert "09:00–17:00" in client.get(hours).content.decode()


def test_row_28_a_week_without_hours_and_hours_that_are_none_are_refused(client, office):
    hours = reverse("calendar-hours", args=[office.id])
    empty = client.post(hours, OFFICE | dict.fromkeys(WEEKDAYS, "") | {"seen": "1"})
    wrong = client.post(reverse("calendar-new"), OFFICE | {"name": "x", "friday": "noon"})

    assert (empty.status_code, 'data-code="E-SLA-EMPTY"' in empty.content.decode()) == (422, True)
    assert (wrong.status_code, 'href="#friday"' in wrong.content.decode()) == (422, True)


def test_another_calendar_becomes_the_usual_one(client, office, cast):
    client.post(reverse("calendar-new"), OFFICE | {"name": "客服"})
    with cast.inside():
        other = WorkCalendar.objects.get(name="客服")
    assert "Make it the usual calendar" in look(client, other)[1]

    client.post(reverse("calendar-usual", args=[other.id]))

    assert client.get(reverse("calendars")).url == reverse("calendar", args=[other.id])


def test_who_may_only_look_sees_no_button(cast, office):
    page = look(signed_in(cast.desk.account_id), office)[1]

    for act in ("calendar-hours", "calendar-days", "calendar-undo"):
        assert reverse(act, args=[office.id]) not in page


def test_a_time_that_came_twice_asks_which_and_takes_the_answer(client, cast):
    client.post(reverse("calendar-new"), OFFICE | {"zone": "America/New_York", "name": "NY"})
    with cast.inside():
        office = WorkCalendar.objects.get()
        WorkCalendar.objects.update(name="New York")
    query = {"start": "2026-11-01 01:30", "amount": "1"}

    status, page = look(client, office, **query)
    assert (status, "Which of the two times" in page) == (422, True)
    status, page = look(client, office, **query, fold="1")
    assert (status, "Due Mon 2 Nov 2026, 09:30" in plain(page)) == (200, True)
    assert look(client, office, **query, fold="x")[0] == 422
    assert 'data-code="E-TIME-GAP"' in look(client, office, start="2026-03-08 02:30", amount="1")[1]
