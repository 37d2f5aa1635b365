"""Keyset pages go both ways, count up to a thousand, and refuse a cursor that is not ours."""

from datetime import UTC, datetime

import pytest

from anju.kernel.models import Job
from anju.kernel.paging import page_of
from anju.kernel.pure.problems import Problem

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    Job.objects.bulk_create([Job(company_id=1, kind=str(n), created_at=AT) for n in range(7)])
    return Job.objects.filter(company_id=1)


def kinds(page):
    return [row.kind for row in page.rows]


def test_pages_lead_to_the_end_and_back(rows):
    first = page_of(rows, cursor="", size=3, salt="jobs")
    second = page_of(rows, cursor=first.earlier, size=3, salt="jobs")
    third = page_of(rows, cursor=second.earlier, size=3, salt="jobs")
    back = page_of(rows, cursor=third.later, size=3, salt="jobs")

    assert [kinds(p) for p in (first, second, third)] == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert kinds(back) == kinds(second)
    assert (first.later, third.earlier) == ("", "")
    assert (first.total, first.capped) == (7, False)


def test_rising_pages_begin_with_the_first_row_and_lead_back_too(rows):
    first = page_of(rows, cursor="", size=3, salt="jobs", rising=True)
    second = page_of(rows, cursor=first.earlier, size=3, salt="jobs", rising=True)
    third = page_of(rows, cursor=second.earlier, size=3, salt="jobs", rising=True)
    back = page_of(rows, cursor=second.later, size=3, salt="jobs", rising=True)

    assert [kinds(p) for p in (first, second, third)] == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert kinds(back) == kinds(first)
    assert (first.later, third.earlier, back.later) == ("", "", "")


def test_no_rows_are_a_page_too(rows):
    empty = page_of(rows.filter(kind="none"), cursor="", size=3, salt="jobs")

    assert (empty.rows, empty.earlier, empty.later, empty.total) == ((), "", "", 0)


@pytest.mark.parametrize("cursor", ["forged", "a:b:c", "'; DROP TABLE"])
def test_a_forged_cursor_is_refused(rows, cursor):
    with pytest.raises(Problem, match="E-PAGE"):
        page_of(rows, cursor=cursor, size=3, salt="jobs")


def test_a_cursor_of_another_list_is_refused(rows):
    first = page_of(rows, cursor="", size=3, salt="jobs")

    with pytest.raises(Problem):
        page_of(rows, cursor=first.earlier, size=3, salt="waves")


def test_a_page_is_never_larger_than_two_hundred(rows):
    assert len(page_of(rows, cursor="", size=10**6, salt="jobs").rows) == 7
    assert len(page_of(rows, cursor="", size=-4, salt="jobs").rows) == 1
