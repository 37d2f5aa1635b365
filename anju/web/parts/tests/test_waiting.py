"""What the menu counts is what each list counts itself, asked by one statement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anju.improve.clock import today_of
from anju.improve.waiting import waiting_for
from anju.kernel.pure.clock import utc_now
from anju.notify.queries import unread
from anju.register.access import Role, Verb
from anju.voice import lists
from anju.voice.models import Case
from anju.voice.tests.making import a_case, taken
from anju.web.parts.menu import UNREAD, waiting_of
from tests.cast import Cast, a_person, the_cast


@pytest.fixture
def cast(db) -> Cast:
    """An office with two cases, one of them overdue and with its worker, who was told of it."""
    made = the_cast()
    worker = a_person(made.company, Role.WORKER, projects=[made.project])
    a_case(made)
    late = taken(made, worker)
    with made.inside():
        Case.objects.filter(id=late.pk).update(next_due_at=utc_now() - timedelta(days=1))
    return made


def test_each_line_counts_what_its_list_holds(cast):
    now = utc_now()
    with cast.inside():
        for actor in (cast.quality, cast.manager, cast.desk):
            wanted = (("cases", lists.Filter(overdue=True)),)
            alone = lists.counted(actor, wanted, at=now)
            alone[UNREAD] = unread(actor)
            if actor.may(Verb.SEE_FINDINGS):
                alone["findings"] = waiting_for(actor, today_of(now))
            found = waiting_of(actor, {})

            assert found.company == cast.company.name
            assert found.counts["cases"] == alone["cases"] > 0
            assert {name: found.counts[name] for name in alone} == alone


def test_what_the_page_has_counted_is_not_counted_again(cast):
    with cast.inside():
        assert waiting_of(cast.desk, {"cases": 7}).counts["cases"] == 7


def test_the_menu_costs_one_statement(cast):
    with cast.inside():
        waiting_of(cast.quality, {})
        with CaptureQueriesContext(connection) as asked:
            waiting_of(cast.quality, {})

    selects = [one["sql"] for one in asked if "set_config" not in one["sql"]]
    assert len([sql for sql in selects if sql.startswith("SELECT")]) == 1
