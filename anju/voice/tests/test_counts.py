"""The counts beside the lists are those of the lists, counted together or apart."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.voice import counts, lists
from anju.voice.models import Case
from anju.voice.tests.making import a_case, closed, taken
from tests.cast import Cast, a_person, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def test_counts_are_those_of_the_lists_whether_looked_at_together_or_apart(
    cast, worker, monkeypatch
):
    now = utc_now()
    made = [a_case(cast), taken(cast, worker), taken(cast, cast.desk), closed(cast, worker)]
    with cast.inside():
        Case.objects.filter(id=made[0].pk).update(next_due_at=now - timedelta(days=1))
        Case.objects.filter(id=made[1].pk).update(next_due_at=now)
        Case.objects.filter(id=made[2].pk).update(next_due_at=None)
        together = counts.open_counts(cast.desk, at=now)
        monkeypatch.setattr(counts, "TOGETHER", 2)
        apart = counts.open_counts(cast.desk, at=now)
        mine = lists.counted(
            cast.desk, [("mine", lists.Filter(person_id=cast.desk.account_id))], at=now
        )

    assert together == apart
    assert asdict(together) == {"open": 3, "overdue": 1, "today": 1, **mine, "visit": 1}


def test_who_reaches_no_project_counts_nothing(cast):
    a_case(cast)
    nowhere = replace(cast.manager, parts=frozenset())
    with cast.inside():
        assert counts.open_counts(nowhere, at=utc_now()) == counts.OpenCounts()
