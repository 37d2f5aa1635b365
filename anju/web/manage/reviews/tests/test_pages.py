"""The pages of the reviews: line by line to a signature, a meeting to its minutes, a month to a finding."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from anju.casework.kinds import CaseKind
from anju.improve.models import Finding
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.reviews.actions.taking import Wanted, take_by_hand
from anju.reviews.models import Meeting, MeetingItem, Stocktake, StocktakeLine
from anju.reviews.rules.warning import month_before
from anju.reviews.tests.test_month import plant
from anju.voice.models import Case
from anju.voice.tests.making import a_case
from tests.cast import Cast, the_cast

HOUR = timedelta(hours=1)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def desk(cast, client):
    client.force_login(cast.account(Role.MANAGER))
    return client


def a_late_complaint(cast):
    now = utc_now()
    case = a_case(cast, "楼上半夜拖椅子", kind=CaseKind.COMPLAINT, at=now - 3 * HOUR)
    with cast.inside():
        Case.objects.filter(id=case.pk).update(next_due_at=now - HOUR, resolve_due=now - HOUR)
    return case


def test_a_line_is_filled_and_the_sheet_signed_printed_and_given_as_a_workbook(cast, desk):
    case = a_late_complaint(cast)
    sheet = take_by_hand(actor=cast.desk, wanted=Wanted(cast.project.pk), at=utc_now())
    with cast.inside():
        line = StocktakeLine.objects.get(stocktake=sheet)
    where = reverse("stocktake-line", args=[sheet.pk, line.pk])
    refused = desk.post(reverse("stocktake-sign", args=[sheet.pk]))
    assert (refused.status_code, b"E-STOCK-OPEN" in refused.content) == (422, True)
    soon = f"{utc_now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    person = str(cast.desk.account_id)
    said = {"cause": "", "promise": soon, "person": person, "today": "no"}
    assert desk.post(where, said).status_code == 422
    assert desk.post(where, {**said, "cause": "等配件", "promise": "soon"}).status_code == 422
    saved = desk.post(where, {**said, "cause": "等配件"})
    assert saved.headers["Location"] == reverse("stocktake", args=[sheet.pk])
    assert desk.post(reverse("stocktake-sign", args=[sheet.pk])).status_code == 302
    pdf = desk.get(reverse("stocktake-print", args=[sheet.pk]))
    assert pdf.content.startswith(b"%PDF")
    book = desk.get(reverse("stocktake-book", args=[sheet.pk]))
    data, printed, _means = openpyxl.load_workbook(BytesIO(book.content)).worksheets
    assert [data.cell(2, 2).value, data.cell(2, 13).value] == [case.number, "等配件"]
    assert printed.max_row > 3
    assert sheet.day.isoformat() in book.headers["Content-Disposition"]
    with cast.inside():
        assert Stocktake.objects.get().signed_by_id == cast.manager.account_id


def test_the_stock_is_taken_by_a_press_and_every_kind_by_another(cast, desk):
    a_case(cast, at=utc_now() - HOUR)
    page = desk.get(reverse("reviews"))
    assert reverse("stocktake-take", args=[cast.project.pk]) in page.content.decode()
    take = reverse("stocktake-take", args=[cast.project.pk])
    first = desk.post(take)
    assert "stocktake" in desk.get(first.headers["Location"]).content.decode()
    desk.post(take, {"kinds": "all"})
    with cast.inside():
        assert (Stocktake.objects.get().open, Stocktake.objects.get().every_kind) == (1, True)


def test_a_meeting_goes_from_the_agenda_to_its_minutes(cast, desk):
    a_late_complaint(cast)
    begun = desk.post(reverse("meeting-open", args=[cast.project.pk]))
    with cast.inside():
        meeting, item = Meeting.objects.get(), MeetingItem.objects.get()
    assert begun.headers["Location"] == reverse("meeting", args=[meeting.pk])
    over = reverse("meeting-close", args=[meeting.pk])
    assert b"E-MEET-OPEN" in desk.post(over).content
    where = reverse("meeting-item", args=[meeting.pk, item.pk])
    assert "楼上半夜拖椅子" in desk.get(where).content.decode()
    boxes = {"gap": "晚", "cause": "缺人", "measure": "加派一人"}
    due = {"responsible": str(cast.desk.account_id), "due": f"{utc_now() + 90 * HOUR:%Y-%m-%d}"}
    assert desk.post(where, {**boxes, "due": "morgen"}).status_code == 422
    assert desk.post(where, {**boxes, **due}).headers["Location"] == begun.headers["Location"]
    assert desk.post(over).status_code == 302
    assert desk.post(where, {**boxes, **due}).status_code == 422
    minutes = desk.get(reverse("meeting-print", args=[meeting.pk]))
    assert minutes.content.startswith(b"%PDF")


def test_a_warning_of_the_month_opens_a_finding_with_its_figures(cast, desk):
    case = a_case(cast, "噪声", kind=CaseKind.COMPLAINT)
    this = utc_now().date().replace(day=1)
    month = month_before(this)
    plant(cast, case, {**{month_before(month, back): 4 for back in range(13, 0, -1)}, month: 15})
    asked = {"project": str(cast.project.pk), "month": f"{month:%Y-%m}"}
    page = desk.get(reverse("month"), asked).content.decode()
    assert 'name="topic" value="none"' in page
    made = desk.post(reverse("month-finding"), {**asked, "topic": "none"})
    with cast.inside():
        finding = Finding.objects.get()
    assert made.headers["Location"] == reverse("finding", args=[finding.pk])
    assert "15" in finding.gap
    assert desk.post(reverse("month-finding"), {**asked, "topic": "all"}).status_code == 422
    assert desk.get(reverse("month-print"), asked).content.startswith(b"%PDF")
    book = desk.get(reverse("month-book"), asked)
    data = openpyxl.load_workbook(BytesIO(book.content)).worksheets[0]
    assert data.cell(2, 4).value == 15
    assert desk.get(reverse("month"), {"month": "2099-01"}).status_code == 400
