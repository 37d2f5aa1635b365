"""The counts beside the lists are those of the lists, counted together or apart."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.db import connection

from anju.kernel.partial import filled
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


@pytest.mark.parametrize("column", ["client_id", "token_hash"])
def test_a_case_is_found_by_the_name_or_link_it_came_with_in_an_index_of_its_own(cast, column):
    with cast.inside():
        rows = Case.objects.across_parts()
        told = rows.filter(filled(column), **{column: "x"}).order_by().explain()
        plain = rows.filter(**{column: "x"}).order_by().explain()
    if connection.vendor == "sqlite":
        assert f"{column.split('_')[0]}" in told.split("USING INDEX case_one_")[1]
        assert "case_one_" not in plain
    assert str(rows.filter(filled(column)).query).count("''") == 1
