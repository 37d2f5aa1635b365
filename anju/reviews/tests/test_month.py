"""The monthly report: figures with their bases, one warning for a planted spike, the reader's projects."""

from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models.base import ModelState

from anju.aftercare.actions import visiting
from anju.casework.kinds import CaseKind
from anju.casework.visits import Solved
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.register.access import Forbidden, Role
from anju.reviews.actions.clockwork import tell_months
from anju.reviews.month import figures, scope_of
from anju.reviews.rules.warning import month_before
from anju.voice.models import Case, Category
from anju.voice.tests.making import AT, a_case, closed, taken
from tests.cast import Cast, a_person, the_cast

COMPLAINT = {"kind": CaseKind.COMPLAINT}
NEXT = datetime(2026, 12, 5, 4, tzinfo=UTC)
MONTH = date(2026, 11, 1)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def the_month(cast, actor=None, project=None):
    actor = actor or cast.manager
    with cast.inside():
        wanted = str(project or cast.project.pk)
        return figures(actor, scope_of(actor, wanted, "2026-11", at=NEXT), at=NEXT)


def plant(cast, template, counts):
    """Copy a case so often into each month; its history is not looked at here."""
    with cast.inside():
        template = Case.objects.get(id=template.pk)
        last = Case.objects.order_by("-number").values_list("number", flat=True)[0]
        rows = []
        for month, many in counts.items():
            for _each in range(many):
                last += 1
                at = datetime(month.year, month.month, 12, 4, tzinfo=UTC)
                row = copy(template)
                row._state = ModelState()  # a copy is a row of its own
                row.pk, row.number, row.token_hash = None, last, ""
                row.received_at = row.clock_from = at
                rows.append(row)
        Case.objects.bulk_create(rows)


def test_a_planted_spike_raises_one_warning_for_its_topic_and_a_steady_year_none(cast):
    case = a_case(cast, "广场舞太吵", **COMPLAINT)
    with cast.inside():
        noise = Category.objects.order_by("id")[0]
        Case.objects.filter(id=case.pk).update(category=noise)
    steady = {month_before(MONTH, back): 4 for back in range(13, 0, -1)}
    plant(cast, case, {**steady, MONTH: 3})
    assert the_month(cast).warnings == ()
    plant(cast, case, {MONTH: 11})
    found = the_month(cast)
    (one,) = found.warnings
    assert (one.topic, one.count, one.limits.months) == (noise.pk, 15, 12)
    assert (found.complaints, found.limits.above(15)) == (15, True)
    assert found.hot[0].topic == noise.pk
    assert found.series[-1] == (MONTH, 15)


def test_figures_stand_on_what_happened(cast, worker):
    taken(cast, worker, **COMPLAINT)
    done = closed(cast, worker, words="噪声", **COMPLAINT)
    a_case(cast)  # a repair counts among no complaints
    answer = visiting.Answer(Solved.YES, 5)
    asked = {"company_id": cast.company.id, "case_id": done.pk, "answer": answer}
    visiting.answer_by_owner(**asked, at=AT + timedelta(hours=6))
    found = the_month(cast)
    assert (found.complaints, found.kept.received, found.visits.owed) == (2, 2, 1)
    assert [(one.count, one.n, one.share) for one in found.verdicts] == [
        (1, 1, None),  # too few for a share
        (0, 1, None),
        (0, 1, None),
    ]
    assert [one.count for one in found.funnel] == [2, 2, 1, 1, 1]
    assert found.per_thousand == pytest.approx(1000 * 2 / found.homes)
    assert sum(sum(row) for _place, row in found.heat) == 2


def test_a_report_is_of_the_readers_projects_and_of_no_month_to_come(cast, worker):
    with cast.inside():
        with pytest.raises(Problem, match="E-FILTER"):
            scope_of(cast.manager, "987654", "", at=NEXT)
        for month in ("2027-05", "gestern"):
            with pytest.raises(Problem, match="E-FILTER"):
                scope_of(cast.manager, "", month, at=NEXT)
        assert scope_of(cast.quality, "", "", at=NEXT).month == MONTH
        with pytest.raises(Forbidden):
            scope_of(worker, "", "", at=NEXT)


def test_those_who_answer_for_figures_are_told_of_the_month_once(cast):
    a_case(cast, **COMPLAINT)
    assert tell_months(at=NEXT + timedelta(days=9)) == 0
    told = tell_months(at=NEXT)
    assert told >= 2  # quality and the manager
    assert tell_months(at=NEXT + timedelta(hours=1)) == 0
    with cast.inside():
        assert Message.objects.filter(template="review.month").count() == told
