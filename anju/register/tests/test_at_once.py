"""Reads asked beside each other by one statement say what each says alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anju.kernel.at_once import at_once, count_of, rows_of
from anju.kernel.planned import Planned
from anju.register.models import Project, Unit
from tests.cast import the_cast

NAMED = ("id", "name")
PROJECTS = Planned(lambda: Project.objects.order_by("-name").values_list(*NAMED))
RISING = Planned(lambda: Project.objects.order_by("name").values_list(*NAMED))
NONE = Planned(lambda: Project.objects.filter(id__in=[]).values_list(*NAMED))
UNITS = Planned(lambda start: Unit.objects.filter(number__gte=start).values_list("id"))


@pytest.fixture
def two(db):
    cast = the_cast()
    with cast.inside():
        Project.objects.create(company_id=cast.company.pk, name="Ålesund “quoted” \\ 安居's \"")
        yield cast


def test_parts_are_what_each_read_says_alone_and_in_its_order(two):
    with CaptureQueriesContext(connection) as asked:
        rows, count, bare = at_once(
            rows_of(PROJECTS, columns=NAMED),
            count_of(PROJECTS),
            count_of(UNITS, given=("1",)),
        )

    assert list(rows) == PROJECTS.rows()
    assert len(rows) == count == Project.objects.count() > 1
    assert bare == Unit.objects.filter(number__gte="1").count()
    statements = [one["sql"] for one in asked if "set_config" not in one["sql"]]
    assert len([one for one in statements if one.startswith("SELECT")]) == 1


def test_rows_keep_the_order_of_their_read_whichever_it_is(two):
    falling, rising = at_once(rows_of(PROJECTS, columns=NAMED), rows_of(RISING, columns=NAMED))

    assert falling == rising[::-1]
    assert [name for _, name in rising] == list(
        Project.objects.order_by("name").values_list("name", flat=True)
    )


def test_a_read_that_can_find_nothing_stands_beside_one_that_can(two):
    assert at_once(count_of(NONE), rows_of(NONE, columns=NAMED), count_of(PROJECTS)) == (
        0,
        (),
        Project.objects.count(),
    )


def test_reads_that_can_all_find_nothing_ask_nothing(two):
    with CaptureQueriesContext(connection) as asked:
        assert at_once(count_of(NONE), rows_of(NONE, columns=NAMED)) == (0, ())

    assert not asked.captured_queries


def test_rows_that_are_not_there_are_no_rows(two):
    assert at_once(rows_of(UNITS, columns=("id",), given=("\uffff",))) == ((),)
