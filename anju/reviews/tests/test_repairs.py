"""The month of repairs in homes: one line a repair, silence is a dash, few answers give no share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anju.aftercare.actions import visiting
from anju.casework.kinds import CaseKind
from anju.casework.visits import Solved
from anju.notify.models import Message
from anju.register.access import Role
from anju.register.models import Account
from anju.reviews.actions.clockwork import tell_months
from anju.reviews.month import scope_of
from anju.reviews.printing import repairs as paper
from anju.reviews.repairs import repairs
from anju.voice.tests.making import AT, closed
from tests.cast import Cast, a_person, the_cast

NEXT = datetime(2026, 12, 5, 4, tzinfo=UTC)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


@pytest.fixture
def two(cast, worker):
    """Two repairs in homes, one of which its owner spoke of, and a complaint."""
    spoken = closed(cast, worker)
    closed(cast, worker)
    closed(cast, worker, kind=CaseKind.COMPLAINT)
    answer = visiting.Answer(Solved.PARTLY, 3, ("+clean", "-explained"), "还有点渗")
    visiting.answer_by_owner(
        company_id=cast.company.pk, case_id=spoken.pk, answer=answer, at=AT + timedelta(days=2)
    )
    return spoken


def of_november(cast):
    with cast.inside():
        scope = scope_of(cast.manager, "", "2026-11", at=NEXT)
        return repairs(cast.manager, scope, at=NEXT)


def test_each_repair_in_a_home_is_a_line_and_silence_is_never_a_yes(cast, two):
    found = of_november(cast)
    assert [one.said for one in found.lines] == [Solved.PARTLY, None]
    assert found.lines[0].checks == (True, False, None)
    assert found.lines[1].checks == (None, None, None)
    assert (found.asked, found.counts[Solved.PARTLY]) == (1, 1)
    hours = (found.lines[0].asked_at - found.lines[0].done_at).total_seconds() / 3600
    assert found.lines[0].hours == pytest.approx(hours)
    assert [(one.count, one.n, one.share) for one in found.hands] == [(0, 1, None)]
    assert paper.cells(found.lines[1])[5:11] == ("–",) * 6


def test_page_paper_and_workbook_hold_the_same_lines_and_readers_are_told_once(cast, two):
    client = Client()
    client.force_login(Account.objects.get(id=cast.manager.account_id))
    client.cookies["anju-language"] = "zh-hans"
    month = {"month": "2026-11"}
    told = client.get(reverse("repairs"), month).content.decode()
    assert "还有点渗" in told
    assert f"#{two.number}" in told
    printed = client.get(reverse("repairs-print"), month)
    assert printed.content[:5] == b"%PDF-"
    assert client.get(reverse("repairs-book"), month).content[:2] == b"PK"
    for _again in range(2):
        tell_months(at=NEXT)
    with cast.inside():
        sent = Message.objects.filter(subject_kind="month_repairs")
        assert sent.filter(account_id=cast.manager.account_id).count() == 1
